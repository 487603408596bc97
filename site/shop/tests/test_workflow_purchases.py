"""Purchases: every move of the table and every one that is not in it; what cancelling does to stock and money."""

import itertools

import pytest

from factories import make_manager, make_product, make_purchase, stock_of
from shop.models import Parcel, PaymentAttempt, Purchase, PurchaseEvent, Refund
from shop.transfers import record_transfer
from shop.workflow import (
    BUYERS_UNTIL,
    PURCHASE_MOVES,
    NotAllowed,
    cancel,
    may_cancel,
    move_purchase,
    pack,
    send,
)

pytestmark = pytest.mark.django_db
P, S = Purchase.State, Parcel.State
ALLOWED = {
    ("waiting", "confirmed"),
    ("waiting", "cancelled"),
    ("waiting", "lapsed"),
    ("confirmed", "cancelled"),
    ("lapsed", "confirmed"),
}
PAIRS = list(itertools.product(P.values, P.values))


def test_the_table_says_what_these_tests_say():
    assert {(old, new) for old, moves in PURCHASE_MOVES.items() for new in moves} == ALLOWED


@pytest.mark.parametrize(("old", "new"), sorted(ALLOWED))
def test_an_allowed_move_is_made_and_written_down(old, new):
    purchase, manager = make_purchase(method="transfer"), make_manager()
    Purchase.objects.filter(pk=purchase.pk).update(state=old)
    purchase.refresh_from_db()

    move_purchase(purchase, new, by=manager, reason="vì thế")

    purchase.refresh_from_db()
    event = purchase.events.last()
    assert purchase.state == new
    assert (event.old_state, event.new_state, event.by, event.reason) == (old, new, manager, "vì thế")
    ends = new in (P.CANCELLED, P.LAPSED)
    assert (purchase.ended_at is not None, purchase.end_reason) == (ends, "vì thế" if ends else "")


@pytest.mark.parametrize(("old", "new"), [pair for pair in PAIRS if pair not in ALLOWED])
def test_any_other_move_is_refused_and_changes_nothing(old, new):
    purchase = make_purchase(method="transfer")
    Purchase.objects.filter(pk=purchase.pk).update(state=old)
    purchase.refresh_from_db()
    events = purchase.events.count()

    with pytest.raises(NotAllowed, match=str(purchase.get_state_display())):
        move_purchase(purchase, new)

    purchase.refresh_from_db()
    assert (purchase.state, purchase.events.count(), purchase.ended_at) == (old, events, None)


# --- Cancelling -------------------------------------------------------------------------------------------------------


def test_cancelling_gives_stock_back_and_ends_everything():
    tea, rice = make_product(in_stock=5), make_product(in_stock=7)
    purchase = make_purchase((tea, 2), (rice, 3), method="transfer")

    cancel(purchase, reason="đổi ý")

    purchase.refresh_from_db()
    assert (purchase.state, purchase.end_reason) == (P.CANCELLED, "đổi ý")
    assert [parcel.state for parcel in purchase.parcels.all()] == [S.CANCELLED, S.CANCELLED]
    assert [parcel.order.status for parcel in purchase.parcels.all()] == [S.CANCELLED, S.CANCELLED]
    assert [(stock_of(each).num_in_stock, stock_of(each).num_allocated) for each in (tea, rice)] == [(5, 0), (7, 0)]
    assert purchase.payment_attempts.get().state == PaymentAttempt.State.VOID
    assert not Refund.objects.exists()


def test_stock_comes_back_in_the_transaction_that_cancels(monkeypatch):
    tea = make_product(in_stock=5)
    purchase = make_purchase((tea, 2))

    def break_down(*args):
        raise RuntimeError("the last step fails")

    monkeypatch.setattr("shop.messages.tell_cancelled", break_down)
    with pytest.raises(RuntimeError):
        cancel(purchase, reason="đổi ý")

    purchase.refresh_from_db()
    assert (purchase.state, purchase.parcels.get().state) == (P.CONFIRMED, S.NEW)
    assert stock_of(tea).num_allocated == 2
    assert purchase.events.count() == 1


def test_one_parcel_of_a_confirmed_purchase_is_cancelled_alone():
    tea, rice = make_product(in_stock=5), make_product(in_stock=7)
    purchase = make_purchase((tea, 2), (rice, 3))
    of_tea = purchase.parcels.get(producer=tea.listing.producer)
    of_rice = purchase.parcels.get(producer=rice.listing.producer)

    cancel(purchase, reason="hết gói", parcel=of_tea)

    purchase.refresh_from_db(), of_tea.refresh_from_db(), of_rice.refresh_from_db()
    assert (purchase.state, of_tea.state, of_rice.state) == (P.CONFIRMED, S.CANCELLED, S.NEW)
    assert (stock_of(tea).num_allocated, stock_of(rice).num_allocated) == (0, 3)


def test_cancelling_the_last_parcel_cancels_the_purchase():
    purchase = make_purchase(make_product(), make_product())
    first, second = purchase.parcels.order_by("pk")
    cancel(purchase, reason="một", parcel=first)

    cancel(purchase, reason="hai", parcel=second)

    purchase.refresh_from_db()
    assert (purchase.state, purchase.end_reason) == (P.CANCELLED, "hai")


def test_one_parcel_of_a_waiting_purchase_is_not_cancelled_alone():
    purchase = make_purchase(make_product(), make_product(), method="transfer")

    with pytest.raises(NotAllowed, match="cả lần mua"):
        cancel(purchase, reason="đổi ý", parcel=purchase.parcels.first())

    assert set(purchase.parcels.values_list("state", flat=True)) == {S.NEW}


@pytest.mark.parametrize("state", [P.CANCELLED, P.LAPSED])
def test_what_has_ended_is_not_cancelled_again(state):
    tea = make_product(in_stock=5)
    purchase = make_purchase((tea, 2), method="transfer")
    Purchase.objects.filter(pk=purchase.pk).update(state=state)

    with pytest.raises(NotAllowed):
        cancel(purchase, reason="lần nữa")

    purchase.refresh_from_db()
    assert (purchase.state, stock_of(tea).num_allocated, purchase.events.count()) == (state, 2, 1)


def test_a_buyer_cannot_cancel_what_is_packed():
    tea = make_product(in_stock=5)
    purchase = make_purchase((tea, 2))
    pack(purchase.parcels.get(), by=None)

    with pytest.raises(NotAllowed, match="đóng gói"):
        cancel(purchase, reason="đổi ý", until=BUYERS_UNTIL)

    purchase.refresh_from_db()
    assert (purchase.state, purchase.parcels.get().state, stock_of(tea).num_allocated) == (P.CONFIRMED, S.PACKED, 2)


def test_a_manager_cancels_what_is_packed_but_not_what_is_sent():
    packed, sent = make_purchase(), make_purchase()
    for purchase in (packed, sent):
        pack(purchase.parcels.get(), by=None)
    send(sent.parcels.get(), by=None)

    cancel(packed, reason="hỏng")
    with pytest.raises(NotAllowed):
        cancel(sent, reason="hỏng")

    packed.refresh_from_db(), sent.refresh_from_db()
    assert (packed.state, sent.state, sent.parcels.get().state) == (P.CANCELLED, P.CONFIRMED, S.SENT)


def test_one_sent_parcel_keeps_the_whole_purchase_from_being_cancelled():
    purchase = make_purchase(make_product(), make_product())
    first, second = purchase.parcels.order_by("pk")
    pack(first, by=None), send(first, by=None)

    with pytest.raises(NotAllowed):
        cancel(purchase, reason="đổi ý")

    second.refresh_from_db()
    assert second.state == S.NEW


@pytest.mark.parametrize(("state", "step"), itertools.product(P.values, S.values))
def test_the_button_is_there_exactly_when_the_rule_allows_it(state, step):
    purchase = make_purchase(method="transfer")
    Purchase.objects.filter(pk=purchase.pk).update(state=state)
    Parcel.objects.filter(purchase=purchase).update(state=step)
    purchase.refresh_from_db()

    shown = may_cancel(purchase, list(purchase.parcels.all()))
    try:
        cancel(purchase, reason="thử")
        done = True
    except NotAllowed:
        done = False

    assert shown == done


# --- Money that goes back ---------------------------------------------------------------------------------------------


def test_cancelling_a_paid_purchase_owes_each_parcel_once():
    purchase = make_purchase(make_product(price=60_000), make_product(price=40_000), method="transfer")
    record_transfer(purchase, amount=purchase.total, reference="FT1")
    first, second = purchase.parcels.order_by("pk")
    cancel(purchase, reason="một", parcel=first)

    cancel(purchase, reason="hai")

    owed = {refund.cause: refund.amount for refund in Refund.objects.all()}
    assert owed == {
        f"parcel:{first.pk}": first.goods_total + first.delivery_price,
        f"parcel:{second.pk}": second.goods_total + second.delivery_price,
    }
    assert sum(owed.values()) == purchase.total


def test_cash_that_was_never_paid_is_not_owed():
    purchase = make_purchase()

    cancel(purchase, reason="đổi ý")

    assert not Refund.objects.exists()


def test_money_that_waits_for_a_person_goes_back_when_the_buyer_cancels():
    purchase = make_purchase(method="transfer")
    transfer = record_transfer(purchase, amount=purchase.total - 1_000, reference="FT1")

    cancel(purchase, reason="đổi ý", until=BUYERS_UNTIL)

    transfer.refresh_from_db()
    refund = Refund.objects.get()
    assert (refund.amount, refund.cause) == (purchase.total - 1_000, f"transfer:{transfer.pk}")
    assert (transfer.outcome, transfer.settled_at is not None) == (transfer.Outcome.REFUND, True)


def test_every_move_leaves_its_trace():
    purchase, manager = make_purchase(), make_manager()

    cancel(purchase, by=manager, reason="hết hàng")

    assert list(PurchaseEvent.objects.values_list("parcel", "old_state", "new_state", "by", "reason")) == [
        (None, "", "confirmed", None, ""),
        (purchase.parcels.get().pk, "new", "cancelled", manager.pk, "hết hàng"),
        (None, "confirmed", "cancelled", manager.pk, "hết hàng"),
    ]
