"""Tin tức: what happened, with its day."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from showcase.models.plain import BodyPage, IndexPage


class NewsPage(BodyPage):
    feed_name = "news_feed"
    parent_page_types = ["showcase.NewsIndexPage"]
    subpage_types = []

    day = models.DateField(_("ngày"), default=timezone.localdate, help_text=_("Ngày của tin, hiện dưới tên bài."))

    content_panels = [*BodyPage.head_panels, FieldPanel("day"), FieldPanel("body")]

    class Meta:
        verbose_name = _("tin tức")

    @classmethod
    def listed(cls, index):
        return super().listed(index).order_by("-day", "-pk")


class NewsIndexPage(IndexPage):
    lists = NewsPage
    all_of_them = _("Các tin")
    none_yet = _("Chưa có tin nào được đăng.")
    feed_name = "news_feed"
    subpage_types = ["showcase.NewsPage"]

    class Meta:
        verbose_name = _("mục tin tức")
