"""Hội chợ: when and where, who is there with what, at which booth, and what visitors register for."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from areas.commune_map import map_of
from discovery.tally import communes_held
from showcase.calendars import calendar_of
from showcase.choosers import refuse_alcohol
from showcase.models.activity import Activity
from showcase.models.plain import BodyPage, IndexPage, PlainPageForm
from showcase.models.registration import BoothRequest, Registration


@dataclass(frozen=True)
class Offer:
    """An activity as a fair's page offers it: the name in the page's language, the facts of the row that counts."""

    name: str
    activity: Activity
    places_left: int
    why_closed: str


class FairPageForm(PlainPageForm):
    def clean(self):
        """Activities lie within the fair, and nobody registers later than they begin."""
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        for form in self.formsets["activities"].forms if "activities" in self.formsets else ():
            form.is_valid()  # rows are asked after the page else
            typed = getattr(form, "cleaned_data", {})
            starts_at, open_until = typed.get("starts_at"), typed.get("open_until")
            if typed.get("DELETE") or not starts_at:
                continue
            day = timezone.localdate(starts_at)
            if first and last and not first <= day <= last:
                self.refuse(form, "starts_at", _("Hoạt động phải diễn ra trong những ngày hội chợ."))
            if open_until and open_until > day:
                self.refuse(form, "open_until", _("Ngày cuối nhận đăng ký không thể sau ngày diễn ra."))
        return cleaned

    def refuse(self, form, field: str, sentence) -> None:
        form.add_error(field, sentence)
        self.add_error(None, _("Hoạt động “%(name)s”: %(why)s") % {"name": form.instance.name, "why": sentence})


class FairPage(BodyPage):
    parent_page_types = ["showcase.FairIndexPage"]
    subpage_types = []

    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    place = models.CharField(_("nơi họp"), max_length=200)
    commune = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("xã, phường")
    )
    is_sample = models.BooleanField(_("dữ liệu mẫu"), default=False, help_text=_("Trang sẽ nói rõ đây là hội chợ mẫu."))
    booth_places = models.PositiveSmallIntegerField(
        _("số gian hàng"),
        null=True,
        blank=True,
        help_text=_("Kể cả những gian đã ghi ở dưới. Để trống nếu hội chợ không nhận đề nghị gian hàng qua trang này."),
    )
    is_cancelled = models.BooleanField(
        _("hội chợ bị hủy"),
        default=False,
        help_text=_("Đăng trang với ô này là báo hủy: người đã đăng ký nhận thư, và không ai đăng ký được nữa."),
    )
    cancel_reason = models.CharField(_("vì sao hủy"), max_length=300, blank=True)

    base_form_class = FairPageForm
    content_panels = [
        *BodyPage.head_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldPanel("place"),
                FieldPanel("commune"),
                FieldPanel("is_sample"),
            ],
            heading=_("Khi nào, ở đâu"),
        ),
        FieldPanel("body"),
        InlinePanel("activities", label=_("Hoạt động"), heading=_("Hoạt động khách đăng ký trước")),
        FieldPanel("booth_places"),
        InlinePanel("booths", label=_("Gian hàng")),
        MultiFieldPanel([FieldPanel("is_cancelled"), FieldPanel("cancel_reason")], heading=_("Hủy hội chợ")),
    ]

    class Meta:
        verbose_name = _("hội chợ")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="fair_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(is_cancelled=False) | ~Q(cancel_reason=""), name="fair_cancelled_with_reason"
            ),
        ]

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Ngày cuối không thể trước ngày đầu.")})
        if self.is_cancelled and not self.cancel_reason.strip():
            raise ValidationError({"cancel_reason": _("Hãy viết vì sao hủy, để người đã đăng ký hiểu.")})

    @property
    def is_over(self) -> bool:
        return self.ends_on < timezone.localdate()

    @cached_property
    def leading(self) -> "FairPage":
        """The page that says what counts for this fair in all languages: the published one in the site's first
        language, or else this one."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        first = FairPage.objects.live().filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        return first.select_related("locale").defer_streamfields().first() or self

    @cached_property
    def is_called_off(self) -> bool:
        """Cancelled, here or on the page that leads. Lists learn it from `with_cancellations`."""
        return self.is_cancelled or self.leading.is_cancelled

    def offers(self) -> list[Offer]:
        """The activities of this page, in its order. At most four queries."""
        own = list(self.activities.order_by("sort_order", "pk"))
        if not own:
            return []
        leads = self.leading is self
        counting = {} if leads else {each.translation_key: each for each in self.leading.activities.all()}
        taken = Registration.objects.taken([each.translation_key for each in own])
        found = []
        for each in own:
            activity = counting.get(each.translation_key, each)
            activity.page = self.leading if activity is not each else self
            left = max(activity.capacity - taken.get(each.translation_key, 0), 0)
            found.append(Offer(each.name, activity, left, activity.why_closed()))
        return found

    def accepted_requests(self):
        """Booths that producers have asked for and got, in the order of their numbers."""
        accepted = BoothRequest.objects.filter(desk__fair_key=self.translation_key, state=BoothRequest.State.ACCEPTED)
        return accepted.select_related("producer__area").order_by("number")

    def booths_given(self) -> int:
        return self.leading.booths.count() + self.accepted_requests().count()

    def why_no_booths(self) -> str:
        """The sentence that says why producers cannot ask for a booth; empty while they can."""
        fair = self.leading
        if self.is_called_off:
            return _("Hội chợ đã bị hủy nên không nhận gian hàng nữa.")
        if fair.starts_on <= timezone.localdate():
            return _("Hội chợ đã bắt đầu nên không nhận gian hàng nữa.")
        if not fair.booth_places:
            return _("Hội chợ này không nhận đề nghị gian hàng qua trang.")
        if self.booths_given() >= fair.booth_places:
            return _("Các gian hàng đã có chủ.")
        return ""

    def serve(self, request, *args, **kwargs):
        """The page, or with ?lich=ics the file that puts the fair into a calendar."""
        if request.GET.get("lich") == "ics":
            response = HttpResponse(calendar_of(self), content_type="text/calendar; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="{self.slug}.ics"'
            return response
        return super().serve(request, *args, **kwargs)

    @cached_property
    def own_booths(self) -> list["Booth"]:
        """The booths that editors have set, in their order, with their producers."""
        return list(self.booths.select_related("producer__area").order_by("sort_order", "pk"))

    def product_ids(self):
        return [booth.product_id for booth in self.own_booths if booth.product_id]

    def get_context(self, request, *args, **kwargs):
        booths = [*self.own_booths, *self.accepted_requests()]
        return super().get_context(request, *args, **kwargs) | {
            "map": map_of(communes_held(), self.commune) if self.commune else None,
            "booths": [booth for booth in booths if not booth.producer.suspended_at],
            "offers": self.offers(),
            "takes_booths": bool(self.leading.booth_places) and not self.is_over and not self.is_called_off,
            "why_no_booths": self.why_no_booths(),
        }

    @classmethod
    def with_cancellations(cls, fairs):
        """Fairs that know `is_called_off`, each without a question of its own."""
        leading = cls.objects.live().filter(
            translation_key=models.OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
        )
        return fairs.annotate(is_called_off=Q(is_cancelled=True) | Q(models.Exists(leading.filter(is_cancelled=True))))

    @classmethod
    def listed(cls, index):
        """Fairs to come first, the nearest on top; then those that are over, the latest first."""
        today = timezone.localdate()
        to_come = models.Case(models.When(ends_on__gte=today, then=0), default=1)
        when = models.Case(models.When(ends_on__gte=today, then=F("starts_on")))
        return cls.with_cancellations(super().listed(index)).order_by(to_come, when, "-starts_on", "pk")


class FairIndexPage(IndexPage):
    lists = FairPage
    all_of_them = _("Các hội chợ")
    none_yet = _("Chưa có hội chợ nào được báo trước.")
    subpage_types = ["showcase.FairPage"]

    class Meta:
        verbose_name = _("mục hội chợ")


class Booth(Orderable):
    """A producer at a fair, with its place there and what it brings first of all."""

    page = ParentalKey(FairPage, on_delete=models.CASCADE, related_name="booths")
    producer = models.ForeignKey(
        "producers.Producer", on_delete=models.CASCADE, related_name="+", verbose_name=_("nhà sản xuất")
    )
    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("sản phẩm"),
    )
    number = models.CharField(_("số gian"), max_length=12, blank=True)

    panels = [FieldPanel("producer"), FieldPanel("number"), FieldPanel("product")]

    def clean(self):
        super().clean()
        refuse_alcohol("product", self.product_id)
