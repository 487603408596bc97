"""A card is drawn once for all who see the same, and anew when anything that it says is another."""

from datetime import date

import pytest
from django.utils.translation import override

from discovery.cards import cards_of
from discovery.models import Entry, Kind
from factories import make_producer, make_product, make_recognition, show
from storefront.templatetags import cards

pytestmark = pytest.mark.django_db
OTHER_VALUES = {
    "slug": "ten-khac",
    "name": "Tên khác",
    "picture_alt": "Mô tả khác",
    "picture_files": {"jpeg": [[336, 336, "/media/anh/khac-336.jpg"]]},
    "producer_name": "Người làm khác",
    "area_name": "Nơi khác",
    "unit": "hộp khác",
    "price": 123_000,
    "has_several_prices": True,
    "price_is_sample": True,
    "is_health_food": True,
    "in_stock": False,
    "is_sold_here": False,
    "variant_id": 4321,
    "kind": Kind.STORY,
}


@pytest.fixture
def entry() -> Entry:
    tea = make_product(make_producer(name="Hợp tác xã Chè"), title="Trà Shan", name_en="Shan tea", price=160_000)
    make_recognition(tea, stars=4)
    show(tea)
    entry = Entry.objects.with_standing().get(product=tea)
    entry.picture_files = {"jpeg": [[336, 336, "/media/anh/x-336.jpg"]]}
    return entry


def drawn(entry: Entry, **named) -> str:
    return cards.card(*cards_of([entry]), **named)


def test_the_same_card_is_drawn_once(entry):
    drawn(entry)
    before = cards._drawn.cache_info()

    drawn(entry)

    after = cards._drawn.cache_info()
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)


@pytest.mark.parametrize("field", OTHER_VALUES)
def test_whatever_a_card_says_it_says_anew(entry, field):
    before = drawn(entry)

    setattr(entry, field, OTHER_VALUES[field])

    assert drawn(entry) != before


def test_stars_that_are_withdrawn_leave_the_card(entry):
    before = drawn(entry)

    entry.recognition.withdrawn_on = date.today()

    assert "4 sao" in before and "4 sao" not in drawn(entry)


def test_a_card_speaks_the_readers_language_and_heads_its_page_as_it_is_told(entry):
    with override("en"):
        english = drawn(entry, level=2, eager=True)

    assert (
        "Shan tea" in english and 'href="/en/products/' in english and "<h2" in english and "fetchpriority" in english
    )
    assert "Trà Shan" in drawn(entry) and "<h3" in drawn(entry) and 'loading="lazy"' in drawn(entry)
