"""Refunds: one a cause, and paid once."""

import pytest

from factories import make_manager, make_purchase
from outbox.models import Mail
from shop.models import Refund
from shop.transfers import record_transfer
from shop.waiting import count_waiting
from shop.workflow import NotAllowed, cancel, note_refund_paid, owe

pytestmark = pytest.mark.django_db


@pytest.fixture
def refund() -> Refund:
    purchase = make_purchase(method="transfer")
    record_transfer(purchase, amount=purchase.total, reference="FT1")
    cancel(purchase, reason="hết hàng")
    return Refund.objects.get()


def test_the_same_cause_is_owed_once(refund):
    owe(refund.purchase, 1_000, cause=refund.cause, reason="lần nữa")

    assert [row.amount for row in Refund.objects.all()] == [refund.purchase.total]


def test_nothing_is_not_owed(refund):
    owe(refund.purchase, 0, cause="không", reason="không có gì")

    assert Refund.objects.count() == 1


def test_a_refund_that_was_sent_names_who_and_under_which_number(refund):
    manager = make_manager()

    note_refund_paid(refund, by=manager, reference="OUT1")

    refund.refresh_from_db()
    assert (refund.paid_by, refund.reference, refund.paid_at is not None) == (manager, "OUT1", True)
    assert Mail.objects.filter(key__startswith="refund_paid").count() == 1


def test_a_refund_is_sent_once(refund):
    first, second = make_manager(), make_manager()
    note_refund_paid(refund, by=first, reference="OUT1")
    stale = Refund(pk=refund.pk, purchase=refund.purchase, amount=refund.amount)

    with pytest.raises(NotAllowed, match="đã được ghi"):
        note_refund_paid(stale, by=second, reference="OUT2")

    refund.refresh_from_db()
    assert (refund.paid_by, refund.reference) == (first, "OUT1")
    assert Mail.objects.filter(key__startswith="refund_paid").count() == 1


def test_the_dashboard_counts_what_waits(refund):
    make_purchase(), make_purchase(method="transfer")
    short = make_purchase(method="transfer")
    record_transfer(short, amount=1_000, reference="FT2")
    record_transfer(short, amount=2_000, reference="FT3")

    found = count_waiting()

    assert (found.transfers, found.to_settle, found.to_pack, found.to_send) == (2, 1, 1, 0)
    assert (found.refunds, found.refund_total) == (1, refund.amount)
