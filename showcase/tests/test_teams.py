"""Editors write, chief editors publish, translators translate; nobody makes themselves more powerful."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page, Workflow, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from accounts.roles import take_role
from factories import make_user
from outbox.timers import run_due_timers
from showcase.checklist import texts_of
from showcase.loading import load_pages
from showcase.models import HomePage, StoryPage
from showcase.tests.working import PUBLISH, SUBMIT, answer_review, change, client_of, index_of, new_story, write

pytestmark = pytest.mark.django_db
NOT_PUBLISHING = ["editor", "translator"]


@pytest.fixture(autouse=True)
def tree():
    load_pages()


def test_the_way_to_the_readers_has_vietnamese_names_and_one_step():
    [workflow] = Workflow.objects.all()

    assert workflow.name == "Duyệt bài"
    assert [task.name for task in workflow.tasks] == ["Biên tập chính duyệt"]
    assert [group.name for group in workflow.tasks[0].specific.groups.all()] == ["Biên tập chính"]
    assert index_of("vi").get_workflow() == index_of("en").get_workflow() == workflow


@pytest.mark.parametrize(
    ("role", "languages", "is_published"),
    [("editor", ["vi", "en"], False), ("chief_editor", ["vi", "en"], True), ("translator", ["en"], False)],
)
def test_an_office_writes_and_publishes_where_it_may(role, languages, is_published):
    client = client_of(role)

    for language in ("vi", "en"):
        new_story(client, language, slug=f"bai-{language}", **PUBLISH)

    made = StoryPage.objects.values_list("locale__language_code", "live")
    assert sorted(made) == sorted((language, is_published) for language in languages)


@pytest.mark.parametrize("role", NOT_PUBLISHING)
def test_who_may_not_publish_changes_nothing_that_readers_see(role):
    page, client = write("en"), client_of(role)
    before = Page.objects.filter(pk=page.pk).values("title", "live", "go_live_at", "expire_at", "path").get()

    change(client, page, slug=page.slug, title="Đổi", **PUBLISH)
    for action in ("unpublish", "delete", f"move/{index_of('vi').pk}/confirm", "lock", "privacy"):
        client.post(f"/cms/pages/{page.pk}/{action}/", {"restriction_type": "login"})
    for action in ("unpublish", "delete"):
        client.post(f"/cms/bulk/wagtailcore/page/{action}/?id={page.pk}")
    client.post(f"/cms/localize/page/{page.pk}/convert_to_alias/")

    assert Page.objects.filter(pk=page.pk).values(*before).get() == before
    assert not page.get_view_restrictions().exists()


@pytest.mark.parametrize("role", NOT_PUBLISHING)
def test_nobody_approves_who_is_no_chief_editor(role):
    client = client_of(role)
    new_story(client, "en", **SUBMIT)
    page = StoryPage.objects.get()

    answer_review(client, page, "approve")

    assert (page.current_workflow_state.status, StoryPage.objects.get().live) == ("in_progress", False)


def test_a_story_is_submitted_sent_back_with_a_word_changed_and_published():
    editor, chief = client_of("editor"), client_of("chief_editor")
    new_story(editor, "vi", **SUBMIT)
    page = StoryPage.objects.get()

    answer_review(chief, page, "reject", "Thiếu nguồn")
    returned = editor.get("/cms/").content.decode()
    change(editor, page, slug=page.slug, **SUBMIT)
    page = StoryPage.objects.get()
    answer_review(chief, page, "approve")

    assert "Thiếu nguồn" in returned
    page = StoryPage.objects.get()
    assert (page.live, texts_of(page)) == (True, ["Đã sửa."])
    statuses = WorkflowState.objects.get().task_states.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["rejected", "approved"]


def test_a_chief_editor_sets_the_hours_and_the_worker_keeps_them():
    chief, now = client_of("chief_editor"), timezone.localtime()
    hours = {"go_live_at": now + timedelta(minutes=5), "expire_at": now + timedelta(hours=2)}
    new_story(chief, "vi", **{name: f"{at:%Y-%m-%d %H:%M}" for name, at in hours.items()}, **PUBLISH)

    seen = [is_live_after(timedelta()), is_live_after(timedelta(minutes=10)), is_live_after(timedelta(hours=3))]

    assert seen == [False, True, False]


def test_an_editor_who_sets_an_hour_still_needs_the_chief_editor():
    new_story(client_of("editor"), "vi", go_live_at=f"{timezone.localtime() + timedelta(minutes=5):%Y-%m-%d %H:%M}")

    assert not is_live_after(timedelta(minutes=10))


def is_live_after(wait: timedelta) -> bool:
    """Is the only story live when the worker has looked at what is due, so much later?"""
    later = timezone.now() + wait
    with patch("django.utils.timezone.now", return_value=later):
        run_due_timers()
    return StoryPage.objects.get().live


def test_history_and_comparison_show_what_was_changed():
    editor = client_of("editor", name="Lò Thị Mẫu")
    new_story(editor, "vi")
    page = StoryPage.objects.get()
    change(editor, page, slug=page.slug, title="Tên mới")
    first, second = page.revisions.order_by("pk").values_list("pk", flat=True)

    history = editor.get(f"/cms/pages/{page.pk}/history/").content.decode()
    compared = editor.get(f"/cms/pages/{page.pk}/revisions/compare/{first}...{second}/").content.decode()

    assert history.count("Lò Thị Mẫu") >= 2
    assert "Tên mới" in compared.replace('<span class="addition">', "").replace("</span>", "")


def test_a_translation_begins_as_a_draft_that_the_translator_may_not_publish():
    page, client = write("vi", slug="goc"), client_of("translator")
    english = Locale.objects.get(language_code="en")

    answer = client.post(f"/cms/localize/submit/page/{page.pk}/", {"locales": [english.pk]})

    made = page.get_translation(english)
    assert (answer.status_code, made.live) == (302, False)
    change(client, made, slug="source", title="In English", **PUBLISH)
    made.refresh_from_db()
    assert (made.live, made.latest_revision.as_object().title) == (False, "In English")


def test_a_translator_makes_no_page_in_the_first_language_and_changes_none():
    original, page, client = write("vi", slug="goc"), write("en"), client_of("translator")
    vietnamese = Locale.objects.get(language_code="vi")

    client.post(f"/cms/localize/submit/page/{page.pk}/", {"locales": [vietnamese.pk]})
    change(client, original, slug="goc", title="Đổi")

    assert StoryPage.objects.filter(locale=vietnamese).values_list("pk", flat=True).get() == original.pk
    assert not original.revisions.exists()


def test_a_translator_publishes_nothing_by_way_of_a_new_state_of_the_original():
    page, client = write("vi", slug="goc"), client_of("translator")
    english = Locale.objects.get(language_code="en")
    source, _made = TranslationSource.get_or_create_from_instance(page)
    Translation.objects.create(source=source, target_locale=english).save_target(publish=False)

    answer = client.post(f"/cms/localize/update/{source.pk}/", {"publish_translations": "on"})

    assert (answer.status_code, page.get_translation(english).live) == (403, False)


@pytest.mark.parametrize("role", ["editor", "chief_editor", "translator"])
def test_nobody_who_works_on_pages_adds_a_tree_or_takes_the_root(role):
    client, root = client_of(role), Page.get_first_root_node()

    client.post(f"/cms/pages/add/showcase/homepage/{root.pk}/", {"title": "Mới", "slug": "moi", **PUBLISH})
    client.post(f"/cms/pages/{HomePage.objects.first().pk}/delete/")

    assert HomePage.objects.count() == 2


def test_loading_again_gives_no_right_twice_and_takes_none_away():
    before = list(GroupPagePermission.objects.order_by("pk").values())

    load_pages()

    assert list(GroupPagePermission.objects.order_by("pk").values()) == before
    assert len(before) == 2 * (2 + 5) + 2


def test_whoever_loses_the_office_loses_the_rights():
    user = make_user("chief_editor")
    page = write("vi")

    take_role(user, "chief_editor")

    user = type(user).objects.get(pk=user.pk)
    assert not page.permissions_for_user(user).can_edit()
