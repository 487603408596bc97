"""Editors' pages as things that can be found: one entry for the languages of a story, village, fair or guide.

Their bodies are not looked through: whoever types a word wants what is about it, not all that mentions it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from accounts.privacy import open_to_all
from areas.folding import fold
from areas.models import Area, Village
from discovery.entries import Source, rebuild
from discovery.models import Entry, Kind
from discovery.places import names_before, names_of_place, with_former_units
from discovery.words import words_of
from outbox.wording import as_spelled
from pictures.renditions import of_shape
from showcase.models import FairPage, GuidePage, StoryPage, VillagePage
from showcase.models.plain import BodyPage

PAGES = {Kind.STORY: StoryPage, Kind.VILLAGE: VillagePage, Kind.FAIR: FairPage, Kind.GUIDE: GuidePage}
UNKNOWN_DAY = datetime(2000, 1, 1, tzinfo=UTC)
LONGEST_ADDRESS = Entry._meta.get_field("path").max_length


@dataclass(frozen=True)
class Place:
    """Where the thing of a page is."""

    area: Area | None = None
    village: Village | None = None


def kind_of(model: type) -> Kind | None:
    """The kind of entry that pages of a model have; None for those that have none."""
    return next((kind for kind, pages in PAGES.items() if issubclass(model, pages)), None)


def rebuild_pages(pages: QuerySet) -> None:
    """Make the entries of all these pages (a queryset of Wagtail's Page) say what is true now."""
    for kind, model in PAGES.items():
        keys = model.objects.filter(pk__in=pages.order_by().values("pk")).values_list("translation_key", flat=True)
        rebuild(keys, kind)


def source_of(kind: Kind) -> Source:
    model = PAGES[kind]

    def keys():
        return model.objects.values_list("translation_key", flat=True)

    def entries_of(keys: list[str]) -> list[Entry]:
        languages = defaultdict(dict)
        for page in pages_with_all(kind).filter(translation_key__in=keys):
            if len(address_of(page)) <= LONGEST_ADDRESS:  # of a longer one an entry could keep but a piece
                languages[str(page.translation_key)][page.locale.language_code] = page
        return [entry_of(kind, key, languages[key]) for key in sorted(languages)]

    return Source(kind, keys, entries_of)


def pages_with_all(kind: Kind) -> QuerySet:
    """The pages of a kind that everybody may read, with all that their entries say."""
    found = open_to_all(PAGES[kind].objects.all()).select_related("locale", "picture").defer_streamfields()
    if kind == Kind.VILLAGE:
        found = found.select_related("village__commune").prefetch_related(with_former_units("village__commune"))
    if kind == Kind.FAIR:
        found = found.select_related("commune").prefetch_related(with_former_units("commune"))
    return found


def address_of(page: BodyPage) -> str:
    """The page's path on this site; empty for a page that lies below no site."""
    parts = page.get_url_parts()
    return (parts and parts[2]) or ""


def place_of(kind: Kind, page: BodyPage) -> Place:
    if kind == Kind.VILLAGE:
        return Place(page.village.commune, page.village)
    return Place(page.commune) if kind == Kind.FAIR else Place()


def facts_of(kind: Kind, page: BodyPage) -> list[str]:
    """What a page says beside its title, in fields of their own."""
    if kind == Kind.VILLAGE:
        return [page.summary, page.people, page.access, page.seasons, page.facilities]
    return [page.summary, page.place] if kind == Kind.FAIR else [page.summary]


def entry_of(kind: Kind, key: str, languages: dict[str, BodyPage]) -> Entry:
    """The entry of a page's languages: the Vietnamese leads where there is one."""
    leading = languages.get("vi") or languages["en"]
    vi, en = languages.get("vi", leading), languages.get("en", leading)
    place, picture = place_of(kind, leading), leading.picture
    area, village = place.area, place.village
    former = names_before(area) if area else []
    told = [text for page in languages.values() for text in facts_of(kind, page)]
    if area:
        told += names_of_place(area)
    if village:
        told += [village.name, village.name_en, village.people, village.people_en]
    names = [vi.shown_title, en.shown_title, *((area.full_name, *former) if area else ())]
    return Entry(
        kind=kind,
        key=key,
        area=area,
        village=village,
        slug=leading.slug,
        path=address_of(vi) if "vi" in languages else "",
        path_en=address_of(en) if "en" in languages else "",
        name=vi.shown_title,
        name_en=en.shown_title,
        summary=vi.summary,
        summary_en=en.summary,
        area_name=area.full_name if area else "",
        area_name_en=area.full_name_en if area else "",
        folded=fold(" | ".join(map(as_spelled, names))),
        words=words_of(vi.shown_title, en.shown_title, told, far=former),
        is_sold_here=False,
        people=village.people if village else "",
        people_en=village.people_en if village else "",
        starts_on=leading.starts_on if kind == Kind.FAIR else None,
        ends_on=leading.ends_on if kind == Kind.FAIR else None,
        picture_files=of_shape(picture.files, "square") if picture else {},
        picture_alt=picture.alt if picture else "",
        picture_alt_en=picture.alt_en if picture else "",
        listed_at=leading.first_published_at or UNKNOWN_DAY,
    )
