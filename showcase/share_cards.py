"""What is drawn on the share cards of editors' pages, and how a card's page is found again."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from outbox.wording import day, is_english, unmarked
from pictures.cards import ShareCard
from showcase.models import FairPage, FeaturePage, GuidePage, HomePage, NewsPage, VillagePage
from showcase.models.plain import BodyPage, IndexPage

MOTIFS = {FairPage: "stall", FeaturePage: "xoe", GuidePage: "book", NewsPage: "letter", VillagePage: "stilt-house"}
OTHERWISE = "terraces"
MOST_DIGITS = 9


def card_of_page(page: BodyPage, index: Page) -> ShareCard:
    """A story, a fair, a village…; drawn where its picture is no photograph."""
    kind = type(page)
    motif = page.picture and page.picture.motif
    return ShareCard(
        "page",
        str(page.pk),
        spoken(),
        title=unmarked(page.shown_title),
        motif=motif or MOTIFS.get(kind, OTHERWISE),
        section=unmarked(index.title),
        subtitle=when_and_where(page),
        note=_("dữ liệu mẫu") if getattr(page, "is_sample", False) else "",
    )


def card_of_index(page: IndexPage) -> ShareCard:
    motif = MOTIFS.get(page.lists, OTHERWISE)
    return ShareCard("page", str(page.pk), spoken(), title=unmarked(page.title), motif=motif)


def card_of_home(page: HomePage) -> ShareCard:
    """The home page, in the words of its own title."""
    title = page.seo_title or _("Sản phẩm của bản làng, sao của hội đồng")
    return ShareCard("home", "home", spoken(), title=unmarked(title), motif="tea-hills")


def spoken() -> str:
    """The language of the page that is being shown, or whose card is asked for."""
    return "en" if is_english() else "vi"


def when_and_where(page: BodyPage) -> str:
    if isinstance(page, FairPage):
        place = page.commune.title if page.commune else ""
        return " · ".join(filter(None, (f"{day(page.starts_on)} – {day(page.ends_on)}", place)))
    return page.village.commune.title if isinstance(page, VillagePage) else ""


def find_card_of_page(key: str, language: str) -> ShareCard | None:
    """The card of a page that everybody may read; None for any other."""
    if not (key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS):
        return None
    found = Page.objects.live().public().filter(pk=int(key), locale__language_code=language).first()
    page = found and found.specific
    if isinstance(page, IndexPage):
        return card_of_index(page)
    return card_of_page(page, page.get_parent()) if isinstance(page, BodyPage) else None


def find_card_of_home(key: str, language: str) -> ShareCard | None:
    return card_of_home(HomePage.in_language(language)) if key == "home" else None
