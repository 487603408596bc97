"""Editors read what people look for: what found nothing first, and nobody's own words."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from discovery.looked_for import add_counts
from discovery.models import SearchCount
from showcase.searches_report import Row, rows_of
from showcase.tests.working import client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/cms/reports/tim-kiem/"
REST = "Những từ khác"


def count(*rows):
    """Rows: days ago, language, word, searches, without result, clicks."""
    today = timezone.localdate()
    add_counts((today - timedelta(days=days), *row) for days, *row in rows)


def rows(days=30, **asked):
    return rows_of(SearchCount.objects.all(), days=days, **asked)


def test_what_found_nothing_stands_first_and_what_is_not_shown_last():
    count(
        (0, "vi", "mac ca", 10, 0, 4),
        (0, "vi", "nhan sam", 2, 2, 0),
        (1, "vi", "nhan sam", 2, 1, 1),
        (0, "vi", "tran thi lan", 1, 1, 1),
        (0, "vi", "", 5, 2, 1),
    )

    assert rows() == [Row("nhan sam", 4, 3, 1), Row("mac ca", 10, 0, 4), Row("", 6, 3, 2)]
    assert [row.share for row in rows()] == [25, 40, 33]
    assert rows(only_failed=True) == [Row("nhan sam", 4, 3, 1)]


@pytest.mark.parametrize(("days", "searched"), [(7, 3), (30, 33), (90, 333), (365, 3333)])
def test_a_span_ends_today_and_holds_as_many_days(days, searched):
    count(*((span - 1, "vi", "che", 3 * 10**place, 0, 0) for place, span in enumerate((7, 30, 90, 365))))

    assert rows(days) == [Row("che", searched, 0, 0)]


def test_a_share_is_at_most_the_whole():
    assert Row("che", 2, 0, 5).share == 100
    assert Row("che", 0, 0, 5).share == 0


@pytest.mark.parametrize("role", ["editor", "chief_editor"])
def test_editors_read_it_and_see_what_readers_see(role):
    count((0, "vi", "mac ca", 10, 0, 4), (0, "vi", "lan", 1, 0, 0))

    page = client_of(role).get(ADDRESS).content.decode()

    assert 'href="/tim-kiem/?q=mac+ca"' in page
    assert REST in page and ">lan<" not in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"che", "tea", "sam"}),
        ("?language=en", {"tea"}),
        ("?span=7", {"che", "tea"}),
        ("?part=failed", {"sam"}),
        ("?span=365&language=vi", {"che", "sam", "gao"}),
    ],
)
def test_it_is_narrowed_by_days_language_and_what_came_of_it(asked, shown):
    count((0, "vi", "che", 3, 0, 0), (0, "en", "tea", 3, 0, 0), (20, "vi", "sam", 3, 3, 0), (200, "vi", "gao", 3, 0, 0))

    page = client_of("editor").get(ADDRESS + asked).content.decode()

    assert {word for word in ("che", "tea", "sam", "gao") if f"?q={word}" in page} == shown


@pytest.mark.parametrize("asked", ["?span=abc", "?span=-1", "?language=xx", "?p=999", "?part=%00"])
def test_what_cannot_be_asked_does_no_harm(asked):
    count((0, "vi", "che", 3, 0, 0))

    assert client_of("editor").get(ADDRESS + asked).status_code == 200


def test_an_empty_report_says_so():
    assert "Những ngày này chưa ai tìm gì." in client_of("editor").get(ADDRESS).content.decode()


def test_it_is_a_spreadsheet_too():
    count((0, "vi", "mac ca", 10, 0, 4), (0, "vi", "", 2, 2, 0))
    wanted = [["Từ khóa", "Lượt tìm", "Không có kết quả", "Mở kết quả", "Tỷ lệ mở (%)"], ["mac ca", 10, 0, 4, 40]]
    wanted.append([REST, 2, 2, 0, 0])
    client = client_of("editor")

    found = b"".join(client.get(f"{ADDRESS}?export=csv").streaming_content).decode()
    assert list(csv.reader(StringIO(found))) == [[str(cell) for cell in row] for row in wanted]
    book = load_workbook(BytesIO(b"".join(client.get(f"{ADDRESS}?export=xlsx").streaming_content)))
    assert [[cell.value for cell in row] for row in book.active.rows] == wanted


def test_thirty_words_cost_as_many_queries_as_one():
    client = client_of("editor")
    client.get(ADDRESS)
    asked = [queries_of(client, words) for words in (1, 30)]

    assert asked[0] == asked[1]


def queries_of(client, words) -> int:
    count(*((0, "vi", f"tu {number}", 3, 0, 0) for number in range(words)))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(ADDRESS).content.decode()
    assert page.count("?q=tu") == words
    return len(asked)


def test_the_menu_leads_to_it():
    assert ADDRESS in client_of("editor").get("/cms/").content.decode()
