"""A large made-up shop, for measuring: thousands of producers and products, every one of them called a sample.

Each thing follows from its number alone, so a load that was broken off goes on where it stopped, and two loads of the
same size hold the same goods.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from django.db import transaction
from django.utils import timezone

from areas.models import Area
from catalogue.loading import product_class
from catalogue.models import TOURISM_SET, Listing, Product, ProductImage, ProductSet, Variant
from pictures.models import Picture
from producers.loading import Partner
from producers.models import Producer
from programme.models import Decision, DecisionLine, Recognition
from programme.recognition import MONTHS, months_after
from programme.standing import last_day
from shop.partner.models import StockRecord
from storefront.sample_words import ABOUT, ABOUT_EN, GOODS, KINDS, SENTENCES, SENTENCES_EN, SORTS, SORTS_EN

BATCH = 1000
MARK = "mau-do-"  # how the slugs of all of this begin
DECISIONS = 40
RECOGNISED = 0.75  # of all products
WITH_SIZES = 0.25
Told = Callable[[int, int], None]


def load_producers(count: int, *, province_code: str, progress: Told) -> int:
    """Write sample producers up to this number, in a province's present communes. Returns how many were written."""
    begun = Producer.objects.filter(slug__startswith=MARK).count()
    communes = list(
        Area.objects.present().communes().filter(parent__code=province_code).order_by("code").only("pk", "name")
    )
    for start in range(begun, count, BATCH):
        numbers = range(start + 1, min(start + BATCH, count) + 1)
        with transaction.atomic():
            _write_producers(numbers, communes)
        progress(numbers[-1] - begun, count - begun)
    return max(count - begun, 0)


def _write_producers(numbers: range, communes: list[Area]) -> None:
    partners = Partner.objects.bulk_create(
        Partner(name=f"Chủ thể mẫu {number}", code=f"{MARK}{number}") for number in numbers
    )
    Producer.objects.bulk_create(
        Producer(
            partner=partner,
            slug=f"{MARK}{number}",
            name=f"{KINDS[number % len(KINDS)][1]} mẫu {number}",
            name_en=f"Sample {KINDS[number % len(KINDS)][2]} {number}",
            kind=KINDS[number % len(KINDS)][0],
            area=communes[number % len(communes)],
            about=ABOUT,
            about_en=ABOUT_EN,
            is_sample=True,
        )
        for number, partner in zip(numbers, partners, strict=True)
    )


def load_products(count: int, *, progress: Told) -> int:
    """Write sample products with sizes, stock, pictures and recognitions up to this number, shared out among the sample
    producers. Returns how many were written."""
    begun = Listing.objects.filter(product__slug__startswith=MARK).count()
    if begun >= count:
        return 0
    shelf = Shelf()
    for start in range(begun, count, BATCH):
        numbers = range(start + 1, min(start + BATCH, count) + 1)
        with transaction.atomic():
            _write_products([Sample(number, shelf) for number in numbers], shelf)
        progress(numbers[-1] - begun, count - begun)
    return count - begun


class Shelf:
    """What all sample products refer to."""

    def __init__(self):
        self.today = timezone.localdate()
        self.product_class = product_class()
        self.producers = list(Producer.objects.filter(slug__startswith=MARK).select_related("area").order_by("pk"))
        self.sets = {one.number: one for one in ProductSet.objects.all()}
        self.pictures = dict(Picture.objects.exclude(motif=None).values_list("motif", "pk"))
        self.decisions = [self.decision(number) for number in range(1, DECISIONS + 1)]

    def decision(self, number: int) -> Decision:
        """Decisions are a month apart, from 39 months ago (whose stars have run out) to now."""
        signed_on = months_after(self.today, number - DECISIONS)
        return Decision.objects.get_or_create(
            number=f"MẪU-ĐO-{number:02}/QĐ-UBND",
            defaults={
                "source": Decision.Source.SAMPLE,
                "year": signed_on.year,
                "signed_on": signed_on,
                "authority": "UBND tỉnh (quyết định mẫu)",
                "authority_en": "Provincial People's Committee (sample decision)",
            },
        )[0]


@dataclass
class Sample:
    """One sample product: all that follows from its number."""

    number: int
    shelf: Shelf

    def __post_init__(self):
        self.random = Random(self.number)
        self.goods = self.random.choices(GOODS, [goods.share for goods in GOODS])[0]
        self.sort = self.random.randrange(len(SORTS))
        self.sizes = self.random.choice((2, 3)) if self.random.random() < WITH_SIZES else 1
        self.stars = self.random.choices((0, 3, 4, 5), (1 - RECOGNISED, 0.5, 0.2, 0.05))[0]
        self.price = self.random.randrange(*self.goods.prices, 1000)
        self.stock = self.random.choice((0, 3, 12, 40, 40, 60))

    @cached_property
    def producer(self) -> Producer:
        return self.shelf.producers[self.number % len(self.shelf.producers)]

    @property
    def slug(self) -> str:
        return f"{MARK}{self.number}"

    @property
    def name(self) -> str:
        return f"{self.goods.name} {SORTS[self.sort]} {self.producer.area.name} mẫu {self.number}"

    @property
    def name_en(self) -> str:
        return f"{SORTS_EN[self.sort]} {self.goods.name_en}, sample {self.number}"

    def product(self) -> Product:
        return Product(
            structure=Product.PARENT if self.sizes > 1 else Product.STANDALONE,
            title=self.name,
            slug=self.slug,
            product_class=self.shelf.product_class,
        )

    def listing(self, product: Product) -> Listing:
        said = self.random.sample(range(len(SENTENCES)), 4)
        return Listing(
            product=product,
            producer=self.producer,
            product_set=self.shelf.sets[self.goods.set_number],
            area=self.producer.area,
            name_en=self.name_en,
            summary=f"{self.goods.name} {SORTS[self.sort]}: dữ liệu mẫu để đo tốc độ.",
            summary_en=f"{SORTS_EN[self.sort]} {self.goods.name_en}: sample data for measuring.",
            description=" ".join(SENTENCES[one] for one in said),
            description_en=" ".join(SENTENCES_EN[one] for one in said),
            alcohol_percent=self.goods.alcohol,
            price_is_sample=True,
            listed_at=timezone.now(),
        )

    def children(self, parent: Product) -> list[Product]:
        if self.sizes == 1:
            return []
        return [
            Product(structure=Product.CHILD, parent=parent, title="", slug=f"{self.slug}-{size}")
            for size in range(1, self.sizes + 1)
        ]

    def variant(self, listing: Listing, sold: Product, position: int) -> Variant:
        is_stay = self.goods.set_number == TOURISM_SET
        grams = None if is_stay else self.goods.grams * (position + 1)
        return Variant(
            product=sold,
            listing=listing,
            position=position,
            unit="đêm, một người" if is_stay else f"gói {grams} g",
            unit_en="night, one person" if is_stay else f"{grams} g pack",
            net_grams=grams,
            gross_grams=grams and grams + 40,
            is_on_sale=not is_stay,
        )

    def stock_record(self, variant: Variant) -> StockRecord:
        return StockRecord(
            product_id=variant.product_id,
            partner_id=self.producer.partner_id,
            partner_sku=f"{self.slug}-{variant.position + 1}",
            price_currency="VND",
            price=self.price * (variant.position + 1),
            num_in_stock=self.stock,
        )


def _write_products(samples: list[Sample], shelf: Shelf) -> None:
    products = Product.objects.bulk_create(sample.product() for sample in samples)
    pairs = list(zip(samples, products, strict=True))
    children = Product.objects.bulk_create(child for sample, product in pairs for child in sample.children(product))
    of_parent: dict[int, list[Product]] = {}
    for child in children:
        of_parent.setdefault(child.parent_id, []).append(child)
    listings = Listing.objects.bulk_create(sample.listing(product) for sample, product in pairs)
    offered = [
        (sample, sample.variant(listing, sold, position))
        for (sample, product), listing in zip(pairs, listings, strict=True)
        for position, sold in enumerate(of_parent.get(product.pk, [product]))
    ]
    Variant.objects.bulk_create(variant for _sample, variant in offered)
    StockRecord.objects.bulk_create(sample.stock_record(variant) for sample, variant in offered)
    ProductImage.objects.bulk_create(
        ProductImage(product=product, original_id=shelf.pictures[sample.goods.motif], display_order=0)
        for sample, product in pairs
        if sample.goods.motif in shelf.pictures
    )
    _write_recognitions([(sample, product) for sample, product in pairs if sample.stars], shelf)


def _write_recognitions(pairs: list[tuple[Sample, Product]], shelf: Shelf) -> None:
    """What `programme.recognition.recognise` writes for one product, for many at once."""
    lines = DecisionLine.objects.bulk_create(
        DecisionLine(
            decision=shelf.decisions[sample.number % DECISIONS],
            product=product,
            stars=sample.stars,
            score_a=20 + 5 * (sample.stars - 2),
            score_b=13 + 3 * (sample.stars - 2),
            score_c=20 + 4 * (sample.stars - 2),
            is_sample=True,
        )
        for sample, product in pairs
    )
    Recognition.objects.bulk_create(
        _recognition(line, sample) for line, (sample, _product) in zip(lines, pairs, strict=True)
    )


def _recognition(line: DecisionLine, sample: Sample) -> Recognition:
    issued_on: date = line.decision.signed_on
    expires_on = months_after(issued_on, MONTHS)
    is_withdrawn = sample.number % 97 == 0
    return Recognition(
        line=line,
        product_id=line.product_id,
        certificate_number=f"MẪU-ĐO-{sample.number:06}",
        issued_on=issued_on,
        expires_on=expires_on,
        holds_until=last_day(year=line.decision.year, expires_on=expires_on),
        withdrawn_on=issued_on + timedelta(days=1) if is_withdrawn else None,
        withdrawal_cause=Recognition.Cause.STOPPED if is_withdrawn else "",
    )
