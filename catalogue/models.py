"""What is for sale: Oscar's products and, beside them, our classification, listings and variants."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProductImage

from catalogue.gtin import validate_gtin

FIRST_SETS_OF_ALCOHOL, HEALTH_FOOD_SET, TOURISM_SET = (14, 15), 18, 26  # numbers of Decision 26/2026, appendix I


class Branch(models.Model):
    """Ngành: one of the six branches of Decision 26/2026, appendix I."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    picture = models.ForeignKey("pictures.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return self.name


class FormerBranch(models.Model):
    """A branch of an older text (490/2018, 148/2023) and the branches of today that hold its products."""

    text = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    branches = models.ManyToManyField(Branch, related_name="former")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "name"], name="former_branch_once_a_text")]

    def __str__(self):
        return f"{self.name} ({self.text})"


class Group(models.Model):
    """Nhóm: one of the 17 groups."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="groups")
    position = models.PositiveSmallIntegerField(unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name


class ProductSet(models.Model):
    """Bộ sản phẩm: one of the 26 sets, each with its own scoring sheet."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="sets")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    ministry = models.CharField(max_length=100)
    ministry_en = models.CharField(max_length=100)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.name}"

    @property
    def is_alcohol(self) -> bool:
        return self.number in FIRST_SETS_OF_ALCOHOL

    @property
    def is_health_food(self) -> bool:
        return self.number == HEALTH_FOOD_SET

    @property
    def is_tourism(self) -> bool:
        return self.number == TOURISM_SET


class ListingQuerySet(models.QuerySet):
    def public(self):
        """Listings whose product may be shown: public, of a producer that is not suspended."""
        return self.filter(product__is_public=True, producer__suspended_at=None)


class Listing(models.Model):
    """Thẻ sản phẩm: what the site adds to Oscar's product, one for each that has a page."""

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="listing")
    producer = models.ForeignKey("producers.Producer", on_delete=models.PROTECT, related_name="listings")
    product_set = models.ForeignKey(ProductSet, on_delete=models.PROTECT, related_name="listings")
    area = models.ForeignKey(
        "areas.Area", on_delete=models.PROTECT, related_name="listings"
    )  # origin: a present commune
    village = models.ForeignKey(
        "areas.Village", null=True, blank=True, on_delete=models.SET_NULL, related_name="listings"
    )
    former_place = models.CharField(max_length=200, blank=True)  # the place as the source names it, before July 2025

    name_en = models.CharField(max_length=255)
    summary = models.CharField(max_length=200, blank=True)
    summary_en = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)

    # label data (Decree 43/2017)
    ingredients = models.TextField(blank=True)
    ingredients_en = models.TextField(blank=True)
    storage = models.TextField(blank=True)
    storage_en = models.TextField(blank=True)
    shelf_life = models.CharField(max_length=200, blank=True)
    shelf_life_en = models.CharField(max_length=200, blank=True)
    use = models.TextField(blank=True)
    use_en = models.TextField(blank=True)
    warnings = models.TextField(blank=True)
    warnings_en = models.TextField(blank=True)
    alcohol_percent = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    season_from = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    season_to = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )

    label_is_sample = models.BooleanField(default=False)
    price_is_sample = models.BooleanField(default=False)
    listed_at = models.DateTimeField(auto_now_add=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(season_from=None, season_to=None)
                | models.Q(season_from__range=(1, 12), season_to__range=(1, 12)),
                name="listing_season_has_both_ends",
            ),
            models.CheckConstraint(
                condition=~models.Q(product_set__in=FIRST_SETS_OF_ALCOHOL) | models.Q(alcohol_percent__isnull=False),
                name="listing_alcohol_names_its_strength",
            ),
        ]

    def __str__(self):
        return self.product.title

    @property
    def is_sold_here(self) -> bool:
        """Whether it can be put into a basket; tourism shows price and contact until stays can be booked."""
        return not self.product_set.is_tourism


class VariantQuerySet(models.QuerySet):
    def shown(self):
        """Variants whose price is shown: on sale here, or tourism, which is agreed with the maker."""
        return self.filter(models.Q(is_on_sale=True) | models.Q(listing__product_set=TOURISM_SET))


class Variant(models.Model):
    """One thing a buyer can take: a size or a kind. Oscar's child, or the product itself where there is one size."""

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="variant")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="variants")
    position = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(_("đơn vị bán"), max_length=60)  # "hộp 200 g"
    unit_en = models.CharField(max_length=60)
    net_grams = models.PositiveIntegerField(null=True, blank=True)
    net_millilitres = models.PositiveIntegerField(null=True, blank=True)
    gross_grams = models.PositiveIntegerField(null=True, blank=True)  # with packaging; what delivery is reckoned by
    gtin = models.CharField(max_length=14, null=True, blank=True, unique=True, validators=[validate_gtin])
    is_on_sale = models.BooleanField(default=False)

    objects = VariantQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_on_sale=False) | models.Q(gross_grams__gt=0),
                name="variant_weighed_before_sale",
            ),
        ]

    def __str__(self):
        return self.unit


class ProductImage(AbstractProductImage):
    """Oscar's product image over our picture library: `original` keeps its name, so that Oscar's code works."""

    original = models.ForeignKey("pictures.Picture", on_delete=models.PROTECT, related_name="product_images")

    class Meta(AbstractProductImage.Meta):
        abstract = False


from oscar.apps.catalogue.models import *  # noqa: E402, F403 - Oscar's other classes, after ours
