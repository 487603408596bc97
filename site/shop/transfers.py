"""Bank transfers: money that came in time, late, too little or too much, and time that ran out."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from oscar.apps.order.models import Line as OrderLine

from outbox.timers import timer
from shop import messages, stock
from shop.models import IncomingTransfer, Parcel, PaymentAttempt, Purchase
from shop.workflow import (
    NotAllowed,
    free_stock,
    lock_parcels,
    lock_purchase,
    move_parcel,
    move_purchase,
    owe,
    owe_unsettled_transfers,
    promised_by,
    tell_products_of,
)

Outcome = IncomingTransfer.Outcome
BIRTH_DATE_KEPT = timedelta(days=30)  # after delivery


@transaction.atomic
def record_transfer(purchase: Purchase, *, amount: int, reference: str, by=None) -> IncomingTransfer:
    """Write down money as the bank's statement shows it (₫), and do what follows from it.

    The same reference counts once, however it is spaced: a second call answers the first one's row. Raises NotAllowed
    when the reference belongs to another purchase.
    """
    reference = tidy_reference(reference)
    row = lock_purchase(purchase)
    try:
        with transaction.atomic():
            transfer = IncomingTransfer.objects.create(
                purchase=row, amount=amount, reference=reference, entered_by=by, outcome=Outcome.REFUND
            )
    except IntegrityError:
        known = IncomingTransfer.objects.get(reference=reference)
        if known.purchase_id != row.pk:
            raise NotAllowed(_("Mã giao dịch này đã được ghi cho lần mua khác.")) from None
        return known
    if row.state == Purchase.State.WAITING:
        match_waiting(row, transfer, by)
    elif row.state == Purchase.State.LAPSED and amount == row.total and take_stock_again(row):
        revive(row, transfer, by)
    else:
        settle(transfer, Outcome.REFUND)
        owe(
            row,
            amount,
            cause=f"transfer:{transfer.pk}",
            reason=gettext_noop("Tiền đến khi lần mua đã kết thúc hoặc đã trả đủ"),
        )
        messages.tell_money_goes_back(row, transfer)
    return transfer


def tidy_reference(reference: str) -> str:
    """A bank's number as it is kept: capitals, without the spaces that statements and people put into it."""
    return "".join(reference.split()).upper()


def match_waiting(purchase: Purchase, transfer: IncomingTransfer, by) -> None:
    """Money for a waiting purchase: all that came together must be the total to the đồng."""
    open_transfers = purchase.incoming_transfers.filter(settled_at=None)
    received = sum(open_transfers.values_list("amount", flat=True))
    if received == purchase.total:
        open_transfers.exclude(pk=transfer.pk).update(settled_at=timezone.now(), outcome=Outcome.PAID)
        settle(transfer, Outcome.PAID)
        confirm_paid(purchase, by)
        return
    transfer.outcome = Outcome.TOO_LITTLE if received < purchase.total else Outcome.TOO_MUCH
    transfer.save(update_fields=["outcome"])
    messages.tell_amount_differs(purchase, transfer, received)


def settle(transfer: IncomingTransfer, outcome: str) -> None:
    transfer.outcome, transfer.settled_at = outcome, timezone.now()
    transfer.save(update_fields=["outcome", "settled_at"])


def confirm_paid(purchase: Purchase, by, *, reason: str = "", received: int | None = None) -> None:
    """Money is there: `received` (₫) where it is not the total to the đồng."""
    purchase.paid_at = timezone.now()
    purchase.save(update_fields=["paid_at"])
    move_purchase(purchase, Purchase.State.CONFIRMED, by=by, reason=reason)
    PaymentAttempt.objects.filter(purchase=purchase, state=PaymentAttempt.State.OPEN).update(
        state=PaymentAttempt.State.PAID
    )
    messages.tell_paid(purchase, purchase.total if received is None else received)


def take_stock_again(purchase: Purchase) -> bool:
    """Reserve once more what a lapsed purchase had; False when something is gone meanwhile."""
    try:
        with transaction.atomic():
            stock.reserve(promised_by(lock_parcels(purchase)))
    except stock.OutOfStock:
        return False
    return True


def revive(purchase: Purchase, transfer: IncomingTransfer, by) -> None:
    parcels = lock_parcels(purchase)
    for parcel in parcels:
        move_parcel(parcel, Parcel.State.NEW, by=by, reason=gettext_noop("Tiền đến muộn"))
        OrderLine.objects.filter(order=parcel.order_id).update(allocation_cancelled=False)
    for line in OrderLine.objects.filter(order__parcel__in=[parcel.pk for parcel in parcels]):
        OrderLine.objects.filter(pk=line.pk).update(num_allocated=line.quantity)
    PaymentAttempt.objects.create(
        purchase=purchase,
        idempotency_key=f"{purchase.code}-late-{transfer.pk}",
        method=purchase.method,
        amount=purchase.total,
    )
    settle(transfer, Outcome.REVIVED)
    confirm_paid(purchase, by)
    tell_products_of(parcels)


@transaction.atomic
def accept_difference(transfer: IncomingTransfer, *, by) -> None:
    """A person decides: the purchase is good as it was paid. What was too much goes back."""
    purchase = lock_purchase(transfer.purchase)
    received = open_amount(purchase, transfer)
    purchase.incoming_transfers.filter(settled_at=None).update(settled_at=timezone.now())
    confirm_paid(purchase, by, reason=gettext_noop("Chấp nhận số tiền chuyển không khớp"), received=received)
    owe(purchase, received - purchase.total, cause=f"excess:{transfer.pk}", reason=gettext_noop("Chuyển thừa"))


@transaction.atomic
def return_money(transfer: IncomingTransfer, *, by) -> None:
    """A person decides: the money goes back and the purchase ends."""
    purchase = lock_purchase(transfer.purchase)
    open_amount(purchase, transfer)
    end_purchase(purchase, Purchase.State.CANCELLED, by=by, reason=gettext_noop("Số tiền chuyển không khớp"))
    owe_unsettled_transfers(purchase)


def open_amount(purchase: Purchase, transfer: IncomingTransfer) -> int:
    """What came and waits for a person. Raises NotAllowed when somebody has decided already."""
    waiting = dict(purchase.incoming_transfers.filter(settled_at=None).values_list("pk", "amount"))
    if transfer.pk not in waiting or purchase.state != Purchase.State.WAITING:
        raise NotAllowed(_("Khoản này đã được xử lý."))
    return sum(waiting.values())


def end_purchase(purchase: Purchase, state: str, *, by=None, reason: str) -> None:
    """End a locked, unpaid purchase: stock goes back, the attempt is void."""
    parcels = [parcel for parcel in lock_parcels(purchase) if parcel.state == Parcel.State.NEW]
    free_stock(parcels)
    for parcel in parcels:
        move_parcel(parcel, Parcel.State.CANCELLED, by=by, reason=reason)
    move_purchase(purchase, state, by=by, reason=reason)
    PaymentAttempt.objects.filter(purchase=purchase, state=PaymentAttempt.State.OPEN).update(
        state=PaymentAttempt.State.VOID
    )


@timer(every=60)
def end_run_out_purchases() -> int:
    """Timer: purchases whose money did not come in time release their stock. Answers how many.

    Money that came but differs waits for a person, and so does its purchase.
    """
    ended = 0
    for pk in Purchase.objects.run_out(timezone.now()).order_by("pk").values_list("pk", flat=True):
        ended += end_if_run_out(pk)
    return ended


@transaction.atomic
def end_if_run_out(pk: int) -> bool:
    purchase = Purchase.objects.select_for_update(no_key=True).get(pk=pk)
    if purchase.state != Purchase.State.WAITING or purchase.pay_before > timezone.now():
        return False
    if purchase.incoming_transfers.filter(settled_at=None).exists():
        return False
    end_purchase(purchase, Purchase.State.LAPSED, reason=gettext_noop("Chưa nhận được tiền trong thời hạn"))
    messages.tell_lapsed(purchase)
    return True


@timer(every=24 * 3600)
def erase_birth_dates() -> int:
    """Timer: a birth date is asked for one purpose and erased 30 days after delivery (Law 91/2025/QH15)."""
    since = timezone.now() - BIRTH_DATE_KEPT
    going = Parcel.objects.exclude(state__in=[Parcel.State.DELIVERED, Parcel.State.CANCELLED])
    recent = Parcel.objects.filter(changed_at__gt=since)
    return (
        Purchase.objects.filter(birth_date__isnull=False)
        .exclude(pk__in=going.values("purchase"))
        .exclude(pk__in=recent.values("purchase"))
        .update(birth_date=None)
    )
