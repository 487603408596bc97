"""Bank transfers: in time, late, too little, too much, twice; and time that runs out."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from factories import make_manager, make_product, make_purchase, stock_of
from outbox.models import Mail
from shop.models import IncomingTransfer, Parcel, PaymentAttempt, Purchase, Refund
from shop.transfers import (
    accept_difference,
    end_if_run_out,
    end_run_out_purchases,
    erase_birth_dates,
    record_transfer,
    return_money,
)
from shop.workflow import NotAllowed, cancel

pytestmark = pytest.mark.django_db
P, S, Outcome = Purchase.State, Parcel.State, IncomingTransfer.Outcome


@pytest.fixture
def tea():
    return make_product(price=100_000, in_stock=5)


@pytest.fixture
def waiting(tea) -> Purchase:
    """Two pieces of tea, 225,000 ₫ with delivery, waiting for the money."""
    purchase = make_purchase((tea, 2), method="transfer")
    assert (purchase.state, purchase.total) == (P.WAITING, 225_000)
    return purchase


def run_out(purchase: Purchase) -> None:
    Purchase.objects.filter(pk=purchase.pk).update(pay_before=timezone.now() - timedelta(minutes=1))


def lapse(purchase: Purchase) -> None:
    run_out(purchase)
    assert end_run_out_purchases() == 1


def state_of(purchase: Purchase) -> str:
    return Purchase.objects.get(pk=purchase.pk).state


# --- In time ----------------------------------------------------------------------------------------------------------


def test_the_exact_sum_confirms(waiting, tea):
    manager = make_manager()

    transfer = record_transfer(waiting, amount=225_000, reference="FT1", by=manager)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.paid_at is not None) == (P.CONFIRMED, True)
    assert (transfer.outcome, transfer.settled_at is not None, transfer.entered_by) == (Outcome.PAID, True, manager)
    assert waiting.payment_attempts.get().state == PaymentAttempt.State.PAID
    assert stock_of(tea).num_allocated == 2
    assert not Refund.objects.exists()


def test_too_little_waits_for_a_person_and_keeps_the_goods(waiting, tea):
    transfer = record_transfer(waiting, amount=200_000, reference="FT1")

    waiting.refresh_from_db()
    assert (waiting.state, waiting.paid_at) == (P.WAITING, None)
    assert (transfer.outcome, transfer.settled_at) == (Outcome.TOO_LITTLE, None)
    assert stock_of(tea).num_allocated == 2


def test_too_little_and_then_the_rest_confirms(waiting):
    first = record_transfer(waiting, amount=200_000, reference="FT1")

    second = record_transfer(waiting, amount=25_000, reference="FT2")

    first.refresh_from_db()
    assert state_of(waiting) == P.CONFIRMED
    assert (first.outcome, second.outcome) == (Outcome.PAID, Outcome.PAID)
    assert first.settled_at is not None
    assert not Refund.objects.exists()


def test_too_much_waits_for_a_person(waiting):
    transfer = record_transfer(waiting, amount=300_000, reference="FT1")

    assert state_of(waiting) == P.WAITING
    assert (transfer.outcome, transfer.settled_at) == (Outcome.TOO_MUCH, None)
    assert not Refund.objects.exists()


def test_the_same_reference_counts_once_however_it_is_written(waiting):
    first = record_transfer(waiting, amount=100_000, reference="FT 24 0001")

    second = record_transfer(waiting, amount=100_000, reference=" ft240001 ")

    assert second.pk == first.pk
    assert list(IncomingTransfer.objects.values_list("reference", "amount")) == [("FT240001", 100_000)]
    assert state_of(waiting) == P.WAITING


def test_a_reference_of_another_purchase_is_refused(waiting):
    other = make_purchase(method="transfer")
    record_transfer(other, amount=other.total, reference="FT1")

    with pytest.raises(NotAllowed, match="lần mua khác"):
        record_transfer(waiting, amount=225_000, reference="FT1")

    assert state_of(waiting) == P.WAITING
    assert IncomingTransfer.objects.get().purchase == other


def test_money_for_what_is_paid_already_goes_back(waiting):
    record_transfer(waiting, amount=225_000, reference="FT1")

    again = record_transfer(waiting, amount=225_000, reference="FT2")

    assert (state_of(waiting), again.outcome) == (P.CONFIRMED, Outcome.REFUND)
    assert [(refund.amount, refund.cause) for refund in Refund.objects.all()] == [(225_000, f"transfer:{again.pk}")]


def test_money_for_a_cancelled_purchase_goes_back(waiting, tea):
    cancel(waiting, reason="đổi ý")

    record_transfer(waiting, amount=225_000, reference="FT1")

    assert state_of(waiting) == P.CANCELLED
    assert Refund.objects.get().amount == 225_000
    assert stock_of(tea).num_allocated == 0


# --- Late -------------------------------------------------------------------------------------------------------------


def test_late_money_revives_a_purchase_while_stock_allows(waiting, tea):
    lapse(waiting)
    assert stock_of(tea).num_allocated == 0

    transfer = record_transfer(waiting, amount=225_000, reference="FT1")

    waiting.refresh_from_db()
    line = waiting.parcels.get().order.lines.get()
    assert (waiting.state, waiting.ended_at, waiting.end_reason) == (P.CONFIRMED, None, "")
    assert (waiting.parcels.get().state, transfer.outcome) == (S.NEW, Outcome.REVIVED)
    assert (stock_of(tea).num_allocated, line.num_allocated, line.allocation_cancelled) == (2, 2, False)
    assert sorted(waiting.payment_attempts.values_list("state", flat=True)) == ["paid", "void"]
    assert not Refund.objects.exists()


def test_late_money_goes_back_when_the_goods_are_gone(waiting, tea):
    lapse(waiting)
    make_purchase((tea, 4))

    transfer = record_transfer(waiting, amount=225_000, reference="FT1")

    assert (state_of(waiting), transfer.outcome) == (P.LAPSED, Outcome.REFUND)
    assert Refund.objects.get().amount == 225_000
    assert stock_of(tea).num_allocated == 4


def test_late_money_takes_all_the_goods_or_none(tea):
    rice = make_product(in_stock=3)
    purchase = make_purchase((tea, 2), (rice, 3), method="transfer")
    lapse(purchase)
    make_purchase((rice, 1))

    record_transfer(purchase, amount=purchase.total, reference="FT1")

    assert state_of(purchase) == P.LAPSED
    assert (stock_of(tea).num_allocated, stock_of(rice).num_allocated) == (0, 1)


def test_late_money_that_differs_goes_back(waiting):
    lapse(waiting)

    record_transfer(waiting, amount=224_999, reference="FT1")

    assert (state_of(waiting), Refund.objects.get().amount) == (P.LAPSED, 224_999)


# --- A person decides -------------------------------------------------------------------------------------------------


def test_a_manager_lets_a_buyer_off_with_too_little(waiting):
    manager = make_manager()
    transfer = record_transfer(waiting, amount=200_000, reference="FT1")

    accept_difference(transfer, by=manager)

    transfer.refresh_from_db()
    event = waiting.events.last()
    assert (state_of(waiting), transfer.settled_at is not None) == (P.CONFIRMED, True)
    assert (event.by, event.reason) == (manager, "Chấp nhận số tiền chuyển không khớp")
    assert not Refund.objects.exists()
    assert "200.000 ₫" in Mail.objects.get(key__startswith="purchase_paid").text


def test_who_was_let_off_with_too_little_gets_back_no_more_than_was_paid():
    purchase = make_purchase(make_product(price=60_000), make_product(price=40_000), method="transfer")
    transfer = record_transfer(purchase, amount=purchase.total - 10_000, reference="FT1")
    accept_difference(transfer, by=None)

    cancel(purchase, reason="hết hàng")

    assert sum(Refund.objects.values_list("amount", flat=True)) == purchase.total - 10_000


def test_a_manager_takes_the_sum_and_owes_the_rest_back(waiting):
    transfer = record_transfer(waiting, amount=300_000, reference="FT1")

    accept_difference(transfer, by=None)

    refund = Refund.objects.get()
    assert state_of(waiting) == P.CONFIRMED
    assert (refund.amount, refund.cause) == (75_000, f"excess:{transfer.pk}")
    assert "75.000 ₫" in Mail.objects.get(key__startswith="purchase_paid").text


def test_a_manager_sends_everything_back(waiting, tea):
    first = record_transfer(waiting, amount=100_000, reference="FT1")
    second = record_transfer(waiting, amount=50_000, reference="FT2")

    return_money(second, by=None)

    assert state_of(waiting) == P.CANCELLED
    assert sorted(Refund.objects.values_list("cause", "amount")) == sorted(
        [(f"transfer:{first.pk}", 100_000), (f"transfer:{second.pk}", 50_000)]
    )
    assert stock_of(tea).num_allocated == 0
    assert Mail.objects.filter(key__startswith="money_goes_back").count() == 2


@pytest.mark.parametrize("decide", [accept_difference, return_money])
def test_what_is_decided_stays_decided(waiting, decide):
    transfer = record_transfer(waiting, amount=300_000, reference="FT1")
    accept_difference(transfer, by=None)

    with pytest.raises(NotAllowed, match="đã được xử lý"):
        decide(transfer, by=None)

    assert (state_of(waiting), Refund.objects.count()) == (P.CONFIRMED, 1)


# --- Time that runs out -----------------------------------------------------------------------------------------------


def test_the_timer_ends_only_what_has_run_out(tea):
    late, early = make_purchase((tea, 1), method="transfer"), make_purchase((tea, 2), method="transfer")
    cash = make_purchase((tea, 1))
    run_out(late)

    assert end_run_out_purchases() == 1

    late.refresh_from_db()
    assert [state_of(each) for each in (late, early, cash)] == [P.LAPSED, P.WAITING, P.CONFIRMED]
    assert late.end_reason == "Chưa nhận được tiền trong thời hạn"
    assert late.parcels.get().state == S.CANCELLED
    assert late.payment_attempts.get().state == PaymentAttempt.State.VOID
    assert stock_of(tea).num_allocated == 3


def test_each_purchase_is_asked_once_more_under_its_lock(waiting, tea):
    """Its time may have been prolonged, or its money have come, since the timer chose it."""
    assert end_if_run_out(waiting.pk) is False

    run_out(waiting)
    record_transfer(waiting, amount=225_000, reference="FT1")
    assert end_if_run_out(waiting.pk) is False

    assert (state_of(waiting), stock_of(tea).num_allocated) == (P.CONFIRMED, 2)


def test_the_timer_runs_again_without_effect(waiting, tea):
    lapse(waiting)

    assert end_run_out_purchases() == 0

    assert stock_of(tea).num_allocated == 0
    assert Mail.objects.filter(key__startswith="purchase_lapsed").count() == 1


def test_money_that_differs_stops_the_clock(waiting, tea):
    record_transfer(waiting, amount=200_000, reference="FT1")
    run_out(waiting)

    assert end_run_out_purchases() == 0

    assert (state_of(waiting), stock_of(tea).num_allocated) == (P.WAITING, 2)


def test_a_birth_date_is_erased_thirty_days_after_delivery():
    wine = make_product(set_number=14)
    born = date(1990, 11, 24)
    delivered, recent, underway = (make_purchase((wine, 1), method="transfer", birth_date=born) for _ in range(3))
    long_ago = timezone.now() - timedelta(days=31)
    Parcel.objects.filter(purchase=delivered).update(state=S.DELIVERED, changed_at=long_ago)
    Parcel.objects.filter(purchase=recent).update(state=S.DELIVERED)
    Parcel.objects.filter(purchase=underway).update(state=S.SENT, changed_at=long_ago)

    assert erase_birth_dates() == 1

    kept = dict(Purchase.objects.values_list("pk", "birth_date"))
    assert kept == {delivered.pk: None, recent.pk: born, underway.pk: born}
