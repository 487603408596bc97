"""Hướng dẫn: help for readers and makers, with a table of contents."""

from django.utils.translation import gettext_lazy as _

from showcase.models.plain import BodyPage, IndexPage


class GuidePage(BodyPage):
    parent_page_types = ["showcase.GuideIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("hướng dẫn")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        anchors = context["anchors"]
        return context | {"headings": [(anchors[each.id], each.value) for each in self.body if each.id in anchors]}

    @classmethod
    def listed(cls, index):
        return super().listed(index).order_by("path")


class GuideIndexPage(IndexPage):
    lists = GuidePage
    all_of_them = _("Các bài hướng dẫn")
    none_yet = _("Chưa có bài hướng dẫn nào.")
    subpage_types = ["showcase.GuidePage"]

    class Meta:
        verbose_name = _("mục hướng dẫn")
