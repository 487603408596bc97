"""What the shop managers' screens show, put into words: parcels, events, transfers, time that is left."""

from collections import Counter
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.phones import BadPhone, display_phone, parse_phone
from outbox.wording import dong, is_english
from shop import workflow
from shop.codes import tidy
from shop.models import IncomingTransfer, Parcel, Purchase
from shop.payment import memo_of

STEP_NAMES = {
    Parcel.State.PACKED: gettext_lazy("Đã đóng gói xong"),
    Parcel.State.SENT: gettext_lazy("Đã gửi đi"),
    Parcel.State.DELIVERED: gettext_lazy("Đã giao tới nơi"),
}
# What a person decided about a transfer whose amount differed.
ACCEPTED = {
    IncomingTransfer.Outcome.TOO_LITTLE: gettext_lazy("Thiếu tiền, đã chấp nhận"),
    IncomingTransfer.Outcome.TOO_MUCH: gettext_lazy("Thừa tiền, đã chấp nhận"),
}


def time_left(deadline: datetime, now: datetime) -> str:
    """How long a purchase still waits for its money, to the minute."""
    minutes = int((deadline - now).total_seconds() // 60)
    if minutes < 1:
        return _("hết giờ")
    if minutes < 60:
        return ngettext("còn %(count)d phút", "còn %(count)d phút", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("còn %(count)d giờ", "còn %(count)d giờ", hours) % {"count": hours}


def waiting_row(purchase: Purchase, now: datetime) -> dict:
    return {
        "purchase": purchase,
        "phone": display_phone(purchase.phone),
        "memo": memo_of(purchase.code),
        "time_left": time_left(purchase.pay_before, now),
    }


def settling_row(purchase: Purchase) -> dict:
    """A purchase whose money differs. Its incoming transfers are at hand."""
    transfers = [transfer for transfer in purchase.incoming_transfers.all() if transfer.settled_at is None]
    received = sum(transfer.amount for transfer in transfers)
    return {
        "purchase": purchase,
        "phone": display_phone(purchase.phone),
        "transfers": transfers,
        "last": max(transfers, key=lambda transfer: transfer.pk),
        "received": received,
        "difference": abs(received - purchase.total),
        "is_short": received < purchase.total,
    }


def consequence(purchase: Purchase, amount: int) -> str:
    """What recording this amount will do, where that is not simply "paid"; empty for the exact sum."""
    amounts = {"amount": dong(amount), "total": dong(purchase.total)}
    if purchase.state == Purchase.State.LAPSED and amount == purchase.total:
        return ""
    if purchase.state != Purchase.State.WAITING:
        return _("Lần mua này không còn chờ tiền: %(amount)s sẽ vào danh sách phải hoàn cho người mua.") % amounts
    before = sum(purchase.incoming_transfers.filter(settled_at=None).values_list("amount", flat=True))
    received = before + amount
    if received == purchase.total:
        return ""
    amounts |= {"received": dong(received), "difference": dong(abs(received - purchase.total))}
    if received < purchase.total:
        return (
            _(
                "Nhận %(received)s, thiếu %(difference)s so với tổng %(total)s. Lần mua sẽ chưa được xác nhận: "
                "hàng vẫn giữ, người mua được báo, và bạn phải quyết định ở mục “Cần xử lý”."
            )
            % amounts
        )
    return (
        _(
            "Nhận %(received)s, thừa %(difference)s so với tổng %(total)s. Lần mua sẽ chưa được xác nhận: "
            "hàng vẫn giữ, người mua được báo, và bạn phải quyết định ở mục “Cần xử lý”."
        )
        % amounts
    )


def said_of(transfer: IncomingTransfer) -> str:
    """What came of a transfer, for the manager who has just written it down."""
    outcome = IncomingTransfer.Outcome
    amount = {"amount": dong(transfer.amount), "code": transfer.purchase.code}
    if transfer.outcome == outcome.PAID:
        return _("Đã ghi %(amount)s. Lần mua %(code)s đã được xác nhận, nhà sản xuất được báo đóng gói.") % amount
    if transfer.outcome == outcome.REVIVED:
        return _("Đã ghi %(amount)s. Tiền đến muộn nhưng còn hàng: lần mua %(code)s được mở lại.") % amount
    if transfer.outcome == outcome.REFUND:
        return _("Đã ghi %(amount)s. Không dùng được cho lần mua %(code)s: khoản này phải hoàn lại.") % amount
    return _("Đã ghi %(amount)s. Số tiền không khớp: lần mua %(code)s chờ bạn quyết định.") % amount


def transfer_row(transfer: IncomingTransfer) -> dict:
    is_accepted = transfer.settled_at and transfer.outcome in ACCEPTED
    return {
        "transfer": transfer,
        "outcome": ACCEPTED[transfer.outcome] if is_accepted else transfer.get_outcome_display(),
    }


def purchase_row(purchase: Purchase) -> dict:
    """A line of the list: a purchase and how many of its parcels are in which state. They are at hand."""
    states = Counter(parcel.state for parcel in purchase.parcels.all())
    parcels = [(label, states[state]) for state, label in Parcel.State.choices if states[state]]
    return {"purchase": purchase, "parcels": parcels}


def parcels_with_lines(purchase: Purchase) -> list[Parcel]:
    return list(
        purchase.parcels.select_related("producer", "order")
        .prefetch_related("order__lines__product__variant__listing")
        .order_by("pk")
    )


def parcel_row(parcel: Parcel) -> dict:
    """A parcel with its lines and the steps that are open to it. Its purchase is at hand."""
    english = is_english()
    lines = []
    for line in parcel.order.lines.all():
        variant = getattr(line.product, "variant", None)
        named = english and variant is not None
        lines.append(
            {
                "quantity": line.quantity,
                "name": f"{variant.listing.name_en}, {variant.unit_en}" if named else line.title,
                "total": int(line.line_price_incl_tax),
            }
        )
    steps = workflow.open_steps(parcel)
    return {
        "parcel": parcel,
        "producer": parcel.producer.name_en if english else parcel.producer.name,
        "phone": display_phone(parcel.producer.phone),
        "lines": lines,
        "steps": [(state, STEP_NAMES[state]) for state in steps if state in STEP_NAMES],
        "can_be_cancelled": Parcel.State.CANCELLED in steps,
    }


def event_row(event) -> dict:
    states = Parcel.State if event.parcel_id else Purchase.State
    names = dict(states.choices)
    return {
        "event": event,
        "what": event.parcel.order.number if event.parcel_id else _("Cả lần mua"),
        "old": names.get(event.old_state, ""),
        "new": names.get(event.new_state, event.new_state),
    }


def purchases_named(typed: str):
    """Which purchases somebody means who types a code, a telephone number, part of either, or a name."""
    typed = " ".join(typed.split())
    code = tidy(typed)
    wanted = Q(code=code) | Q(phone=phone_of(typed)) | in_any_case("name", typed)
    digits = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
    if len(digits) >= 4 and len(digits) == len(code):
        wanted |= Q(phone__contains=digits.removeprefix("0"))
    if len(code) >= 4 and code.isalnum():
        wanted |= Q(code__startswith=code)
    return Purchase.objects.filter(wanted)


def phone_of(typed: str) -> str:
    try:
        return parse_phone(typed)
    except BadPhone:
        return "-"  # nobody's


def in_any_case(field: str, typed: str) -> Q:
    """SQLite knows capitals of plain letters only, so "lò" is also looked for as "Lò" and "LÒ"."""
    found = Q()
    for form in {typed, typed.lower(), typed.upper(), typed.title()}:
        found |= Q(**{f"{field}__icontains": form})
    return found
