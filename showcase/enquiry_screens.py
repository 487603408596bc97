"""Thư liên hệ in the CMS: chief editors and administrators read what visitors wrote, and note who answered."""

import django_filters
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn

from accounts.roles import ADMINISTRATOR, CHIEF_EDITOR, roles_of
from outbox.wording import moment
from showcase.enquiries import mark_answered, mark_unanswered
from showcase.models.enquiry import Enquiry
from showcase.reports import Report

READERS = frozenset({CHIEF_EDITOR, ADMINISTRATOR})


class EnquiryFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Tình trạng"),
        choices=[("new", gettext_lazy("Chưa trả lời")), ("answered", gettext_lazy("Đã trả lời"))],
        method="in_state",
    )
    subject = django_filters.ChoiceFilter(label=gettext_lazy("Hỏi về"), choices=Enquiry.Subject.choices)

    class Meta:
        model = Enquiry
        fields = ["state", "subject"]

    def in_state(self, enquiries, _name, state):
        return enquiries.waiting() if state == "new" else enquiries.filter(answered_at__isnull=False)


def state_of(enquiry: Enquiry) -> str:
    if not enquiry.answered_at:
        return _("Chưa trả lời")
    return _("%(who)s đã trả lời") % {"who": enquiry.answered_by}


class EnquiriesView(Report):
    page_title = gettext_lazy("Thư liên hệ")
    header_icon = "mail"
    index_url_name = "enquiries"
    index_results_url_name = "enquiries_results"
    filterset_class = EnquiryFilterSet
    columns = [
        TitleColumn("name", label=gettext_lazy("Người gửi"), get_url=lambda row: reverse("enquiry", args=[row.pk])),
        Column("subject", label=gettext_lazy("Hỏi về"), accessor=lambda row: row.get_subject_display()),
        Column("sent", label=gettext_lazy("Gửi lúc"), accessor=lambda row: moment(row.sent_at)),
        Column("state", label=gettext_lazy("Tình trạng"), accessor=state_of),
    ]

    def get_queryset(self):
        return Enquiry.objects.select_related("answered_by")


def enquiry(request, pk):
    """One message, whole."""
    found = get_object_or_404(Enquiry.objects.select_related("answered_by"), pk=pk)
    return render(request, "showcase/cms/enquiry.html", {"enquiry": found, "title": str(found)})


@require_POST
def enquiry_answered(request, pk):
    """Note that it is answered; with `undo`, that it is not."""
    found = get_object_or_404(Enquiry, pk=pk)
    if request.POST.get("undo"):
        mark_unanswered(found)
        messages.success(request, _("Thư này lại nằm trong những thư chưa trả lời."))
    elif mark_answered(found, by=request.user):
        messages.success(request, _("Đã ghi: bạn trả lời thư này."))
    else:
        messages.warning(request, _("Người khác đã trả lời thư này trước bạn."))
    return redirect("enquiry", pk=pk)


def enquiry_addresses():
    return [
        path("lien-he/", EnquiriesView.as_view(), name="enquiries"),
        path("lien-he/results/", EnquiriesView.as_view(results_only=True), name="enquiries_results"),
        path("lien-he/<int:pk>/", enquiry, name="enquiry"),
        path("lien-he/<int:pk>/da-tra-loi/", enquiry_answered, name="enquiry_answered"),
    ]


class EnquiriesMenuItem(MenuItem):
    """Shown to whom the table of addresses lets in."""

    def is_shown(self, request):
        return bool(roles_of(request.user) & READERS)


def way_to_enquiries():
    return EnquiriesMenuItem(
        gettext_lazy("Thư liên hệ"), reverse("enquiries"), name="enquiries", icon_name="mail", order=8900
    )
