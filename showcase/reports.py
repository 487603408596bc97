"""What editors should look after: pages that grew old, stories whose product lost its stars, pictures that are silent
for who cannot see them. Read on the screen alone: a spreadsheet would run what somebody typed as a formula."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from catalogue.models import Product
from outbox.wording import day
from pictures.models import Picture
from programme.standing import standing_by, with_recognitions
from showcase.choosers import picture_of
from showcase.models import StoryPage
from showcase.waiting import DEEPEST_INDEX, edit_address

OLD_AFTER = timedelta(days=183)  # half a year


class Report(ReportView):
    """A list to be read on the screen."""

    FORMATS = ()
    is_searchable = False
    paginate_by = 50

    @cached_property
    def no_results_message(self):
        return _("Không có gì phải làm ở đây.")


class OldPagesReport(Report):
    page_title = _("Trang lâu chưa xem lại")
    header_icon = "time"
    index_url_name = "old_pages_report"
    index_results_url_name = "old_pages_report_results"
    columns = [
        TitleColumn("title", label=_("Trang"), accessor="draft_title", get_url=lambda page: edit_address(page.pk)),
        Column("language", label=_("Tiếng"), accessor=lambda page: page.locale.get_display_name()),
        Column("changed", label=_("Sửa lần cuối"), accessor=lambda page: day(page.changed_at)),
    ]

    def get_queryset(self):
        return old_pages()


class StarlessStoriesReport(Report):
    page_title = _("Câu chuyện có sản phẩm hết sao")
    header_icon = "warning"
    index_url_name = "starless_stories_report"
    index_results_url_name = "starless_stories_report_results"
    columns = [
        TitleColumn("title", label=_("Câu chuyện"), accessor="draft_title", get_url=lambda page: edit_address(page.pk)),
        Column("language", label=_("Tiếng"), accessor=lambda page: page.locale.get_display_name()),
        Column("products", label=_("Sản phẩm không còn sao"), accessor=lambda page: ", ".join(page.starless)),
    ]

    def get_queryset(self):
        return starless_stories()


class SilentPicturesReport(Report):
    page_title = _("Ảnh thiếu mô tả")
    header_icon = "image"
    index_url_name = "silent_pictures_report"
    index_results_url_name = "silent_pictures_report_results"
    columns = [
        Column("picture", label=_("Ảnh"), accessor=lambda picture: picture_of(picture.files)),
        TitleColumn("title", label=_("Tên"), get_url=lambda picture: reverse("wagtailimages:edit", args=[picture.pk])),
        Column("missing", label=_("Còn thiếu"), accessor=lambda picture: missing_of(picture)),
    ]

    def get_queryset(self):
        return Picture.objects.filter(Q(alt="") | Q(alt_en="")).order_by("-created_at", "-pk")


ADDRESSES = {
    OldPagesReport: "reports/lau-chua-sua/",
    StarlessStoriesReport: "reports/het-sao/",
    SilentPicturesReport: "reports/anh-thieu-mo-ta/",
}


def report_addresses():
    """The URL patterns of all reports, whole and as the part that Wagtail's scripts exchange."""
    for report, address in ADDRESSES.items():
        yield path(address, report.as_view(), name=report.index_url_name)
        yield path(f"{address}results/", report.as_view(results_only=True), name=report.index_results_url_name)


def old_pages():
    """Published pages that nobody has saved for half a year, the oldest first."""
    changed_at = Coalesce("latest_revision_created_at", "last_published_at", "first_published_at")
    return (
        Page.objects.live()
        .filter(depth__gt=DEEPEST_INDEX, alias_of=None)
        .annotate(changed_at=changed_at)
        .filter(changed_at__lt=timezone.now() - OLD_AFTER)
        .select_related("locale")
        .order_by("changed_at", "pk")
    )


def starless_stories() -> list[StoryPage]:
    """Published stories that show a product whose recognition no longer holds today; each with the names of those
    products as `starless`. A product that never had stars lost none. Four queries."""
    stories = StoryPage.objects.live().select_related("locale").prefetch_related("story_products").order_by("title")
    shown = {story: {*story.product_ids(), *products_in(story.body.raw_data)} for story in stories}
    products = with_recognitions(Product.objects.filter(pk__in=set().union(*shown.values())))
    lost = {product.pk: product.title for product in products if has_lost_its_stars(product)}
    found = []
    for story, keys in shown.items():
        story.starless = sorted(lost[key] for key in keys if key in lost)
        if story.starless:
            found.append(story)
    return found


def has_lost_its_stars(product) -> bool:
    recognitions = product.recognitions_newest_first
    return bool(recognitions) and not standing_by(recognitions[0]).holds


def products_in(raw_blocks) -> list[int]:
    """The keys of products in the product blocks of a stream, as it is stored."""
    by_kind = defaultdict(list)
    for block in raw_blocks:
        by_kind[block["type"]].append(block["value"])
    return [item["value"] for value in by_kind["products"] for item in value["products"] if item["value"]]


def missing_of(picture) -> str:
    parts = [(picture.alt, _("mô tả tiếng Việt")), (picture.alt_en, _("mô tả tiếng Anh"))]
    return ", ".join(str(name) for text, name in parts if not text)
