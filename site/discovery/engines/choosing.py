"""Who answers: the tally for lists, and for words the engine that is set up."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from areas.models import Area
from discovery import engines
from discovery.engines import answering, falling_back
from discovery.filters import Filters
from discovery.tally import Tally


@dataclass(frozen=True)
class AskedAfar:
    """The answer of Elasticsearch, or of the database in its place, asked for when it is needed: what comes with the
    first page comes with any."""

    typed: str
    filters: Filters
    sort: str
    first: slice
    commune: Area | None
    english: bool

    def ask(self, shown: slice) -> engines.Answer:
        return falling_back.find(self.typed, self.filters, self.sort, shown, english=self.english, commune=self.commune)

    @cached_property
    def asked(self) -> engines.Answer:
        return self.ask(self.first)

    @property
    def count(self) -> int:
        return self.asked.count

    @property
    def spelling(self) -> str:
        return self.asked.spelling

    def counts(self, facet: str) -> dict:
        return self.asked.counts.get(facet, {})

    def page(self, sort: str, shown: slice, *, english: bool = False) -> list[int]:
        if (sort, shown, english) == (self.sort, self.first, self.english):
            return self.asked.keys
        return self.ask(shown).keys


def answer_of(
    typed: str, filters: Filters, held: Tally, *, sort: str, first: slice, commune: Area | None, english: bool
) -> answering.Answer | AskedAfar:
    """The answer to a wish. `sort`, `first` and `english` tell which page is most likely wanted."""
    if typed and settings.ELASTICSEARCH_URL:
        return AskedAfar(typed, filters, sort, first, commune, english)
    return answering.answer(typed, filters, held, commune)
