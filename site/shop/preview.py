"""What the buyer saw, signed: the purchase is placed on exactly this, or shown again."""

from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _

from areas.models import Area
from outbox.wording import grams
from shop.baskets import Bundle, Contents
from shop.delivery import Quote, quote, reaches, read_rates

SALT = "shop.preview"
HOLDS_SECONDS = 4 * 3600


class StalePreview(Exception):
    """The page lay open too long, or what it carries was not signed here."""


@dataclass(frozen=True)
class PricedBundle:
    bundle: Bundle
    commune: Area
    quote: Quote | None  # None: it cannot be sent there

    @property
    def problem(self) -> str:
        """Why it cannot be sent there; empty when it can."""
        if self.quote:
            return ""
        about = {"producer": self.bundle.name, "commune": self.commune.title}
        if reaches(self.bundle.producer, self.commune):
            return _("Kiện của %(producer)s nặng %(weight)s, quá nặng để gửi tới %(commune)s. Hãy giảm số lượng.") % {
                **about,
                "weight": grams(self.bundle.grams),
            }
        return (
            _("%(producer)s không giao tới %(commune)s. Hãy chọn nơi nhận khác, hoặc bỏ các món của nhà sản xuất này.")
            % about
        )


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
    def unserved(self) -> list[PricedBundle]:
        return [part for part in self.parts if part.quote is None]


def price_delivery(contents: Contents, commune: Area) -> Offer:
    """Reckon the delivery of each parcel to a present commune. One query."""
    rates = read_rates()
    parts = [PricedBundle(b, commune, quote(b.producer, commune, b.grams, rates)) for b in contents.bundles]
    return Offer(contents, commune, parts)


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
