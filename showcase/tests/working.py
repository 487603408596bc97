"""People of the CMS, and its edit form as they would send it."""

from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from factories import make_user
from showcase.models import StoryIndexPage, StoryPage


def client_of(role: str, **fields) -> Client:
    """Somebody who holds this office, logged in; the person is its `user`."""
    client = Client()
    client.user = make_user(role, **fields)
    client.force_login(client.user, "accounts.login.EmailOrPhoneBackend")
    return client


def index_of(language: str) -> StoryIndexPage:
    return StoryIndexPage.objects.get(locale__language_code=language)


def filled_in(*blocks, products=(), **fields) -> dict:
    """A story's edit form. Blocks are pairs of a type and what its fields hold."""
    return nested_form_data(
        {
            "title": "Mật ong ba vùng",
            "slug": "mat-ong",
            "marked_title": "",
            "summary": "Ba nhãn mật.",
            "picture": "",
            "body": streamfield(list(blocks)),
            "story_products": inline_formset([{"product": product.pk} for product in products]),
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            **fields,
        }
    )


def new_story(client, language="vi", *blocks, **fields):
    """Send a new story below the index of a language; the answer."""
    address = f"/cms/pages/add/showcase/storypage/{index_of(language).pk}/"
    return client.post(address, filled_in(*(blocks or [text("Con ong không biết ranh giới xã.")]), **fields))


def text(words: str) -> tuple:
    return ("text", rich_text(f"<p>{words}</p>"))


SUBMIT, PUBLISH = {"action-submit": "1"}, {"action-publish": "1"}


def change(client, page, *blocks, **fields):
    """Send a page's edit form; the answer."""
    return client.post(f"/cms/pages/{page.pk}/edit/", filled_in(*(blocks or [text("Đã sửa.")]), **fields))


def answer_review(client, page, action: str, comment="") -> int:
    """Approve or reject what waits for review; the status of the answer."""
    state = page.current_workflow_task_state
    address = f"/cms/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
    return client.post(address, {"comment": comment}).status_code


def write(language="vi", **fields) -> StoryPage:
    """A published story, as load_content would write it."""
    index = index_of(language)
    page = StoryPage(**{"title": "Bài đã đăng", "summary": "Tóm tắt.", "locale": index.locale, **fields})
    return index.add_child(instance=page)
