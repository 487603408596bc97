"""The tally: which entries a choice would show and in which order, as sets that each process holds.

A set is a whole number with one bit an entry, newest first, so that meeting and counting sets of twenty thousand take
microseconds. A tally is as old as the edition it was made from (at most a second or two); the rows that a page shows
are always read from the table, and what has left the table is not shown.
"""

import time
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import chain, compress, islice
from random import Random
from threading import Lock

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from areas.finding import names_on_land_of
from areas.folding import without_marks
from areas.models import Area, Level, Succession
from catalogue.models import Group
from discovery.filters import people_named
from discovery.models import Edition, Entry, Kind, Tokens
from discovery.places import units_before
from discovery.sets import Sizes, bits, sets_of
from programme.recognition import months_after
from shop.delivery import lies_within

NEWEST, CHEAPEST, DEAREST, MOST_STARS, BY_NAME = "new", "price", "price_down", "stars", "name"
RELEVANCE = "relevance"  # the nearest to what was typed first
FAIR = "fair"  # each producer in turn; who begins is another every day
FACETS = ("branch", "group", "product_set", "area", "kind", "producer_kind")
STARRED = ("recognition__line__stars", "recognition__withdrawn_on", "recognition__holds_until")
ENDS = STARRED[-1]
COLUMNS = (
    "pk", *FACETS, "producer", "price", "is_alcohol", "in_stock", "producer_area", "reach", "season_from", "season_to",
    "people", "people_en", *STARRED,
)  # fmt: skip
WORDS_KEPT = 8000  # whose entries a tally remembers; most hold nothing: 6 MB where there are 29,000 entries

_BITS_AS_TRUTH = bytes.maketrans(b"01", b"\x00\x01")
_held: "Tally | None" = None
_loading = Lock()


def tally() -> "Tally":
    """The tally of today, made anew when an entry has changed since; one query when none has.

    Where entries change all the time a process spends a tenth of its time on it at most (settings.TALLY_SHARE): until
    that time has passed it goes on with the one it has.
    """
    global _held
    today, edition = timezone.localdate(), Edition.current()
    held = _held
    if held is not None and held.on == today:
        if held.edition == edition or time.monotonic() < held.made_at + held.cost / settings.TALLY_SHARE:
            return held
        if not _loading.acquire(blocking=False):
            return held  # another thread is making the next one
    else:
        _loading.acquire()
    try:
        _held = Tally(today, edition, before=held)
        return _held
    finally:
        _loading.release()


def communes_held() -> list[Area]:
    """The province's present communes as this process knows them: they change by law alone, so no query is spent."""
    held = _held
    return held.communes if held is not None and held.on == timezone.localdate() else tally().communes


def forget() -> None:
    """Let the next reader make a tally anew; for tests, which know no edition of each other."""
    global _held
    _held = None


def communes_of_programme() -> list[Area]:
    """The province's present communes and wards, by name."""
    present = Area.objects.present().communes()
    found = list(
        present.filter(parent__code=settings.PROVINCE_CODE, parent__level=Level.PROVINCE)
        .select_related("parent")
        .prefetch_related(Prefetch("origins", Succession.objects.select_related("former")))
        .by_name()
    )
    for area in found:
        area.names_before = ", ".join(unit.name for unit in units_before(area) if unit.name != area.name)
        area.names_before_en = without_marks(area.names_before)
    return found


class Tally:
    """Sets of entries by what is asked of a list. Read the edition before making one: a change between the two is
    then looked for again, and never missed."""

    def __init__(self, on: date, edition: Tokens, before: "Tally | None" = None):
        began = time.perf_counter()
        self.on, self.edition = on, edition
        self.groups = list(Group.objects.select_related("branch").defer("branch__picture"))
        self.communes = communes_of_programme()
        columns = self._columns()
        self.keys = array("q", columns["pk"])
        self._places = {key: place for place, key in enumerate(self.keys)}
        self._producers = array("q", (key or 0 for key in columns["producer"]))
        self._stars = array("b", map(self._stars_of, *(columns[name] for name in STARRED)))
        self._of_producer = defaultdict(list)
        for place, key in enumerate(self._producers):
            self._of_producer[key].append(place)
        self._sets = {facet: sets_of(columns[facet]) for facet in FACETS}
        self._sets["stars"] = sets_of(self._stars)
        self._sets["people"] = sets_of(map(people_named, columns["people"]), several=True)
        self.peoples = list(self._sets["people"])
        self.people_in_english = english_names(zip(columns["people"], columns["people_en"], strict=True))
        self._sent = sets_of(zip(columns["producer_area"], columns["reach"], strict=True))
        self._seasons = sets_of(zip(columns["season_from"], columns["season_to"], strict=True))
        self._areas = {area.pk: area for area in self.communes}
        if elsewhere := {area for area, _reach in self._sent if area} - self._areas.keys():
            self._areas |= Area.objects.select_related("parent").in_bulk(elsewhere)
        self.alcohol = bits(compress(range(len(self.keys)), columns["is_alcohol"]))
        self.everything = bits(range(len(self.keys))) & ~self.alcohol  # of every kind
        self.open_to_all = self.everything & self.having("kind", Kind.PRODUCT)
        self.in_stock = bits(compress(range(len(self.keys)), columns["in_stock"]))
        self._prices = Sizes(columns["price"])
        self._certified: dict[int, int] = {}
        self._ends = Sizes(end if stars else None for end, stars in zip(columns[ENDS], self._stars, strict=True))
        same_words = before is not None and before.edition.words == edition.words and before.keys == self.keys
        self.words: dict[str, int] = before.words if same_words else {}  # who holds a word, as far as anybody has asked
        self._orders: dict[tuple[str, bool], array] = {}
        self.cost = time.perf_counter() - began
        self.made_at = time.monotonic()

    def _columns(self) -> dict[str, tuple]:
        """The entries' columns, newest entry first."""
        rows = list(Entry.objects.order_by("-listed_at", "-pk").values_list(*COLUMNS))
        return dict(zip(COLUMNS, zip(*rows, strict=True) if rows else [()] * len(COLUMNS), strict=True))

    def _stars_of(self, stars: int | None, withdrawn_on: date | None, holds_until: date | None) -> int:
        """The stars that may be printed on the tally's day, or 0."""
        return stars if stars and withdrawn_on is None and holds_until and holds_until >= self.on else 0

    @property
    def province(self) -> Area | None:
        return self.communes[0].parent if self.communes else None

    @cached_property
    def names_of_units(self) -> dict[int, str]:
        """The names of all units, present and former, on the province's land, by key. One query a tally."""
        return names_on_land_of(self.province) if self.province else {}

    # --- Sets -------------------------------------------------------------------------------------------------------

    def having(self, facet: str, value: int | str) -> int:
        """The entries with a value of a facet; 0 stars are those that have none today."""
        return self._sets[facet].get(value, 0)

    def rated(self, stars: Iterable[int]) -> int:
        """The entries that may show one of these numbers of stars today."""
        found = 0
        for number in stars:
            found |= self.having("stars", number)
        return found

    def of_producer(self, key: int) -> int:
        return bits(self._of_producer.get(key, ()))

    def of_makers(self, entries: int) -> int:
        """All entries of those who make some of these."""
        makers = set(compress(self._producers, self._chosen(entries))) - {0}
        return bits(place for maker in makers for place in self._of_producer[maker])

    def priced(self, lowest: int | None, highest: int | None) -> int:
        """The entries that cost so much, in ₫; what has no price costs nothing of the kind."""
        return self._prices.within(lowest, highest)

    def certified(self, months: int) -> int:
        """The entries whose stars hold for so many months still, if nothing happens."""
        if months not in self._certified:
            self._certified[months] = self._ends.within(months_after(self.on, months))
        return self._certified[months]

    @cached_property
    def in_season(self) -> int:
        """The entries whose season the tally's month is in; a season may run over the new year."""
        found = 0
        for (first, last), entries in self._seasons.items():
            if first and (first <= self.on.month <= last or (last < first and not last < self.on.month < first)):
                found |= entries
        return found

    def delivered_to(self, commune: Area) -> int:
        """The entries whose makers send to a present commune (shop.delivery)."""
        found = 0
        for (area, reach), entries in self._sent.items():
            if area and reach and lies_within(self._areas[area], reach, commune):
                found |= entries
        return found

    def among(self, keys: Iterable[int]) -> int:
        """The entries with these keys."""
        found = map(self._places.get, keys)
        return bits(place for place in found if place is not None)

    def keep_words(self, sets: dict[str, int]) -> None:
        """Remember which entries hold these words."""
        known = self.words  # which threads may be reading: it becomes another dictionary
        if len(known) + len(sets) > WORDS_KEPT:
            known = dict(islice(known.items(), len(known) // 2, None))  # without those learnt first
        self.words = known | sets

    def counts(self, facet: str, entries: int) -> dict[int, int]:
        """How many of these entries have each value of a facet; values that none has are left out."""
        found = ((value, (entries & having).bit_count()) for value, having in self._sets[facet].items())
        return {value: count for value, count in found if count}

    # --- Pages ------------------------------------------------------------------------------------------------------

    def page(self, entries: int, sort: str, shown: slice, *, english: bool = False) -> list[int]:
        """The keys of a page of these entries in an order; equals follow newest first, so that pages never overlap."""
        if sort == FAIR:
            return [self.keys[place] for place in self._in_turn(entries, shown.stop)[shown]]
        chosen = self._chosen(entries)
        order = range(len(self.keys)) if sort == NEWEST else self._order(sort, english)
        places = compress(order, chosen if sort == NEWEST else map(chosen.__getitem__, order))
        return [self.keys[place] for place in islice(places, shown.start, shown.stop)]

    def _in_turn(self, entries: int, stop: int | None) -> list[int]:
        """The places of these entries, so that every producer's newest comes before anybody's second; at least the
        first `stop` of them."""
        rounds, met = [[]], defaultdict(int)
        order, chosen = self._order(FAIR, False), self._chosen(entries)
        for place in compress(order, map(chosen.__getitem__, order)):
            turn = met[self._producers[place]]
            met[self._producers[place]] += 1
            if turn == len(rounds):
                rounds.append([])
            rounds[turn].append(place)
            if len(rounds[0]) == stop:
                break  # as most pages are: there are as many producers
        return list(chain.from_iterable(rounds))

    def page_of_ranks(self, ranks: dict[int, int], shown: slice) -> list[int]:
        """The keys of a page of entries in the order of their ranks; of one rank products first, then the newest."""
        found, start, stop = [], shown.start or 0, shown.stop
        products = self.having("kind", Kind.PRODUCT)
        for entries in (part for rank in ranks.values() for part in (rank & products, rank & ~products)):
            count = entries.bit_count()
            if start < count:
                places = compress(range(len(self.keys)), self._chosen(entries))
                found += [self.keys[place] for place in islice(places, start, stop)]
            start, stop = max(start - count, 0), None if stop is None else stop - count
            if stop is not None and stop <= 0:
                break
        return found

    def producers_of(self, entries: int) -> int:
        """How many producers have made these entries."""
        return len(set(compress(self._producers, self._chosen(entries))))

    def newest_of_each_producer(self, entries: int) -> Iterator[int]:
        """Keys of these entries, the newest of each producer, newest first."""
        seen = set()
        for place in compress(range(len(self.keys)), self._chosen(entries)):
            if self._producers[place] not in seen:
                seen.add(self._producers[place])
                yield self.keys[place]

    def _chosen(self, entries: int) -> bytes:
        """For each entry whether it is among these: a byte that is true or not."""
        return f"{entries:0{len(self.keys)}b}"[::-1].encode().translate(_BITS_AS_TRUTH) if self.keys else b""

    def _order(self, sort: str, english: bool) -> array:
        wanted = (sort, english and sort == BY_NAME)
        if wanted not in self._orders:
            self._orders[wanted] = array("q", self._ordered(*wanted))
        return self._orders[wanted]

    def _ordered(self, sort: str, english: bool) -> Iterable[int]:
        every = range(len(self.keys))
        if sort == FAIR:
            producers = sorted(set(self._producers))
            Random(self.on.toordinal()).shuffle(producers)
            turns = {key: turn for turn, key in enumerate(producers)}
            return sorted(every, key=lambda place: turns[self._producers[place]])
        if sort == MOST_STARS:
            return sorted(every, key=lambda place: -self._stars[place])
        if sort == BY_NAME:
            keys = Entry.objects.order_by("name_en" if english else "folded", "-listed_at", "-pk")
            named = [self._places[key] for key in keys.values_list("pk", flat=True) if key in self._places]
            return [*named, *sorted(set(every) - set(named))]
        priced = self._prices.falling() if sort == DEAREST else self._prices.places
        return [*priced, *sorted(set(every) - set(priced))]


def english_names(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The English name of each people, where a village's row names as many in both languages."""
    named = {}
    for names, english in set(pairs):
        if len(people_named(names)) == len(people_named(english)):
            named |= zip(people_named(names), people_named(english), strict=True)
    return named
