"""Liên hệ: how one reaches the programme's office, and a form that writes to it."""

import re
from functools import cached_property

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from accounts.throttle import client_address, count_try
from areas.commune_map import map_of
from discovery.tally import communes_held
from showcase.enquiries import write_enquiry
from showcase.enquiry_form import EnquiryForm, empty_form
from showcase.models.plain import BodyPage

MOST, WITHIN_SECONDS = 10, 3600  # messages from one network address
SENT = "da-gui"


class ContactPage(BodyPage):
    parent_page_types = ["showcase.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    commune = models.ForeignKey(
        "areas.Area",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("xã, phường"),
        help_text=_("Nơi có văn phòng; có thì trang hiện bản đồ."),
    )

    content_panels = [
        *BodyPage.head_panels,
        InlinePanel(
            "ways",
            label=_("Cách liên hệ"),
            help_text=_("Địa chỉ, điện thoại, thư điện tử nào không ghi ở đây thì lấy của đơn vị vận hành."),
        ),
        FieldPanel("commune"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("trang liên hệ")

    def serve(self, request, *args, **kwargs):
        """The page with its form. Who has sent a message is led to the page that says so."""
        if request.method != "POST":
            return super().serve(request, *args, **kwargs)
        form, status = EnquiryForm(request.POST), 200
        if form.is_valid():
            if form.is_by_machine:  # it learns nothing
                return redirect(f"{request.path}?{SENT}=1")
            if count_try("enquiry", client_address(request), limit=MOST, seconds=WITHIN_SECONDS):
                write_enquiry(form.cleaned_data["token"], language=get_language(), **form.told)
                return redirect(f"{request.path}?{SENT}=1")
            form.add_error(None, _("Bạn đã gửi nhiều thư. Hãy đợi một giờ rồi gửi tiếp; lời bạn viết vẫn còn đây."))
            status = 429
        context = self.get_context(request) | {"form": form, "is_sent": False}
        return TemplateResponse(request, self.get_template(request), context, status=status)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "form": empty_form(request.GET.get("ve", "")),
            "is_sent": SENT in request.GET,
            "map": map_of(communes_held(), self.commune) if self.commune else None,
        }

    def others_of(self, index):
        return []

    @cached_property
    def ways_by_kind(self) -> list[tuple[str, list["ContactWay"]]]:
        """What there is of each kind, in the editor's order; the operator's where the page says nothing of it."""
        rows, found = list(self.ways.all()), []
        for kind, label in ContactWay.Kind.choices:
            own = [row for row in rows if row.kind == kind]
            operators = settings.OPERATOR.get(kind)
            found.append((label, own or [ContactWay(kind=kind, text=operators)] if own or operators else []))
        return [(label, ways) for label, ways in found if ways or label != ContactWay.Kind.HOURS.label]


class ContactWay(Orderable):
    """An address, a number, the hours: one line of the contact page."""

    class Kind(models.TextChoices):  # named as in settings.OPERATOR
        ADDRESS = "address", _("Địa chỉ")
        PHONE = "phone", _("Điện thoại")
        EMAIL = "email", _("Thư điện tử")
        HOURS = "hours", _("Giờ làm việc")

    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="ways")
    kind = models.CharField(_("loại"), max_length=8, choices=Kind.choices)
    text = models.CharField(_("nội dung"), max_length=250)
    note = models.CharField(
        _("ghi chú"), max_length=120, blank=True, help_text=_("Ví dụ: bộ phận bán hàng, ngoài giờ hành chính.")
    )
    is_sample = models.BooleanField(_("dữ liệu mẫu"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("text")]),
        FieldRowPanel([FieldPanel("note"), FieldPanel("is_sample")]),
    ]

    def clean(self):
        super().clean()
        if self.kind == self.Kind.PHONE and not re.fullmatch(r"\+?[\d .]{3,20}", self.text):
            raise ValidationError({"text": _("Số điện thoại chỉ gồm chữ số, dấu cách, dấu chấm.")})
        if self.kind == self.Kind.EMAIL:
            try:
                validate_email(self.text)
            except ValidationError:
                raise ValidationError({"text": _("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@vidu.vn")}) from None

    @property
    def href(self) -> str:
        """What a click on it does; nothing for a sample, which nobody answers."""
        if self.is_sample or self.kind not in (self.Kind.PHONE, self.Kind.EMAIL):
            return ""
        return f"mailto:{self.text}" if self.kind == self.Kind.EMAIL else f"tel:{re.sub(r'[^+0-9]', '', self.text)}"
