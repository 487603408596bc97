"""Browsing: what a reader may ask of a list, and the entries, counts and choices that answer it.

Nothing typed into an address can do harm: what is not understood is left out.
"""

import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from areas.folding import fold
from areas.models import Area, Level
from catalogue.models import Group, ProductSet
from discovery.models import Entry
from discovery.searching import Matches, match
from discovery.tally import BY_NAME, CHEAPEST, DEAREST, MOST_STARS, NEWEST, Tally, tally
from producers.models import Producer

PAGE_SIZE = 24
SORTS = (NEWEST, CHEAPEST, DEAREST, MOST_STARS, BY_NAME)
STARS = (5, 4, 3)
HIGHEST_PRICE = 2_000_000_000  # ₫; more than a price column holds is no wish
WORDS_READ = 8  # of a search; nobody types more

_SLUG = re.compile(r"[a-z0-9-]{1,120}")


@dataclass(frozen=True)
class Wish:
    """What a reader asks of a list. Empty parts ask for nothing."""

    branch: str = ""
    group: str = ""
    product_set: int | None = None
    producer: str = ""
    commune: str = ""
    stars: tuple[int, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    in_stock: bool = False
    sort: str = NEWEST
    words: tuple[str, ...] = ()

    @classmethod
    def read(cls, typed) -> "Wish":
        """The wish in an address's parameters (a QueryDict); whatever is no wish is left out."""
        sort = typed.get("sort", "")
        return cls(
            branch=_slug(typed.get("branch")),
            group=_slug(typed.get("group")),
            product_set=_number(typed.get("set"), 99),
            producer=_slug(typed.get("producer")),
            commune=_slug(typed.get("commune")),
            stars=tuple(stars for stars in STARS if str(stars) in typed.getlist("stars")),
            price_from=_number(typed.get("price_from"), HIGHEST_PRICE),
            price_to=_number(typed.get("price_to"), HIGHEST_PRICE),
            in_stock=typed.get("stock") == "1",
            sort=sort if sort in SORTS else NEWEST,
            words=tuple(fold(typed.get("q", "")[:100]).split()[:WORDS_READ]),
        )

    @property
    def narrows(self) -> bool:
        """Does it leave any entry out?"""
        return replace(self, sort=NEWEST) != Wish()


def _slug(text: str | None) -> str:
    return text if text and _SLUG.fullmatch(text) else ""


def _number(text: str | None, highest: int) -> int | None:
    """A whole number that people may have typed with points or spaces: "150.000" → 150000."""
    digits = re.sub(r"[.,\s₫]", "", text or "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        return None
    return min(int(digits), highest)


@dataclass(frozen=True)
class Choice:
    """One line of a facet: its value in the address, its row or number, and how many entries it would show."""

    value: str
    row: object
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facets:
    branches: list[Choice]
    groups: list[Choice]  # of the chosen branch, or of all
    stars: list[Choice]
    communes: list[Choice]
    in_stock: int
    producer: Producer | None
    product_set: ProductSet | None

    @property
    def branch(self):
        return next((choice.row for choice in self.branches if choice.is_chosen), None)

    @property
    def group(self):
        return next((choice.row for choice in self.groups if choice.is_chosen), None)

    @property
    def commune(self):
        return next((choice.row for choice in self.communes if choice.is_chosen), None)


def known(wish: Wish, *, groups: list[Group], communes: list[Area]) -> Wish:
    """The wish without branches, groups and communes that do not exist. A group brings its branch along."""
    group = next((group for group in groups if group.slug == wish.group), None)
    slugs = {group.branch.slug for group in groups}
    branch = group.branch.slug if group else wish.branch if wish.branch in slugs else ""
    commune = wish.commune if wish.commune in {area.slug for area in communes} else ""
    return replace(wish, branch=branch, group=group.slug if group else "", commune=commune)


@dataclass(frozen=True)
class Found:
    """What a wish found: the wish, rid of what does not exist; how many entries, and the choices beside them."""

    wish: Wish
    facets: Facets
    count: int
    tally: Tally
    entries: int  # a set of the tally
    is_alcohol: bool

    def page(self, shown: slice, *, english: bool = False) -> list[Entry]:
        """The entries of a page with their standing, in the wish's order. One query."""
        keys = self.tally.page(self.entries, self.wish.sort, shown, english=english)
        rows = Entry.objects.filter(is_alcohol=self.is_alcohol).with_standing().in_bulk(keys)
        return [rows[key] for key in keys if key in rows]


def browse(wish: Wish, *, alcohol: bool = False) -> Found:
    """What a wish finds among all that stands open to everybody, or among alcohol alone. No query but the tally's,
    and one more for each of producer, set and words where they are wished."""
    held = tally()
    producer = Producer.objects.public().filter(slug=wish.producer).first() if wish.producer else None
    product_set = ProductSet.objects.filter(pk=wish.product_set).first() if wish.product_set else None
    wish = replace(
        known(wish, groups=held.groups, communes=held.communes),
        producer=producer.slug if producer else "",
        product_set=product_set.pk if product_set else None,
    )
    parts = _parts(held, wish, producer, alcohol)
    in_group = held.counts("group", _meet(parts, but=("branch", "group", "product_set")))
    in_commune = held.counts("area", _meet(parts, but=("commune",)))
    rated = _meet(parts, but=("stars",))
    branches = list({group.branch_id: group.branch for group in held.groups}.values())
    facets = Facets(
        branches=[
            Choice(branch.slug, branch, count, branch.slug == wish.branch)
            for branch in branches
            if (count := sum(in_group.get(group.pk, 0) for group in held.groups if group.branch_id == branch.pk))
        ],
        groups=[
            Choice(group.slug, group, in_group[group.pk], group.slug == wish.group)
            for group in held.groups
            if group.pk in in_group and wish.branch in ("", group.branch.slug)
        ],
        stars=[
            Choice(str(stars), stars, (rated & held.having("stars", stars)).bit_count(), stars in wish.stars)
            for stars in STARS
        ],
        communes=[
            Choice(area.slug, area, in_commune.get(area.pk, 0), area.slug == wish.commune)
            for area in held.communes
            if area.pk in in_commune or area.slug == wish.commune
        ],
        in_stock=(_meet(parts, but=("stock",)) & held.in_stock).bit_count(),
        producer=producer,
        product_set=product_set,
    )
    entries = _meet(parts)
    return Found(wish, facets, entries.bit_count(), held, entries, alcohol)


def _parts(held: Tally, wish: Wish, producer: Producer | None, alcohol: bool) -> dict[str, int]:
    """The entries that each part of a wish asks for, by the facet it belongs to."""
    parts = {"all": held.alcohol if alcohol else held.open_to_all}
    for group in held.groups:
        if group.slug == wish.group:
            parts["group"] = held.having("group", group.pk)
        if group.branch.slug == wish.branch:
            parts["branch"] = held.having("branch", group.branch_id)
    if wish.product_set:
        parts["product_set"] = held.having("product_set", wish.product_set)
    if wish.stars:
        parts["stars"] = held.rated(wish.stars)
    for area in held.communes:
        if area.slug == wish.commune:
            parts["commune"] = held.having("area", area.pk)
    if producer:
        parts["producer"] = held.of_producer(producer.pk)
    if wish.price_from is not None or wish.price_to is not None:
        parts["price"] = held.priced(wish.price_from, wish.price_to)
    if wish.in_stock:
        parts["stock"] = held.in_stock
    if wish.words:
        parts["words"] = held.among(having_words(wish.words).values_list("pk", flat=True))
    return parts


def _meet(parts: dict[str, int], *, but: tuple[str, ...] = ()) -> int:
    """The entries that are in every part, `but` some: a facet's choices are counted without what it chose itself."""
    found = parts["all"]
    for name, entries in parts.items():
        if name not in but:
            found &= entries
    return found


@dataclass(frozen=True)
class Results:
    """What a search found: entries of every kind, the nearest to what was typed first."""

    matches: Matches
    tally: Tally

    @property
    def count(self) -> int:
        return self.matches.entries.bit_count()

    def page(self, shown: slice) -> list[Entry]:
        """The entries of a page with their standing. One query."""
        keys = self.tally.page_of_ranks(self.matches.ranks, shown)
        rows = Entry.objects.filter(is_alcohol=False).with_standing().in_bulk(keys)
        return [rows[key] for key in keys if key in rows]


def search(typed: str) -> Results:
    """What holds the typed words among all that stands open to everybody."""
    held = tally()
    return Results(match(typed, held, held.everything), held)


def former_unit_of_programme(slug: str) -> Area | None:
    """A former commune or district on the province's land, by its slug; the commune where both bore one name."""
    province = Area.objects.present().provinces().filter(code=settings.PROVINCE_CODE).first()
    if province is None:
        return None
    found = Area.objects.in_province(province).former().filter(slug=slug).select_related("parent")
    return found.order_by(Case(When(level=Level.COMMUNE, then=Value(0)), default=Value(1)), "pk").first()


def having_words(words: tuple[str, ...]) -> QuerySet:
    """Entries, alcohol too, that hold every word in a name, a producer's name or a place's."""
    found = Entry.objects.all()
    for word in words:
        found = found.filter(folded__contains=word)
    return found


def searched(words: tuple[str, ...]) -> QuerySet:
    """Entries that hold every word in a name, a producer's name or a place's, old or new; names that begin so first."""
    found = having_words(words).open_to_all()
    typed = " ".join(words)
    nearness = Case(
        When(folded__startswith=typed, then=Value(0)),
        When(folded__contains=typed, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(nearness, "-listed_at", "-pk")
