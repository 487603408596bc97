"""Editors find pages, pictures and documents however they type the marks; and no other search is there."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import get_resolver
from wagtail.documents import get_document_model
from wagtail.models import Page

from config.tests.test_access import names_of_addresses
from pictures.models import Picture
from showcase.loading import load_pages
from showcase.tests.working import client_of, write

pytestmark = pytest.mark.django_db
TITLE = "Chè Shan Đồi Cao, Tả Lèng"


@pytest.fixture
def editor(jobs):
    load_pages()
    write(title=TITLE, slug="che-shan")
    jobs()
    return client_of("editor")


@pytest.mark.parametrize(
    "typed", ["chè shan", "che shan", "CHE SHAN", "chè san", "doi", "đồi cao", "Đối", "ta leng", "shan che", "che-sh"]
)
def test_pages_are_found_with_and_without_marks(editor, typed):
    is_wanted = typed != "chè san"

    assert (TITLE in editor.get("/cms/pages/search/", {"q": typed}).content.decode()) == is_wanted


@pytest.mark.parametrize("typed", ["khong co", "?!", '"che shan" doi', "'; --", "\0", "che:shan", "*", "AND OR NOT"])
def test_whatever_is_typed_is_answered(editor, typed):
    assert editor.get("/cms/pages/search/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("address", ["/cms/choose-page/search/", "/cms/pages/1/"])
def test_windows_and_lists_find_pages_too(editor, address):
    assert TITLE in editor.get(address, {"q": "tả leng"}, follow=True).content.decode()


def test_pictures_and_documents_are_found_without_marks(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Picture.objects.create(title="Đồi chè Tả Lèng", file="a.jpg", width=1, height=1)
    get_document_model().objects.create(title="Quyết định Đồi", file=ContentFile(b"%PDF-1.4", "q.pdf"))
    call_command("update_index", verbosity=0)

    assert "Đồi chè Tả Lèng" in editor.get("/cms/images/", {"q": "doi che"}).content.decode()
    assert "Quyết định Đồi" in editor.get("/cms/documents/", {"q": "quyet dinh doi"}).content.decode()


def test_an_index_that_was_written_before_is_written_anew(editor):
    Page.objects.filter(title=TITLE).update(title="Đặc sản", draft_title="Đặc sản")

    call_command("update_index", verbosity=0)

    assert "Đặc sản" in editor.get("/cms/pages/search/", {"q": "dac san"}).content.decode()


def test_haystack_is_no_app_and_no_page_of_oscar_is_open():
    modules = {pattern.callback.__module__ for pattern in patterns_of(get_resolver())}

    assert not apps.is_installed("haystack")
    assert [name for name in modules if name.startswith(("oscar", "haystack"))] == []
    assert len(modules) > 20 and "search" in names_of_addresses()


def patterns_of(resolver):
    for each in resolver.url_patterns:
        yield from patterns_of(each) if hasattr(each, "url_patterns") else [each]
