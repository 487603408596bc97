"""What the parts of a home page show, gathered for all of them: as many queries for twenty parts as for one of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from django.apps import apps
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from accounts.phones import display_phone
from areas.models import Area, Village
from catalogue.models import Branch
from discovery.cards import Card
from discovery.tally import NEWEST, communes_held, tally
from showcase.blocks.media import alternative
from showcase.gathering import Rule, cards_by_key, entries_of

# The home page as it comes: what it shows where nobody has arranged it.
STANDARD = ("lead", "groups", "rated", "how", "stories", "villages")


@dataclass(frozen=True)
class Tile:
    """A branch or a group: its name, how many products it has today, their list, and files of a picture."""

    title: str
    count: int
    address: str
    files: dict | None = None


@dataclass(frozen=True)
class Point:
    """A sale point as an editor entered it; `phone` as one calls it, `phone_shown` as one reads it."""

    name: str
    address: str
    commune: Area | None
    hours: str
    phone: str
    phone_shown: str


class HomeParts:
    """For parts as pairs of kind and value. Page types are found by name: they are built from blocks, which draw from
    here. Each thing is asked of the database once, and only if a part shows it.
    Nothing here is alcohol, and no page here is a draft or kept from the public."""

    def __init__(self, parts: Iterable[tuple[str, object]]):
        self.parts = list(parts)
        self.language = get_language() or "vi"

    def shown(self, kind: str, value) -> dict | None:
        """What a part shows; None where it has nothing to say."""
        return getattr(self, f"show_{kind}")(value)

    # --- Each part --------------------------------------------------------------------------------------------------

    def show_lead(self, value) -> dict | None:
        story = self.lead
        return {"story": story, "alt": alternative(story.picture)} if story else None

    def show_groups(self, value) -> dict | None:
        tiles = self.groups if value["level"] == "groups" else self.branches
        return {"tiles": tiles, "has_pictures": value["level"] != "groups"} if tiles else None

    def show_rated(self, value) -> dict | None:
        cards = self.cards_of("rated", value)
        within = entries_of(self.held, Rule(group=value["group"] or ""))
        address = reverse("product_group", args=[value["group"]]) if value["group"] else reverse("products")
        stars = f"{value['stars']} – 5" if value["stars"] != "5" else "5"
        return {"cards": cards, "count": within.bit_count(), "address": address, "stars": stars} if cards else None

    def show_season(self, value) -> dict | None:
        cards = self.cards_of("season", value)
        return {"cards": cards} if cards else None

    def show_how(self, value) -> dict:
        return {}

    def show_stories(self, value) -> dict | None:
        """The newest, without the one that the page begins with."""
        lead = self.lead.pk if self.lead and self.has("lead") else None
        stories = [story for story in self.newest_stories if story.pk != lead][: value["count"]]
        return {"stories": stories} if stories else None

    def show_feature(self, value) -> dict | None:
        page = self.page_in_language(value["feature"])
        feature = page and getattr(page, "featurepage", None)
        return {"feature": feature, "alt": alternative(feature.picture)} if feature else None

    def show_fairs(self, value) -> dict | None:
        fairs = self.next_fairs[: value["count"]]
        return {"fairs": fairs} if fairs else None

    def show_points(self, value) -> dict | None:
        communes = {area.slug: area for area in communes_held()}
        points = [
            Point(
                row["name"],
                row["address"],
                communes.get(row["commune"]),
                row["hours"],
                row["phone"],
                display_phone(row["phone"] or ""),
            )
            for row in value["points"]
        ]
        return {"points": points} if points else None

    def show_villages(self, value) -> dict | None:
        villages = self.villages[: value["count"]]
        return {"villages": villages} if villages else None

    def show_slogan(self, value) -> dict:
        return {"link": self.address_of(value["link"])}

    def show_text(self, value) -> dict:
        return {"link": self.address_of(value["link"]), "alt": alternative(value["picture"])}

    # --- Products ---------------------------------------------------------------------------------------------------

    @cached_property
    def held(self):
        return tally()

    @cached_property
    def branches(self) -> list[Tile]:
        counts = self.held.counts("branch", self.held.open_to_all)
        return [
            Tile(self.name_of(row), counts[row.pk], f"{reverse('products')}?branch={row.slug}", files_of(row.picture))
            for row in Branch.objects.select_related("picture")
            if row.pk in counts
        ]

    @cached_property
    def groups(self) -> list[Tile]:
        counts = self.held.counts("group", self.held.open_to_all)
        return [
            Tile(self.name_of(row), counts[row.pk], reverse("product_group", args=[row.slug]))
            for row in self.held.groups
            if row.pk in counts
        ]

    def name_of(self, row) -> str:
        return row.name_en if self.language == "en" else row.name

    def keys_of(self, kind: str, value) -> tuple[int, ...]:
        """Keys of the newest entries that a part asks for: one of each producer first, then their others."""
        entries = entries_of(self.held, Rule(group=value["group"] or "", stars=value.get("stars") or ""))
        if kind == "season":
            entries &= self.held.in_season
        newest = self.held.page(entries, NEWEST, slice(0, value["count"]))
        of_each = self.held.newest_of_each_producer(entries)
        return tuple(islice(dict.fromkeys(chain(islice(of_each, value["count"]), newest)), value["count"]))

    @cached_property
    def cards(self) -> dict[int, Card]:
        asked = chain.from_iterable(self.keys_of(*part) for part in self.parts if part[0] in ("rated", "season"))
        keys = set(asked)
        return cards_by_key((), keys) if keys else {}

    def cards_of(self, kind: str, value) -> list[Card]:
        return [self.cards[key] for key in self.keys_of(kind, value) if key in self.cards]

    # --- Pages ------------------------------------------------------------------------------------------------------

    @cached_property
    def kept_from_the_public(self) -> Q:
        return Page.objects.all().private_q()

    def published(self, model, *related: str):
        """Public pages of a kind in the reader's language, without their bodies."""
        pages = model.objects.live().exclude(self.kept_from_the_public)
        pages = pages.filter(locale__language_code=self.language)
        return pages.select_related("locale", *related).defer_streamfields()

    def has(self, kind: str) -> bool:
        return any(name == kind for name, _value in self.parts)

    @cached_property
    def lead(self):
        """The story that was chosen, or the newest where none was, or where it is not there for the reader."""
        chosen = next((value["story"] for kind, value in self.parts if kind == "lead"), None)
        page = self.page_in_language(chosen)
        return page and getattr(page, "storypage", None) or next(iter(self.newest_stories), None)

    @cached_property
    def newest_stories(self) -> list:
        most = max((value["count"] for kind, value in self.parts if kind == "stories"), default=0)
        stories = self.published(apps.get_model("showcase.StoryPage"), "picture")
        return list(stories.order_by("-first_published_at", "-pk")[: most + 1])  # one of them may lead

    @cached_property
    def next_fairs(self) -> list:
        """Those that are not over, the nearest first."""
        most = max((value["count"] for kind, value in self.parts if kind == "fairs"), default=0)
        model = apps.get_model("showcase.FairPage")
        fairs = model.with_cancellations(self.published(model, "picture", "commune"))
        return list(
            fairs.filter(ends_on__gte=timezone.localdate(), is_called_off=False).order_by("starts_on", "pk")[:most]
        )

    @cached_property
    def villages(self) -> list[tuple[Village, str]]:
        """Villages with where more is told of each: an editor's page of it, or its commune's. Two queries."""
        addresses = {page.village_id: page.url for page in self.published(apps.get_model("showcase.VillagePage"))}
        return [
            (village, addresses.get(village.pk) or reverse("commune", args=[village.commune.slug]))
            for village in Village.objects.select_related("commune")
        ]

    @cached_property
    def chosen(self) -> list[Page]:
        """The pages that any part names, in all languages. One query."""
        keys = {key for kind, value in self.parts for key in keys_named(kind, value) if key}
        if not keys:
            return []
        same = Page.objects.filter(pk__in=keys).values("translation_key")
        pages = Page.objects.filter(translation_key__in=same).exclude(self.kept_from_the_public)
        related = ("locale", "storypage__picture", "featurepage__picture")
        return list(pages.select_related(*related).defer("storypage__body", "featurepage__body"))

    def page_in_language(self, key: int | None) -> Page | None:
        """The published page in the reader's language that is the one with this key, or its translation."""
        named = next((page for page in self.chosen if page.pk == key), None) if key else None
        same = (page for page in self.chosen if named and page.translation_key == named.translation_key)
        return next((page for page in same if page.live and page.locale.language_code == self.language), None)

    def address_of(self, link) -> str:
        """Where a LinkBlock leads; empty where its page is not there for the reader."""
        page = self.page_in_language(link["page"])
        return page.url if page else link["address"] or ""


def keys_named(kind: str, value) -> tuple:
    """Keys of pages in a part's value."""
    if kind == "lead":
        return (value["story"],)
    if kind == "feature":
        return (value["feature"],)
    return (value["link"]["page"],) if kind in ("slogan", "text") else ()


def files_of(picture) -> dict | None:
    return picture.files if picture else None


def shown_alone(kind: str, value) -> dict | None:
    """What a part shows that no page has gathered for: in the preview of one block."""
    return HomeParts([(kind, value)]).shown(kind, value)
