"""Searching: which entries hold what was typed, the nearest first."""

from dataclasses import dataclass

from discovery.asking import plans
from discovery.engines import database
from discovery.spelling import vocabulary
from discovery.tally import Tally


@dataclass(frozen=True)
class Matches:
    """The entries found, as sets of a tally: cost → entries, the nearest first."""

    ranks: dict[int, int]
    spelling: str = ""  # what was looked for, where it is not what was typed

    @property
    def entries(self) -> int:
        found = 0
        for entries in self.ranks.values():
            found |= entries
        return found


def match(typed: str, held: Tally, among: int, *, unfinished: bool = False) -> Matches:
    """What holds the typed words among entries of a set: as typed, or else as they may have been meant. `unfinished`:
    the last word may be a beginning. At most one query a plan, and one for the words there are where they changed."""
    for plan in plans(typed, vocabulary(held.edition.words), unfinished=unfinished):
        if found := database.ranks(plan, held, among):
            return Matches(found, plan.spelling)
    return Matches({})
