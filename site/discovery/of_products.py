"""The entries of products."""

from collections.abc import Iterable

from django.db.models import Prefetch

from areas.folding import fold
from catalogue.models import Listing, ProductImage, Variant
from discovery.entries import Source
from discovery.models import Entry, Kind
from discovery.places import names_before, names_of_place, with_former_units
from discovery.words import words_of
from pictures.renditions import of_shape
from programme.standing import newest_first
from shop.partner.models import StockRecord


def keys_of_products():
    return Listing.objects.values_list("product_id", flat=True)


def entries_of_products(keys: list[str]) -> list[Entry]:
    return [entry_of(listing) for listing in listings_with_all(map(int, keys))]


def listings_with_all(product_ids: Iterable[int]):
    return (
        Listing.objects.public()
        .filter(product_id__in=list(product_ids))
        .select_related("product", "producer__area", "product_set__group", "area", "village")
        .prefetch_related(
            Prefetch(
                "product__images", queryset=ProductImage.objects.select_related("original").order_by("display_order")
            ),
            Prefetch("product__recognitions", queryset=newest_first(), to_attr="newest"),
            Prefetch(
                "variants",
                queryset=Variant.objects.shown().select_related("product").order_by("position", "pk"),
            ),
            Prefetch("variants__product__stockrecords", queryset=StockRecord.objects.order_by("pk")),
            with_former_units("area"),
        )
        .order_by("product_id")
    )


def entry_of(listing: Listing) -> Entry:
    product, producer, area = listing.product, listing.producer, listing.area
    offers = [
        (variant, stock) for variant in listing.variants.all() for stock in variant.product.stockrecords.all()[:1]
    ]
    priced = sorted(
        (int(stock.price), variant.position, variant.pk, variant)
        for variant, stock in offers
        if stock.price is not None
    )
    cheapest = priced[0][3] if priced else None
    available = [variant for variant, stock in offers if stock.net_stock_level > 0]
    image = next(iter(product.images.all()), None)
    picture = image.original if image else None
    told = [
        product.title,
        listing.name_en,
        producer.name,
        producer.name_en,
        area.full_name,
        *names_before(area),
        listing.former_place,
    ]
    village = listing.village
    return Entry(
        kind=Kind.PRODUCT,
        key=str(product.pk),
        product_id=product.pk,
        recognition=product.newest[0] if product.newest else None,
        producer=producer,
        area=area,
        product_set=listing.product_set,
        group_id=listing.product_set.group_id,
        branch_id=listing.product_set.group.branch_id,
        village=village,
        slug=product.slug,
        name=product.title,
        name_en=listing.name_en,
        summary=listing.summary,
        summary_en=listing.summary_en,
        producer_name=producer.name,
        producer_name_en=producer.name_en,
        area_name=area.full_name,
        area_name_en=area.full_name_en,
        folded=fold(" | ".join(text for text in told if text)),
        words=words_of(
            product.title,
            listing.name_en,
            [
                producer.name,
                producer.name_en,
                *names_of_place(area),
                listing.former_place,
                *((village.name, village.name_en, village.people, village.people_en) if village else ()),
                listing.summary,
                listing.summary_en,
            ],
            far=names_before(area),
            codes=[code for variant, stock in offers for code in (variant.gtin or "", stock.partner_sku)],
        ),
        variant=next(
            (variant for variant in available if variant == cheapest), available[0] if available else cheapest
        ),
        unit=cheapest.unit if cheapest else "",
        unit_en=cheapest.unit_en if cheapest else "",
        price=priced[0][0] if priced else None,
        has_several_prices=len({price for price, *_ in priced}) > 1,
        price_is_sample=listing.price_is_sample,
        in_stock=bool(available) and listing.is_sold_here,
        is_alcohol=listing.product_set.is_alcohol,
        is_health_food=listing.product_set.is_health_food,
        is_sold_here=listing.is_sold_here,
        producer_kind=producer.kind,
        producer_area=producer.area,
        reach=producer.reach if listing.is_sold_here else "",
        season_from=listing.season_from,
        season_to=listing.season_to,
        people=village.people if village else "",
        people_en=village.people_en if village else "",
        picture_files=of_shape(picture.files, "square") if picture else {},
        picture_alt=picture.alt if picture else "",
        picture_alt_en=picture.alt_en if picture else "",
        listed_at=listing.listed_at,
    )


OF_PRODUCTS = Source(Kind.PRODUCT, keys_of_products, entries_of_products)
