"""The first panel of the CMS: what waits for whom. And the handbook that it leads to."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page

from showcase.loading import load_pages
from showcase.models import StoryPage
from showcase.tests.working import SUBMIT, answer_review, client_of, new_story, write
from showcase.waiting import waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree():
    load_pages()


def lists_of(client) -> dict[str, list]:
    return {each.heading: each.tasks for each in waiting_for(client.user)}


def titles(client, heading) -> list[str]:
    return [task.title for task in lists_of(client)[heading]]


@pytest.mark.parametrize(
    ("role", "headings"),
    [
        ("editor", ["Bài được gửi lại để sửa", "Bản nháp của bạn"]),
        ("chief_editor", ["Bài chờ bạn duyệt", "Bài được gửi lại để sửa", "Bản nháp của bạn"]),
        ("translator", ["Bài được gửi lại để sửa", "Bản nháp của bạn", "Bài chưa có bản dịch", "Bài gốc vừa đổi"]),
        ("administrator", ["Bài chờ bạn duyệt"]),
    ],
)
def test_each_office_has_lists_of_its_own(role, headings):
    assert list(lists_of(client_of(role))) == headings


def test_a_draft_waits_for_its_editor_alone():
    editor, other = client_of("editor"), client_of("editor")

    new_story(editor, title="Bản nháp")

    assert (titles(editor, "Bản nháp của bạn"), titles(other, "Bản nháp của bạn")) == (["Bản nháp"], [])


def test_what_was_sent_waits_for_the_chief_editor_and_comes_back_with_the_word():
    editor, chief = client_of("editor", name="Lò Thị Mẫu"), client_of("chief_editor")
    new_story(editor, title="Chờ duyệt", **SUBMIT)
    [sent] = lists_of(chief)["Bài chờ bạn duyệt"]
    drafts = titles(editor, "Bản nháp của bạn")

    answer_review(chief, StoryPage.objects.get(), "reject", "Thiếu nguồn")

    assert (sent.title, sent.note.partition(" gửi ngày ")[0], drafts) == ("Chờ duyệt", "Lò Thị Mẫu", [])
    [returned] = lists_of(editor)["Bài được gửi lại để sửa"]
    assert (returned.title, returned.note) == ("Chờ duyệt", "Thiếu nguồn")
    assert titles(chief, "Bài chờ bạn duyệt") == []


def test_a_published_page_without_a_translation_waits_for_the_translator():
    translator, key = client_of("translator"), uuid4()
    write(title="Chưa dịch")
    write(title="Chưa đăng", live=False)
    write(title="Có bản dịch", translation_key=key)
    write("en", title="Translated", translation_key=key, live=False)

    [task] = lists_of(translator)["Bài chưa có bản dịch"]

    assert task.title == "Chưa dịch"
    assert translator.get(task.address).status_code == 200


def test_a_changed_original_waits_until_the_translation_is_saved_again():
    translator, key, now = client_of("translator"), uuid4(), timezone.now()
    original = write(title="Bài gốc", translation_key=key)
    translation = write("en", title="Translation", translation_key=key)
    seen = [titles(translator, "Bài gốc vừa đổi")]

    Page.objects.filter(pk=original.pk).update(last_published_at=now - timedelta(minutes=1))
    seen.append(titles(translator, "Bài gốc vừa đổi"))
    translation.save_revision()
    seen.append(titles(translator, "Bài gốc vừa đổi"))

    assert seen == [[], ["Translation"], []]


def test_the_panel_stands_first_and_leads_to_the_handbook():
    client = client_of("editor")
    new_story(client, title="<b>Nháp</b>")

    page = client.get("/cms/").content.decode()

    assert "Việc đang chờ bạn" in page and 'href="/cms/huong-dan-bien-tap/"' in page
    assert "&lt;b&gt;Nháp&lt;/b&gt;" in page and "<b>Nháp</b>" not in page


def test_what_is_wrong_with_the_search_stands_on_the_home_page(settings, tmp_path):
    client, settings.ELASTICSEARCH_URL = client_of("editor"), ""
    assert "Tìm kiếm đang có trục trặc" not in client.get("/cms/").content.decode()

    settings.SYNONYMS_FILE = tmp_path / "synonyms.txt"
    settings.SYNONYMS_FILE.write_text("<b>một mình</b>")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    page = client.get("/cms/").content.decode()

    assert "Tìm kiếm đang có trục trặc" in page and "Elasticsearch không trả lời" in page
    assert "&lt;b&gt;một mình" in page and "<b>một mình" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_a_long_list_costs_as_many_queries_as_a_short_one(count, django_assert_max_num_queries):
    english = Locale.objects.get(language_code="en")
    client = client_of("translator")
    for number in range(count):
        key = uuid4()
        write(title=f"Gốc {number}", translation_key=key, last_published_at=timezone.now())
        write(title=f"Chưa dịch {number}")
        write("en", title=f"T {number}", translation_key=key, locale=english, owner=client.user)
    Page.objects.filter(owner=client.user).update(has_unpublished_changes=True)

    with django_assert_max_num_queries(9):
        lists = lists_of(client)

    shown = min(count, 15)
    assert [len(lists[name]) for name in ("Bản nháp của bạn", "Bài chưa có bản dịch", "Bài gốc vừa đổi")] == [shown] * 3


@pytest.mark.parametrize("role", ["editor", "chief_editor", "translator", "administrator"])
def test_the_handbook_is_read_by_all_who_work_on_pages(role):
    page = client_of(role).get("/cms/huong-dan-bien-tap/").content.decode()

    for part in ("Sổ tay biên tập", "Duyệt bài", "[vi:Séng Cù]", "Mô tả ảnh", "Đồ uống có cồn", "60 MB", "300 chữ"):
        assert part in page, part


@pytest.mark.parametrize("role", ["", "shop_manager"])
def test_the_handbook_is_closed_to_everybody_else(role):
    assert client_of(role).get("/cms/huong-dan-bien-tap/").status_code == 403
