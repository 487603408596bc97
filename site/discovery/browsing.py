"""Browsing: what a reader may ask of a list, and the entries, counts and choices that answer it.

Nothing typed into an address can do harm: what is not understood is left out.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from areas.folding import fold
from areas.models import Area, Level
from catalogue.models import Branch, Group, ProductSet
from discovery.models import Entry
from producers.models import Producer

PAGE_SIZE = 24
NEWEST, CHEAPEST, DEAREST, MOST_STARS, BY_NAME = "new", "price", "price_down", "stars", "name"
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


def branches_with_counts() -> list[tuple[Branch, int]]:
    """The branches that have something to show to everybody, with how many products. Two queries."""
    counts = dict(Entry.objects.open_to_all().values_list("branch").annotate(n=Count("pk")))
    rows = Branch.objects.select_related("picture")
    return [(branch, counts[branch.pk]) for branch in rows if branch.pk in counts]


def communes_of_programme() -> QuerySet[Area]:
    """The province's present communes and wards, by name."""
    return (
        Area.objects.present()
        .communes()
        .filter(parent__code=settings.PROVINCE_CODE, parent__level=Level.PROVINCE)
        .by_name()
    )


def narrowed(entries: QuerySet, wish: Wish, on: date, *, but: str = "") -> QuerySet:
    """The entries that a wish asks for; `but` names one facet to leave aside, for counting that facet's choices."""
    if wish.group and but not in ("group", "branch"):
        entries = entries.filter(group__slug=wish.group)
    elif wish.branch and but != "branch":  # a group lies in one branch, which need not be asked for too
        entries = entries.filter(branch__slug=wish.branch)
    if wish.product_set and but not in ("group", "branch"):
        entries = entries.filter(product_set=wish.product_set)
    if wish.stars and but != "stars":
        entries = entries.rated(on, wish.stars)
    if wish.commune and but != "commune":
        entries = entries.filter(area__slug=wish.commune)
    if wish.producer:
        entries = entries.filter(producer__slug=wish.producer)
    if wish.price_from is not None:
        entries = entries.filter(price__gte=wish.price_from)
    if wish.price_to is not None:
        entries = entries.filter(price__lte=wish.price_to)
    if wish.in_stock and but != "stock":
        entries = entries.filter(in_stock=True)
    for word in wish.words:
        entries = entries.filter(folded__contains=word)
    return entries


def sorted_by(entries: QuerySet, sort: str, on: date, *, english: bool = False) -> QuerySet:
    """The entries in a reader's order; equals follow newest first, so that pages never overlap."""
    newest = ("-listed_at", "-pk")
    if sort == CHEAPEST:
        return entries.order_by(F("price").asc(nulls_last=True), *newest)
    if sort == DEAREST:
        return entries.order_by(F("price").desc(nulls_last=True), *newest)
    if sort == BY_NAME:
        return entries.order_by("name_en" if english else "folded", *newest)
    if sort == MOST_STARS:
        holds = Q(recognition__withdrawn_on=None, recognition__holds_until__gte=on)
        shown = Case(When(holds, then=F("recognition__line__stars")), default=Value(0), output_field=IntegerField())
        return entries.order_by(shown.desc(), *newest)
    return entries.order_by(*newest)


def known(wish: Wish, *, groups: list[Group], communes: list[Area]) -> Wish:
    """The wish without branches, groups and communes that do not exist. A group brings its branch along."""
    group = next((group for group in groups if group.slug == wish.group), None)
    slugs = {group.branch.slug for group in groups}
    branch = group.branch.slug if group else wish.branch if wish.branch in slugs else ""
    commune = wish.commune if wish.commune in {area.slug for area in communes} else ""
    return replace(wish, branch=branch, group=group.slug if group else "", commune=commune)


def facets_of(entries: QuerySet, wish: Wish, on: date) -> tuple[Wish, Facets]:
    """The wish, rid of what does not exist, and the choices beside the list with their counts."""
    groups = list(Group.objects.select_related("branch"))
    communes = list(communes_of_programme())
    wish = known(wish, groups=groups, communes=communes)
    producer = Producer.objects.public().filter(slug=wish.producer).first() if wish.producer else None
    product_set = ProductSet.objects.filter(pk=wish.product_set).first() if wish.product_set else None
    wish = replace(
        wish, producer=producer.slug if producer else "", product_set=product_set.pk if product_set else None
    )
    by_group = _counts(narrowed(entries, wish, on, but="branch"), "group")
    by_commune = _counts(narrowed(entries, wish, on, but="commune"), "area")
    by_stars = _counts(narrowed(entries, wish, on, but="stars").rated(on), "recognition__line__stars")
    branches = list({group.branch_id: group.branch for group in groups}.values())
    return wish, Facets(
        branches=[
            Choice(branch.slug, branch, count, branch.slug == wish.branch)
            for branch in branches
            if (count := sum(by_group.get(group.pk, 0) for group in groups if group.branch_id == branch.pk))
        ],
        groups=[
            Choice(group.slug, group, by_group[group.pk], group.slug == wish.group)
            for group in groups
            if group.pk in by_group and wish.branch in ("", group.branch.slug)
        ],
        stars=[Choice(str(stars), stars, by_stars.get(stars, 0), stars in wish.stars) for stars in STARS],
        communes=[
            Choice(area.slug, area, by_commune.get(area.pk, 0), area.slug == wish.commune)
            for area in communes
            if area.pk in by_commune or area.slug == wish.commune
        ],
        in_stock=narrowed(entries, wish, on, but="stock").filter(in_stock=True).count(),
        producer=producer,
        product_set=product_set,
    )


def _counts(entries: QuerySet, field: str) -> dict:
    return dict(entries.order_by().values_list(field).annotate(n=Count("pk")))


def former_unit_of_programme(slug: str) -> Area | None:
    """A former commune or district on the province's land, by its slug; the commune where both bore one name."""
    province = Area.objects.present().provinces().filter(code=settings.PROVINCE_CODE).first()
    if province is None:
        return None
    found = Area.objects.in_province(province).former().filter(slug=slug).select_related("parent")
    return found.order_by(Case(When(level=Level.COMMUNE, then=Value(0)), default=Value(1)), "pk").first()


def searched(words: tuple[str, ...]) -> QuerySet:
    """Entries that hold every word in a name, a producer's name or a place's, old or new; names that begin so first."""
    found = Entry.objects.open_to_all()
    for word in words:
        found = found.filter(folded__contains=word)
    typed = " ".join(words)
    nearness = Case(
        When(folded__startswith=typed, then=Value(0)),
        When(folded__contains=typed, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(nearness, "-listed_at", "-pk")
