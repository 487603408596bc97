"""What people look for is counted by day and word; nothing kept of it says who they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from discovery import looked_for
from discovery.looked_for import (
    add_counts,
    forget_words,
    note_click,
    note_search,
    word_to_keep,
    words_looked_for,
    write_due_notes,
    write_notes,
)
from discovery.models import SearchCount
from outbox.timers import registered_timers

pytestmark = pytest.mark.django_db


def counted() -> dict:
    rows = SearchCount.objects.values_list("typed", "language", "searches", "without_result", "clicks")
    return {(typed, language): tuple(numbers) for typed, language, *numbers in rows}


def days_ago(days: int):
    return timezone.localdate() - timedelta(days=days)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Chè  SHAN tuyết!", "che shan tuyet"),
        ("OCOP 2024", "ocop 2024"),
        ("gạo 5 sao", "gao 5 sao"),
        ("Mẫu 12345", "mau 12345"),
        ("0912345678", ""),
        ("gọi 0912 345 678", ""),
        ("+84 (912) 345-678", ""),
        ("0912.345.678", ""),
        ("０９１２３４５", ""),  # wide digits
        ("12/03/1985", ""),
        ("chị lan@example.com", ""),
        ("https://example.com/a", ""),
        ("www.example.com", ""),
        ("AB2CD-EFGHJ", ""),
        ("đơn 4f9a2c7e", ""),
        ("a" * 60, "a" * 60),
        ("a" * 61, ""),
        ("một hai ba bốn năm sáu bảy tám", "mot hai ba bon nam sau bay tam"),
        ("một hai ba bốn năm sáu bảy tám chín", ""),
    ],
)
def test_of_a_search_only_a_word_is_kept(typed, kept):
    assert word_to_keep(typed) == kept


def test_searches_are_added_up_by_word_and_language():
    note_search("Chè Shan", "vi", 3)
    note_search("che  shan", "vi", 0)
    note_search("Shan tea", "en", 2)
    note_click("CHÈ SHAN", "vi")
    write_notes()
    note_search("chè shan", "vi", 1)
    write_notes()

    assert counted() == {("che shan", "vi"): (3, 1, 1), ("shan tea", "en"): (1, 0, 0)}
    assert set(SearchCount.objects.values_list("day", flat=True)) == {timezone.localdate()}


def test_what_is_not_kept_is_counted_without_its_words():
    note_search("0912 345 678", "vi", 0)
    note_search("lan@example.com", "vi", 0)
    write_notes()

    assert counted() == {("", "vi"): (2, 2, 0)}


@pytest.mark.parametrize("typed", ["", "  ", "?!", "\0"])
def test_what_holds_no_word_is_not_counted(typed):
    note_search(typed, "vi", 0)
    note_click(typed, "vi")
    write_notes()

    assert counted() == {}


def test_a_search_itself_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        note_search("chè", "vi", 1)
        note_click("chè", "vi")
        write_due_notes()


def test_a_hundred_words_are_written_in_one_statement(django_assert_num_queries):
    for number in range(100):
        note_search(f"chè {number}", "vi", 1)

    with django_assert_num_queries(3):  # a savepoint about it
        write_due_notes()
    assert SearchCount.objects.count() == 100


def test_notes_are_written_after_the_first_request_that_finds_them_old(settings):
    note_search("chè", "vi", 1)
    Client().get("/suc-khoe/")
    assert counted() == {}

    settings.SEARCHES_WRITTEN_EVERY = 0
    Client().get("/suc-khoe/")

    assert counted() == {("che", "vi"): (1, 0, 0)}
    write_notes()
    assert counted() == {("che", "vi"): (1, 0, 0)}


def test_where_nothing_can_be_written_pages_go_on(settings, caplog):
    settings.SEARCHES_WRITTEN_EVERY = 0
    note_search("chè", "much too long for a language", -1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE discovery_searchcount RENAME TO gone")

    answer = Client().get("/suc-khoe/")

    assert answer.status_code == 200
    assert "could not be counted" in caplog.text


def test_a_word_is_shown_when_more_than_one_visitor_looks_for_it():
    today = timezone.localdate()
    add_counts(
        [
            (today, "vi", "tran thi lan", 2, 2, 0),
            (today, "vi", "mac ca", 3, 0, 2),
            (today, "vi", "sam", 1, 1, 0),
            (days_ago(1), "en", "sam", 1, 1, 0),
            (today, "vi", "", 9, 9, 0),
        ]
    )

    assert [tuple(row.values())[:4] for row in words_looked_for(SearchCount.objects.all())] == [
        ("sam", 2, 2, 0),
        ("mac ca", 3, 0, 2),
    ]


def test_rare_words_melt_into_the_nameless_after_a_month_and_all_go_after_thirteen():
    add_counts(
        [
            (days_ago(31), "vi", "tran thi lan", 2, 2, 1),
            (days_ago(31), "vi", "giang a pao", 1, 0, 0),
            (days_ago(31), "vi", "", 5, 1, 0),
            (days_ago(31), "vi", "mac ca", 3, 0, 0),
            (days_ago(31), "en", "sam", 1, 0, 0),
            (days_ago(2), "en", "sam", 1, 0, 0),
            (days_ago(30), "vi", "la thi mai", 1, 0, 0),
            (days_ago(397), "vi", "gao", 50, 0, 0),
            (days_ago(396), "vi", "gao", 7, 0, 0),
        ]
    )

    forget_words()
    forget_words()

    rows = SearchCount.objects.order_by("day", "typed").values_list("day", "typed", "searches", "without_result")
    assert list(rows) == [
        (days_ago(396), "gao", 7, 0),
        (days_ago(31), "", 8, 3),
        (days_ago(31), "mac ca", 3, 0),
        (days_ago(31), "sam", 1, 0),
        (days_ago(30), "la thi mai", 1, 0),
        (days_ago(2), "sam", 1, 0),
    ]


def test_rare_words_of_many_days_melt_without_being_lost():
    add_counts((days_ago(31 + number % 60), "vi", f"ten {number}", 1, 0, 0) for number in range(looked_for.BATCH + 20))

    forget_words()

    assert set(SearchCount.objects.values_list("typed", flat=True)) == {""}
    assert sum(SearchCount.objects.values_list("searches", flat=True)) == looked_for.BATCH + 20


def test_words_are_forgotten_by_a_timer():
    assert "discovery.looked_for.forget_words" in [each.name for each in registered_timers()]


def test_nothing_but_day_language_word_and_numbers_is_kept():
    names = {field.name for field in SearchCount._meta.get_fields()}

    assert names == {"id", "day", "language", "typed", "searches", "without_result", "clicks"}
