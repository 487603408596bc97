"""What a card shows: an entry and what may be printed of its stars today, in the reader's language.

A page holds dozens: of each row only the columns are read that cards show, and no model is made of them.
"""

from collections import namedtuple
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from discovery.models import Kind
from outbox.wording import is_english
from programme import standing
from programme.standing import Standing, standing_in

COLUMNS = (
    "pk", "kind", "key", "product_id", "slug", "path", "path_en", "name", "name_en", "summary", "summary_en",
    "producer_name", "producer_name_en", "area_name", "area_name_en", "unit", "unit_en", "variant_id", "price",
    "has_several_prices", "price_is_sample", "in_stock", "is_sold_here", "is_health_food",
    "picture_files", "picture_alt", "picture_alt_en", "starts_on", "ends_on",
)  # fmt: skip
STANDING_COLUMNS = tuple(f"recognition__{column}" for column in standing.COLUMNS)

Row = namedtuple("Row", COLUMNS)  # of the table of entries, under its names


@dataclass(frozen=True)
class Card:
    entry: Row
    standing: Standing
    name: str
    producer: str
    area: str
    unit: str
    alt: str
    summary: str
    address: str
    language: str  # of the name, where it is not the reader's

    @property
    def can_be_added(self) -> bool:
        return self.entry.is_sold_here and self.entry.in_stock and self.entry.variant_id is not None


def cards_of(entries: QuerySet) -> list[Card]:
    """Cards of entries, in their order. One query."""
    today, english = timezone.localdate(), is_english()
    rows = entries.values_list(*COLUMNS, *STANDING_COLUMNS)
    return [card_of(Row(*row[: len(COLUMNS)]), standing_in(row[len(COLUMNS) :], today), english) for row in rows]


def cards_by_key(entries: QuerySet, keys: Iterable[int]) -> dict[int, Card]:
    """Cards of those of these entries that have one of these keys, in the order of the keys. One query."""
    keys = list(keys)
    found = {card.entry.pk: card for card in cards_of(entries.filter(pk__in=keys))} if keys else {}
    return {key: found[key] for key in keys if key in found}


def card_of(entry: Row, standing: Standing, english: bool) -> Card:
    address, language = address_of(entry, english)
    if english:
        texts = (entry.name_en, entry.producer_name_en, entry.area_name_en, entry.unit_en, entry.picture_alt_en)
        summary = entry.summary_en
    else:
        texts = (entry.name, entry.producer_name, entry.area_name, entry.unit, entry.picture_alt)
        summary = entry.summary
    return Card(entry, standing, *texts, summary, address, language)


def address_of(entry: Row, english: bool) -> tuple[str, str]:
    """Where an entry's thing is shown, in the reader's language where it is; and its language where it is not."""
    if entry.kind in (Kind.PRODUCT, Kind.PRODUCER):
        return reverse(entry.kind, args=[entry.slug]), ""
    paths = (entry.path_en, entry.path) if english else (entry.path, entry.path_en)
    return (paths[0], "") if paths[0] else (paths[1], "vi" if english else "en")
