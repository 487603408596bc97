"""For tests: the smallest valid thing of each kind. The test says what matters, the factory fills in the rest.

    tea = make_product(price=160_000, in_stock=5)      # one size; tea.variant, tea.listing, stock_of(tea)
    purchase = make_purchase((tea, 2), method="transfer")

Money is whole đồng, weight is grams. Everything is of Lai Châu unless told otherwise, and nothing names a real person.
`make_purchase` goes the way buyers go: stock is reserved, parcels, letters and jobs are written.
"""

from datetime import date
from itertools import count

from oscar.apps.basket.models import Basket
from oscar.apps.partner.models import Partner

from accounts.models import Role, User
from accounts.roles import give_role
from areas.models import Area, Level
from catalogue.models import Branch, Group, Listing, Product, ProductClass, ProductSet, Variant
from discovery.entries import rebuild
from producers.models import Member, Producer
from programme.models import Decision, Recognition
from programme.recognition import recognise
from shop import baskets
from shop.models import DeliveryRate, Purchase
from shop.partner.models import StockRecord
from shop.placing import Buyer, place
from shop.preview import price_delivery, sign_preview

PASSWORD = "mot mat khau dai"
_numbers = count(1)

# --- Places ---------------------------------------------------------------------------------------------------------


def make_province(full_name="Tỉnh Lai Châu", code="12", region="northern-midlands-and-mountains") -> Area:
    """A present province; the one there is, if its code is taken."""
    found = Area.objects.filter(level=Level.PROVINCE, code=code, held_until=None).first()
    if found:
        return found
    province = Area.from_full_name(
        full_name, level=Level.PROVINCE, code=code, region=region, held_from=date(2025, 7, 1)
    )
    province.save()
    return province


def make_commune(full_name="", province=None) -> Area:
    """A present commune, by default of Lai Châu and of a name of its own."""
    number = next(_numbers)
    commune = Area.from_full_name(
        full_name or f"Xã Mẫu {number}",
        level=Level.COMMUNE,
        code=f"{70_000 + number}",
        parent=province or make_province(),
        held_from=date(2025, 7, 1),
    )
    commune.save()
    return commune


# --- People ---------------------------------------------------------------------------------------------------------


def make_user(role="", **fields) -> User:
    """A person with the password PASSWORD; `role` is one of accounts.models.Role.Name: make_user("shop_manager")."""
    number = next(_numbers)
    user = User.objects.create_user(
        **{"name": f"Người {number}", "email": f"nguoi{number}@vidu.vn", "password": PASSWORD, **fields}
    )
    if role:
        give_role(user, Role.Name(role))
    return user


def make_manager(**fields) -> User:
    """A shop manager."""
    return make_user("shop_manager", **fields)


def make_member(producer: Producer, **fields) -> User:
    """A person who acts for a producer."""
    user = make_user(**fields)
    Member.objects.create(producer=producer, user=user)
    return user


def make_producer(**fields) -> Producer:
    """A co-operative of a commune of its own, with its partner; it delivers everywhere."""
    number = next(_numbers)
    name = fields.pop("name", f"Hợp tác xã {number}")
    return Producer.objects.create(
        **{
            "partner": Partner.objects.create(name=name[:128], code=f"partner-{number}"),
            "slug": f"hop-tac-xa-{number}",
            "name": name,
            "name_en": f"Co-operative {number}",
            "kind": Producer.Kind.COOPERATIVE,
            "area": fields.pop("area", None) or make_commune(),
            "phone": "+84912000111",
            "email": f"hop-tac-xa-{number}@vidu.vn",
            **fields,
        }
    )


# --- Products -------------------------------------------------------------------------------------------------------


def make_product_set(number=1) -> ProductSet:
    """One of the 26 sets by its number (14 and 15 are alcohol, 18 health food, 26 tourism), in a group of its own."""
    found = ProductSet.objects.filter(pk=number).first()
    if found:
        return found
    branch, _ = Branch.objects.get_or_create(
        number=1, defaults={"slug": "nganh-1", "name": "Ngành 1", "name_en": "Branch 1"}
    )
    group, _ = Group.objects.get_or_create(
        slug=f"nhom-{number}",
        defaults={"branch": branch, "position": 100 + number, "name": f"Nhóm {number}", "name_en": f"Group {number}"},
    )
    return ProductSet.objects.create(
        number=number, group=group, name=f"Bộ {number}", name_en=f"Set {number}", ministry="Bộ", ministry_en="Ministry"
    )


def make_product(producer=None, *, set_number=1, price=100_000, in_stock=10, grams=500, sizes=1, **fields) -> Product:
    """A public product on sale. `sizes` above 1 makes a parent with children; `fields` are the listing's, or `title`.

    The n-th size costs n × `price`, weighs n × `grams`, and has `in_stock` pieces.
    """
    number = next(_numbers)
    producer = producer or make_producer()
    product_class, _ = ProductClass.objects.get_or_create(slug="san-pham", defaults={"name": "Sản phẩm"})
    product_set = make_product_set(set_number)
    product = Product.objects.create(
        title=fields.pop("title", f"Sản phẩm {number}"),
        slug=fields.pop("slug", f"san-pham-{number}"),
        structure=Product.STANDALONE if sizes == 1 else Product.PARENT,
        product_class=product_class,
        is_public=fields.pop("is_public", True),
    )
    listing = Listing.objects.create(
        **{
            "product": product,
            "producer": producer,
            "product_set": product_set,
            "area": producer.area,
            "name_en": f"Product {number}",
            "alcohol_percent": 29 if product_set.is_alcohol else None,
            **fields,
        }
    )
    for position in range(1, sizes + 1):
        sold = product
        if sizes > 1:
            sold = Product.objects.create(
                parent=product, structure=Product.CHILD, title=f"Cỡ {position}", slug=f"{product.slug}-{position}"
            )
        make_variant(listing, sold, position, price=price * position, in_stock=in_stock, grams=grams * position)
    return product


def make_variant(listing: Listing, sold: Product, position=1, *, price=100_000, in_stock=10, grams=500) -> Variant:
    """A size of a listing with its stock record; `sold` is Oscar's product behind it."""
    StockRecord.objects.create(
        product=sold,
        partner=listing.producer.partner,
        partner_sku=f"SP-{sold.pk}",
        price_currency="VND",
        price=price,
        num_in_stock=in_stock,
    )
    return Variant.objects.create(
        product=sold,
        listing=listing,
        position=position,
        unit=f"gói {position}",
        unit_en=f"pack {position}",
        gross_grams=grams,
        is_on_sale=True,
    )


def variant_of(thing) -> Variant:
    """The variant of a product (its first size), or the variant itself."""
    return thing if isinstance(thing, Variant) else thing.listing.variants.order_by("position", "pk").first()


def stock_of(thing) -> StockRecord:
    """The stock record of a variant, or of a product's first size, as it is in the database now."""
    return StockRecord.objects.get(product=variant_of(thing).product_id)


def show(*products) -> None:
    """Write the entries of these products, as the worker would: lists, cards and search need them."""
    rebuild([product.pk for product in products])


def make_recognition(product, *, stars=4, issued_on=None, **decision) -> Recognition:
    """Stars from a council's decision; issued today unless told, so in force."""
    issued_on = issued_on or date.today()
    made = Decision.objects.create(
        **{
            "source": Decision.Source.COUNCIL,
            "number": f"{next(_numbers)}/QĐ-UBND",
            "year": issued_on.year,
            "signed_on": issued_on,
            **decision,
        }
    )
    return recognise(made, product, stars=stars, issued_on=issued_on)


# --- Buying ---------------------------------------------------------------------------------------------------------

RATES = {"commune": (15_000, 1, 2), "province": (25_000, 2, 3), "region": (35_000, 3, 5), "country": (45_000, 4, 7)}


def make_rates(max_grams=30_000) -> list[DeliveryRate]:
    """The delivery table with one band a zone: prices and days are RATES."""
    return DeliveryRate.objects.bulk_create(
        DeliveryRate(zone=zone, max_grams=max_grams, price=price, days_min=days_min, days_max=days_max)
        for zone, (price, days_min, days_max) in RATES.items()
    )


def make_basket(*items) -> Basket:
    """An open basket; an item is a product, a variant, or a pair of one and its quantity.

    Its key for the browser's cookie is basket.browser_key.key.
    """
    key, basket = baskets.start_basket()
    for item in items:
        thing, quantity = item if isinstance(item, tuple) else (item, 1)
        baskets.add(basket, variant_of(thing).pk, quantity)
    return basket


def make_buyer(**fields) -> Buyer:
    """What the checkout's form would bring; `commune` is a new one of Lai Châu unless told."""
    return Buyer(
        **{
            "name": "Người Mua",
            "phone": "+84912345678",
            "email": "nguoi-mua@vidu.vn",
            "commune": fields.pop("commune", None) or make_commune(),
            "typed_place": "",
            "street": "Bản Mẫu",
            "method": Purchase.Method.CASH,
            "language": "vi",
            **fields,
        }
    )


def preview_of(basket: Basket, buyer: Buyer) -> str:
    """The signed preview that the checkout shows for this basket and buyer at this moment."""
    return sign_preview(price_delivery(baskets.read_contents(basket), buyer.commune))


def make_purchase(*items, **buyer) -> Purchase:
    """A placed purchase of these items (see make_basket), or of one new product; `buyer` as in make_buyer."""
    if not DeliveryRate.objects.exists():
        make_rates()
    basket, who = make_basket(*(items or [make_product()])), make_buyer(**buyer)
    return place(basket, who, preview_of(basket, who))
