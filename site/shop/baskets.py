"""Baskets: Oscar's rows, found by a key in the browser's cookie, priced by the stock records of this moment."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.db.models.functions import Least
from django.utils.translation import gettext as _
from oscar.apps.basket.models import Basket, Line

from catalogue.models import Listing, Variant
from outbox.wording import is_english
from producers.models import Producer
from shop.codes import new_key
from shop.models import BasketKey

MOST_PIECES = 99  # of one thing
MOST_LINES = 50


class CannotAdd(Exception):
    """Its text tells the buyer why."""


# Of the ten tables that a basket joins only what is looked at: Django takes longer over a row that nobody reads than
# the database does. Whoever needs another column adds it here, or pays with a question a line.
_LISTING = "product__variant__listing__"
READ = (
    "basket_id",
    "line_reference",
    "quantity",
    *(
        f"stockrecord__{name}"
        for name in ("product", "partner", "partner_sku", "price", "num_in_stock", "num_allocated")
    ),
    "product__title",
    *(f"product__variant__{name}" for name in ("unit", "unit_en", "gross_grams", "is_on_sale")),
    *(_LISTING + name for name in ("name_en", "price_is_sample", "product_set__name")),
    *(f"{_LISTING}product__{name}" for name in ("title", "slug", "is_public", "entry__picture_files")),
    *(f"{_LISTING}producer__{name}" for name in ("name", "name_en", "slug", "email", "phone", "reach", "suspended_at")),
    *(f"{_LISTING}producer__area__{name}" for name in ("level", "held_from", "held_until", "parent__region")),
)


@dataclass
class Item:
    """One line of a basket, as it stands now."""

    line: Line
    variant: Variant
    listing: Listing

    @property
    def stock(self):
        return self.line.stockrecord

    @property
    def quantity(self) -> int:
        return self.line.quantity

    @property
    def name(self) -> str:
        return self.listing.name_en if is_english() else self.listing.product.title

    @property
    def unit(self) -> str:
        return self.variant.unit_en if is_english() else self.variant.unit

    @property
    def price(self) -> int:
        """₫ for one piece."""
        return int(self.stock.price or 0)

    @property
    def total(self) -> int:
        return self.price * self.quantity

    @property
    def grams(self) -> int:
        return (self.variant.gross_grams or 0) * self.quantity

    @property
    def available(self) -> int:
        return max(self.stock.net_stock_level, 0)

    @property
    def is_alcohol(self) -> bool:
        return self.listing.product_set.is_alcohol

    @property
    def problem(self) -> str:
        """Why it cannot be bought now; empty when it can."""
        if self.listing.producer.suspended_at:
            return _("%(name)s: nhà sản xuất đang tạm ngừng bán. Hãy bỏ món này khỏi giỏ để đặt các món khác.") % {
                "name": self.name
            }
        if not self.listing.product.is_public or not self.variant.is_on_sale or self.stock.price is None:
            return _("%(name)s không còn được bán. Hãy bỏ món này khỏi giỏ để đặt các món khác.") % {"name": self.name}
        if self.available == 0:
            return _("%(name)s vừa hết hàng. Hãy bỏ món này khỏi giỏ để đặt các món khác.") % {"name": self.name}
        if self.available < self.quantity:
            return _("%(name)s chỉ còn %(left)d. Hãy giảm số lượng rồi đặt lại.") % {
                "name": self.name,
                "left": self.available,
            }
        return ""


@dataclass
class Bundle:
    """What one producer will send: a parcel to be."""

    producer: Producer
    items: list[Item] = field(default_factory=list)

    @property
    def goods_total(self) -> int:
        return sum(item.total for item in self.items)

    @property
    def grams(self) -> int:
        return sum(item.grams for item in self.items)

    @property
    def name(self) -> str:
        return self.producer.name_en if is_english() else self.producer.name


@dataclass
class Contents:
    basket: Basket | None
    bundles: list[Bundle] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return [item for bundle in self.bundles for item in bundle.items]

    @property
    def goods_total(self) -> int:
        return sum(bundle.goods_total for bundle in self.bundles)

    @property
    def count(self) -> int:
        return sum(item.quantity for item in self.items)

    @property
    def has_alcohol(self) -> bool:
        return any(item.is_alcohol for item in self.items)

    @property
    def problems(self) -> list[str]:
        return [item.problem for item in self.items if item.problem]


def find_basket(key: str | None) -> Basket | None:
    """The basket of a browser's key, whatever its state; None for a key that nobody gave out."""
    if not key or len(key) > 40:
        return None
    found = BasketKey.objects.select_related("basket").filter(key=key).first()
    return found.basket if found else None


@transaction.atomic
def start_basket() -> tuple[str, Basket]:
    """A new empty basket and the key for the browser's cookie."""
    basket = Basket.objects.create()
    row = BasketKey.objects.create(key=new_key(), basket=basket)
    return row.key, basket


def read_contents(basket: Basket | None) -> Contents:
    """All that a basket, a checkout or a placing needs to know, in one query, grouped by producer."""
    contents = Contents(basket)
    if basket is None:
        return contents
    lines = (
        Line.objects.filter(basket=basket)
        .select_related(
            "stockrecord",
            "product__variant__listing__product__entry",
            "product__variant__listing__product_set",
            "product__variant__listing__producer__area__parent",
        )
        .only(*READ)
        .order_by("product__variant__listing__producer__name", "pk")
    )
    bundles = {}
    for line in lines:
        variant = line.product.variant
        listing = variant.listing
        bundle = bundles.setdefault(listing.producer_id, Bundle(listing.producer))
        bundle.items.append(Item(line, variant, listing))
    contents.bundles = list(bundles.values())
    return contents


def add(basket: Basket, variant_id: int, quantity: int = 1) -> None:
    """Put pieces of a variant into a basket. Raises CannotAdd with a sentence for the buyer."""
    variant = (
        Variant.objects.select_related("listing__product_set", "listing__producer", "listing__product")
        .filter(pk=variant_id)
        .first()
    )
    if variant is None or not variant.listing.product.is_public or variant.listing.producer.suspended_at:
        raise CannotAdd(_("Sản phẩm này không còn được bán."))
    if not variant.is_on_sale or not variant.listing.is_sold_here:
        raise CannotAdd(_("Sản phẩm này chưa bán qua giỏ hàng. Hãy liên hệ nhà sản xuất."))
    stock = variant.product.stockrecords.order_by("pk").first()
    if stock is None or stock.price is None or stock.net_stock_level <= 0:
        raise CannotAdd(_("Sản phẩm này đã hết hàng."))
    put_line(basket, variant, stock, quantity, most=min(stock.net_stock_level, MOST_PIECES))


def put_line(basket: Basket, variant: Variant, stock, quantity: int, most: int) -> None:
    reference = f"v{variant.pk}"
    lines = Line.objects.filter(basket=basket, line_reference=reference)
    more = Least(F("quantity") + quantity, most)
    if lines.update(quantity=more):
        return
    if Line.objects.filter(basket=basket).count() >= MOST_LINES:
        raise CannotAdd(_("Giỏ đã đầy. Hãy đặt các món đang có trước."))
    try:
        with transaction.atomic():
            Line.objects.create(
                basket=basket,
                product=variant.product,
                stockrecord=stock,
                line_reference=reference,
                quantity=min(quantity, most),
                price_currency="VND",
                price_incl_tax=stock.price,
                price_excl_tax=stock.price,
            )
    except IntegrityError:  # a second click came first
        lines.update(quantity=more)


def set_quantity(basket: Basket, line_id: int, quantity: int) -> None:
    """Change a line of this basket; at 0 it goes. A line of another basket is not found and nothing happens."""
    lines = Line.objects.filter(basket=basket, pk=line_id)
    if quantity <= 0:
        lines.delete()
    else:
        lines.update(quantity=min(quantity, MOST_PIECES))


def count_pieces(basket: Basket) -> int:
    return Line.objects.filter(basket=basket).aggregate(count=Sum("quantity"))["count"] or 0
