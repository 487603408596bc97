"""Hội chợ: when and where, who is there with what, at which booth."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from areas.commune_map import map_of
from discovery.tally import communes_held
from showcase.calendars import calendar_of
from showcase.choosers import refuse_alcohol
from showcase.models.plain import BodyPage, IndexPage


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
        InlinePanel("booths", label=_("Gian hàng")),
    ]

    class Meta:
        verbose_name = _("hội chợ")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="fair_ends_after_it_starts")
        ]

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Ngày cuối không thể trước ngày đầu.")})

    @property
    def is_over(self) -> bool:
        return self.ends_on < timezone.localdate()

    def serve(self, request, *args, **kwargs):
        """The page, or with ?lich=ics the file that puts the fair into a calendar."""
        if request.GET.get("lich") == "ics":
            response = HttpResponse(calendar_of(self), content_type="text/calendar; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="{self.slug}.ics"'
            return response
        return super().serve(request, *args, **kwargs)

    def product_ids(self):
        return [booth.product_id for booth in self.booths.all() if booth.product_id]

    def get_context(self, request, *args, **kwargs):
        booths = self.booths.select_related("producer__area").order_by("sort_order", "pk")
        return super().get_context(request, *args, **kwargs) | {
            "map": map_of(communes_held(), self.commune) if self.commune else None,
            "booths": [booth for booth in booths if not booth.producer.suspended_at],
        }

    @classmethod
    def listed(cls, index):
        """Fairs to come first, the nearest on top; then those that are over, the latest first."""
        today = timezone.localdate()
        to_come = models.Case(models.When(ends_on__gte=today, then=0), default=1)
        when = models.Case(models.When(ends_on__gte=today, then=F("starts_on")))
        return super().listed(index).order_by(to_come, when, "-starts_on", "pk")


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
