"""The tally: which entries a choice would show and in which order, as sets that each process holds.

A set is a whole number with one bit an entry, newest first, so that meeting and counting sets of twenty thousand take
microseconds. A tally is as old as the edition it was made from (at most a second or two); the rows that a page shows
are always read from the table, and what has left the table is not shown.
"""

import time
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import compress, islice
from threading import Lock

from django.conf import settings
from django.utils import timezone

from areas.models import Area, Level
from catalogue.models import Group
from discovery.models import Edition, Entry, Kind

NEWEST, CHEAPEST, DEAREST, MOST_STARS, BY_NAME = "new", "price", "price_down", "stars", "name"
FACETS = ("branch", "group", "product_set", "area", "stars", "kind")
WORDS_KEPT = 4000  # whose entries a tally remembers

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
        _held = Tally(today, edition)
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
    return list(
        present.filter(parent__code=settings.PROVINCE_CODE, parent__level=Level.PROVINCE)
        .select_related("parent")
        .by_name()
    )


class Tally:
    """Sets of entries by what is asked of a list. Read the edition before making one: a change between the two is
    then looked for again, and never missed."""

    def __init__(self, on: date, edition: str):
        began = time.perf_counter()
        self.on, self.edition = on, edition
        self.groups = list(Group.objects.select_related("branch").defer("branch__picture"))
        self.communes = communes_of_programme()
        rows = self._rows()
        self.keys = array("q", (row[0] for row in rows))
        self._places = {key: place for place, key in enumerate(self.keys)}
        self._producers = array("q", (row[5] or 0 for row in rows))
        self._of_producer = defaultdict(list)
        for place, row in enumerate(rows):
            self._of_producer[row[5]].append(place)
        self._sets = self._sets_of(rows)
        self.alcohol = bits(place for place, row in enumerate(rows) if row[7])
        self.everything = bits(range(len(rows))) & ~self.alcohol  # of every kind
        self.open_to_all = self.everything & self.having("kind", Kind.PRODUCT)
        self.words: dict[str, int] = {}  # the entries that hold a word, as far as anybody has asked
        self.in_stock = bits(place for place, row in enumerate(rows) if row[8])
        self._by_price = sorted((row[6], place) for place, row in enumerate(rows) if row[6] is not None)
        self._stars = array("b", (self._stars_of(row) for row in rows))
        self._orders: dict[tuple[str, bool], array] = {}
        self.cost = time.perf_counter() - began
        self.made_at = time.monotonic()

    def _rows(self) -> list[tuple]:
        rows = Entry.objects.order_by("-listed_at", "-pk").values_list(
            "pk", "branch", "group", "product_set", "area", "producer", "price", "is_alcohol", "in_stock", "kind",
            "recognition__line__stars", "recognition__withdrawn_on", "recognition__holds_until",
        )  # fmt: skip
        return list(rows)

    def _stars_of(self, row: tuple) -> int:
        """The stars that may be printed on the tally's day, or 0."""
        stars, withdrawn_on, holds_until = row[10:]
        return stars if stars and withdrawn_on is None and holds_until and holds_until >= self.on else 0

    def _sets_of(self, rows: list[tuple]) -> dict[str, dict[int, int]]:
        places = {facet: defaultdict(list) for facet in FACETS}
        for place, row in enumerate(rows):
            for facet, value in zip(FACETS, row[1:5], strict=False):
                if value is not None:
                    places[facet][value].append(place)
            places["stars"][self._stars_of(row)].append(place)
            places["kind"][row[9]].append(place)
        return {facet: {value: bits(found) for value, found in values.items()} for facet, values in places.items()}

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

    def priced(self, lowest: int | None, highest: int | None) -> int:
        """The entries that cost so much, in ₫; what has no price costs nothing of the kind."""
        start = 0 if lowest is None else bisect_left(self._by_price, (lowest, -1))
        end = len(self._by_price) if highest is None else bisect_right(self._by_price, (highest, len(self.keys)))
        return bits(place for _, place in self._by_price[start:end])

    def among(self, keys: Iterable[int]) -> int:
        """The entries with these keys."""
        return bits(self._places[key] for key in keys if key in self._places)

    def keep_words(self, sets: dict[str, int]) -> None:
        """Remember which entries hold these words."""
        known = self.words if len(self.words) + len(sets) <= WORDS_KEPT else {}
        self.words = known | sets  # another dictionary, as threads may be reading the old one

    def counts(self, facet: str, entries: int) -> dict[int, int]:
        """How many of these entries have each value of a facet; values that none has are left out."""
        found = ((value, (entries & having).bit_count()) for value, having in self._sets[facet].items())
        return {value: count for value, count in found if count}

    # --- Pages ------------------------------------------------------------------------------------------------------

    def page(self, entries: int, sort: str, shown: slice, *, english: bool = False) -> list[int]:
        """The keys of a page of these entries in an order; equals follow newest first, so that pages never overlap."""
        chosen = self._chosen(entries)
        order = range(len(self.keys)) if sort == NEWEST else self._order(sort, english)
        places = compress(order, chosen if sort == NEWEST else map(chosen.__getitem__, order))
        return [self.keys[place] for place in islice(places, shown.start, shown.stop)]

    def page_of_ranks(self, ranks: dict[int, int], shown: slice) -> list[int]:
        """The keys of a page of entries in the order of their ranks; those of one rank newest first."""
        found, start, stop = [], shown.start or 0, shown.stop
        for entries in ranks.values():
            count = entries.bit_count()
            if start < count:
                places = compress(range(len(self.keys)), self._chosen(entries))
                found += [self.keys[place] for place in islice(places, start, None if stop is None else stop)]
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
        if sort == MOST_STARS:
            return sorted(every, key=lambda place: -self._stars[place])
        if sort == BY_NAME:
            keys = Entry.objects.order_by("name_en" if english else "folded", "-listed_at", "-pk")
            named = [self._places[key] for key in keys.values_list("pk", flat=True) if key in self._places]
            return [*named, *sorted(set(every) - set(named))]
        priced = sorted(self._by_price, key=lambda each: each[0], reverse=sort == DEAREST)  # equals stay newest first
        without = set(every) - {place for _, place in priced}
        return [*(place for _, place in priced), *sorted(without)]


def bits(places: Iterable[int]) -> int:
    """A set of places as one number."""
    found = bytearray()
    for place in places:
        if place >> 3 >= len(found):
            found.extend(bytes((place >> 3) + 1 - len(found)))
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")
