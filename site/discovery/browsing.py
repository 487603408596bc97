"""Browsing: what a reader may ask of a list, and the entries, counts and choices that answer it.

Nothing typed into an address can do harm: what is not understood is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.db.models import Case, Value, When

from areas import history
from areas.folding import fold, slugify_vi
from areas.models import Area, Level
from catalogue.models import Branch, Group, ProductSet
from discovery.asking import MOST_WORDS
from discovery.cards import Card, cards_by_key
from discovery.engines.answering import STARS, Answer, answer
from discovery.engines.choosing import AskedAfar, answer_of
from discovery.filters import CERTIFIED_MONTHS, Filters
from discovery.models import Entry, Kind
from discovery.tally import BY_NAME, CHEAPEST, DEAREST, FAIR, MOST_STARS, NEWEST, RELEVANCE, Tally, tally
from outbox.wording import is_english
from producers.models import Producer

PAGE_SIZE = 24
SORTS = (FAIR, RELEVANCE, NEWEST, CHEAPEST, DEAREST, MOST_STARS, BY_NAME)
HIGHEST_PRICE = 2_000_000_000  # ₫; more than a price column holds is no wish
LONGEST = 100  # signs of a search that are read
MOST_CHOSEN = 60  # values of one facet; there are no more to choose
OLD_PLACES = 3  # former communes of an address that are looked up

_SLUG = re.compile(r"[a-z0-9-]{1,120}")


@dataclass(frozen=True)
class Wish:
    """What a reader asks of a list. Empty parts ask for nothing; of several values in one part any will do."""

    typed: str = ""
    kinds: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    product_sets: tuple[int, ...] = ()
    producer: str = ""
    communes: tuple[str, ...] = ()
    stars: tuple[int, ...] = ()
    makers: tuple[str, ...] = ()  # kinds of producers
    people: tuple[str, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    in_stock: bool = False
    in_season: bool = False
    certified: int | None = None
    delivered: bool = False  # to the reader's commune
    sort: str = ""  # the list's own where none is chosen

    @classmethod
    def read(cls, typed) -> "Wish":
        """The wish in an address's parameters (a QueryDict); whatever is no wish is left out."""
        sort, certified = typed.get("sort", ""), _number(typed.get("certified"), 99)
        return cls(
            typed=typed.get("q", "").replace("\0", "")[:LONGEST].strip(),
            kinds=_known(typed, "kind", Kind.values),
            branches=_slugs(typed, "branch"),
            groups=_slugs(typed, "group"),
            product_sets=tuple(number for text in _values(typed, "set") if (number := _number(text, 99))),
            producer=next(iter(_slugs(typed, "producer")), ""),
            communes=_slugs(typed, "commune"),
            stars=tuple(stars for stars in STARS if str(stars) in typed.getlist("stars")),
            makers=_known(typed, "maker", Producer.Kind.values),
            people=_slugs(typed, "people"),
            price_from=_number(typed.get("price_from"), HIGHEST_PRICE),
            price_to=_number(typed.get("price_to"), HIGHEST_PRICE),
            in_stock=typed.get("stock") == "1",
            in_season=typed.get("season") == "1",
            certified=certified if certified in CERTIFIED_MONTHS else None,
            delivered=typed.get("delivered") == "1",
            sort=sort if sort in SORTS else "",
        )

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(fold(self.typed).split()[:MOST_WORDS])

    @property
    def order(self) -> str:
        """The order of the list: the reader's, or the nearest first of a search, or each producer in turn."""
        usual = RELEVANCE if self.words else FAIR
        return usual if self.sort in ("", RELEVANCE) else self.sort

    @property
    def narrows(self) -> bool:
        """Does it leave any entry out?"""
        return replace(self, sort="") != Wish()


def _values(typed, name: str) -> list[str]:
    return list(dict.fromkeys(typed.getlist(name)[:MOST_CHOSEN]))


def _slugs(typed, name: str) -> tuple[str, ...]:
    return tuple(text for text in _values(typed, name) if _SLUG.fullmatch(text))


def _known(typed, name: str, known: list[str]) -> tuple[str, ...]:
    return tuple(text for text in _values(typed, name) if text in known)


def _number(text: str | None, highest: int) -> int | None:
    """A whole number that people may have typed with points or spaces: "150.000" → 150000."""
    digits = re.sub(r"[.,\s₫]", "", text or "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        return None
    return min(int(digits), highest)


@dataclass(frozen=True)
class Choice:
    """One line of a facet: its value in the address, its row or name, and how many entries it would show."""

    value: str
    row: object
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Found:
    """What a wish found: the wish, rid of what does not exist; how many entries, and the choices beside them."""

    wish: Wish
    held: Tally
    answer: Answer | AskedAfar
    producer: Producer | None
    product_sets: list[ProductSet]
    commune: Area | None  # where the reader wants things sent, where that is known
    is_of_every_kind: bool

    @property
    def count(self) -> int:
        return self.answer.count

    @property
    def entries(self) -> int:
        """All that was found, as a set of the tally. Elasticsearch is asked once more, and tells ten thousand."""
        found = self.answer
        return found.entries if isinstance(found, Answer) else self.held.among(found.ask(slice(0, None)).keys)

    @property
    def sort(self) -> str:
        return self.wish.order

    @property
    def lone_group(self) -> Group | None:
        """The group that the list is of, where it is of one and no more."""
        wish = self.wish
        groups = [group for group in self.held.groups if group.slug in wish.groups]
        return groups[0] if len(groups) == 1 and not wish.branches and not wish.product_sets else None

    @property
    def lone_branch(self) -> Branch | None:
        """The branch that the list is of, or its group is of."""
        if self.lone_group:
            return self.lone_group.branch
        wish = self.wish
        branches = {group.branch for group in self.held.groups if group.branch.slug in wish.branches}
        return branches.pop() if len(branches) == 1 and not wish.groups and not wish.product_sets else None

    def page(self, shown: slice, *, english: bool = False) -> list[Card]:
        """The cards of a page, in the wish's order. One query."""
        keys = self.answer.page(self.sort, shown, english=english)
        return list(cards_by_key(Entry.objects.filter(is_alcohol=self.answer.filters.is_alcohol), keys).values())

    def if_it_were(self, **changes) -> Answer:
        """What would be found in the same list if these parts of the wish were fewer, or none. The tally answers,
        whichever engine has answered the wish: a list that is empty asks this of many."""
        wish, asked = replace(self.wish, **changes), self.answer.filters
        producer = self.producer if wish.producer else None
        filters = filters_of(wish, self.held, producer, self.commune, asked.is_alcohol, self.is_of_every_kind)
        return answer(wish.typed if wish.words else "", filters, self.held, self.commune)

    # --- Facets -----------------------------------------------------------------------------------------------------

    @cached_property
    def kinds(self) -> list[Choice]:
        counts = self.answer.counts("kind")
        return choices(((kind.value, kind.label, counts.get(kind, 0)) for kind in Kind), self.wish.kinds)

    @cached_property
    def branches(self) -> list[tuple[Choice, list[Choice]]]:
        """Branches, each with its groups, as far as they hold anything or are chosen."""
        counts, of_groups = self.answer.counts("branch"), self.answer.counts("group")
        inner = defaultdict(list)
        for group in self.held.groups:
            inner[group.branch].append((group.slug, group, of_groups.get(group.pk, 0)))
        rows = ((branch.slug, branch, counts.get(branch.pk, 0)) for branch in inner)
        return [(each, choices(inner[each.row], self.wish.groups)) for each in choices(rows, self.wish.branches)]

    @cached_property
    def stars(self) -> list[Choice]:
        counts = self.answer.counts("stars")
        return [Choice(str(each), each, counts.get(each, 0), each in self.wish.stars) for each in STARS]

    @cached_property
    def communes(self) -> list[Choice]:
        counts = self.answer.counts("area")
        return choices(((row.slug, row, counts.get(row.pk, 0)) for row in self.held.communes), self.wish.communes)

    @cached_property
    def makers(self) -> list[Choice]:
        counts = self.answer.counts("producer_kind")
        kinds = ((kind.value, kind.label, counts.get(kind, 0)) for kind in Producer.Kind)
        return choices(kinds, self.wish.makers)

    @cached_property
    def people(self) -> list[Choice]:
        """Peoples by their names; `row` is (name, English name)."""
        counts, english = self.answer.counts("people"), self.held.people_in_english
        named = sorted({*counts, *self.answer.filters.people}, key=fold)
        rows = ((slugify_vi(name), (name, english.get(name, name)), counts.get(name, 0)) for name in named)
        return choices(rows, self.wish.people)

    @cached_property
    def certified(self) -> list[Choice]:
        counts = self.answer.counts("certified")
        return [Choice(str(each), each, counts.get(each, 0), each == self.wish.certified) for each in CERTIFIED_MONTHS]

    @cached_property
    def in_stock(self) -> int:
        return self.answer.counts("in_stock").get(1, 0)

    @cached_property
    def in_season(self) -> int:
        return self.answer.counts("in_season").get(1, 0)

    @cached_property
    def delivered(self) -> int:
        return self.answer.counts("delivers_to").get(1, 0)


def choices(rows: Iterable[tuple[str, object, int]], chosen: tuple[str, ...]) -> list[Choice]:
    """The lines of a facet, (value, row, count), that hold anything or are among the chosen values."""
    return [Choice(value, row, count, value in chosen) for value, row, count in rows if count or value in chosen]


def known(wish: Wish, held: Tally) -> Wish:
    """The wish without branches, groups and communes that do not exist. A former commune becomes those that its land
    is in today; a branch of which groups are chosen gives way to them. One query a former commune."""
    groups = [group for group in held.groups if group.slug in wish.groups]
    narrowed = {group.branch.slug for group in groups}
    branches = dict.fromkeys(group.branch.slug for group in held.groups)
    names = {slugify_vi(people) for people in held.peoples}
    communes = {area.slug: None for area in held.communes if area.slug in wish.communes}
    for slug in [slug for slug in wish.communes if slug not in communes][:OLD_PLACES]:
        former = former_unit_of_programme(slug)
        communes |= {area.slug: None for area in (history.today(former) if former else ())}
    return replace(
        wish,
        branches=tuple(slug for slug in branches if slug in wish.branches and slug not in narrowed),
        groups=tuple(group.slug for group in groups),
        communes=tuple(communes),
        people=tuple(slug for slug in wish.people if slug in names),
    )


def filters_of(
    wish: Wish, held: Tally, producer: Producer | None, commune: Area | None, alcohol: bool, every_kind: bool
) -> Filters:
    """A wish of things that exist, as engines read it."""
    return Filters(
        is_alcohol=alcohol,
        kinds=wish.kinds if every_kind else (Kind.PRODUCT,),
        branches=tuple({group.branch_id for group in held.groups if group.branch.slug in wish.branches}),
        groups=tuple(group.pk for group in held.groups if group.slug in wish.groups),
        product_sets=wish.product_sets,
        areas=tuple(area.pk for area in held.communes if area.slug in wish.communes),
        producers=(producer.pk,) if producer else (),
        stars=wish.stars,
        producer_kinds=wish.makers,
        people=tuple(name for name in held.peoples if slugify_vi(name) in wish.people),
        price_from=wish.price_from,
        price_to=wish.price_to,
        in_stock=wish.in_stock,
        in_season=wish.in_season,
        certified=wish.certified,
        delivers_to=commune if wish.delivered else None,
    )


def browse(
    wish: Wish, *, alcohol: bool = False, every_kind: bool = False, commune: Area | None = None, page: int = 1
) -> Found:
    """What a wish finds among products that stand open to everybody, or among alcohol alone, or among `every_kind` of
    thing. `commune`: where the reader wants things sent; `page`: which one is most likely to be shown. No query but the
    tally's and the words', and one more for each of producer, sets and former communes where they are wished."""
    held = tally()
    producer = Producer.objects.public().filter(slug=wish.producer).first() if wish.producer else None
    sets = list(ProductSet.objects.filter(pk__in=wish.product_sets)) if wish.product_sets else []
    wish = replace(
        known(wish, held),
        kinds=wish.kinds if every_kind else (),
        producer=producer.slug if producer else "",
        product_sets=tuple(row.pk for row in sets),
        delivered=wish.delivered and commune is not None,
    )
    found = answer_of(
        wish.typed if wish.words else "",
        filters_of(wish, held, producer, commune, alcohol, every_kind),
        held,
        sort=wish.order,
        first=slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
        commune=commune,
        english=is_english(),
    )
    return Found(wish, held, found, producer, sets, commune, every_kind)


def former_unit_of_programme(slug: str) -> Area | None:
    """A former commune or district on the province's land, by its slug; the commune where both bore one name."""
    province = Area.objects.present().provinces().filter(code=settings.PROVINCE_CODE).first()
    if province is None:
        return None
    found = Area.objects.in_province(province).former().filter(slug=slug).select_related("parent")
    return found.order_by(Case(When(level=Level.COMMUNE, then=Value(0)), default=Value(1)), "pk").first()
