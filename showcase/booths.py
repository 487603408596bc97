"""Producers ask for booths at a fair; the organiser accepts or declines.

An accepted request is a booth. It is no row of the fair's page: a draft that an editor began before would drop such a
row when it is published.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from producers.models import Producer
from shop.codes import new_key
from showcase import fair_messages
from showcase.models import BoothRequest, Desk, FairPage
from showcase.registrations import Refused, free_form_key, leading_page, lock_desk

S = BoothRequest.State


@transaction.atomic
def ask(fair: FairPage, producer: Producer, *, asked_by=None, **typed) -> BoothRequest:
    """Write down that a producer asks for a booth. The same form sent again is the same request. Raises Refused.

    `typed`: name, phone, email, note, language, consent, form_key.
    """
    desk = lock_desk(fair)
    sent_before = desk.boothrequests.filter(form_key=typed["form_key"]).first()
    if sent_before:
        return sent_before
    leading = leading_page(desk.fair_key)  # anew: an editor may have changed it while this waited for the desk
    if leading is None:
        raise Refused(_("Hội chợ không còn nhận gian hàng."))
    if why := leading.why_no_booths() or fair.why_no_booths():  # a page can be cancelled by itself
        raise Refused(why)
    if leading.booths.filter(producer=producer).exists():
        raise Refused(_("Nhà sản xuất này đã có gian ở hội chợ."))
    if desk.boothrequests.filter(producer=producer).exclude(state=S.DECLINED).exists():
        raise Refused(_("Nhà sản xuất này đã có một đề nghị cho hội chợ này. Ban tổ chức sẽ trả lời đề nghị ấy."))
    typed["form_key"] = free_form_key(BoothRequest.objects, typed["form_key"])
    request = BoothRequest.objects.create(desk=desk, producer=producer, asked_by=asked_by, key=new_key(), **typed)
    fair_messages.tell_asker(request, "booth_asked")
    return request


@transaction.atomic
def accept(request: BoothRequest, number: str, *, by) -> None:
    """Give a producer the booth of a number, while the fair has one. Raises Refused."""
    row = lock_request(request)
    fair = leading_page(row.desk.fair_key)
    if row.state != S.WAITING:
        raise Refused(_("Đề nghị này đã được trả lời."))
    if fair is None or fair.is_called_off or fair.is_over:
        raise Refused(_("Hội chợ không còn nhận gian hàng."))
    if row.producer.suspended_at:
        raise Refused(_("Nhà sản xuất này đang bị tạm ngừng."))
    if fair.booths.filter(producer=row.producer).exists():
        raise Refused(_("Nhà sản xuất này đã có gian ở hội chợ."))
    if not fair.booth_places or fair.booths_given() >= fair.booth_places:
        raise Refused(_("Hội chợ đã đủ số gian. Muốn nhận thêm, hãy tăng số gian ở trang hội chợ."))
    taken = {*fair.booths.values_list("number", flat=True), *fair.accepted_requests().values_list("number", flat=True)}
    if number.casefold() in {each.casefold() for each in taken}:
        raise Refused(_("Gian %(number)s đã có chủ. Hãy chọn số khác.") % {"number": number})
    answer(row, S.ACCEPTED, by=by, number=number)
    fair_messages.tell_asker(row, "booth_accepted")


@transaction.atomic
def decline(request: BoothRequest, reason: str, *, by) -> None:
    """Say no to a producer, or take back a yes; the reason is told. Raises Refused."""
    row = lock_request(request)
    if row.state == S.DECLINED:
        raise Refused(_("Đề nghị này đã được trả lời."))
    answer(row, S.DECLINED, by=by, reason=reason)
    fair_messages.tell_asker(row, "booth_declined")


def lock_request(request: BoothRequest) -> BoothRequest:
    """The request as it is now, with its desk locked until the transaction ends."""
    Desk.objects.select_for_update(no_key=True).get(pk=request.desk_id)
    return BoothRequest.objects.select_related("desk", "producer").get(pk=request.pk)


def answer(row: BoothRequest, state: str, *, by, number: str = "", reason: str = "") -> None:
    row.state, row.number, row.reason, row.answered_by, row.answered_at = state, number, reason, by, timezone.now()
    row.save(update_fields=["state", "number", "reason", "answered_by", "answered_at"])
