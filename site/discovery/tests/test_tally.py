"""The tally says of every wish what the rows themselves say, and is never older than it may be."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from areas.folding import slugify_vi
from areas.models import Village
from discovery import tally as tallies
from discovery.browsing import STARS, Wish, browse
from discovery.filters import people_named
from discovery.models import Entry
from discovery.sets import bits
from discovery.tally import BY_NAME, CHEAPEST, DEAREST, MOST_STARS, NEWEST, tally
from factories import make_commune, make_producer, make_product, make_recognition, show
from producers.models import Producer
from programme.recognition import months_after
from shop.delivery import reaches

pytestmark = pytest.mark.django_db
ALL = slice(0, 1000)
SETS = (1, 2, 6, 9)  # of three groups
WISHES = 300


def keys(found, shown=ALL) -> list[int]:
    return [card.entry.pk for card in found.page(shown)]


def rows(found) -> list[Entry]:
    entries = Entry.objects.in_bulk()
    return [entries[key] for key in keys(found)]


@pytest.fixture
def shop():
    """Forty products that differ in all that a list may be asked for."""
    chance = random.Random(26)
    communes = [make_commune(f"Xã Mẫu {number}") for number in range(4)]
    villages = [
        Village.objects.create(slug=f"ban-{people}", name="Bản", commune=communes[0], people=people)
        for people in ("Mông", "Hà Nhì", "Hà Nhì, La Hủ")
    ]
    makers = [
        make_producer(area=area, kind=chance.choice(Producer.Kind.values), reach=chance.choice(Producer.Reach.values))
        for area in communes
        for _ in range(2)
    ]
    products = []
    for _ in range(40):
        first = chance.choice([None, 2, 11])
        product = make_product(
            chance.choice(makers),
            set_number=chance.choice(SETS),
            price=chance.choice([20_000, 50_000, 50_000, 90_000]),
            in_stock=chance.choice([0, 3]),
            village=chance.choice([None, *villages]),
            season_from=first,
            season_to=first and chance.choice([1, 6, 12]),
        )
        products.append(product)
    for product in chance.sample(products, 25):
        issued_on = date.today() - timedelta(days=chance.choice([10, 500, 800, 1500]))
        make_recognition(product, stars=chance.choice(STARS), issued_on=issued_on)
    type(products[3]).objects.filter(pk=products[3].pk).update(is_public=False)
    show(*products)
    return chance


def asked(wish: Wish, entries, commune) -> list[Entry]:
    """The entries of a wish, newest first, asked one by one of what their rows say."""
    classes = wish.branches or wish.groups or wish.product_sets
    return [
        entry
        for entry in entries
        if not entry.is_alcohol
        and (
            not classes
            or entry.group.slug in wish.groups
            or entry.product_set_id in wish.product_sets
            or (entry.branch.slug in wish.branches and not wish.groups)
        )
        and (not wish.communes or entry.area.slug in wish.communes)
        and wish.producer in ("", entry.producer.slug)
        and (not wish.stars or stars_of(entry) in wish.stars)
        and (not wish.makers or entry.producer.kind in wish.makers)
        and (not wish.people or {slugify_vi(name) for name in entry.people.split(",")} & set(wish.people))
        and (wish.price_from is None or entry.price >= wish.price_from)
        and (wish.price_to is None or entry.price <= wish.price_to)
        and (entry.in_stock or not wish.in_stock)
        and (not wish.in_season or is_in_season(entry))
        and (not wish.certified or (stars_of(entry) and holds_for(entry, wish.certified)))
        and (not wish.delivered or reaches(entry.producer, commune))
    ]


def stars_of(entry: Entry) -> int:
    recognition = entry.recognition
    return recognition.line.stars if recognition and recognition.holds_until >= date.today() else 0


def is_in_season(entry: Entry) -> bool:
    listing = entry.product.listing
    if not listing.season_from:
        return False
    months = [listing.season_from]
    while months[-1] != listing.season_to:
        months.append(months[-1] % 12 + 1)
    return date.today().month in months


def holds_for(entry: Entry, months: int) -> bool:
    return entry.recognition.holds_until >= months_after(date.today(), months)


ORDERS = {
    NEWEST: lambda entry: 0,
    CHEAPEST: lambda entry: entry.price,
    DEAREST: lambda entry: -entry.price,
    MOST_STARS: lambda entry: -stars_of(entry),
    BY_NAME: lambda entry: entry.folded,
}


def test_any_wish_finds_counts_and_sorts_as_the_rows_say(shop):
    rows = Entry.objects.filter(kind="product").order_by("-listed_at", "-pk")
    entries = list(
        rows.select_related(
            "group", "branch", "area", "producer__area__parent", "recognition__line", "product__listing"
        )
    )
    commune = entries[0].producer.area
    for _ in range(WISHES):
        one, other = shop.choice(entries), shop.choice(entries)

        def perhaps(value, none=(), odds=0.25):
            return value if shop.random() < odds else none

        wish = Wish(
            branches=() if (groups := perhaps((one.group.slug, other.group.slug))) else perhaps((one.branch.slug,)),
            groups=groups,
            product_sets=perhaps((one.product_set_id,), (), 0.1),
            communes=perhaps((one.area.slug, other.area.slug)),
            producer=perhaps(one.producer.slug, "", 0.1),
            stars=perhaps(tuple(shop.sample(STARS, 2))),
            makers=perhaps((one.producer_kind, other.producer_kind)),
            people=perhaps(tuple(slugify_vi(name) for name in people_named(one.people))),
            price_from=perhaps(shop.choice([0, 50_000, 50_001]), None),
            price_to=perhaps(shop.choice([20_000, 50_000, 89_999]), None),
            in_stock=perhaps(True, False),
            in_season=perhaps(True, False),
            certified=perhaps(shop.choice([6, 12, 24]), None),
            delivered=perhaps(True, False),
            sort=shop.choice(list(ORDERS)),
        )
        found, expected = browse(wish, commune=commune), asked(wish, entries, commune)

        def number(_wish=wish, **otherwise):
            return len(asked(Wish(**{**vars(_wish), **otherwise}), entries, commune))

        assert found.count == len(expected), wish
        assert keys(found) == [entry.pk for entry in sorted(expected, key=ORDERS[wish.sort])], wish
        first, second = keys(found, slice(0, 3)), keys(found, slice(3, 6))
        assert first + second == keys(found)[:6], wish
        for choice in found.communes:
            assert choice.count == number(communes=(choice.value,)), wish
        for choice in found.stars:
            assert choice.count == number(stars=(choice.row,)), wish
        for choice in found.makers:
            assert choice.count == number(makers=(choice.value,)), wish
        for choice in found.people:
            assert choice.count == number(people=(choice.value,)), wish
        for choice in found.certified:
            assert choice.count == number(certified=int(choice.value)), wish
        for branch, groups in found.branches:
            no_class = {"branches": (), "groups": (), "product_sets": ()}
            assert branch.count == number(**no_class | {"branches": (branch.value,)}), wish
            for choice in groups:
                assert choice.count == number(**no_class | {"groups": (choice.value,)}), wish
        assert found.in_stock == number(in_stock=True), wish
        assert found.in_season == number(in_season=True), wish
        assert found.delivered == number(delivered=True), wish


def test_each_producer_comes_in_turn_and_another_begins_each_day(monkeypatch):
    makers = [make_producer(area=make_commune(f"Xã {name}")) for name in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    products = [make_product(maker) for maker in makers for _ in range(3)]
    show(*products)
    orders = []
    for days in range(8):
        monkeypatch.setattr(tallies.timezone, "localdate", lambda days=days: date.today() + timedelta(days=days))
        listed = rows(browse(Wish()))
        for start in (0, 6, 12):
            assert {entry.producer_id for entry in listed[start : start + 6]} == {maker.pk for maker in makers}
        assert [entry.pk for entry in listed] == [
            key for start in range(0, 18, 5) for key in keys(browse(Wish()), slice(start, start + 5))
        ]
        orders.append(tuple(entry.producer_id for entry in listed[:6]))
        some = rows(browse(Wish(communes=(makers[0].area.slug, makers[1].area.slug))))
        assert [entry for entry in listed if entry.area_id in (makers[0].area_id, makers[1].area_id)] == some
    assert len(set(orders)) > 4


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
    assert [choice.count for choice in browse(Wish()).stars] == [0, 0, 0]


def test_what_left_the_table_is_not_shown_though_it_was_counted(shop, settings):
    settings.TALLY_SHARE = 0.000_001
    found = browse(Wish())
    gone = keys(found)[0]
    Entry.objects.filter(pk=gone).delete()
    assert gone not in keys(browse(Wish()))
