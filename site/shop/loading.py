"""Stock and prices of the built-in products, and a delivery table. All of it is sample data, and pages say so."""

from django.db import transaction

from catalogue.models import Variant
from shop.models import DeliveryRate
from shop.partner.models import StockRecord

BANDS = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000)  # grams
RATES = {  # ₫ for each band, then the fewest and the most days
    DeliveryRate.Zone.COMMUNE: ((10_000, 12_000, 14_000, 18_000, 26_000, 42_000, 60_000), 1, 2),
    DeliveryRate.Zone.PROVINCE: ((18_000, 20_000, 24_000, 34_000, 52_000, 88_000, 125_000), 1, 3),
    DeliveryRate.Zone.REGION: ((25_000, 30_000, 37_000, 56_000, 88_000, 150_000, 215_000), 2, 4),
    DeliveryRate.Zone.COUNTRY: ((32_000, 38_000, 48_000, 76_000, 124_000, 218_000, 315_000), 3, 6),
}


@transaction.atomic
def load_stock(rows: list[dict]) -> int:
    """Write the stock records that built-in variants lack. Returns how many were written."""
    wanted = {(row["slug"], position): variant for row in rows for position, variant in enumerate(row["variants"])}
    missing = [
        variant
        for variant in Variant.objects.filter(
            product__stockrecords=None, listing__product__slug__in=[row["slug"] for row in rows]
        ).select_related("listing__product", "listing__producer")
        if (variant.listing.product.slug, variant.position) in wanted
    ]
    StockRecord.objects.bulk_create(
        StockRecord(
            product_id=variant.product_id,
            partner_id=variant.listing.producer.partner_id,
            partner_sku=f"{variant.listing.product.slug}-{variant.position + 1}",
            price_currency="VND",
            price=wanted[variant.listing.product.slug, variant.position]["price"],
            num_in_stock=wanted[variant.listing.product.slug, variant.position]["stock"],
        )
        for variant in missing
    )
    return len(missing)


@transaction.atomic
def load_delivery() -> int:
    """Write the sample delivery table where there is none at all: a manager's table is never touched."""
    if DeliveryRate.objects.exists():
        return 0
    rates = [
        DeliveryRate(zone=zone, max_grams=grams, price=price, days_min=fewest, days_max=most)
        for zone, (prices, fewest, most) in RATES.items()
        for grams, price in zip(BANDS, prices, strict=True)
    ]
    DeliveryRate.objects.bulk_create(rates)
    return len(rates)
