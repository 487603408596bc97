"""The database engine's answer: the entries that hold what was typed and are of what was chosen, and their counts."""

from dataclasses import dataclass
from functools import cached_property

from areas.models import Area
from discovery.filters import CERTIFIED_MONTHS, CLASSES, Filters
from discovery.searching import Matches, match
from discovery.tally import RELEVANCE, Tally

# The part of a wish that each facet chooses: its choices are counted as if that part were not there.
PART_OF = {
    "kind": "kinds",
    "branch": "classes",
    "group": "classes",
    "product_set": "classes",
    "area": "areas",
    "stars": "stars",
    "producer_kind": "producer_kinds",
    "people": "people",
    "in_stock": "in_stock",
    "in_season": "in_season",
    "delivers_to": "delivers_to",
    "certified": "certified",
}
STARS = (5, 4, 3)


@dataclass(frozen=True)
class Answer:
    held: Tally
    filters: Filters
    among: int  # all that may be found
    matches: Matches | None  # None where nothing was typed
    commune: Area | None  # the reader's, for the count of what is sent there

    @cached_property
    def parts(self) -> dict[str, int]:
        """The entries that each part of the wish asks for."""
        held, asked = self.held, self.filters
        parts = {}
        chosen = {
            "kind": asked.kinds,
            "area": asked.areas,
            "stars": asked.stars,
            "producer_kind": asked.producer_kinds,
            "people": asked.people,
        }
        for facet, values in chosen.items():
            if values:
                parts[PART_OF[facet]] = any_of(held.having(facet, value) for value in values)
        if any(getattr(asked, name) for name in CLASSES):
            parts["classes"] = any_of(
                held.having(facet, value)
                for facet, values in zip(
                    ("branch", "group", "product_set"), (getattr(asked, name) for name in CLASSES), strict=True
                )
                for value in values
            )
        if asked.producers:
            parts["producers"] = any_of(map(held.of_producer, asked.producers))
        if asked.price_from is not None or asked.price_to is not None:
            parts["price"] = held.priced(asked.price_from, asked.price_to)
        if asked.in_stock:
            parts["in_stock"] = held.in_stock
        if asked.in_season:
            parts["in_season"] = held.in_season
        if asked.certified:
            parts["certified"] = held.certified(asked.certified)
        if asked.delivers_to:
            parts["delivers_to"] = self.delivered
        return parts

    @cached_property
    def delivered(self) -> int:
        return self.held.delivered_to(self.commune) if self.commune else 0

    def meet(self, *, but: str = "") -> int:
        """The entries that are in every part, `but` one."""
        found = self.among if self.matches is None else self.among & self.matches.entries
        for name, entries in self.parts.items():
            if name != but:
                found &= entries
        return found

    @cached_property
    def entries(self) -> int:
        return self.meet()

    @property
    def count(self) -> int:
        return self.entries.bit_count()

    @property
    def spelling(self) -> str:
        return self.matches.spelling if self.matches else ""

    def counts(self, facet: str) -> dict:
        """How many entries each value of a facet would show, chosen alone in it. Values that none has are left out."""
        others, held = self.meet(but=PART_OF[facet]), self.held
        if facet in ("in_stock", "in_season", "delivers_to"):
            having = {"in_stock": held.in_stock, "in_season": held.in_season, "delivers_to": self.delivered}[facet]
            found = {1: (others & having).bit_count()}
        elif facet == "certified":
            found = {months: (others & held.certified(months)).bit_count() for months in CERTIFIED_MONTHS}
        elif facet == "stars":
            found = {stars: (others & held.having("stars", stars)).bit_count() for stars in STARS}
        else:
            found = held.counts(facet, others)
        return {value: count for value, count in found.items() if count}

    def page(self, sort: str, shown: slice, *, english: bool = False) -> list[int]:
        """The keys of a page's entries, in an order."""
        if sort == RELEVANCE and self.matches:
            ranks = {cost: having & self.entries for cost, having in self.matches.ranks.items()}
            return self.held.page_of_ranks(ranks, shown)
        return self.held.page(self.entries, sort, shown, english=english)


def any_of(sets) -> int:
    found = 0
    for entries in sets:
        found |= entries
    return found


def answer(typed: str, filters: Filters, held: Tally, commune: Area | None = None) -> Answer:
    """What a tally and the words' index say to a wish. Two queries for words that nobody has asked for before."""
    among = held.alcohol if filters.is_alcohol else held.everything
    matches = match(typed, held, among) if typed else None
    return Answer(held, filters, among, matches, commune)
