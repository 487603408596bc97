"""A page whose address changes is still found at its old one."""

import pytest
from django.db import OperationalError
from django.http import HttpResponseNotFound
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects import middleware

from config.redirects import PageRedirectMiddleware
from factories import make_user
from showcase.loading import load_pages
from showcase.models import StoryIndexPage, StoryPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexes():
    load_pages()
    return {page.locale.language_code: page for page in StoryIndexPage.objects.select_related("locale")}


def write(index):
    return index.add_child(
        instance=StoryPage(
            title="Mật ong", slug="mat-ong", summary="x", locale=index.locale, first_published_at=timezone.now()
        )
    )


def change_slug_on_screen(story, slug: str) -> None:
    """As somebody who publishes does: the edit screen, a new slug, "Xuất bản"."""
    client = Client()
    client.force_login(make_user("administrator"), "accounts.login.EmailOrPhoneBackend")
    screen = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    form = screen.context["form"]
    sent = {}
    for each in (form, *(formset.management_form for formset in form.formsets.values())):
        for field in each:
            value = field.value()
            sent[field.html_name] = "" if value is None else value
    sent |= {"body-count": "0", "slug": slug, "action-publish": "1"}
    sent = {name: value for name, value in sent.items() if isinstance(value, (str, int))}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    story.refresh_from_db()
    assert story.slug == slug


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("vi", "/cau-chuyen/mat-ong/", "/cau-chuyen/mat-ong-rung/"),
        ("en", "/en/stories/mat-ong/", "/en/stories/mat-ong-rung/"),
    ],
)
def test_the_old_address_of_a_story_leads_to_the_new_one(
    client, indexes, language, old, new, django_capture_on_commit_callbacks
):
    story = write(indexes[language])
    assert client.get(old).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        change_slug_on_screen(story, "mat-ong-rung")

    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_an_address_that_never_was_leads_nowhere(client, indexes):
    assert client.get("/cau-chuyen/chua-tung-co/").status_code == 404


def test_a_picture_that_is_not_there_asks_for_no_redirect(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/media/anh/none.webp").status_code == 404


def test_not_found_is_told_where_the_database_does_not_answer(rf, monkeypatch):
    def fail(*args):
        raise OperationalError("gone")

    monkeypatch.setattr(middleware, "get_redirect", fail)
    answer = PageRedirectMiddleware(lambda request: HttpResponseNotFound("x"))(rf.get("/cau-chuyen/khong-co/"))
    assert (answer.status_code, answer.content) == (404, b"x")
