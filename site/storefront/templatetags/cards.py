"""{% card card level %}: a card of what was found. Each is drawn once for all who see the same: a page holds dozens."""

import json
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from discovery.cards import Card
from discovery.models import Kind
from storefront.templatetags.stars import stars

register = template.Library()
MOST_KEPT = 4096  # of some three kB each, in each process


class Shown(NamedTuple):
    """All that a card says. The drawing sees nothing else, so that two cards that say the same look the same."""

    kind: str
    address: str
    language: str
    name: str
    files: str  # of the picture, as JSON
    alt: str
    stars: SafeString
    has_sample_stars: bool
    producer: str
    area: str
    summary: str
    variant: int | None  # what goes into the basket, where it can
    is_sold_out: bool
    price: int | None
    has_several_prices: bool
    price_is_sample: bool
    unit: str
    is_health_food: bool
    starts_on: date | None
    ends_on: date | None

    @property
    def kind_name(self):
        return Kind(self.kind).label


@register.simple_tag
def card(card: Card, level=3, eager=False) -> SafeString:
    """`level` is the heading's; `eager` for the first card of a page that has no larger picture."""
    entry = card.entry
    shown = Shown(
        kind=entry.kind,
        address=card.address,
        language=card.language,
        name=card.name,
        files=json.dumps(entry.picture_files),
        alt=card.alt,
        stars=stars(card.standing, quiet=True),
        has_sample_stars=card.standing.is_sample,
        producer=card.producer,
        area=card.area,
        summary=card.summary,
        variant=entry.variant_id if card.can_be_added else None,
        is_sold_out=entry.is_sold_here and not entry.in_stock,
        price=entry.price,
        has_several_prices=entry.has_several_prices,
        price_is_sample=entry.price_is_sample,
        unit=card.unit,
        is_health_food=entry.is_health_food,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
    )
    return _drawn(get_language(), shown, level or 3, bool(eager))


@lru_cache(maxsize=MOST_KEPT)
def _drawn(language: str, shown: Shown, level: int, eager: bool) -> SafeString:
    name = "parts/_card.html" if shown.kind == Kind.PRODUCT else "parts/_found.html"
    values = {"card": shown, "files": json.loads(shown.files), "level": level, "eager": eager}
    return SafeString(render_to_string(name, values))
