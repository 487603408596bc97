"""What a card shows: an entry and what may be printed of its stars today, in the reader's language."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from discovery.models import Entry
from programme.standing import Standing, standing_by


@dataclass(frozen=True)
class Card:
    entry: Entry
    standing: Standing
    name: str
    producer: str
    area: str
    unit: str
    alt: str

    @property
    def can_be_added(self) -> bool:
        return self.entry.is_sold_here and self.entry.in_stock and self.entry.variant_id is not None


def card_of(entry: Entry, on: date, english: bool) -> Card:
    if english:
        return Card(
            entry,
            standing_by(entry.recognition, on),
            entry.name_en,
            entry.producer_name_en,
            entry.area_name_en,
            entry.unit_en,
            entry.picture_alt_en,
        )
    return Card(
        entry,
        standing_by(entry.recognition, on),
        entry.name,
        entry.producer_name,
        entry.area_name,
        entry.unit,
        entry.picture_alt,
    )


def cards_of(entries) -> list[Card]:
    """Cards of entries, which must come `with_standing()`."""
    today, english = timezone.localdate(), get_language() == "en"
    return [card_of(entry, today, english) for entry in entries]


def cards_of_products(product_ids) -> list[Card]:
    """Cards of these products in this order, without those that are hidden, and without alcohol."""
    found = {
        entry.product_id: entry
        for entry in Entry.objects.open_to_all().with_standing().filter(product_id__in=product_ids)
    }
    return cards_of([found[pk] for pk in product_ids if pk in found])
