"""The delivery table on the managers' screen: one form, saved whole or not at all."""

import re

import pytest

from factories import RATES, make_manager, make_rates
from shop.delivery import read_rates, table_mark
from shop.models import DeliveryRate

pytestmark = pytest.mark.django_db
ADDRESS = "/quan-ly/giao-hang/"


@pytest.fixture(autouse=True)
def logged_in(client):
    client.force_login(make_manager())
    make_rates()


def typed(**changes) -> dict:
    """The form as it comes back untouched, but for these changes (`-` for what a field's name has of dashes)."""
    rates = read_rates()
    data = {"seen": table_mark(rates), "band": [f"{rate.zone}-{rate.max_grams}" for rate in rates]}
    for rate in rates:
        for name in ("max_grams", "price", "days_min", "days_max"):
            data[f"{rate.zone}-{rate.max_grams}-{name}"] = getattr(rate, name)
    for zone in RATES:
        data |= {f"new-{zone}-{name}": "" for name in ("max_grams", "price", "days_min", "days_max")}
    return data | changes


def table() -> list[tuple]:
    rates = DeliveryRate.objects.order_by("zone", "max_grams")
    return list(rates.values_list("zone", "max_grams", "price", "days_min", "days_max"))


def test_the_form_brings_the_table_as_it_is(client):
    before = table()
    page = client.get(ADDRESS).content.decode()
    fields = dict(re.findall(r'<input id="[^"]*" name="([^"]*)" type="text" value="([^"]*)"', page))
    bands = re.findall(r'name="band" value="([^"]*)"', page)
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]

    response = client.post(ADDRESS, {**fields, "band": bands, "seen": seen})

    assert (response.status_code, len(bands)) == (302, 4)
    assert table() == before


def test_prices_and_days_are_changed(client):
    response = client.post(ADDRESS, typed(**{"province-30000-price": "27.500 ₫", "province-30000-days_max": "4"}))

    assert (response.status_code, response.headers["Location"]) == (302, ADDRESS)
    assert ("province", 30_000, 27_500, 2, 4) in table()
    assert len(table()) == 4


def test_delivery_may_be_free(client):
    client.post(ADDRESS, typed(**{"commune-30000-price": "0"}))

    assert ("commune", 30_000, 0, 1, 2) in table()


def test_a_band_is_added(client):
    new = {
        "new-region-max_grams": "2000",
        "new-region-price": "20000",
        "new-region-days_min": "3",
        "new-region-days_max": "3",
    }

    client.post(ADDRESS, typed(**new))

    assert [row for row in table() if row[0] == "region"] == [
        ("region", 2_000, 20_000, 3, 3),
        ("region", 30_000, *RATES["region"]),
    ]


def test_a_band_is_removed(client):
    DeliveryRate.objects.create(zone="region", max_grams=2_000, price=20_000, days_min=3, days_max=3)

    client.post(ADDRESS, typed(**{"region-30000-remove": "on"}))

    assert [row for row in table() if row[0] == "region"] == [("region", 2_000, 20_000, 3, 3)]


def test_two_bands_change_their_weights_at_once(client):
    DeliveryRate.objects.create(zone="region", max_grams=2_000, price=20_000, days_min=3, days_max=3)

    client.post(ADDRESS, typed(**{"region-30000-max_grams": "2000", "region-2000-max_grams": "30000"}))

    assert [row[:3] for row in table() if row[0] == "region"] == [("region", 2_000, 35_000), ("region", 30_000, 20_000)]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("province-30000-price", "", "Hãy điền mục này."),
        ("province-30000-price", "25.500,5", "Số tiền chưa đúng."),
        ("province-30000-price", "-1", "Số tiền chưa đúng."),
        ("province-30000-max_grams", "0", "Ít nhất là 1."),
        ("province-30000-max_grams", "hai cân", "Hãy viết một số tròn."),
        ("province-30000-days_min", "9", "Số ngày sau phải bằng hoặc lớn hơn số ngày trước."),
        ("province-30000-days_max", "200", "Nhiều nhất là 90."),
        ("province-30000-remove", "on", "Mỗi khu vực cần ít nhất một mức"),
        ("new-province-price", "1000", "Hãy điền mục này."),
    ],
)
def test_what_cannot_be_saved_is_told_and_kept(client, field, value, says):
    before = table()

    response = client.post(ADDRESS, typed(**{field: value, "country-30000-price": "77777"}))

    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert 'value="77777"' in page
    assert "remove" in field or f'value="{value}"' in page
    assert table() == before


def test_two_bands_of_one_weight_are_refused(client):
    before = table()
    new = {
        "new-region-max_grams": "30000",
        "new-region-price": "1",
        "new-region-days_min": "1",
        "new-region-days_max": "1",
    }

    response = client.post(ADDRESS, typed(**new))

    assert response.status_code == 422
    assert "Có hai mức cùng đến 30000 gram" in response.content.decode()
    assert table() == before


def test_what_somebody_else_has_saved_meanwhile_is_not_overwritten_unseen(client):
    data = typed(**{"province-30000-price": "11111"})
    DeliveryRate.objects.filter(zone="country").delete()
    before = table()

    response = client.post(ADDRESS, data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "người khác đã đổi bảng phí" in page
    assert 'value="11111"' in page
    assert 'name="band" value="country-30000"' in page
    assert table() == before


def test_saving_once_more_means_it(client):
    data = typed(**{"province-30000-price": "11111"})
    DeliveryRate.objects.filter(zone="country").update(price=1)
    page = client.post(ADDRESS, data).content.decode()

    client.post(ADDRESS, data | {"seen": re.search(r'name="seen" value="([^"]*)"', page)[1]})

    assert ("province", 30_000, 11_111, 2, 3) in table()
    assert ("country", 30_000, *RATES["country"]) in table()


def test_a_strange_band_is_left_out(client):
    data = typed()
    data["band"] += ["moon-1", "province-30000-price", "country-99999999999999", "<b>"]

    client.post(ADDRESS, data)

    assert len(table()) == 4
