"""Hướng dẫn: help for readers and makers, with a table of contents."""

from django.utils.translation import gettext_lazy as _

from showcase.models.plain import BodyPage, IndexPage


class GuidePage(BodyPage):
    parent_page_types = ["showcase.GuideIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("hướng dẫn")

    def get_context(self, request, *args, **kwargs):
        headings = [block.value for block in self.body if block.block_type == "heading"]
        return super().get_context(request, *args, **kwargs) | {"headings": headings}

    @classmethod
    def listed(cls, index):
        return super().listed(index).order_by("path")


class GuideIndexPage(IndexPage):
    lists = GuidePage
    drawn_by = "help"  # where the storefront lists guides and help pages together
    subpage_types = ["showcase.GuidePage"]

    class Meta:
        verbose_name = _("mục hướng dẫn")
