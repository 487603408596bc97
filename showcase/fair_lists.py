"""The organiser's screens in the CMS: who registered, who asks for a booth, and the answers to them."""

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn

from accounts.phones import display_phone
from accounts.roles import ORGANISERS, roles_of
from outbox.wording import moment
from showcase import booths, registrations
from showcase.models import Activity, BoothRequest, Desk, FairPage, Registration
from showcase.reports import Report

LANGUAGE = "vi"  # of the organisers, whose screens name fairs and activities


def may_organise(user) -> bool:
    """Editors and chief editors keep the lists of fairs; translators see none of those people."""
    return bool(ORGANISERS & roles_of(user))


def first_of(pages, field: str) -> Subquery:
    """A field of the row in the organisers' language, or in another."""
    return Subquery(pages.values(field)[:1])


def title_of_fair(key: str) -> Subquery:
    titles = FairPage.objects.filter(translation_key=OuterRef(key)).order_by("-locale__language_code", "pk")
    return first_of(titles, "title")  # vi stands before en


def all_registrations():
    """Everybody who registered, with the names of activity and fair; in the order in which they stand in line."""
    names = Activity.objects.filter(translation_key=OuterRef("activity_key")).in_language(LANGUAGE)
    rows = Registration.objects.annotate(activity=first_of(names, "name"), fair=title_of_fair("desk__fair_key"))
    return rows.order_by("desk", "activity_key", "pk")


def all_booth_requests():
    rows = BoothRequest.objects.select_related("producer", "desk").annotate(fair=title_of_fair("desk__fair_key"))
    return rows.order_by("desk", "pk")


def fairs() -> list[tuple]:
    rows = Desk.objects.annotate(title=title_of_fair("fair_key")).order_by("-ends_on", "pk")
    return [(row.pk, row.title or _("hội chợ đã xóa")) for row in rows]


def activities() -> list[tuple]:
    """The activities that somebody registered for."""
    keys = Registration.objects.order_by().values("activity_key").distinct()
    names = {}
    for activity in Activity.objects.filter(translation_key__in=keys).in_language(LANGUAGE):
        names.setdefault(activity.translation_key, activity.name)
    return list(names.items())


class RegistrationFilterSet(WagtailFilterSet):
    fair = django_filters.ChoiceFilter(label=gettext_lazy("Hội chợ"), field_name="desk", choices=fairs)
    activity = django_filters.ChoiceFilter(
        label=gettext_lazy("Hoạt động"), field_name="activity_key", choices=activities
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("Tình trạng"), choices=Registration.State.choices)

    class Meta:
        model = Registration
        fields = ["fair", "activity", "state"]


class BoothFilterSet(WagtailFilterSet):
    fair = django_filters.ChoiceFilter(label=gettext_lazy("Hội chợ"), field_name="desk", choices=fairs)
    state = django_filters.ChoiceFilter(label=gettext_lazy("Tình trạng"), choices=BoothRequest.State.choices)

    class Meta:
        model = BoothRequest
        fields = ["fair", "state"]


class PeopleList(Report):
    """A list of people at fairs, which can be taken along as CSV; its cells run nothing of what somebody typed."""

    FORMATS = ("csv",)
    paginate_by = 50

    def dispatch(self, request, *args, **kwargs):
        if not may_organise(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self):
        return [button for button in super().header_more_buttons if button.url != self.xlsx_export_url]

    @cached_property
    def no_results_message(self):
        return _("Chưa có ai.")

    def to_row_dict(self, item):
        shown = {"phone": display_phone(item.phone), "written_at": moment(item.written_at)}
        shown["state"] = item.get_state_display()
        return {name: shown.get(name, value) for name, value in super().to_row_dict(item).items()}


class RegistrationsList(PeopleList):
    page_title = gettext_lazy("Đăng ký hội chợ")
    header_icon = "group"
    index_url_name = "fair_registrations"
    index_results_url_name = "fair_registrations_results"
    filterset_class = RegistrationFilterSet
    export_filename = "nguoi-dang-ky"
    list_export = ["fair", "activity", "state", "name", "phone", "email", "people", "written_at", "consent"]
    export_headings = {
        "fair": gettext_lazy("Hội chợ"),
        "activity": gettext_lazy("Hoạt động"),
        "consent": gettext_lazy("Đã đồng ý với câu"),
    }
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Họ và tên"),
            accessor=lambda row: row.name or "–",
            get_url=lambda row: reverse("fair_registration", args=[row.pk]),
        ),
        Column("people", label=gettext_lazy("Số người")),
        Column("state", label=gettext_lazy("Tình trạng"), accessor="get_state_display"),
        Column("phone", label=gettext_lazy("Điện thoại"), accessor=lambda row: display_phone(row.phone)),
        Column("email", label=gettext_lazy("Thư điện tử")),
        Column("activity", label=gettext_lazy("Hoạt động")),
        Column("fair", label=gettext_lazy("Hội chợ")),
        Column("written_at", label=gettext_lazy("Gửi lúc"), accessor=lambda row: moment(row.written_at)),
    ]

    def get_queryset(self):
        return all_registrations()


class BoothRequestsList(PeopleList):
    page_title = gettext_lazy("Đề nghị gian hàng")
    header_icon = "form"
    index_url_name = "fair_booths"
    index_results_url_name = "fair_booths_results"
    filterset_class = BoothFilterSet
    export_filename = "de-nghi-gian-hang"
    list_export = ["fair", "producer", "state", "number", "reason", "name", "phone", "email", "note", "written_at"]
    export_headings = {"fair": gettext_lazy("Hội chợ")}
    columns = [
        TitleColumn(
            "producer",
            label=gettext_lazy("Nhà sản xuất"),
            accessor=lambda row: row.producer.name,
            get_url=lambda row: reverse("fair_booth", args=[row.pk]),
        ),
        Column("state", label=gettext_lazy("Tình trạng"), accessor="get_state_display"),
        Column("number", label=gettext_lazy("Số gian")),
        Column("name", label=gettext_lazy("Người liên hệ")),
        Column("phone", label=gettext_lazy("Điện thoại"), accessor=lambda row: display_phone(row.phone)),
        Column("fair", label=gettext_lazy("Hội chợ")),
        Column("written_at", label=gettext_lazy("Gửi lúc"), accessor=lambda row: moment(row.written_at)),
    ]

    def get_queryset(self):
        return all_booth_requests()


def registration(request, pk: int):
    """One registration; the organiser may take it back for somebody who calls."""
    if not may_organise(request.user):
        raise PermissionDenied
    row = get_object_or_404(all_registrations(), pk=pk)
    if request.method == "POST":
        registrations.cancel(row)
        messages.success(request, _("Đã hủy đăng ký và xóa thông tin của người ấy."))
        return redirect("fair_registration", pk=pk)
    return render(request, "showcase/cms/registration.html", {"row": row, "phone": display_phone(row.phone)})


def booth_request(request, pk: int):
    """One request for a booth, and the answer to it."""
    if not may_organise(request.user):
        raise PermissionDenied
    row = get_object_or_404(all_booth_requests(), pk=pk)
    typed = {
        name: request.POST.get(name, "").replace("\x00", "").strip()[:most]
        for name, most in (("number", 12), ("reason", 300))
    }
    problem = ""
    if request.method == "POST":
        problem = answer(row, request.POST.get("answer", ""), **typed, by=request.user)
        if not problem:
            messages.success(request, _("Đã trả lời, và đã gửi thư cho người đề nghị nếu họ có cho địa chỉ."))
            return redirect("fair_booth", pk=pk)
    context = {"row": row, "phone": display_phone(row.phone), "typed": typed, "problem": problem}
    context["known_phone"] = display_phone(row.producer.phone)
    return render(request, "showcase/cms/booth_request.html", context, status=409 if problem else 200)


def answer(row: BoothRequest, kind: str, *, number: str, reason: str, by) -> str:
    """Accept or decline; the sentence that says why that was not possible, or nothing."""
    if kind == "accept" and not number:
        return _("Hãy ghi số gian.")
    if kind != "accept" and not reason:
        return _("Hãy ghi lý do, để người đề nghị hiểu.")
    try:
        if kind == "accept":
            booths.accept(row, number, by=by)
        else:
            booths.decline(row, reason, by=by)
    except registrations.Refused as error:
        return str(error)
    return ""


def fair_addresses():
    """The URL patterns of these screens."""
    for view, address in ((RegistrationsList, "hoi-cho/dang-ky/"), (BoothRequestsList, "hoi-cho/gian-hang/")):
        yield path(address, view.as_view(), name=view.index_url_name)
        yield path(f"{address}results/", view.as_view(results_only=True), name=view.index_results_url_name)
    yield path("hoi-cho/dang-ky/<int:pk>/", registration, name="fair_registration")
    yield path("hoi-cho/gian-hang/<int:pk>/", booth_request, name="fair_booth")


class OrganisersItem(MenuItem):
    def is_shown(self, request):
        return may_organise(request.user)


def menu_items() -> list[MenuItem]:
    visitors, producers = RegistrationsList, BoothRequestsList
    return [
        OrganisersItem(label, reverse(view.index_url_name), icon_name=view.header_icon, order=order)
        for order, view, label in ((300, visitors, _("Khách hội chợ")), (310, producers, producers.page_title))
    ]
