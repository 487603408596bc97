"""What a card shows: an entry and what may be printed of its stars today, in the reader's language."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from discovery.models import Entry, Kind
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

    summary: str = ""
    address: str = ""
    language: str = ""  # of the name, where it is not the reader's

    @property
    def can_be_added(self) -> bool:
        return self.entry.is_sold_here and self.entry.in_stock and self.entry.variant_id is not None


def card_of(entry: Entry, on: date, english: bool) -> Card:
    own = "_en" if english else ""

    def told(name: str) -> str:
        return getattr(entry, name + own)

    address, language = address_of(entry, english)
    return Card(
        entry=entry,
        standing=standing_by(entry.recognition, on),
        name=told("name"),
        producer=told("producer_name"),
        area=told("area_name"),
        unit=told("unit"),
        alt=told("picture_alt"),
        summary=told("summary"),
        address=address,
        language=language,
    )


def address_of(entry: Entry, english: bool) -> tuple[str, str]:
    """Where an entry's thing is shown, in the reader's language where it is; and its language where it is not."""
    if entry.kind in (Kind.PRODUCT, Kind.PRODUCER):
        return reverse(entry.kind, args=[entry.slug]), ""
    paths = (entry.path_en, entry.path) if english else (entry.path, entry.path_en)
    return (paths[0], "") if paths[0] else (paths[1], "vi" if english else "en")


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
