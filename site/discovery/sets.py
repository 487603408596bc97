"""Sets of places as whole numbers with one bit a place: they meet, join and are counted in microseconds."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

STEP = 256  # sizes between two sets that are kept
ONE = ord("1")


class Sizes:
    """Places in the order of a size that each has; None is no size. Those within a range are a set at once."""

    def __init__(self, values: Iterable):
        rows = sorted((size, place) for place, size in enumerate(values) if size is not None)
        self._sizes = [size for size, _place in rows]
        self.places = array("q", (place for _size, place in rows))
        self._kept = [0]  # the first so many times STEP places
        for start in range(0, len(rows), STEP):
            self._kept.append(self._kept[-1] | bits(self.places[start : start + STEP]))

    def within(self, lowest=None, highest=None) -> int:
        """The places whose size lies between these two, both among them; None is no end."""
        start = 0 if lowest is None else bisect_left(self._sizes, lowest)
        end = len(self._sizes) if highest is None else bisect_right(self._sizes, highest)
        return self._first(end) & ~self._first(start)

    def falling(self) -> list[int]:
        """The places with the largest size first; equals stay in their order."""
        return [
            place
            for _size, place in sorted(zip(self._sizes, self.places, strict=True), key=lambda row: row[0], reverse=True)
        ]

    def _first(self, count: int) -> int:
        steps = count // STEP
        return self._kept[steps] | bits(self.places[steps * STEP : count])


def sets_of(values: Iterable, *, several: bool = False) -> dict:
    """The places of each value as a set; `several`: each place has a list of values. None and "" are no values."""
    places = defaultdict(list)
    for place, value in enumerate(values):
        for each in value if several else (value,):
            if each not in (None, ""):
                places[each].append(place)
    return {value: bits(found) for value, found in places.items()}


def bits(places: Iterable[int]) -> int:
    """A set of places as one number."""
    places = list(places)
    if len(places) > STEP:  # faster than bit by bit
        digits = bytearray(b"0") * (max(places) + 1)
        for place in places:
            digits[place] = ONE
        digits.reverse()
        return int(digits, 2)
    found = bytearray()
    for place in places:
        if place >> 3 >= len(found):
            found.extend(bytes((place >> 3) + 1 - len(found)))
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")
