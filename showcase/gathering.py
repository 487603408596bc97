"""What the live blocks of a page show, gathered for all of them at once: as many queries for ten blocks as for one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from areas.commune_map import CommuneMap, map_of
from areas.models import Area
from catalogue.models import Product
from discovery.cards import Card, cards_of
from discovery.models import Entry
from discovery.tally import NEWEST, Tally, communes_held, tally
from producers.models import Producer

STARS = {"5": (5,), "4": (4, 5), "3": (3, 4, 5)}


class Figure(TextChoices):
    RATED = "rated", _("sản phẩm đang có sao")
    PRODUCTS = "products", _("sản phẩm")
    PRODUCERS = "producers", _("nhà sản xuất có sản phẩm")


@dataclass(frozen=True)
class Rule:
    """Which products a block asks for; empty parts ask for nothing."""

    group: str = ""
    commune: str = ""
    producer: int | None = None
    stars: str = ""
    in_season: bool = False
    count: int = 4

    @classmethod
    def of(cls, value) -> "Rule":
        """The rule in a ProductsByRuleBlock's value."""
        return cls(
            value["group"] or "",
            value["commune"] or "",
            value["producer"].pk if value["producer"] else None,
            value["stars"] or "",
            value["in_season"] == "yes",
            value["count"] or 4,
        )


@dataclass(frozen=True)
class Offer:
    """A chosen product and its card; no card where it is no longer offered, no product where it is gone."""

    product: Product | None
    card: Card | None


@dataclass(frozen=True)
class Count:
    """What a FigureBlock counts: which of Figure, of which entries."""

    what: str
    of: Rule

    @classmethod
    def of_block(cls, value) -> "Count":
        """What a FigureBlock's value asks for."""
        return cls(value["what"], Rule(group=value["group"] or "", commune=value["commune"] or ""))


@dataclass
class Gathered:
    """Cards by the product and by the rule that asked for them, producers that are shown, numbers of today.
    Alcohol is in none: no block shows it."""

    by_product: dict[int, Card] = field(default_factory=dict)
    by_rule: dict[Rule, list[Card]] = field(default_factory=dict)
    producers: dict[int, Producer] = field(default_factory=dict)
    numbers: dict[Count, int] = field(default_factory=dict)

    @classmethod
    def of(cls, blocks: Iterable[tuple[str, object]], product_ids: Iterable[int] = ()) -> "Gathered":
        """For blocks as pairs of type and value, and further products of the page. Four queries at most."""
        values = defaultdict(list)
        for kind, value in blocks:
            values[kind].append(value)
        wanted = set(product_ids)
        wanted.update(product.pk for value in values["products"] for product in value["products"] if product)
        rules = {Rule.of(value) for value in values["products_by_rule"]}
        counts = {Count.of_block(value) for value in values["figure"]}
        held = tally() if rules or counts else None
        keys = keys_by_rule(held, rules) if rules else {}
        asked = {key for found in keys.values() for key in found}
        cards = cards_by_key(wanted, asked) if wanted or asked else {}
        return cls(
            {card.entry.product_id: card for card in cards.values()},
            {rule: [cards[key] for key in found if key in cards] for rule, found in keys.items()},
            producers_shown(value["producer"].pk for value in values["producer"] if value["producer"]),
            {count: number_of(held, count) for count in counts},
        )

    @property
    def shows_cards(self) -> bool:
        """Is there anything that could be put into the basket?"""
        return bool(self.by_product)

    def cards_of(self, product_ids: Iterable[int]) -> list[Card]:
        return [self.by_product[pk] for pk in product_ids if pk in self.by_product]

    def offers_of(self, products: Iterable[Product | None]) -> list[Offer]:
        return [Offer(product, self.by_product.get(product.pk) if product else None) for product in products]

    def cards_by(self, rule: Rule) -> list[Card]:
        return self.by_rule.get(rule, [])


def gathered_in(parent_context, blocks: list[tuple[str, object]]) -> Gathered:
    """What the page has gathered; in a preview of one block, which has no page around it, what that block needs."""
    gathered = (parent_context or {}).get("gathered")
    return gathered if isinstance(gathered, Gathered) else Gathered.of(blocks)


def cards_by_key(product_ids: Iterable[int], entry_keys: Iterable[int]) -> dict[int, Card]:
    """Cards of these products and of these entries, by the entry's key. One query."""
    wanted = Q(product__in=product_ids) | Q(pk__in=entry_keys)
    return {card.entry.pk: card for card in cards_of(Entry.objects.open_to_all().filter(wanted))}


def producers_shown(keys: Iterable[int]) -> dict[int, Producer]:
    """Those of these producers that are not suspended, with their commune and picture. One query."""
    keys = set(keys)
    return Producer.objects.public().select_related("area", "picture").in_bulk(keys) if keys else {}


def keys_by_rule(held: Tally, rules: Iterable[Rule]) -> dict[Rule, list[int]]:
    """Keys of the newest entries that answer each rule."""
    return {rule: held.page(entries_of(held, rule), NEWEST, slice(0, rule.count)) for rule in rules}


def entries_of(held: Tally, rule: Rule) -> int:
    """The tally's set for a rule. A group or commune that is no more finds nothing."""
    entries = held.open_to_all
    if rule.group:
        entries &= next((held.having("group", group.pk) for group in held.groups if group.slug == rule.group), 0)
    if rule.commune:
        entries &= next((held.having("area", area.pk) for area in held.communes if area.slug == rule.commune), 0)
    if rule.producer:
        entries &= held.of_producer(rule.producer)
    if rule.stars:
        entries &= held.rated(STARS.get(rule.stars, ()))
    if rule.in_season:
        entries &= held.in_season
    return entries


def number_of(held: Tally, count: Count) -> int:
    """A number of today: rated products, products, or producers that have any, of a group or a commune or of all."""
    entries = entries_of(held, count.of)
    if count.what == Figure.PRODUCERS:
        return held.producers_of(entries)
    return (entries & held.rated((3, 4, 5)) if count.what == Figure.RATED else entries).bit_count()


@dataclass(frozen=True)
class Places:
    areas: list[Area]
    map: CommuneMap | None


def places(slugs: Iterable[str]) -> Places:
    """Present communes by their slugs, in the order named, with the map they are marked on."""
    by_slug = {area.slug: area for area in communes_held()}
    areas = [by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug]
    return Places(areas, map_of(by_slug.values(), *areas) if areas else None)
