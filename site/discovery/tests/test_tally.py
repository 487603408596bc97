"""The tally says of every wish what the rows themselves say, and is never older than it may be."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from discovery import tally as tallies
from discovery.browsing import STARS, Wish, browse
from discovery.models import Entry
from discovery.tally import BY_NAME, CHEAPEST, DEAREST, MOST_STARS, NEWEST, bits, tally
from factories import make_commune, make_producer, make_product, make_recognition, show

pytestmark = pytest.mark.django_db
ALL = slice(0, 1000)
SETS = (1, 2, 6, 9)  # of three groups
WISHES = 300


@pytest.fixture
def shop():
    """Forty products that differ in all that a list may be asked for."""
    chance = random.Random(26)
    communes = [make_commune(f"Xã Mẫu {number}") for number in range(4)]
    makers = [make_producer(area=area) for area in communes for _ in range(2)]
    products = []
    for _ in range(40):
        price, in_stock = chance.choice([20_000, 50_000, 50_000, 90_000]), chance.choice([0, 3])
        products.append(
            make_product(chance.choice(makers), set_number=chance.choice(SETS), price=price, in_stock=in_stock)
        )
    for product in chance.sample(products, 25):
        issued_on = date.today() - timedelta(days=chance.choice([10, 500, 1500]))
        make_recognition(product, stars=chance.choice(STARS), issued_on=issued_on)
    type(products[3]).objects.filter(pk=products[3].pk).update(is_public=False)
    show(*products)
    return chance


def asked(wish: Wish, entries) -> list[Entry]:
    """The entries of a wish, newest first, asked one by one of what their rows say."""
    today = date.today()
    return [
        entry
        for entry in entries
        if not entry.is_alcohol
        and wish.group in ("", entry.group.slug)
        and wish.branch in ("", entry.branch.slug)
        and wish.product_set in (None, entry.product_set_id)
        and wish.commune in ("", entry.area.slug)
        and wish.producer in ("", entry.producer.slug)
        and (not wish.stars or stars_of(entry, today) in wish.stars)
        and (wish.price_from is None or entry.price >= wish.price_from)
        and (wish.price_to is None or entry.price <= wish.price_to)
        and (entry.in_stock or not wish.in_stock)
    ]


def stars_of(entry: Entry, today: date) -> int:
    recognition = entry.recognition
    return recognition.line.stars if recognition and recognition.holds_until >= today else 0


ORDERS = {
    NEWEST: lambda entry: 0,
    CHEAPEST: lambda entry: entry.price,
    DEAREST: lambda entry: -entry.price,
    MOST_STARS: lambda entry: -stars_of(entry, date.today()),
    BY_NAME: lambda entry: entry.folded,
}


def test_any_wish_finds_counts_and_sorts_as_the_rows_say(shop):
    entries = list(
        Entry.objects.select_related("group", "branch", "area", "producer", "recognition__line").order_by(
            "-listed_at", "-pk"
        )
    )
    for _ in range(WISHES):
        one = shop.choice(entries)

        def perhaps(value, none="", odds=0.3):
            return value if shop.random() < odds else none

        wish = Wish(
            branch=one.branch.slug if (group := perhaps(one.group.slug)) else perhaps(one.branch.slug),
            group=group,
            product_set=perhaps(one.product_set_id, None, 0.1),
            commune=perhaps(one.area.slug),
            producer=perhaps(one.producer.slug, "", 0.1),
            stars=perhaps(tuple(shop.sample(STARS, 2)), ()),
            price_from=perhaps(shop.choice([0, 50_000, 50_001]), None),
            price_to=perhaps(shop.choice([20_000, 50_000, 89_999]), None),
            in_stock=perhaps(True, False),
            sort=shop.choice(list(ORDERS)),
        )
        found, expected = browse(wish), asked(wish, entries)
        assert found.wish == wish
        assert found.count == len(expected), wish
        assert found.page(ALL) == sorted(expected, key=ORDERS[wish.sort]), wish
        first, second = found.page(slice(0, 3)), found.page(slice(3, 6))
        assert first + second == found.page(ALL)[:6], wish
        for choice in found.facets.communes:
            elsewhere = Wish(**{**vars(wish), "commune": choice.row.slug})
            assert choice.count == len(asked(elsewhere, entries)), wish
        for choice in found.facets.stars:
            otherwise = Wish(**{**vars(wish), "stars": (choice.row,)})
            assert choice.count == len(asked(otherwise, entries)), wish
        for choice in found.facets.groups:
            in_group = Wish(**{**vars(wish), "group": choice.row.slug, "branch": "", "product_set": None})
            assert choice.count == len(asked(in_group, entries)), wish
        assert found.facets.in_stock == len(asked(Wish(**{**vars(wish), "in_stock": True}), entries)), wish


def test_a_set_of_places_is_a_number_with_a_bit_for_each():
    assert bits([]) == 0
    assert bits([0, 3, 70]) == 1 | 1 << 3 | 1 << 70


def test_it_is_kept_while_no_entry_changes(shop, django_assert_num_queries):
    held = tally()
    with django_assert_num_queries(1):
        assert tally() is held


def test_a_change_is_counted_by_the_next_reader():
    show(make_product())
    before = browse(Wish()).count
    show(make_product())
    assert (before, browse(Wish()).count) == (1, 2)


def test_where_entries_change_all_the_time_it_waits_for_its_share(shop, settings, monkeypatch):
    settings.TALLY_SHARE = 0.1
    held = tally()
    held.cost = 0.2  # seconds
    show(make_product())
    monkeypatch.setattr(tallies.time, "monotonic", lambda: held.made_at + 1.9)
    assert tally() is held
    monkeypatch.setattr(tallies.time, "monotonic", lambda: held.made_at + 2.1)
    assert tally() is not held


def test_what_was_taken_back_is_counted_no_longer():
    show(make_product())
    with transaction.atomic():
        show(make_product())
        assert browse(Wish()).count == 2
        transaction.set_rollback(True)
    assert browse(Wish()).count == 1


def test_on_the_day_after_the_last_a_star_leaves_counts_and_facets(monkeypatch):
    product = make_product()
    recognition = make_recognition(product, stars=4)
    show(product)
    assert browse(Wish(stars=(4,))).count == 1
    monkeypatch.setattr(tallies.timezone, "localdate", lambda: recognition.holds_until)
    assert browse(Wish(stars=(4,))).count == 1
    monkeypatch.setattr(tallies.timezone, "localdate", lambda: recognition.holds_until + timedelta(days=1))
    assert browse(Wish(stars=(4,))).count == 0
    assert [choice.count for choice in browse(Wish()).facets.stars] == [0, 0, 0]


def test_what_left_the_table_is_not_shown_though_it_was_counted(shop, settings):
    settings.TALLY_SHARE = 0.000_001
    found = browse(Wish())
    gone = found.page(ALL)[0]
    Entry.objects.filter(pk=gone.pk).delete()
    assert gone not in browse(Wish()).page(ALL)
