"""Chuyên đề: stories under one slogan."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from accounts.privacy import open_to_all
from showcase.models.plain import BodyPage, IndexPage
from showcase.models.story import StoryPage


class FeaturePage(BodyPage):
    parent_page_types = ["showcase.FeatureIndexPage"]
    subpage_types = []

    slogan = models.CharField(_("khẩu hiệu"), max_length=120)

    content_panels = [
        *BodyPage.head_panels,
        FieldPanel("slogan"),
        FieldPanel("body"),
        InlinePanel("feature_stories", label=_("Câu chuyện"), min_num=1),
    ]

    class Meta:
        verbose_name = _("chuyên đề")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"stories": self.stories()}

    def stories(self) -> list[StoryPage]:
        """Those of its stories that everybody may read, in the editor's order. Two queries."""
        keys = [link.story_id for link in self.feature_stories.all()]
        found = open_to_all(StoryPage.objects.select_related("picture").defer_streamfields()).in_bulk(keys)
        return [found[key] for key in keys if key in found]


class FeatureIndexPage(IndexPage):
    lists = FeaturePage
    all_of_them = _("Các chuyên đề")
    none_yet = _("Chưa có chuyên đề nào được đăng.")
    subpage_types = ["showcase.FeaturePage"]

    class Meta:
        verbose_name = _("mục chuyên đề")


class FeatureStory(Orderable):
    """A story in a special feature."""

    page = ParentalKey(FeaturePage, on_delete=models.CASCADE, related_name="feature_stories")
    story = models.ForeignKey(StoryPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("câu chuyện"))

    panels = [FieldPanel("story")]
