"""Building entries: the same rows, whether one is rebuilt or all."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Prefetch

from areas.folding import fold
from areas.models import Succession
from catalogue.models import Listing, ProductImage, Variant
from discovery.models import Edition, Entry
from pictures.renditions import of_shape
from programme.standing import newest_first
from shop.partner.models import StockRecord

BATCH = 500
FIELDS = [field.name for field in Entry._meta.concrete_fields if field.name not in ("id", "product")]


def rebuild(product_ids: Iterable[int]) -> None:
    """Make the entries of these products say what is true now; products that are not public lose theirs."""
    wanted = sorted(set(product_ids))
    for start in range(0, len(wanted), BATCH):
        rebuild_batch(wanted[start : start + BATCH])


def rebuild_all(progress=lambda done, total: None) -> int:
    """Rebuild every entry; `progress(done, total)` is called after each batch. Returns how many were looked at."""
    ids = list(Listing.objects.order_by("product_id").values_list("product_id", flat=True))
    Entry.objects.exclude(product__listing__isnull=False).delete()
    Edition.renew()
    for start in range(0, len(ids), BATCH):
        rebuild_batch(ids[start : start + BATCH])
        progress(min(start + BATCH, len(ids)), len(ids))
    return len(ids)


@transaction.atomic
def rebuild_batch(product_ids: list[int]) -> None:
    listings = listings_with_all(product_ids)
    entries = [entry_of(listing) for listing in listings]
    Entry.objects.filter(product_id__in=product_ids).exclude(
        product_id__in=[entry.product_id for entry in entries]
    ).delete()
    Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["product"], update_fields=FIELDS)
    Edition.renew()


def listings_with_all(product_ids):
    return (
        Listing.objects.public()
        .filter(product_id__in=product_ids)
        .select_related("product", "producer__area", "product_set__group", "area")
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
            Prefetch("area__origins", queryset=Succession.objects.select_related("former")),
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
    former = [succession.former for succession in area.origins.all()]
    words = [
        product.title,
        listing.name_en,
        producer.name,
        producer.name_en,
        area.full_name,
        *(unit.full_name for unit in former),
        listing.former_place,
    ]
    return Entry(
        product_id=product.pk,
        recognition=product.newest[0] if product.newest else None,
        producer=producer,
        area=area,
        product_set=listing.product_set,
        group_id=listing.product_set.group_id,
        branch_id=listing.product_set.group.branch_id,
        slug=product.slug,
        name=product.title,
        name_en=listing.name_en,
        summary=listing.summary,
        summary_en=listing.summary_en,
        producer_name=producer.name,
        producer_name_en=producer.name_en,
        area_name=area.full_name,
        area_name_en=area.full_name_en,
        folded=fold(" | ".join(word for word in words if word)),
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
        picture_files=of_shape(picture.files, "square") if picture else {},
        picture_alt=picture.alt if picture else "",
        picture_alt_en=picture.alt_en if picture else "",
        listed_at=listing.listed_at,
    )
