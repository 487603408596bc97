"""The built-in products: Oscar's product, our listing and variants, and their pictures. Stock is the shop's."""

from collections.abc import Callable

from django.db import transaction

from areas.models import Area, Village
from catalogue.models import TOURISM_SET, Listing, Product, ProductClass, ProductImage, ProductSet, Variant
from pictures.models import Picture
from producers.models import Producer

PRODUCT_CLASS = "OCOP"
LABEL = ("ingredients", "storage", "shelf_life", "use", "warnings")


def load_products(data: dict, *, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write the products of `data` that are not there yet, by their slugs; those that are, stay as people have made
    them. Producers, villages, sets and pictures come first. Returns how many were written."""
    present = set(Listing.objects.values_list("product__slug", flat=True))
    missing = [row for row in data["products"] if row["slug"] not in present]
    if not missing:
        return 0
    places = _Places(data)
    for done, row in enumerate(missing, 1):
        _load_product(row, places)
        progress(done, len(missing))
    return len(missing)


def product_class() -> ProductClass:
    return ProductClass.objects.get_or_create(
        name=PRODUCT_CLASS, defaults={"requires_shipping": True, "track_stock": True}
    )[0]


class _Places:
    """What products refer to, each by its own name."""

    def __init__(self, data: dict):
        self.product_class = product_class()
        self.producers = {producer.slug: producer for producer in Producer.objects.all()}
        self.communes = {area.code: area for area in Area.objects.present().communes()}
        self.villages = {village.slug: village for village in Village.objects.all()}
        self.sets = {one.number: one for one in ProductSet.objects.select_related("group")}
        self.pictures = {picture.motif: picture for picture in Picture.objects.exclude(motif=None)}
        self.village_motifs = {row["slug"]: row["motif"] for row in data["villages"]}
        self.branch_motifs = {row["number"]: row["motif"] for row in data["branches"]}

    def pictures_of(self, row: dict) -> list[Picture]:
        """The product's own picture and, where it is another, its village's or its branch's."""
        around = self.village_motifs.get(row["village"]) or self.branch_motifs[self.sets[row["set"]].group.branch_id]
        names = dict.fromkeys([row["motif"], around])
        return [self.pictures[name] for name in names if name in self.pictures]


@transaction.atomic
def _load_product(row: dict, places: _Places) -> None:
    has_children = len(row["variants"]) > 1
    product = Product.objects.create(
        structure=Product.PARENT if has_children else Product.STANDALONE,
        title=row["name"],
        slug=row["slug"],
        product_class=places.product_class,
    )
    label = row["label"] or {}
    season_from, season_to = row["season"] or (None, None)
    listing = Listing.objects.create(
        product=product,
        producer=places.producers[row["producer"]],
        product_set=places.sets[row["set"]],
        area=places.communes[row["commune"]],
        village=places.villages.get(row["village"]),
        former_place=row["former_place"] or "",
        name_en=row["name_en"],
        summary=row["summary"],
        summary_en=row["summary_en"],
        description=row["description"],
        description_en=row["description_en"],
        alcohol_percent=row["alcohol_percent"],
        season_from=season_from,
        season_to=season_to,
        label_is_sample=bool(label),
        price_is_sample=True,
        **{name: label.get(name, "") for field in LABEL for name in (field, f"{field}_en")},
    )
    for position, variant in enumerate(row["variants"]):
        sold = product if not has_children else _child(product, position)
        Variant.objects.create(
            product=sold,
            listing=listing,
            position=position,
            unit=variant["unit"],
            unit_en=variant["unit_en"],
            net_grams=variant["net_grams"],
            net_millilitres=variant["net_ml"],
            gross_grams=variant["gross_grams"],
            is_on_sale=row["set"] != TOURISM_SET and variant["gross_grams"] is not None,
        )
    for order, picture in enumerate(places.pictures_of(row)):
        ProductImage.objects.create(product=product, original=picture, display_order=order)


def _child(parent: Product, position: int) -> Product:
    """A child has no title of its own: it is called as its parent, and its variant says which size it is."""
    return Product.objects.create(
        structure=Product.CHILD, parent=parent, title="", slug=f"{parent.slug}-{position + 1}"
    )
