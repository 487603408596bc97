"""Hoạt động của hội chợ: what visitors take part in, and whether they may still register for it.

An activity has a row in each language's page, bound together by its translation key. Its name is the page's; when it
is and how many it takes is said by the row of the site's first language, so that all readers fill the same places.
"""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from outbox.wording import day


class ActivityQuerySet(models.QuerySet):
    def of(self, key):
        """The rows of an activity in all languages."""
        return self.filter(translation_key=key).select_related("page", "locale")

    def counting(self, key):
        """The row of published pages that says when an activity is and how many it takes; None if there is none."""
        return self.of(key).filter(page__live=True).in_language(settings.LANGUAGE_CODE).first()

    def in_language(self, language: str):
        """Those of published pages before the others, and of these the ones in a language first."""
        named = Case(When(locale__language_code=language, then=Value(0)), default=Value(1))
        return self.order_by("-page__live", named, "pk")


class Activity(TranslatableMixin, Orderable):
    page = ParentalKey("showcase.FairPage", on_delete=models.CASCADE, related_name="activities")
    name = models.CharField(gettext_lazy("tên hoạt động"), max_length=150)
    starts_at = models.DateTimeField(gettext_lazy("bắt đầu lúc"))
    capacity = models.PositiveSmallIntegerField(gettext_lazy("số chỗ"), default=20, validators=[MinValueValidator(1)])
    open_until = models.DateField(
        gettext_lazy("nhận đăng ký đến hết ngày"),
        help_text=gettext_lazy("Không muộn hơn ngày diễn ra. Giờ bắt đầu đến là hết nhận."),
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("open_until")]),
        FieldPanel("capacity"),
    ]

    objects = ActivityQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = gettext_lazy("hoạt động")
        constraints = [models.CheckConstraint(condition=Q(capacity__gte=1), name="activity_takes_somebody")]

    def __str__(self):
        return self.name

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    def why_closed(self) -> str:
        """The sentence that says why nobody can register any more; empty while it is open."""
        if self.page.is_called_off:
            return _("Hội chợ đã bị hủy nên không nhận đăng ký nữa.")
        if self.page.is_over:
            return _("Hội chợ đã kết thúc nên không nhận đăng ký nữa.")
        if self.has_begun:
            return _("Hoạt động đã bắt đầu nên không nhận đăng ký nữa.")
        if self.open_until < timezone.localdate():
            return _("Đã hết hạn đăng ký ngày %(day)s.") % {"day": day(self.open_until)}
        return ""
