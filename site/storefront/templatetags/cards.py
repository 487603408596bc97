"""{% card card level %}: a card of what was found.

A page holds dozens. The form of a card is drawn once for all that look alike, and filled with what each of them says.
"""

from functools import lru_cache
from typing import NamedTuple

from django import template
from django.template.defaultfilters import truncatewords
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from discovery.cards import Card
from discovery.models import Kind
from outbox.wording import day, dong, marked, unmarked
from storefront.templatetags.pictures import picture
from storefront.templatetags.stars import stars

register = template.Library()
# What cards say themselves: in a form these names stand in braces.
SAID = (
    "picture", "address", "name", "plain_name", "variant", "stars", "producer", "area", "price", "unit",
    "first_day", "last_day", "summary",
)  # fmt: skip
BLANKS = {name: SafeString(f"{{{name}}}") for name in SAID}
SUMMARY_WORDS = 24


class Form(NamedTuple):
    """All that the drawing of a card depends on, but for what it says itself."""

    kind: str
    language: str  # the reader's
    level: int  # the heading's
    has_picture: bool
    has_area: bool
    can_be_added: bool
    is_sold_out: bool
    has_price: bool
    has_several_prices: bool
    has_unit: bool
    price_is_sample: bool
    has_sample_stars: bool
    is_health_food: bool
    name_language: str  # where it is not the reader's
    has_days: bool
    has_summary: bool

    @property
    def kind_name(self):
        return Kind(self.kind).label


@register.simple_tag
def card(card: Card, level=3, eager=False) -> SafeString:
    """`level` is the heading's; `eager` for the first card of a page that has no larger picture."""
    form, said = form_of(card, level or 3), words_of(card, eager)
    return SafeString(drawn(form).format_map({name: conditional_escape(words) for name, words in said.items()}))


@lru_cache(maxsize=1024)
def drawn(form: Form) -> str:
    """The form as HTML, with blanks for what is said."""
    name = "parts/_card.html" if form.kind == Kind.PRODUCT else "parts/_found.html"
    return render_to_string(name, {**BLANKS, "form": form})


def form_of(card: Card, level: int) -> Form:
    entry = card.entry
    return Form(
        kind=entry.kind,
        language=get_language(),
        level=level,
        has_picture=bool(entry.picture_files),
        has_area=bool(card.area),
        can_be_added=card.can_be_added,
        is_sold_out=entry.is_sold_here and not entry.in_stock,
        has_price=entry.price is not None,
        has_several_prices=entry.has_several_prices,
        has_unit=bool(card.unit),
        price_is_sample=entry.price_is_sample,
        has_sample_stars=card.standing.is_sample,
        is_health_food=entry.is_health_food,
        name_language=card.language,
        has_days=entry.starts_on is not None,
        has_summary=bool(card.summary),
    )


def words_of(card: Card, eager: bool) -> dict:
    """What a card says itself: as HTML where that is safe, else as text."""
    entry = card.entry
    said = {
        "picture": picture(entry.picture_files, card.alt, "card", eager),
        "address": card.address,
        "name": marked(card.name),
        "area": card.area,
    }
    if entry.kind == Kind.PRODUCT:
        return said | {
            "plain_name": unmarked(card.name),
            "variant": entry.variant_id,
            "stars": stars(card.standing, quiet=True),
            "producer": card.producer,
            "price": dong(entry.price),
            "unit": card.unit,
        }
    return said | {
        "first_day": day(entry.starts_on) if entry.starts_on else "",
        "last_day": day(entry.ends_on) if entry.ends_on else "",
        "summary": truncatewords(unmarked(card.summary), SUMMARY_WORDS),
    }
