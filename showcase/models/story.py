"""Câu chuyện sản phẩm: an editor's page about a product, its makers and its place."""

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from discovery.cards import cards_of_products
from showcase.models.plain import PlainPage

STORIES_A_PAGE = 24
OTHERS = 3  # further stories under a story


class StoryIndexPage(PlainPage):
    parent_page_types = ["showcase.HomePage"]
    subpage_types = ["showcase.StoryPage"]
    max_count_per_parent = 1

    summary = models.CharField(_("giới thiệu"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("mục câu chuyện")

    def get_context(self, request, *args, **kwargs):
        pages = Paginator(stories_of(self), STORIES_A_PAGE)
        shown = pages.get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"stories": list(shown), "paging": paging(shown)}


class StoryPage(PlainPage):
    parent_page_types = ["showcase.StoryIndexPage"]
    subpage_types = []

    marked_title = models.CharField(
        _("tên bài có đánh dấu tiếng"),
        max_length=255,
        blank=True,
        help_text=_("Chỉ khi tên bài có chữ của tiếng khác, ví dụ “[vi:Séng Cù], the rice of the north-west”."),
    )
    summary = models.CharField(_("tóm tắt"), max_length=250)
    picture = models.ForeignKey(
        "pictures.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("ảnh")
    )
    body = StreamField(
        [
            ("heading", CharBlock(label=_("Tiêu đề"), icon="title")),
            ("text", TextBlock(label=_("Đoạn văn"), icon="pilcrow")),
            ("slogan", CharBlock(label=_("Khẩu hiệu"), icon="openquote")),
            (
                "sources",
                ListBlock(StructBlock([("text", CharBlock(label=_("Nguồn")))]), label=_("Nguồn"), icon="list-ul"),
            ),
        ],
        verbose_name=_("nội dung"),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("marked_title"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
        InlinePanel("story_products", label=_("Sản phẩm")),
    ]

    class Meta:
        verbose_name = _("câu chuyện")

    @property
    def shown_title(self) -> str:
        """The title for `|marked`."""
        return self.marked_title or self.title

    def get_context(self, request, *args, **kwargs):
        index = self.get_parent()
        return super().get_context(request, *args, **kwargs) | {
            "index": index,
            "alt": alternative(self.picture),
            "cards": cards_of_products([link.product_id for link in self.story_products.all()]),
            "others": list(stories_of(index).exclude(pk=self.pk)[:OTHERS]),
        }


class StoryProduct(Orderable):
    """A product that a story tells of."""

    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="story_products")
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.CASCADE, related_name="story_links", verbose_name=_("sản phẩm")
    )

    panels = [FieldPanel("product")]


def stories_of(index):
    """The published stories of an index, newest first, with their pictures."""
    stories = StoryPage.objects.live().child_of(index).select_related("picture")
    return stories.order_by("-first_published_at", "-pk")


def alternative(picture) -> str:
    """What a picture shows, in the reader's language; nothing where there is none."""
    if picture is None:
        return ""
    return picture.alt_en if get_language() == "en" else picture.alt


def paging(shown: PageOfList) -> dict:
    """The links to a list's other pages."""
    return {
        "count": shown.paginator.num_pages,
        "previous": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        "next": f"?page={shown.next_page_number()}" if shown.has_next() else "",
        "links": [
            (number, "" if number == shown.number else f"?page={number}") for number in shown.paginator.page_range
        ],
    }
