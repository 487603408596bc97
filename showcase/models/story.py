"""Câu chuyện sản phẩm: an editor's page about a product, its makers and its place."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from showcase.choosers import refuse_alcohol
from showcase.models.plain import BodyPage, IndexPage
from showcase.panels import ChecklistPanel


class StoryPage(BodyPage):
    feed_name = "stories_feed"
    parent_page_types = ["showcase.StoryIndexPage"]
    subpage_types = []

    content_panels = [
        *BodyPage.content_panels,
        InlinePanel("story_products", label=_("Sản phẩm")),
        ChecklistPanel(heading=_("Câu chuyện đã đủ chưa?")),
    ]

    class Meta:
        verbose_name = _("câu chuyện")

    def product_ids(self):
        return [link.product_id for link in self.story_products.all()]


class StoryIndexPage(IndexPage):
    lists = StoryPage
    all_of_them = _("Các câu chuyện")
    none_yet = _("Chưa có câu chuyện nào được đăng.")
    feed_name = "stories_feed"
    subpage_types = ["showcase.StoryPage"]

    class Meta:
        verbose_name = _("mục câu chuyện")


class StoryProduct(Orderable):
    """A product that a story tells of."""

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="story_products")
    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="story_links",
        verbose_name=_("sản phẩm"),
    )

    panels = [FieldPanel("product")]

    def clean(self):
        super().clean()
        refuse_alcohol("product", self.product_id)
