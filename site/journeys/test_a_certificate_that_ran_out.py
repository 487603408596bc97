"""A star is on every page through its last day, and on none the day after."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from factories import make_product, make_recognition, show
from programme.models import Recognition
from programme.samples import signed_to_end_on

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Shown:
    """A server with two products, each of a producer of its own."""

    server: str
    ended: Recognition  # yesterday was its last day
    lasting: Recognition  # today is


@pytest.fixture(scope="module")
def shown(django_db_setup, kept_database, server_process, django_db_blocker):
    today = timezone.localdate()
    with django_db_blocker.unblock():
        ended = product_with_star_until("Trà hết hạn hôm qua", today - timedelta(days=1))
        lasting = product_with_star_until("Trà còn hạn hết hôm nay", today)
        with server_process() as address:
            yield Shown(address, ended, lasting)
        kept_database.put_back()


@pytest.fixture
def page(new_page):
    return new_page()


def product_with_star_until(title: str, last: date) -> Recognition:
    """A product whose certificate was issued so that this is its last day (none can be to end on 29 February)."""
    recognition = make_recognition(make_product(title=title), stars=4, issued_on=signed_to_end_on(last))
    Recognition.objects.filter(pk=recognition.pk).update(expires_on=last, holds_until=last)
    show(recognition.product)
    return recognition


def star_texts(place: Page | Locator) -> list[str]:
    """The stars that are printed there, as they are seen."""
    return place.locator(".stars:has(svg) b").all_inner_texts()


def card_of(page: Page, recognition: Recognition) -> Locator:
    card = page.locator(".card", has_text=recognition.product.title)
    expect(card).to_have_count(1)
    return card


def structured_data(page: Page) -> dict:
    return json.loads(page.locator("script[type='application/ld+json']").first.inner_text())


def test_home_shows_the_star_that_lasts_and_not_the_other_product(shown, page):
    page.goto(shown.server)
    assert star_texts(card_of(page, shown.lasting)) == ["4 sao"]
    assert star_texts(page) == ["4 sao"]
    expect(page.get_by_text(shown.ended.product.title)).to_have_count(0)


@pytest.mark.parametrize("path", ["/san-pham/", "/tim-kiem/?q=tra"])
def test_lists_show_both_products_and_one_star(shown, page, path):
    page.goto(shown.server + path)
    assert star_texts(card_of(page, shown.lasting)) == ["4 sao"]
    assert star_texts(card_of(page, shown.ended)) == []
    expect(card_of(page, shown.ended).locator(".stars")).to_have_text("Sao đã hết hạn")


def test_the_filter_by_stars_finds_one(shown, page):
    page.goto(f"{shown.server}/san-pham/?stars=4")
    expect(page.locator(".card__name")).to_have_text([shown.lasting.product.title])


def test_the_page_of_the_one_says_that_its_star_is_over(shown, page):
    page.goto(f"{shown.server}/san-pham/{shown.ended.product.slug}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(shown.ended.product.title)
    assert star_texts(page) == []
    assert "hasCertification" not in structured_data(page)
    assert "sao" not in json.dumps(structured_data(page), ensure_ascii=False)


def test_the_page_of_the_other_shows_it(shown, page):
    page.goto(f"{shown.server}/san-pham/{shown.lasting.product.slug}/")
    assert star_texts(page) == ["4 sao"]
    certification = structured_data(page)["hasCertification"]
    assert (certification["name"], certification["expires"]) == ("OCOP 4 sao", timezone.localdate().isoformat())


def test_the_check_page_of_the_one_says_that_it_ran_out(shown, page, picture):
    page.goto(f"{shown.server}/kiem-tra/{shown.ended.check_code}/")
    expect(page.locator(".verdict__state")).to_have_text("Đã hết hạn")
    assert star_texts(page) == []
    picture(page)


def test_the_check_page_of_the_other_shows_it(shown, page, picture):
    page.goto(f"{shown.server}/kiem-tra/{shown.lasting.check_code}/")
    expect(page.locator(".verdict__state")).to_have_text("Sắp hết hạn")
    assert star_texts(page.locator(".verdict")) == ["4 sao"]
    picture(page)
