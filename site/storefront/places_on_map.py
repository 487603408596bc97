"""What the map and the list beside it say of each commune: products of its own, producers at home there, villages."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from django.urls import reverse

from areas.folding import slugify_vi
from areas.models import Area, Village
from discovery.browsing import Found, Wish
from discovery.engines.answering import any_of
from discovery.filters import people_named
from discovery.models import Entry, Kind
from discovery.tally import Tally

NAMED = 3  # producers that are named of a commune among others; where it is the one wished for, all are


@dataclass(frozen=True)
class OnMap:
    """A village: its name, where it is read about, and its degrees where they are known."""

    name: str
    address: str
    degrees: str = ""


@dataclass(frozen=True)
class Place:
    area: Area
    products: int  # that were found and come from here
    producers: int = 0
    named: list[tuple[str, str]] = field(default_factory=list)  # slug and name of some of them
    villages: list[OnMap] = field(default_factory=list)

    @property
    def degrees(self) -> str:
        return degrees_of(self.area)

    @property
    def unnamed(self) -> int:
        return self.producers - len(self.named)

    @property
    def is_empty(self) -> bool:
        return not (self.products or self.producers or self.villages)


def degrees_of(row: Area | Village) -> str:
    """Latitude and longitude, as the map's script reads them; empty where they are not known."""
    return "" if row.latitude is None or row.longitude is None else f"{row.latitude:.4f} {row.longitude:.4f}"


def places_of(found: Found, *, english: bool) -> list[Place]:
    """The communes that a wish leaves, by name. A wish chooses products; of the communes they come from, the producers
    who make some of them and all villages of the wished peoples are told. At most four queries.

    Without a wish, or where it names nothing but communes, those without products are there as well.
    """
    held, wish = found.held, found.wish
    counts = {choice.row.pk: choice.count for choice in found.communes}
    asks_for_places_alone = not replace(wish, communes=()).narrows
    areas = [
        area
        for area in held.communes
        if (not wish.communes or area.slug in wish.communes) and (counts.get(area.pk) or asks_for_places_alone)
    ]
    producers = producers_wished(found)
    at_home = {area.pk: producers & held.having("area", area.pk) for area in areas}
    names = names_of(held, at_home, english, most=None if len(wish.communes) == 1 else NAMED)
    villages = villages_of(areas, wish, english)
    return [
        Place(area, counts.get(area.pk, 0), at_home[area.pk].bit_count(), names[area.pk], villages[area.pk])
        for area in areas
    ]


def chooses_among_products(wish: Wish) -> bool:
    """Does it ask for more than places and kinds of producers?"""
    return replace(wish, communes=(), makers=(), people=()).narrows


def producers_wished(found: Found) -> int:
    """The entries of producers of the wished kinds; where the wish chooses among products, of those who make one,
    wherever it comes from: a commune has as many of them alone as beside others."""
    held, wish = found.held, found.wish
    producers = held.having("kind", Kind.PRODUCER)
    if wish.makers:
        producers &= any_of(held.having("producer_kind", kind) for kind in wish.makers)
    if chooses_among_products(wish):
        producers &= held.of_makers(found.if_it_were(communes=()).entries)
    return producers


def names_of(held: Tally, at_home: dict[int, int], english: bool, *, most: int | None):
    """Slug and name of producers of each commune: all, or as many of those who came last. One query."""
    keys = {area: [held.keys[place] for place in islice(places_in(each), most)] for area, each in at_home.items()}
    rows = Entry.objects.only("slug", "name", "name_en").in_bulk([key for each in keys.values() for key in each])
    return {
        area: [(row.slug, row.name_en if english else row.name) for key in each if (row := rows.get(key))]
        for area, each in keys.items()
    }


def places_in(entries: int) -> Iterator[int]:
    """The places of a set: a bit an entry, the newest in the lowest (discovery.tally)."""
    while entries:
        lowest = entries & -entries
        yield lowest.bit_length() - 1
        entries ^= lowest


def villages_of(areas: list[Area], wish: Wish, english: bool) -> dict[int, list[OnMap]]:
    """Villages by the key of their commune, each with its page, or its place on the commune's page. Two queries."""
    by_key, found = {area.pk: area for area in areas}, defaultdict(list)
    villages = Village.objects.filter(commune__in=by_key)
    if wish.people:
        villages = [row for row in villages if {slugify_vi(name) for name in people_named(row.people)} & {*wish.people}]
    pages = Entry.objects.filter(kind=Kind.VILLAGE, village__in=[row.pk for row in villages])
    addresses = dict(pages.order_by("-pk").values_list("village", "path_en" if english else "path"))
    for row in villages:
        area = by_key[row.commune_id]
        address = addresses.get(row.pk) or f"{reverse('commune', args=[area.slug])}#{row.slug}"
        found[area.pk].append(OnMap(row.full_title, address, degrees_of(row)))
    return found
