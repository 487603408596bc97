"""The home page of a language, which is the root of its pages: parts in an order that editors choose."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from accounts.privacy import open_to_all
from showcase.blocks.home import HomeBlock
from showcase.home_parts import STANDARD, HomeParts
from showcase.models.plain import BodyPage
from showcase.models.story import StoryPage


@dataclass(frozen=True)
class DrawnPart:
    """A part that has something to say: its block, what it shows, and a name by which it is led to."""

    block: object
    shown: dict
    anchor: str
    is_first: bool


def standard_arrangement() -> StreamValue:
    """The parts of the home page as it comes, each with its defaults."""
    block = HomePage._meta.get_field("parts").stream_block
    return block.normalize([(kind, block.child_blocks[kind].get_default()) for kind in STANDARD])


def parts_drawn(parts) -> tuple[list[DrawnPart], HomeParts]:
    """The parts of a home page that have something to say today, with all that was gathered for them."""
    gathered = HomeParts((block.block_type, block.value) for block in parts)
    drawn, numbers = [], Counter()
    for block in parts:
        shown = gathered.shown(block.block_type, block.value)
        if shown is not None:
            numbers[block.block_type] += 1
            number = numbers[block.block_type]
            anchor = block.block_type if number == 1 else f"{block.block_type}-{number}"
            drawn.append(DrawnPart(block, shown, anchor, not drawn))
    return drawn, gathered


class HomePage(Page):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "showcase.StoryIndexPage",
        "showcase.FeatureIndexPage",
        "showcase.NewsIndexPage",
        "showcase.FairIndexPage",
        "showcase.VillageIndexPage",
        "showcase.GuideIndexPage",
        "showcase.ContactPage",
    ]

    parts = StreamField(HomeBlock(), verbose_name=_("các phần"), blank=True)

    content_panels = [
        FieldPanel("title", help_text=_("Tên của trang chủ trong cây trang.")),
        HelpPanel(
            content=_(
                "Kéo các phần để đổi thứ tự. Phần nào hôm nay không có gì để hiện thì tự ẩn. "
                "Bỏ hết các phần thì trang chủ trở về cách xếp có sẵn."
            )
        ),
        FieldPanel("parts"),
    ]
    # Without the slug: a home's address is the language's.
    promote_panels = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("Khi tìm và chia sẻ"))
    ]

    class Meta:
        verbose_name = _("trang chủ")

    @classmethod
    def in_language(cls, language: str) -> "HomePage":
        """The home page of a language that everybody may read; one as it comes where there is none."""
        homes = open_to_all(cls.objects.filter(locale__language_code=language))
        return homes.order_by("path").first() or cls()

    def get_context(self, request, *args, **kwargs):
        drawn, gathered = parts_drawn(self.parts)
        if not drawn:  # nothing was arranged, or nothing of it can be shown today
            drawn, gathered = parts_drawn(standard_arrangement())
        begins_with_lead = bool(drawn) and drawn[0].block.block_type == "lead"
        has_lead = any(part.block.block_type == "lead" for part in drawn)
        return super().get_context(request, *args, **kwargs) | {
            "parts": drawn,
            "begins_with_lead": begins_with_lead,
            "shared": gathered.lead.picture if has_lead else None,
            "shows_cards": bool(gathered.cards),
        }

    def route(self, request, path_components):
        """Find a page below an index by its whole address at once; Wagtail would ask for each level twice."""
        if len(path_components) == 2:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            page = StoryPage.objects.live().select_related("picture").filter(url_path=address).first()
            page = page or other_page_at(address)
            if page:
                return RouteResult(page)
        return super().route(request, path_components)


def other_page_at(address: str) -> BodyPage | None:
    """The published page that is no story at an address below the root; None for an index."""
    found = Page.objects.live().filter(url_path=address).first()
    kind = found and found.specific_class
    if kind is None or not issubclass(kind, BodyPage):
        return None
    return kind.objects.select_related("picture").get(pk=found.pk)
