"""Delivery: weight band × zone, how far a producer delivers, and the table that is written whole."""

import pytest

from factories import RATES, make_commune, make_producer, make_province, make_rates
from shop.delivery import Quote, TableChanged, quote, read_rates, table_mark, write_rates
from shop.models import DeliveryRate

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """A commune in each distance from the first one."""
    near = make_province("Tỉnh Sơn La", code="14")
    far = make_province("Tỉnh Cà Mau", code="96", region="mekong-river-delta")
    home = make_commune()
    return {
        "commune": home,
        "province": make_commune(),
        "region": make_commune(province=near),
        "country": make_commune(province=far),
    }


@pytest.mark.parametrize("zone", list(RATES))
def test_a_farther_place_has_its_own_price_and_days(places, zone):
    make_rates()
    producer = make_producer(area=places["commune"])

    assert quote(producer, places[zone], 500) == Quote(*RATES[zone], zone)


@pytest.mark.parametrize(
    ("reach", "served"),
    [
        ("commune", ["commune"]),
        ("province", ["commune", "province"]),
        ("region", ["commune", "province", "region"]),
        ("country", ["commune", "province", "region", "country"]),
    ],
)
def test_a_producer_delivers_as_far_as_it_says(places, reach, served):
    make_rates()
    producer = make_producer(area=places["commune"], reach=reach)

    assert [zone for zone in RATES if quote(producer, places[zone], 500)] == served


@pytest.mark.parametrize(
    ("grams", "price"), [(1, 10_000), (1_000, 10_000), (1_001, 20_000), (5_000, 20_000), (5_001, None)]
)
def test_the_first_band_that_is_heavy_enough_counts(places, grams, price):
    for max_grams, amount in ((5_000, 20_000), (1_000, 10_000)):
        DeliveryRate.objects.create(zone="province", max_grams=max_grams, price=amount, days_min=1, days_max=2)
    producer = make_producer(area=places["commune"])

    found = quote(producer, places["province"], grams)

    assert (found and found.price) == price


# --- The table --------------------------------------------------------------------------------------------------------


def rows() -> list[tuple]:
    return list(DeliveryRate.objects.order_by("zone", "max_grams").values_list("zone", "max_grams", "price"))


def test_the_table_is_written_whole():
    make_rates()
    wanted = [DeliveryRate(zone="province", max_grams=2_000, price=18_000, days_min=1, days_max=3)]

    write_rates(wanted, seen=table_mark(read_rates()))

    assert rows() == [("province", 2_000, 18_000)]


def test_a_table_that_somebody_else_has_changed_is_left_alone():
    make_rates()
    seen = table_mark(read_rates())
    DeliveryRate.objects.filter(zone="country").update(price=99_000)
    before = rows()

    with pytest.raises(TableChanged):
        write_rates([], seen=seen)

    assert rows() == before


def test_the_mark_follows_from_what_the_table_says_alone():
    make_rates()
    mark = table_mark(read_rates())

    write_rates(
        [DeliveryRate(zone=z, max_grams=30_000, price=p, days_min=a, days_max=b) for z, (p, a, b) in RATES.items()],
        seen=mark,
    )

    assert table_mark(read_rates()) == mark
