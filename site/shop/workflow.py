"""What may become of a purchase and its parcels, as a table; every move under a row lock, with who, when and why.

Reasons of the site's own are kept in Vietnamese and translated when somebody reads them; a person's stay as typed.
"""

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from oscar.apps.order.models import Line as OrderLine
from oscar.apps.order.models import Order

from outbox.events import tell
from shop import messages, stock
from shop.models import Parcel, PaymentAttempt, Purchase, PurchaseEvent, Refund

P, S = Purchase.State, Parcel.State

PURCHASE_MOVES = {
    P.WAITING: {P.CONFIRMED, P.CANCELLED, P.LAPSED},
    P.CONFIRMED: {P.CANCELLED},
    P.LAPSED: {P.CONFIRMED},  # late money, while stock allows
    P.CANCELLED: set(),
}
PARCEL_MOVES = {
    S.NEW: {S.PACKED, S.CANCELLED},
    S.PACKED: {S.SENT, S.CANCELLED},
    S.SENT: {S.DELIVERED},
    S.DELIVERED: set(),
    S.CANCELLED: {S.NEW},  # together with a lapsed purchase that late money revives
}
BUYERS_UNTIL, MANAGERS_UNTIL = (S.NEW,), (S.NEW, S.PACKED)  # states in which a parcel may still be cancelled


class NotAllowed(Exception):
    """The move is not in the table; its text tells the person why."""


def lock_purchase(purchase: Purchase) -> Purchase:
    return Purchase.objects.select_for_update(no_key=True).get(pk=purchase.pk)


def lock_parcels(purchase: Purchase) -> list[Parcel]:
    return list(Parcel.objects.select_for_update(no_key=True).filter(purchase=purchase).order_by("pk"))


def move_purchase(purchase: Purchase, state: str, *, by=None, reason: str = "") -> None:
    """Set a locked purchase's state and write it down. Raises NotAllowed."""
    if state not in PURCHASE_MOVES[purchase.state]:
        raise NotAllowed(
            _("Lần mua này đang ở trạng thái “%(state)s” nên không làm được việc đó.")
            % {"state": purchase.get_state_display()}
        )
    PurchaseEvent.objects.create(purchase=purchase, old_state=purchase.state, new_state=state, by=by, reason=reason)
    purchase.state = state
    if state in (P.CANCELLED, P.LAPSED):
        purchase.ended_at, purchase.end_reason = timezone.now(), reason
    else:
        purchase.ended_at, purchase.end_reason = None, ""
    purchase.save(update_fields=["state", "ended_at", "end_reason"])


def move_parcel(parcel: Parcel, state: str, *, by=None, reason: str = "") -> None:
    """Set a locked parcel's state, and its order's, and write it down. Raises NotAllowed."""
    if state not in PARCEL_MOVES[parcel.state]:
        raise NotAllowed(
            _("Kiện hàng này đang ở trạng thái “%(state)s” nên không làm được việc đó.")
            % {"state": parcel.get_state_display()}
        )
    PurchaseEvent.objects.create(
        purchase_id=parcel.purchase_id, parcel=parcel, old_state=parcel.state, new_state=state, by=by, reason=reason
    )
    parcel.state = state
    parcel.save(update_fields=["state", "changed_at"])
    Order.objects.filter(pk=parcel.order_id).update(status=state)


def promised_by(parcels) -> dict[int, int]:
    """How many pieces of which stock record the orders of these parcels hold."""
    promised = {}
    for stock_id, quantity in OrderLine.objects.filter(
        order__parcel__in=[parcel.pk for parcel in parcels], stockrecord__isnull=False
    ).values_list("stockrecord_id", "quantity"):
        promised[stock_id] = promised.get(stock_id, 0) + quantity
    return promised


def tell_products_of(parcels) -> None:
    lines = OrderLine.objects.filter(order__parcel__in=[parcel.pk for parcel in parcels])
    for product_id in sorted(set(lines.values_list("product__variant__listing__product_id", flat=True)) - {None}):
        tell("product_changed", product_id=product_id)


def free_stock(parcels) -> None:
    """Give back what these parcels hold, in the transaction that cancels them."""
    stock.release(promised_by(parcels))
    OrderLine.objects.filter(order__parcel__in=[parcel.pk for parcel in parcels]).update(
        num_allocated=0, allocation_cancelled=True
    )
    tell_products_of(parcels)


@transaction.atomic
def pack(parcel: Parcel, *, by) -> None:
    advance(parcel, S.PACKED, by)


@transaction.atomic
def send(parcel: Parcel, *, by) -> None:
    """The parcel leaves: what was promised is handed out of stock."""
    row = advance(parcel, S.SENT, by)
    stock.hand_out(promised_by([row]))
    OrderLine.objects.filter(order=row.order_id).update(num_allocated=0)
    messages.tell_sent(row)


@transaction.atomic
def deliver(parcel: Parcel, *, by) -> None:
    advance(parcel, S.DELIVERED, by)


def advance(parcel: Parcel, state: str, by) -> Parcel:
    purchase = lock_purchase(parcel.purchase)
    if purchase.state != P.CONFIRMED:
        raise NotAllowed(_("Lần mua chưa được xác nhận nên chưa thể giao hàng."))
    row = Parcel.objects.select_for_update(no_key=True).get(pk=parcel.pk)
    row.purchase = purchase
    move_parcel(row, state, by=by)
    return row


STEPS = {S.PACKED: pack, S.SENT: send, S.DELIVERED: deliver}


def open_steps(parcel: Parcel) -> list[str]:
    """The states into which a manager may move a parcel now, cancelling last; the buttons are these and no others."""
    if parcel.purchase.state != P.CONFIRMED:
        return []
    return [state for state in (*STEPS, S.CANCELLED) if state in PARCEL_MOVES[parcel.state]]


def may_cancel(purchase: Purchase, parcels, until=MANAGERS_UNTIL) -> bool:
    """Whether a whole purchase may still be cancelled."""
    left = [parcel.state for parcel in parcels if parcel.state != S.CANCELLED]
    return P.CANCELLED in PURCHASE_MOVES[purchase.state] and bool(left) and set(left) <= set(until)


@transaction.atomic
def cancel(purchase: Purchase, *, by=None, reason: str, parcel: Parcel | None = None, until=MANAGERS_UNTIL) -> None:
    """Cancel a purchase, or one parcel of a confirmed one; stock goes back in the same transaction.

    `until` are the states in which a parcel may still be cancelled: a buyer may until it is packed, a manager until
    it is sent. Money that came is due for refund. Raises NotAllowed.
    """
    row = lock_purchase(purchase)
    parcels = lock_parcels(row)
    chosen = [one for one in parcels if one.state != S.CANCELLED and (parcel is None or one.pk == parcel.pk)]
    if row.state not in (P.WAITING, P.CONFIRMED) or not chosen:
        raise NotAllowed(_("Lần mua này không còn hủy được."))
    if any(one.state not in until for one in chosen):
        raise NotAllowed(_("Hàng đã được đóng gói hoặc đã gửi nên không còn hủy được. Hãy gọi cho nhà sản xuất."))
    if parcel is not None and row.state == P.WAITING and len(chosen) < len(parcels):
        raise NotAllowed(_("Khi còn chờ chuyển khoản, chỉ có thể hủy cả lần mua."))
    free_stock(chosen)
    for one in chosen:
        move_parcel(one, S.CANCELLED, by=by, reason=reason)
        if row.paid_at:
            # Who was let off with too little gets back what was paid, not what it cost.
            due = min(one.goods_total + one.delivery_price, kept_money(row))
            owe(row, due, cause=f"parcel:{one.pk}", reason=gettext_noop("Hủy kiện hàng"))
    if all(one.state == S.CANCELLED for one in parcels):
        move_purchase(row, P.CANCELLED, by=by, reason=reason)
        PaymentAttempt.objects.filter(purchase=row, state=PaymentAttempt.State.OPEN).update(
            state=PaymentAttempt.State.VOID
        )
        owe_unsettled_transfers(row)
    messages.tell_cancelled(row, chosen, reason)


def owe(purchase: Purchase, amount: int, *, cause: str, reason: str) -> None:
    """Put money on the refund list; the same cause never twice (unique constraint)."""
    if amount > 0:
        Refund.objects.get_or_create(purchase=purchase, cause=cause, defaults={"amount": amount, "reason": reason})


def kept_money(purchase: Purchase) -> int:
    """What came for a purchase and is not going back, in ₫."""
    received = purchase.incoming_transfers.aggregate(sum=Sum("amount"))["sum"] or 0
    return received - (purchase.refunds.aggregate(sum=Sum("amount"))["sum"] or 0)


def owe_unsettled_transfers(purchase: Purchase) -> None:
    """Transfers that still waited for a person go back whole."""
    for transfer in purchase.incoming_transfers.select_for_update().filter(settled_at=None).order_by("pk"):
        owe(purchase, transfer.amount, cause=f"transfer:{transfer.pk}", reason=gettext_noop("Hoàn tiền chuyển khoản"))
        transfer.settled_at, transfer.outcome = timezone.now(), transfer.Outcome.REFUND
        transfer.save(update_fields=["settled_at", "outcome"])
        messages.tell_money_goes_back(purchase, transfer)


@transaction.atomic
def note_refund_paid(refund: Refund, *, by, reference: str) -> None:
    """A person has sent the money back. The second to say so is told that it is done."""
    done = Refund.objects.filter(pk=refund.pk, paid_at=None).update(
        paid_at=timezone.now(), paid_by=by, reference=reference
    )
    if not done:
        raise NotAllowed(_("Khoản này đã được ghi là đã hoàn."))
    messages.tell_refunded(Refund.objects.select_related("purchase").get(pk=refund.pk))
