"""Placing: everything is written, or nothing is, and the buyer reads why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import signing
from django.utils import timezone
from oscar.apps.basket.models import Basket

from factories import (
    make_basket,
    make_buyer,
    make_commune,
    make_producer,
    make_product,
    make_province,
    make_rates,
    preview_of,
    stock_of,
    variant_of,
)
from outbox.models import Mail
from producers.suspension import suspend
from shop import placing
from shop.alcohol import is_of_age
from shop.baskets import MOST_PIECES, set_quantity
from shop.models import Consent, DeliveryRate, Parcel, PaymentAttempt, Purchase, PurchaseEvent
from shop.partner.models import StockRecord
from shop.placing import Refused, place

pytestmark = pytest.mark.django_db
BORN = date(1990, 11, 24)


@pytest.fixture(autouse=True)
def rates():
    make_rates()


@pytest.fixture
def tea():
    return make_product(title="Trà Shan", price=160_000, in_stock=5)


@pytest.fixture
def basket(tea):
    return make_basket((tea, 2))


@pytest.fixture
def buyer():
    return make_buyer()


def refusal(basket, buyer, preview) -> str:
    """The sentences of a placing that must be refused, after making sure that nothing happened."""
    allocated = dict(StockRecord.objects.values_list("pk", "num_allocated"))
    with pytest.raises(Refused) as refused:
        place(basket, buyer, preview)
    basket.refresh_from_db()
    assert basket.status == Basket.OPEN
    assert dict(StockRecord.objects.values_list("pk", "num_allocated")) == allocated
    assert not Purchase.objects.exists()
    assert not Mail.objects.exists()
    return " ".join(refused.value.sentences)


# --- What is written --------------------------------------------------------------------------------------------------


def test_a_purchase_has_an_order_and_a_parcel_for_each_producer(tea):
    producer = make_producer()
    rice, honey = make_product(producer, price=40_000, grams=1_000), make_product(producer, price=90_000, grams=700)
    basket, buyer = make_basket((tea, 2), (rice, 3), honey), make_buyer(notes={producer.pk: "Giao buổi sáng"})

    purchase = place(basket, buyer, preview_of(basket, buyer))

    parcels = {parcel.producer_id: parcel for parcel in purchase.parcels.all()}
    first, second = parcels[tea.listing.producer_id], parcels[producer.pk]
    assert len(parcels) == 2
    assert (first.goods_total, first.grams, first.delivery_price, first.note) == (320_000, 1_000, 25_000, "")
    assert (second.goods_total, second.grams, second.note) == (210_000, 3_700, "Giao buổi sáng")
    assert {parcel.order.number for parcel in parcels.values()} == {f"{purchase.code}-1", f"{purchase.code}-2"}
    assert int(second.order.total_incl_tax) == 235_000
    assert sorted(second.order.lines.values_list("quantity", "num_allocated", "line_price_incl_tax")) == [
        (1, 1, 90_000),
        (3, 3, 120_000),
    ]
    assert (purchase.goods_total, purchase.delivery_total, purchase.total) == (530_000, 50_000, 580_000)


def test_stock_is_promised_and_the_basket_is_done(basket, buyer, tea):
    purchase = place(basket, buyer, preview_of(basket, buyer))

    basket.refresh_from_db()
    assert (stock_of(tea).num_in_stock, stock_of(tea).num_allocated) == (5, 2)
    assert (basket.status, purchase.basket) == (Basket.SUBMITTED, basket)


def test_cash_is_confirmed_at_once(basket, buyer):
    purchase = place(basket, buyer, preview_of(basket, buyer))

    attempt = purchase.payment_attempts.get()
    assert (purchase.state, purchase.pay_before, purchase.paid_at) == ("confirmed", None, None)
    assert (attempt.state, attempt.amount, attempt.memo) == (PaymentAttempt.State.OPEN, 345_000, "")
    assert list(PurchaseEvent.objects.values_list("old_state", "new_state")) == [("", "confirmed")]


def test_a_transfer_waits_for_a_day_under_its_own_memo(basket, settings):
    settings.TRANSFER_HOURS = 24
    buyer = make_buyer(method="transfer")

    purchase = place(basket, buyer, preview_of(basket, buyer))

    attempt = purchase.payment_attempts.get()
    assert purchase.state == "waiting"
    assert abs(purchase.pay_before - timezone.now() - timedelta(hours=24)) < timedelta(minutes=1)
    assert (attempt.amount, attempt.memo) == (345_000, f"OCOP {purchase.code}")


def test_consents_are_kept_as_they_stood_on_the_page(basket):
    buyer = make_buyer(language="en", consents={"terms": "I agree to the terms.", "privacy": "I agree to the use."})

    place(basket, buyer, preview_of(basket, buyer))

    assert sorted(Consent.objects.values_list("kind", "sentence", "language")) == [
        ("privacy", "I agree to the use.", "en"),
        ("terms", "I agree to the terms.", "en"),
    ]


# --- Once -------------------------------------------------------------------------------------------------------------


def test_the_same_basket_sent_twice_gives_the_same_purchase(basket, buyer, tea):
    preview = preview_of(basket, buyer)
    first = place(basket, buyer, preview)

    second = place(basket, buyer, preview)

    assert second == first
    assert (Purchase.objects.count(), Parcel.objects.count(), PaymentAttempt.objects.count()) == (1, 1, 1)
    assert stock_of(tea).num_allocated == 2


def test_a_basket_that_ended_otherwise_buys_nothing(basket, buyer, tea):
    preview = preview_of(basket, buyer)
    Basket.objects.filter(pk=basket.pk).update(status=Basket.FROZEN)

    with pytest.raises(Refused, match="không còn dùng được"):
        place(basket, buyer, preview)

    assert (Purchase.objects.count(), stock_of(tea).num_allocated) == (0, 0)


# --- Goods that are not to be had -------------------------------------------------------------------------------------


def test_an_empty_basket_is_refused(basket, buyer):
    preview = preview_of(basket, buyer)
    set_quantity(basket, basket.lines.get().pk, 0)

    assert refusal(basket, buyer, preview) == "Giỏ hàng đang trống."


def test_what_is_sold_out_is_named(basket, buyer, tea):
    preview = preview_of(basket, buyer)
    StockRecord.objects.filter(pk=stock_of(tea).pk).update(num_in_stock=0)

    assert refusal(basket, buyer, preview).startswith("Trà Shan vừa hết hàng.")


def test_what_is_left_is_said(basket, buyer, tea):
    preview = preview_of(basket, buyer)
    StockRecord.objects.filter(pk=stock_of(tea).pk).update(num_allocated=4)

    assert refusal(basket, buyer, preview).startswith("Trà Shan chỉ còn 1.")


def test_what_somebody_else_has_just_taken_is_found_under_the_lock(basket, buyer, tea, monkeypatch):
    """The basket was read while there was enough; another buyer came between reading and reserving."""
    preview = preview_of(basket, buyer)
    read = placing.read_contents

    def read_before_the_other_buyer(found):
        contents = read(found)
        StockRecord.objects.filter(pk=stock_of(tea).pk).update(num_allocated=4)
        return contents

    monkeypatch.setattr(placing, "read_contents", read_before_the_other_buyer)
    with pytest.raises(Refused) as refused:
        place(basket, buyer, preview)

    assert refused.value.sentences == ["Trà Shan chỉ còn 1. Hãy giảm số lượng rồi đặt lại."]
    basket.refresh_from_db()
    assert (basket.status, Purchase.objects.count()) == (Basket.OPEN, 0)


def test_a_suspended_producer_sells_nothing(basket, buyer, tea):
    preview = preview_of(basket, buyer)
    suspend(tea.listing.producer, reason="đang kiểm tra")

    assert "tạm ngừng bán" in refusal(basket, buyer, preview)


def test_a_hidden_product_is_not_sold(basket, buyer, tea):
    preview = preview_of(basket, buyer)
    tea.is_public = False
    tea.save(update_fields=["is_public"])

    assert "không còn được bán" in refusal(basket, buyer, preview)


def test_a_size_that_was_taken_off_sale_is_not_sold(basket, buyer, tea):
    preview = preview_of(basket, buyer)
    type(variant_of(tea)).objects.filter(pk=variant_of(tea).pk).update(is_on_sale=False)

    assert "không còn được bán" in refusal(basket, buyer, preview)


# --- Money is what was shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("price", [150_000, 170_000])
def test_a_changed_price_is_shown_again_not_charged(basket, buyer, tea, price):
    preview = preview_of(basket, buyer)
    StockRecord.objects.filter(pk=stock_of(tea).pk).update(price=price)

    said = refusal(basket, buyer, preview)

    assert said.startswith(f"Giá Trà Shan vừa đổi từ 160.000 ₫ thành {price // 1000}.000 ₫.")


def test_a_changed_delivery_price_is_shown_again(basket, buyer):
    preview = preview_of(basket, buyer)
    DeliveryRate.objects.update(price=99_000)

    assert "phí giao đã đổi" in refusal(basket, buyer, preview)


def test_a_changed_quantity_is_shown_again(basket, buyer):
    preview = preview_of(basket, buyer)
    set_quantity(basket, basket.lines.get().pk, 1)

    assert "Giỏ hàng hoặc phí giao đã đổi" in refusal(basket, buyer, preview)


def test_a_preview_holds_for_its_commune_alone(basket, buyer):
    preview = preview_of(basket, buyer)

    assert "đã đổi" in refusal(basket, replace(buyer, commune=make_commune()), preview)


def test_a_preview_of_another_basket_is_worth_nothing(basket, buyer, tea):
    other = preview_of(make_basket((tea, 2)), buyer)

    assert "đã đổi" in refusal(basket, buyer, other)


def test_an_old_preview_is_refused(basket, buyer, monkeypatch):
    preview = preview_of(basket, buyer)
    monkeypatch.setattr("shop.preview.HOLDS_SECONDS", -1)

    assert "mở quá lâu" in refusal(basket, buyer, preview)


@pytest.mark.parametrize(
    "change", [lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"), lambda text: "", lambda text: "x" + text]
)
def test_a_forged_preview_is_refused(basket, buyer, change):
    preview = change(preview_of(basket, buyer))

    assert "mở quá lâu" in refusal(basket, buyer, preview)


def test_something_signed_for_another_purpose_is_no_preview(basket, buyer):
    assert "mở quá lâu" in refusal(basket, buyer, signing.dumps({"basket": basket.pk}))


# --- Where and how ----------------------------------------------------------------------------------------------------


def test_a_commune_beyond_a_producers_reach_is_refused():
    producer = make_producer(name="Hợp tác xã Gần", reach="commune")
    basket, buyer = make_basket(make_product(producer)), make_buyer()

    said = refusal(basket, buyer, preview_of(basket, buyer))

    assert said.startswith(f"Hợp tác xã Gần không giao tới {buyer.commune}.")


def test_what_is_heavier_than_the_last_band_is_refused(basket, buyer):
    DeliveryRate.objects.update(max_grams=999)

    said = refusal(basket, buyer, preview_of(basket, buyer))

    assert said.endswith(f"nặng 1 kg, quá nặng để gửi tới {buyer.commune.title}. Hãy giảm số lượng.")


def test_one_producer_who_does_not_deliver_there_stops_the_whole_purchase(tea):
    far = make_province("Tỉnh Cà Mau", code="96", region="mekong-river-delta")
    near = make_product(make_producer(name="Hợp tác xã Gần", reach="province"))
    basket, buyer = make_basket(tea, near), make_buyer(commune=make_commune(province=far))

    assert refusal(basket, buyer, preview_of(basket, buyer)).startswith("Hợp tác xã Gần không giao tới")


@pytest.mark.parametrize("method", ["transfer", "vnpay", ""])
def test_a_way_to_pay_that_is_not_offered_is_refused(basket, settings, method):
    settings.TRANSFER_ACCOUNT, settings.SAMPLE_DATA = {"bin": "", "number": "", "holder": ""}, False
    buyer = make_buyer(method=method)

    assert refusal(basket, buyer, preview_of(basket, buyer)) == "Cách thanh toán này hiện không dùng được."


# --- Alcohol ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def wine():
    return make_basket((make_product(set_number=14, title="Rượu ngô"), 1))


def test_alcohol_is_bought_by_transfer_from_eighteen_on(wine):
    buyer = make_buyer(method="transfer", birth_date=BORN)

    purchase = place(wine, buyer, preview_of(wine, buyer))

    assert (purchase.has_alcohol, purchase.birth_date, purchase.state) == (True, BORN, "waiting")


def test_alcohol_is_not_paid_in_cash(wine):
    buyer = make_buyer(method="cash", birth_date=BORN)

    assert refusal(wine, buyer, preview_of(wine, buyer)) == "Giỏ có đồ uống có cồn nên chỉ nhận chuyển khoản."


@pytest.mark.parametrize(
    ("born", "on", "of_age"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), False),
        (date(2008, 11, 24), date(2026, 11, 24), True),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
    ],
)
def test_somebody_is_of_age_on_the_eighteenth_birthday(born, on, of_age):
    assert is_of_age(born, on) is of_age


@pytest.mark.parametrize("born", [timezone.localdate() - timedelta(days=17 * 365), None])
def test_alcohol_is_not_sold_to_anybody_younger(wine, born):
    buyer = make_buyer(method="transfer", birth_date=born)

    assert refusal(wine, buyer, preview_of(wine, buyer)) == "Đồ uống có cồn chỉ bán cho người từ đủ 18 tuổi."


def test_alcohol_with_other_things_keeps_its_rules(tea):
    basket, buyer = make_basket(tea, make_product(set_number=15)), make_buyer(birth_date=BORN)

    assert "chỉ nhận chuyển khoản" in refusal(basket, buyer, preview_of(basket, buyer))


def test_a_birth_date_is_not_kept_without_alcohol(basket):
    buyer = make_buyer(birth_date=BORN)

    assert place(basket, buyer, preview_of(basket, buyer)).birth_date is None


def test_all_refusals_are_told_at_once():
    producer = make_producer(name="Hợp tác xã Gần", reach="commune")
    basket, buyer = make_basket(make_product(producer, set_number=14)), make_buyer()

    with pytest.raises(Refused) as refused:
        place(basket, buyer, preview_of(basket, buyer))

    assert len(refused.value.sentences) == 3


def test_a_basket_holds_no_more_than_can_be_promised():
    tea = make_product(in_stock=MOST_PIECES + 50, grams=100)
    basket, buyer = make_basket((tea, MOST_PIECES), (tea, 40)), make_buyer()

    purchase = place(basket, buyer, preview_of(basket, buyer))

    assert purchase.goods_total == MOST_PIECES * 100_000
