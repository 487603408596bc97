"""The shop managers' dashboard: transfers, purchases and their parcels, refunds, the delivery table.

Its addresses have no language: it speaks the person's (config.language). Whoever gets here may do everything here
(config.access); what may be done with a thing now is asked of shop.workflow, for the button and for the act.
"""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.phones import display_phone
from discovery.troubles import troubles
from outbox.wording import dong, is_english
from shop import delivery as rates
from shop import transfers as money
from shop import waiting, workflow
from shop.codes import grouped, tidy
from shop.models import IncomingTransfer, Parcel, Purchase, Refund
from shop.payment import memo_of
from storefront.manage_forms import DeliveryForm, ReasonForm, RefundForm, TransferForm
from storefront.manage_shown import (
    consequence,
    event_row,
    parcel_row,
    parcels_with_lines,
    purchase_row,
    purchases_named,
    said_of,
    settling_row,
    transfer_row,
    waiting_row,
)
from storefront.paging import Paging

A_PAGE = 30
DUE_SHOWN = 60  # the oldest; the next ones move up as these are paid
REFUSED = 422


def screen(view):
    """Not kept by any cache. The header's way to the other language leads to where the person chooses it."""

    @never_cache
    @wraps(view)
    def shown(request, *args, **kwargs):
        with translation.override("vi" if is_english() else "en"):
            request.other_language_address = reverse("account")
        return view(request, *args, **kwargs)

    return shown


@screen
@require_safe
def home(request):
    return render(request, "storefront/manage/home.html", {"waiting": waiting.count_waiting(), "troubles": troubles()})


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request):
    """All zones and bands in one form; the mark of the table that was read travels with it."""
    now = rates.read_rates()
    typed = request.POST if request.method == "POST" else None
    form, is_changed = DeliveryForm(now, typed), False
    if typed is not None and form.is_valid():
        try:
            rates.write_rates(form.rates, seen=typed.get("seen", ""))
        except rates.TableChanged:
            is_changed = True
        else:
            messages.success(request, _("Đã lưu bảng phí. Ai đang đặt hàng với phí cũ sẽ được xem lại tổng tiền."))
            return redirect("manage_delivery")
    # Who saw that the table has changed, and saves once more, means it.
    seen = typed.get("seen", "") if typed is not None and not is_changed else rates.table_mark(now)
    context = {"form": form, "seen": seen, "is_changed": is_changed, "is_refused": typed is not None and not is_changed}
    return render(request, "storefront/manage/delivery.html", context, status=200 if typed is None else REFUSED)


# --- Transfers ------------------------------------------------------------------------------------------------------


@screen
@require_safe
def transfers(request):
    to_settle = waiting.purchases_to_settle().prefetch_related("incoming_transfers").order_by("placed_at")
    purchases_waiting = Purchase.objects.awaiting_transfer().order_by("pay_before", "pk")
    paging = Paging(request, purchases_waiting.count(), A_PAGE)
    now = timezone.now()
    context = {
        "to_settle": [settling_row(purchase) for purchase in to_settle[:A_PAGE]],
        "rows": [waiting_row(purchase, now) for purchase in purchases_waiting[paging.slice]],
        "paging": paging,
    }
    return render(request, "storefront/manage/transfers.html", context)


@screen
@require_http_methods(["GET", "HEAD", "POST"])
def transfer_received(request, code):
    """Write down money for one purchase. An amount that differs is asked for once more, with what it will do."""
    found = purchase_of(code)
    form, warning = TransferForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        amount, reference = form.cleaned_data["amount"], form.cleaned_data["reference"]
        is_known = IncomingTransfer.objects.filter(purchase=found, reference=reference).exists()
        warning = "" if is_known else consequence(found, amount)
        if not warning or form.cleaned_data["confirmed"] == str(amount):
            try:
                transfer = money.record_transfer(found, amount=amount, reference=reference, by=request.user)
            except workflow.NotAllowed as refusal:
                form.add_error("reference", str(refusal))
                warning = ""
            else:
                tell_of(request, transfer, amount, is_known)
                return back_to(found)
    context = {
        "form": form,
        "warning": warning,
        "confirmed": form.cleaned_data["amount"] if warning else "",
        **described(found),
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "storefront/manage/transfer_received.html", context, status=status)


def tell_of(request, transfer: IncomingTransfer, amount: int, is_known: bool) -> None:
    if not is_known:
        messages.success(request, said_of(transfer))
    elif transfer.amount == amount:
        messages.info(request, _("Khoản này đã được ghi từ trước, không ghi lần hai."))
    else:
        messages.error(
            request,
            _("Mã giao dịch %(reference)s đã được ghi với số tiền %(amount)s. Lần này không ghi gì thêm.")
            % {"reference": transfer.reference, "amount": dong(transfer.amount)},
        )


def back_to(found: Purchase):
    """To the list that is being worked through; late money has been entered at the purchase itself."""
    if found.state == Purchase.State.WAITING:
        return redirect("manage_transfers")
    return redirect("manage_purchase", code=found.code)


@screen
@require_POST
def transfer_settle(request, pk):
    """A person decides about money that differs: the purchase is good as paid, or all of it goes back."""
    transfer = get_object_or_404(IncomingTransfer.objects.select_related("purchase"), pk=pk)
    decisions = {"accept": money.accept_difference, "return": money.return_money}
    decide = decisions.get(request.POST.get("decision"))
    if decide is None:
        messages.error(request, _("Hãy chọn chấp nhận hoặc hoàn tiền."))
        return redirect("manage_transfers")
    try:
        decide(transfer, by=request.user)
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Lần mua %(code)s đã được xác nhận.") % {"code": transfer.purchase.code}
            if decide is money.accept_difference
            else _("Lần mua %(code)s đã hủy, tiền nằm trong danh sách phải hoàn.") % {"code": transfer.purchase.code},
        )
    return redirect("manage_transfers")


# --- Purchases ------------------------------------------------------------------------------------------------------


@screen
@require_safe
def purchases(request):
    typed, state, work = (request.GET.get(name, "")[:100].strip() for name in ("q", "state", "work"))
    found = purchases_named(typed) if typed else Purchase.objects.all()
    if state in Purchase.State.values:
        found = found.filter(state=state)
    if work in (Parcel.State.NEW, Parcel.State.PACKED):
        found = found.filter(pk__in=waiting.parcels_in(work).values("purchase"))
    paging = Paging(request, found.count(), A_PAGE)
    context = {
        "rows": [purchase_row(one) for one in found.prefetch_related("parcels")[paging.slice]],
        "paging": paging,
        "typed": typed,
        "state": state,
        "states": Purchase.State.choices,
        "work": work,
        "works": [(Parcel.State.NEW, _("Có kiện cần đóng gói")), (Parcel.State.PACKED, _("Có kiện chờ gửi"))],
    }
    return render(request, "storefront/manage/purchases.html", context)


@screen
@require_safe
def purchase(request, code):
    return show_purchase(request, purchase_of(code))


@screen
@require_POST
def purchase_cancel(request, code):
    """Cancel a whole purchase, for a reason that the buyer reads."""
    found = purchase_of(code)
    form = ReasonForm(request.POST, prefix="all")
    if not form.is_valid():
        return show_purchase(request, found, {"all": form})
    try:
        workflow.cancel(found, by=request.user, reason=form.cleaned_data["reason"])
    except workflow.NotAllowed as refusal:
        form.add_error("reason", str(refusal))
        return show_purchase(request, purchase_of(code), {"all": form})
    messages.success(request, _("Đã hủy lần mua. Hàng đã trả lại kệ; tiền đã nhận nằm trong danh sách phải hoàn."))
    return redirect("manage_purchase", code=found.code)


@screen
@require_POST
def parcel(request, pk):
    """Move a parcel one step on, or cancel it for a reason: the field `step` is the state it is to have."""
    found = get_object_or_404(Parcel.objects.select_related("purchase", "order"), pk=pk)
    step = request.POST.get("step")
    if step == Parcel.State.CANCELLED:
        return cancel_parcel(request, found)
    if step not in workflow.STEPS:
        messages.error(request, _("Hãy chọn một việc để làm với kiện hàng."))
        return redirect("manage_purchase", code=found.purchase.code)
    try:
        workflow.STEPS[step](found, by=request.user)
    except workflow.NotAllowed as refusal:
        messages.error(request, f"{found.order.number}: {refusal}")
    else:
        messages.success(
            request, f"{found.order.number}: {Parcel.State(step).label}. {_('Việc này đã được ghi vào lịch sử.')}"
        )
    return redirect("manage_purchase", code=found.purchase.code)


def cancel_parcel(request, found: Parcel):
    form = ReasonForm(request.POST, prefix=f"parcel-{found.pk}")
    if not form.is_valid():
        return show_purchase(request, purchase_of(found.purchase.code), {found.pk: form})
    try:
        workflow.cancel(found.purchase, by=request.user, reason=form.cleaned_data["reason"], parcel=found)
    except workflow.NotAllowed as refusal:
        form.add_error("reason", str(refusal))
        return show_purchase(request, purchase_of(found.purchase.code), {found.pk: form})
    messages.success(request, _("Đã hủy kiện %(number)s. Hàng đã trả lại kệ.") % {"number": found.order.number})
    return redirect("manage_purchase", code=found.purchase.code)


def purchase_of(code: str) -> Purchase:
    """The purchase of a code, however it was typed into the address."""
    return get_object_or_404(Purchase.objects.select_related("commune__parent", "user"), code=tidy(code)[:12])


def described(found: Purchase) -> dict:
    transfers = list(found.incoming_transfers.select_related("entered_by").order_by("pk"))
    return {
        "purchase": found,
        "code": grouped(found.code),
        "phone": display_phone(found.phone),
        "memo": memo_of(found.code),
        "transfers": [transfer_row(transfer) for transfer in transfers],
        "received": sum(transfer.amount for transfer in transfers if transfer.settled_at is None),
    }


def show_purchase(request, found: Purchase, refused: dict | None = None):
    """One purchase with all that belongs to it; `refused` are forms to be shown again, by parcel or for "all"."""
    refused = refused or {}
    parcels = parcels_with_lines(found)
    rows = []
    for one in parcels:
        one.purchase = found
        form = refused.get(one.pk)
        rows.append({**parcel_row(one), "form": form or ReasonForm(prefix=f"parcel-{one.pk}"), "is_open": bool(form)})
    context = {
        **described(found),
        "parcels": rows,
        "has_several": len(rows) > 1,
        "events": [event_row(event) for event in found.events.select_related("by", "parcel__order")],
        "refunds": list(found.refunds.select_related("paid_by").order_by("pk")),
        "can_be_cancelled": workflow.may_cancel(found, parcels) or "all" in refused,
        "cancel_form": refused.get("all") or ReasonForm(prefix="all"),
        "is_open": "all" in refused,
        "takes_transfers": found.method == Purchase.Method.TRANSFER,
        "has_to_be_settled": found.state == Purchase.State.WAITING,
    }
    return render(request, "storefront/manage/purchase.html", context, status=REFUSED if refused else 200)


# --- Refunds --------------------------------------------------------------------------------------------------------


@screen
@require_safe
def refunds(request):
    return show_refunds(request)


@screen
@require_POST
def refund(request, pk):
    """A person has sent the money back and says under which number."""
    found = get_object_or_404(Refund, pk=pk)
    form = RefundForm(request.POST, prefix=f"refund-{pk}")
    if not form.is_valid():
        return show_refunds(request, found, form)
    try:
        workflow.note_refund_paid(found, by=request.user, reference=form.cleaned_data["reference"])
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi là đã hoàn %(amount)s.") % {"amount": dong(found.amount)})
    return redirect("manage_refunds")


def show_refunds(request, refused: Refund | None = None, form: RefundForm | None = None):
    """What is due, the oldest first, and below it what has been paid, page by page."""
    paid = Refund.objects.exclude(paid_at=None).select_related("purchase", "paid_by").order_by("-paid_at")
    paging = Paging(request, paid.count(), A_PAGE)
    rows = [
        {
            "refund": due,
            "phone": display_phone(due.purchase.phone),
            "form": form if refused and refused.pk == due.pk else RefundForm(prefix=f"refund-{due.pk}"),
        }
        for due in waiting.refunds_due().select_related("purchase")[:DUE_SHOWN]
    ]
    due_count = waiting.refunds_due().count()
    context = {"rows": rows, "due_count": due_count, "paid": paid[paging.slice], "paging": paging}
    return render(request, "storefront/manage/refunds.html", context, status=REFUSED if refused else 200)
