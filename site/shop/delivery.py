"""What a parcel costs and how long it takes: weight band × zone, from the shop manager's table."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from areas.models import Area
from areas.zones import Zone, zone
from producers.models import Producer
from shop.models import DeliveryRate

FARTHER = ["commune", "province", "region", "country"]


class TableChanged(Exception):
    """Somebody else has written the delivery table meanwhile."""


@dataclass(frozen=True)
class Quote:
    price: int  # ₫
    days_min: int
    days_max: int
    zone: Zone


def read_rates() -> list[DeliveryRate]:
    """The whole table, lightest band first; small enough to be read at once for a basket of any size."""
    return list(DeliveryRate.objects.order_by("max_grams"))


def reaches(producer: Producer, commune: Area) -> bool:
    """Whether a producer delivers to a present commune at all, whatever a parcel weighs."""
    return lies_within(producer.area, producer.reach, commune)


def lies_within(area: Area, reach: str, commune: Area) -> bool:
    """Whether who sends from a commune as far as `reach` (Producer.Reach) sends to another."""
    return FARTHER.index(zone(area, commune)) <= FARTHER.index(reach)


def quote(producer: Producer, commune: Area, grams: int, rates: list[DeliveryRate] | None = None) -> Quote | None:
    """What it costs to send `grams` (packaging included) from a producer to a present commune.

    None where the producer does not deliver there, or no band is heavy enough.
    Load `producer.area` and `commune` with their parents to spare queries.
    """
    if not reaches(producer, commune):
        return None
    where = zone(producer.area, commune)
    for rate in read_rates() if rates is None else rates:
        if rate.zone == where and rate.max_grams >= grams:
            return Quote(rate.price, rate.days_min, rate.days_max, where)
    return None


def table_mark(rates: Iterable[DeliveryRate]) -> str:
    """A mark of what a table says, to notice that somebody else has changed it. Contains nothing secret."""
    rows = sorted((rate.zone, rate.max_grams, rate.price, rate.days_min, rate.days_max) for rate in rates)
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


@transaction.atomic
def write_rates(rates: list[DeliveryRate], *, seen: str) -> None:
    """Put these rows in the place of the whole table, whose `table_mark` was `seen` when the work began.

    Raises TableChanged when it is no longer so; then nothing is written. Previews signed before are refused at placing.
    """
    if table_mark(DeliveryRate.objects.select_for_update().order_by("pk")) != seen:
        raise TableChanged
    DeliveryRate.objects.all().delete()
    DeliveryRate.objects.bulk_create(rates)
