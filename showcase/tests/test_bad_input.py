"""What editors enter wrongly, or on purpose: nothing runs, nothing stands in a wrong place, nobody gains a right."""

import json

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import nested_form_data

from accounts.models import User
from showcase.loading import load_pages
from showcase.models import NewsIndexPage, StoryIndexPage, StoryPage
from showcase.tests import writing
from showcase.tests.working import PUBLISH, SUBMIT, client_of, new_story, write

pytestmark = pytest.mark.django_db
NO_ADDRESS = "Địa chỉ trang chưa đúng. Ví dụ đúng: https://vidu.vn"
SCRIPT = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def tree(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()


# --- A script in any text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/cau-chuyen/mat-ong/", "/cau-chuyen/", "/cau-chuyen/rss/", "/sitemap.xml"])
def test_a_script_in_any_text_stays_text(client, address):
    body = [
        ("heading", SCRIPT),
        ("slogan", SCRIPT),
        ("quote", {"text": SCRIPT, "source": SCRIPT}),
        ("facts", {"title": SCRIPT, "facts": [{"name": SCRIPT, "value": SCRIPT}]}),
        ("steps", {"steps": [{"title": SCRIPT, "text": SCRIPT}]}),
        ("timeline", {"moments": [{"when": SCRIPT, "text": SCRIPT}]}),
        ("sources", [{"text": SCRIPT}]),
        ("picture", {"picture": writing.picture_of(alt=SCRIPT, credit=SCRIPT), "caption": SCRIPT}),
    ]
    words = dict.fromkeys(["title", "summary", "marked_title", "seo_title", "search_description"], SCRIPT)
    writing.publish_story(body=body, **words)

    page = client.get(address).content.decode()

    assert "<script>alert" not in page and "<img src=x" not in page


def test_a_script_in_rich_text_is_thrown_away_and_its_words_are_kept(client):
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    typed = {
        "blocks": [
            {
                "key": "a",
                "type": "unstyled",
                "depth": 0,
                "text": SCRIPT + " Bấm đây",
                "inlineStyleRanges": [],
                "entityRanges": [{"key": 0, "offset": len(SCRIPT) + 1, "length": 7}],
            }
        ],
        "entityMap": {"0": link},
    }

    new_story(client_of("chief_editor"), "vi", ("text", json.dumps(typed)), **PUBLISH)

    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    assert "Bấm đây" in page and "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page and "javascript:" not in page and "<img src=x" not in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "khong-phai-dia-chi"])
@pytest.mark.parametrize("kind", ["film", "call"])
def test_an_address_that_is_none_is_refused_and_nothing_typed_is_lost(kind, address):
    value = {
        "film": {"file": "", "address": address, "picture": "", "caption": "Hái chè"},
        "call": {"text": "Hái chè", "page": "", "address": address, "kind": "main"},
    }[kind]

    form = new_story(client_of("editor"), "vi", (kind, value), **SUBMIT)

    told = form.content.decode()
    assert form.status_code == 200 and json.dumps(NO_ADDRESS)[1:-1] in told
    assert json.dumps(address)[1:-1] in told and json.dumps("Hái chè")[1:-1] in told
    assert not StoryPage.objects.exists()


# --- A page in a wrong place ----------------------------------------------------------------------------------------


def test_a_page_is_neither_moved_nor_copied_below_an_index_of_another_kind():
    page, chief = write("vi"), client_of("chief_editor")
    news = writing.index_of(NewsIndexPage)

    chief.post(f"/cms/pages/{page.pk}/move/{news.pk}/confirm/")
    chief.post(f"/cms/bulk/wagtailcore/page/move/?id={page.pk}", {"chooser": news.pk, "move_applicable": "on"})
    copy = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": news.pk, "publish_copies": "on"}
    chief.post(f"/cms/pages/{page.pk}/copy/", copy)

    assert not news.get_children().exists()
    own = writing.index_of(StoryIndexPage)
    assert StoryPage.objects.get().get_parent().pk == own.pk
    chief.post(f"/cms/pages/{page.pk}/copy/", {**copy, "new_parent_page": own.pk})
    assert own.get_children().count() == 2  # the same form does copy where such pages stand


# --- Nobody makes themselves mightier -------------------------------------------------------------------------------


def powers() -> tuple:
    return (
        list(User.objects.order_by("pk").values("pk", "is_superuser", "is_active", "password", "groups", "roles")),
        list(Group.objects.order_by("pk").values("pk", "name", "permissions")),
        list(GroupPagePermission.objects.order_by("pk").values()),
    )


@pytest.mark.parametrize("role", ["editor", "chief_editor", "translator"])
def test_no_form_gives_whoever_works_on_pages_more_rights(role):
    client = client_of(role)
    before, person = powers(), client.user
    rights = nested_form_data({"name": "Biên tập viên", "permissions": ["1"], "is_superuser": "on", "groups": ["1"]})

    answers = [
        client.post(address, rights).status_code
        for address in (
            f"/cms/users/edit/{person.pk}/",
            "/cms/users/add/",
            f"/cms/groups/edit/{person.groups.get().pk}/",
            "/cms/groups/new/",
            f"/cms/bulk/accounts/user/assign_role/?id={person.pk}",
            f"/cms/bulk/accounts/user/set_active_state/?id={person.pk}",
            "/cms/workflows/add/",
            "/cms/workflows/edit/1/",
            "/cms/workflows/tasks/edit/1/",
            "/cms/collections/1/privacy/",
        )
    ]

    assert set(answers) <= {302, 403, 404}, answers
    assert powers() == before
