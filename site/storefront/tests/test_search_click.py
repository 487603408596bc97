"""Searches and clicks are counted where a person made them, once an hour for a word and a visitor."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from discovery.looked_for import write_notes
from discovery.models import SearchCount
from storefront import search_notes
from storefront.search_notes import note_search_of

pytestmark = pytest.mark.django_db
ADDRESS = "/tim-kiem/mo/"


@pytest.fixture(autouse=True)
def nobody_seen():
    search_notes._seen.clear()


def counted() -> dict:
    write_notes()
    rows = SearchCount.objects.values_list("typed", "language", "searches", "without_result", "clicks")
    return {(typed, language): tuple(numbers) for typed, language, *numbers in rows}


def look_for(typed: str, count=1, *, method="get", address="10.0.0.1", **headers):
    request = getattr(RequestFactory(), method)("/tim-kiem/", REMOTE_ADDR=address, headers=headers)
    note_search_of(request, typed, count)


def test_a_click_is_counted_and_answered_with_nothing():
    answer = Client().post(ADDRESS, {"q": "Chè Shan"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert counted() == {("che shan", "vi"): (0, 0, 1)}


def test_an_english_click_is_counted_as_english():
    with translation.override("en"):
        Client().post("/en/search/open/", {"q": "Tea"})

    assert counted() == {("tea", "en"): (0, 0, 1)}


def test_a_click_from_elsewhere_is_refused():
    answer = Client(enforce_csrf_checks=True).post(ADDRESS, {"q": "chè"}, headers={"Origin": "https://example.com"})

    assert answer.status_code == 403
    assert counted() == {}


@pytest.mark.parametrize("body", [{}, {"q": ""}, {"q": "\0?"}, {"other": "chè"}])
def test_a_click_without_a_word_changes_nothing(body):
    assert Client().post(ADDRESS, body).status_code == 204
    assert counted() == {}


@pytest.mark.parametrize("typed", ["x" * 10_000, "0912 345 678", "a@b.vn", "'; DROP TABLE discovery_searchcount; --"])
def test_whatever_is_sent_the_answer_is_the_same(typed):
    assert Client().post(ADDRESS, {"q": typed}).status_code == 204
    assert [typed for typed, _language in counted()] in ([""], ["drop table discovery searchcount"])


def test_looking_at_the_address_is_no_click():
    assert Client().get(ADDRESS).status_code == 405
    assert counted() == {}


def test_one_visitor_counts_once_for_a_word():
    for _ in range(30):
        look_for("chè shan", 0)
        look_for("CHE SHAN", 0)
        Client().post(ADDRESS, {"q": "chè shan"}, REMOTE_ADDR="10.0.0.1")
    look_for("chè shan", 0, address="10.0.0.2")

    assert counted() == {("che shan", "vi"): (2, 2, 1)}


def test_an_hour_later_a_visitor_counts_again(monkeypatch):
    look_for("chè")
    monkeypatch.setattr(search_notes, "HOUR", 0)
    look_for("chè")

    assert counted() == {("che", "vi"): (2, 0, 0)}


def test_one_address_cannot_fill_the_report():
    for number in range(search_notes.MOST_IN_AN_HOUR + 50):
        look_for(f"từ {number}")

    assert len(counted()) == search_notes.MOST_IN_AN_HOUR


def test_what_is_remembered_of_visits_has_a_bound():
    for number in range(search_notes.MOST_REMEMBERED + 10):
        search_notes.is_first(number)

    assert len(search_notes._seen) == search_notes.MOST_REMEMBERED


@pytest.mark.parametrize(
    "request_of_a_machine",
    [
        {"method": "head"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "SomeCrawler/1.0"},
    ],
)
def test_machines_and_prefetches_are_not_counted(request_of_a_machine):
    look_for("chè", **request_of_a_machine)

    assert counted() == {}


def test_people_with_any_browser_are_counted():
    look_for("chè", **{"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile"})

    assert counted() == {("che", "vi"): (1, 0, 0)}
