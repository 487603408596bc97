"""A purchase at its own address, and how to find it again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.phones import BadPhone, display_phone, parse_phone
from accounts.throttle import client_address, count_try
from outbox.wording import is_english
from shop import payment, workflow
from shop.codes import grouped, tidy
from shop.models import Parcel, PaymentAttempt, Purchase
from storefront.views.basket import whole_number

TRIES, WITHIN_SECONDS = 10, 15 * 60


def purchase_at(key: str) -> Purchase:
    """The purchase of an unguessable address."""
    found = Purchase.objects.select_related("commune__parent").filter(key=key[:40]).first()
    if found is None:
        raise Http404
    return found


def parcels_shown(purchase: Purchase) -> list[dict]:
    english = is_english()
    parcels = purchase.parcels.select_related("producer", "order").prefetch_related(
        "order__lines__product__variant__listing__product", "order__lines__product__variant__listing__product_set"
    )
    shown = []
    for parcel in parcels.order_by("pk"):
        lines = []
        for line in parcel.order.lines.all():
            variant = line.product.variant
            lines.append(
                {
                    "line": line,
                    "listing": variant.listing,
                    "name": f"{variant.listing.name_en}, {variant.unit_en}" if english else line.title,
                    "total": int(line.line_price_incl_tax),
                }
            )
        shown.append(
            {
                "parcel": parcel,
                "lines": lines,
                "producer": parcel.producer.name_en if english else parcel.producer.name,
                "can_be_cancelled": parcel.state == Parcel.State.NEW and purchase.state == Purchase.State.CONFIRMED,
            }
        )
    return shown


@never_cache
def purchase(request, key):
    found = purchase_at(key)
    parcels = parcels_shown(found)
    attempt = found.payment_attempts.filter(state=PaymentAttempt.State.OPEN).first()
    waits = found.state == Purchase.State.WAITING
    transfers = list(found.incoming_transfers.order_by("pk")) if found.method == Purchase.Method.TRANSFER else []
    return render(
        request,
        "storefront/purchase.html",
        {
            "purchase": found,
            "code": grouped(found.code),
            "phone": display_phone(found.phone),
            "parcels": parcels,
            "waits": waits,
            "transfers": transfers,
            "received": sum(transfer.amount for transfer in transfers if transfer.settled_at is None),
            "attempt": attempt,
            "account": payment.account() if waits else None,
            "qr": payment.transfer_qr(attempt, _("Mã VietQR để chuyển khoản")) if waits and attempt else None,
            "refunds": list(found.refunds.order_by("pk")),
            "can_cancel_all": found.state in (Purchase.State.WAITING, Purchase.State.CONFIRMED)
            and all(shown["parcel"].state in (Parcel.State.NEW, Parcel.State.CANCELLED) for shown in parcels),
        },
    )


@require_POST
def cancel(request, key):
    """A buyer changes their mind: the whole purchase, or one parcel, until it is packed."""
    found = purchase_at(key)
    parcel = (
        found.parcels.filter(pk=whole_number(request.POST.get("parcel"), 0)).first()
        if request.POST.get("parcel")
        else None
    )
    if request.POST.get("parcel") and parcel is None:
        raise Http404
    try:
        workflow.cancel(found, reason=gettext_noop("Người mua hủy"), parcel=parcel, until=workflow.BUYERS_UNTIL)
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã hủy. Hàng đã được trả lại kệ."))
    return redirect("purchase", key=found.key)


@never_cache
def find_purchase(request):
    """By code and phone, for those who left no e-mail. Every miss gets the same answer."""
    code, phone = request.POST.get("code", "")[:40], request.POST.get("phone", "")[:40]
    problem, status = "", 200
    if request.method == "POST":
        if not count_try("find_purchase", client_address(request), limit=TRIES, seconds=WITHIN_SECONDS):
            problem, status = _("Bạn đã thử nhiều lần. Hãy đợi 15 phút rồi thử lại."), 429
        else:
            found = purchase_by(code, phone)
            if found:
                return redirect("purchase", key=found.key)
            problem = _("Không có lần mua nào khớp cả mã và số điện thoại này. Hãy xem lại hai ô dưới đây.")
    return render(
        request, "storefront/find_purchase.html", {"code": code, "phone": phone, "problem": problem}, status=status
    )


def purchase_by(code: str, phone: str) -> Purchase | None:
    try:
        number = parse_phone(phone)
    except BadPhone:
        number = ""
    return Purchase.objects.filter(code=tidy(code)[:12], phone=number).first()
