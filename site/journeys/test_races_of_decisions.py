"""Two people, or two workers, decide about one purchase at once: one of them does, and nothing is done twice."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from factories import make_manager, make_product, make_purchase, stock_of
from journeys.crowd import all_at_once, outcomes
from outbox.models import Mail
from outbox.timers import run_due_timers
from shop.models import IncomingTransfer, Parcel, Purchase, PurchaseEvent, Refund
from shop.transfers import end_run_out_purchases, record_transfer
from shop.workflow import cancel, note_refund_paid, pack

pytestmark = pytest.mark.django_db(transaction=True)
P, S = Purchase.State, Parcel.State
ROUNDS = 10


@pytest.fixture
def tea():
    return make_product(price=100_000, in_stock=100)


@pytest.fixture
def manager():
    return make_manager()


def run_out(purchase: Purchase) -> None:
    Purchase.objects.filter(pk=purchase.pk).update(pay_before=timezone.now() - timedelta(minutes=1))


def money_left(purchase: Purchase) -> int:
    """What came for a purchase and does not go back, in ₫."""
    received = sum(transfer.amount for transfer in purchase.incoming_transfers.all())
    return received - sum(refund.amount for refund in purchase.refunds.all())


def test_a_parcel_is_packed_or_cancelled_and_never_both(tea, manager):
    for _ in range(ROUNDS):
        purchase = make_purchase((tea, 2))
        parcel, promised = purchase.parcels.get(), stock_of(tea).num_allocated

        ended = all_at_once(
            [partial(cancel, purchase, reason="Người mua hủy", until=(S.NEW,)), partial(pack, parcel, by=manager)]
        )

        assert outcomes(ended) == {"done": 1, "NotAllowed": 1}
        purchase.refresh_from_db()
        parcel.refresh_from_db()
        was_cancelled = ended[0] is None
        expected = (P.CANCELLED, S.CANCELLED, promised - 2) if was_cancelled else (P.CONFIRMED, S.PACKED, promised)
        assert (purchase.state, parcel.state, stock_of(tea).num_allocated) == expected


def test_a_purchase_cancelled_four_times_at_once_gives_its_goods_back_once(tea):
    make_purchase((tea, 5))
    purchase = make_purchase((tea, 2))

    ended = all_at_once([partial(cancel, purchase, reason="Người mua hủy")] * 4)

    assert outcomes(ended) == {"done": 1, "NotAllowed": 3}
    assert stock_of(tea).num_allocated == 5


def test_the_same_transfer_told_ten_times_at_once_counts_once(tea):
    purchase = make_purchase((tea, 2), method="transfer")

    rows = all_at_once([partial(record_transfer, purchase, amount=purchase.total, reference="FT1")] * 10)

    purchase.refresh_from_db()
    assert {row.pk for row in rows} == {IncomingTransfer.objects.get().pk}
    assert (purchase.state, Refund.objects.count()) == (P.CONFIRMED, 0)
    assert Mail.objects.filter(key__startswith="purchase_paid").count() == 1


def test_ten_transfers_of_the_whole_sum_at_once_confirm_once_and_nine_go_back(tea):
    purchase = make_purchase((tea, 2), method="transfer")

    all_at_once(partial(record_transfer, purchase, amount=purchase.total, reference=f"FT{n}") for n in range(10))

    outcome_of = Counter(IncomingTransfer.objects.values_list("outcome", flat=True))
    assert outcome_of == {"paid": 1, "refund": 9}
    assert money_left(purchase) == purchase.total


def test_time_that_runs_out_for_two_workers_gives_the_goods_back_once(tea):
    make_purchase((tea, 5))
    late = [make_purchase((tea, 2), method="transfer") for _ in range(3)]
    for purchase in late:
        run_out(purchase)

    ended = all_at_once([end_run_out_purchases] * 2)

    assert sum(ended) == 3
    assert stock_of(tea).num_allocated == 5
    assert PurchaseEvent.objects.filter(new_state=P.LAPSED).count() == 3
    assert Mail.objects.filter(key__startswith="purchase_lapsed").count() == 3


def test_of_two_workers_one_takes_the_timer(tea):
    run_out(make_purchase((tea, 2), method="transfer"))

    taken = all_at_once([run_due_timers] * 2)

    assert sum(names.count("shop.transfers.end_run_out_purchases") for names in taken) == 1
    assert stock_of(tea).num_allocated == 0


def test_money_and_the_end_of_its_time_at_once_leave_the_goods_paid_for(tea):
    """Whichever is first: money in time confirms, late money takes the goods again while they are there."""
    for number in range(ROUNDS):
        purchase = make_purchase((tea, 2), method="transfer")
        run_out(purchase)

        all_at_once(
            [
                end_run_out_purchases,
                partial(record_transfer, purchase, amount=purchase.total, reference=f"FT{number}"),
            ]
        )

        purchase.refresh_from_db()
        assert (purchase.state, money_left(purchase)) == (P.CONFIRMED, purchase.total)
        assert stock_of(tea).num_allocated == 2 * (number + 1)


def test_money_and_a_cancellation_at_once_leave_nobody_charged_for_nothing(tea):
    for number in range(ROUNDS):
        purchase = make_purchase((tea, 2), method="transfer")

        ended = all_at_once(
            [
                partial(cancel, purchase, reason="Người mua hủy"),
                partial(record_transfer, purchase, amount=purchase.total, reference=f"FT{number}"),
            ]
        )

        purchase.refresh_from_db()
        assert outcomes(ended) == {"done": 2}
        assert (purchase.state, money_left(purchase), stock_of(tea).num_allocated) == (P.CANCELLED, 0, 0)


def test_a_refund_marked_four_times_at_once_is_paid_once(tea, manager):
    purchase = make_purchase((tea, 1), method="transfer")
    record_transfer(purchase, amount=purchase.total, reference="FT1")
    cancel(purchase, reason="Người mua hủy")
    refund = Refund.objects.get()

    ended = all_at_once(partial(note_refund_paid, refund, by=manager, reference=f"HT{number}") for number in range(4))

    refund.refresh_from_db()
    assert outcomes(ended) == {"done": 1, "NotAllowed": 3}
    assert refund.reference == f"HT{ended.index(None)}"
