"""The form of cards is drawn once for all that look alike; what each says is its own, and never HTML by chance."""

from datetime import date

import pytest
from django.utils.translation import override

from discovery.cards import cards_of
from discovery.models import Entry, Kind
from factories import make_producer, make_product, make_recognition, show
from programme.models import Recognition
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
    "variant_id": None,
    "recognition_id": None,
    "kind": Kind.STORY,
}
SPOILED = '{name} {0} %s <b>"&'


@pytest.fixture
def entry() -> Entry:
    tea = make_product(make_producer(name="Hợp tác xã Chè"), title="Trà Shan", name_en="Shan tea", price=160_000)
    make_recognition(tea, stars=4)
    show(tea)
    say(tea.entry, picture_files={"jpeg": [[336, 336, "/media/anh/x-336.jpg"]]})
    return tea.entry


def say(entry: Entry, **values) -> None:
    Entry.objects.filter(pk=entry.pk).update(**values)


def drawn(entry: Entry, **named) -> str:
    return cards.card(*cards_of(Entry.objects.filter(pk=entry.pk)), **named)


def test_the_form_of_cards_is_drawn_once_for_all_that_look_alike(entry):
    first = drawn(entry)
    before = cards.drawn.cache_info()
    say(entry, name="Chè dây", price=20_000)

    second = drawn(entry)

    after = cards.drawn.cache_info()
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)
    assert first.replace("Trà Shan", "Chè dây").replace("160.000 ₫", "20.000 ₫") == second


@pytest.mark.parametrize("field", OTHER_VALUES)
def test_whatever_a_card_says_it_says_anew(entry, field):
    before = drawn(entry)

    say(entry, **{field: OTHER_VALUES[field]})

    assert drawn(entry) != before


@pytest.mark.parametrize("kind", [Kind.PRODUCT, Kind.STORY])
def test_what_a_card_says_is_text_whatever_is_in_it(entry, kind):
    texts = ("name", "producer_name", "area_name", "unit", "picture_alt", "summary")
    say(entry, kind=kind, **dict.fromkeys(texts, SPOILED))

    card = drawn(entry)

    assert "<b>" not in card and '%s <b>"' not in card
    assert card.count("{name} {0} %s &lt;b&gt;&quot;&amp;") >= 4


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_blank_is_left_and_none_is_missing(entry, kind, language):
    say(entry, kind=kind, summary="Ngắn", summary_en="Short", starts_on=date(2026, 12, 5), ends_on=date(2026, 12, 6))
    with override(language):
        card = drawn(entry)

    assert "{" not in card and "None" not in card


def test_stars_that_are_withdrawn_leave_the_card(entry):
    before = drawn(entry)

    Recognition.objects.update(withdrawn_on=date.today(), withdrawal_cause=Recognition.Cause.LAW)

    assert "4 sao" in before and "4 sao" not in drawn(entry)


def test_a_card_speaks_the_readers_language_and_heads_its_page_as_it_is_told(entry):
    with override("en"):
        english = drawn(entry, level=2, eager=True)

    assert (
        "Shan tea" in english and 'href="/en/products/' in english and "<h2" in english and "fetchpriority" in english
    )
    assert "Trà Shan" in drawn(entry) and "<h3" in drawn(entry) and 'loading="lazy"' in drawn(entry)
