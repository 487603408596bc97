"""What the buyer saw, signed: the purchase is placed on exactly this, or shown again."""

from dataclasses import dataclass

from django.core import signing

from areas.models import Area
from shop.baskets import Bundle, Contents
from shop.delivery import Quote, quote, read_rates

SALT = "shop.preview"
HOLDS_SECONDS = 4 * 3600


class StalePreview(Exception):
    """The page lay open too long, or what it carries was not signed here."""


@dataclass(frozen=True)
class PricedBundle:
    bundle: Bundle
    quote: Quote | None  # None: the producer does not deliver there


@dataclass(frozen=True)
class Offer:
    """A basket with its delivery to one commune: all the money a buyer will be asked for."""

    contents: Contents
    commune: Area
    parts: list[PricedBundle]

    @property
    def goods_total(self) -> int:
        return self.contents.goods_total

    @property
    def delivery_total(self) -> int:
        return sum(part.quote.price for part in self.parts if part.quote)

    @property
    def total(self) -> int:
        return self.goods_total + self.delivery_total

    @property
    def unserved(self) -> list[Bundle]:
        return [part.bundle for part in self.parts if part.quote is None]


def price_delivery(contents: Contents, commune: Area) -> Offer:
    """Reckon the delivery of each parcel to a present commune. One query."""
    rates = read_rates()
    return Offer(
        contents, commune, [PricedBundle(b, quote(b.producer, commune, b.grams, rates)) for b in contents.bundles]
    )


def summary_of(offer: Offer) -> dict:
    """What is compared: every piece, every price, every delivery."""
    return {
        "basket": offer.contents.basket.pk,
        "commune": offer.commune.pk,
        "items": sorted([item.stock.pk, item.quantity, item.price] for item in offer.contents.items),
        "delivery": sorted([part.bundle.producer.pk, part.quote.price if part.quote else -1] for part in offer.parts),
    }


def sign_preview(offer: Offer) -> str:
    return signing.dumps(summary_of(offer), salt=SALT, compress=True)


def read_preview(token: str) -> dict:
    """What a form brought back. Raises StalePreview."""
    try:
        return signing.loads(token, salt=SALT, max_age=HOLDS_SECONDS)
    except signing.BadSignature as error:
        raise StalePreview from error
