"""One entry a thing that can be found: all that a card, a facet or a search needs. Stars are asked of the recognition.

A thing is of one kind: a product, a producer, or a page of editors (story, village, fair, guide), whose two languages
share an entry. What only products have is empty for the others.

An entry has no star column, not even to count by (decision 0002): stars stand on decision lines alone.
"""

import uuid
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from catalogue.models import FIRST_SETS_OF_ALCOHOL, Listing


class Kind(models.TextChoices):
    PRODUCT = "product", _("Sản phẩm")
    PRODUCER = "producer", _("Nhà sản xuất")
    STORY = "story", _("Câu chuyện")
    VILLAGE = "village", _("Bản làng")
    FAIR = "fair", _("Hội chợ")
    GUIDE = "guide", _("Hướng dẫn")


# Written as the lists ask, or the database would not see that an index fits.
PRODUCTS_OPEN_TO_ALL = Q(kind=Kind.PRODUCT, is_alcohol=False)


class EntryQuerySet(models.QuerySet):
    def open_to_all(self):
        """Entries of products that may stand anywhere: alcohol appears on its own list and nowhere else."""
        return self.filter(PRODUCTS_OPEN_TO_ALL)

    def alcohol(self):
        return self.filter(is_alcohol=True)

    def rated(self, on, stars=None):
        """Entries whose stars may be printed on that day."""
        found = self.filter(recognition__withdrawn_on=None, recognition__holds_until__gte=on)
        return found.filter(recognition__line__stars__in=stars) if stars else found


class Entry(models.Model):
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=36)  # of the thing among those of its kind; the two languages of a page share it

    product = models.OneToOneField("catalogue.Product", null=True, on_delete=models.CASCADE, related_name="entry")
    recognition = models.ForeignKey(
        "programme.Recognition", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # the newest
    producer = models.ForeignKey("producers.Producer", null=True, on_delete=models.CASCADE, related_name="entries")
    area = models.ForeignKey("areas.Area", null=True, on_delete=models.CASCADE, related_name="entries")
    product_set = models.ForeignKey("catalogue.ProductSet", null=True, on_delete=models.CASCADE, related_name="entries")
    group = models.ForeignKey("catalogue.Group", null=True, on_delete=models.CASCADE, related_name="entries")
    branch = models.ForeignKey("catalogue.Branch", null=True, on_delete=models.CASCADE, related_name="entries")
    village = models.ForeignKey("areas.Village", null=True, on_delete=models.CASCADE, related_name="entries")

    slug = models.SlugField(max_length=255)
    path = models.CharField(max_length=255, blank=True)  # where an editor's page is; empty in a language it lacks
    path_en = models.CharField(max_length=255, blank=True)
    name = models.CharField(max_length=255)
    name_en = models.CharField(max_length=255)
    summary = models.CharField(max_length=250, blank=True)
    summary_en = models.CharField(max_length=250, blank=True)
    producer_name = models.CharField(max_length=200, blank=True)
    producer_name_en = models.CharField(max_length=200, blank=True)
    area_name = models.CharField(max_length=100, blank=True)
    area_name_en = models.CharField(max_length=100, blank=True)
    folded = models.TextField()  # names, producer, area (old and new names), without accents
    words = models.TextField(blank=True)  # what engines look words up by (discovery.words)

    variant = models.ForeignKey(
        "catalogue.Variant", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # what "+" puts into the basket
    unit = models.CharField(max_length=60, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    price = models.PositiveIntegerField(null=True)  # ₫, the cheapest variant
    has_several_prices = models.BooleanField(default=False)
    price_is_sample = models.BooleanField(default=False)
    in_stock = models.BooleanField(default=False)
    is_alcohol = models.BooleanField(default=False)
    is_health_food = models.BooleanField(default=False)
    is_sold_here = models.BooleanField(default=True)
    producer_kind = models.CharField(max_length=20, blank=True)
    producer_area = models.ForeignKey("areas.Area", null=True, on_delete=models.CASCADE, related_name="+")
    reach = models.CharField(max_length=10, blank=True)  # how far the producer delivers; empty where nothing is sold
    season_from = models.PositiveSmallIntegerField(null=True)  # months
    season_to = models.PositiveSmallIntegerField(null=True)
    people = models.CharField(max_length=200, blank=True)  # of the village
    people_en = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)  # of a fair
    ends_on = models.DateField(null=True)

    picture_files = models.JSONField(default=dict)
    picture_alt = models.CharField(max_length=250, blank=True)
    picture_alt_en = models.CharField(max_length=250, blank=True)
    listed_at = models.DateTimeField(db_index=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="entry_once_a_thing")]
        indexes = [
            models.Index(fields=["area", "listed_at"], condition=PRODUCTS_OPEN_TO_ALL, name="entry_of_commune"),
            models.Index(fields=["producer", "listed_at"], condition=PRODUCTS_OPEN_TO_ALL, name="entry_of_producer"),
        ]

    def __str__(self):
        return self.name


class Word(models.Model):
    """A word that some entry holds, without accents: what a mistyped one may have meant. A word may outlive its
    entries until all are rebuilt; what it then finds is nothing."""

    text = models.CharField(max_length=40, primary_key=True)

    def __str__(self):
        return self.text


class Tokens(NamedTuple):
    entries: str = ""
    words: str = ""


class Edition(models.Model):
    """One row whose token is another after each change of entries: by it a process knows that its tally is old. Another
    token changes only with the words that entries hold, which stay when a price or the stock is another."""

    token = models.CharField(max_length=32)
    words = models.CharField(max_length=32, default="")

    def __str__(self):
        return self.token

    @classmethod
    def current(cls) -> Tokens:
        """The tokens now; empty before the first entry. One query."""
        return Tokens(*cls.objects.filter(pk=1).values_list("token", "words").first() or ())

    @classmethod
    def renew(cls, *, words: bool = True) -> None:
        """To be called in the transaction that changes entries, and maybe their words. No token comes again, not even
        after a rollback."""
        row = cls(pk=1, token=uuid.uuid4().hex, words=uuid.uuid4().hex)
        changed = ["token", "words"] if words else ["token"]
        cls.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=changed)


class SearchCount(models.Model):
    """How often a word was searched on a day: nobody's name, address or hour. What is kept of a word says
    discovery.looked_for; all that is not kept is counted under the empty one."""

    day = models.DateField()
    language = models.CharField(max_length=2)
    typed = models.CharField(max_length=60, blank=True)  # folded
    searches = models.PositiveIntegerField(default=0)
    without_result = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)  # searches after which a result was opened, as far as scripts tell

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "language", "typed"], name="search_count_once_a_word")]

    def __str__(self):
        return f"{self.day}: {self.typed}"


class PromotionQuerySet(models.QuerySet):
    def in_force(self, on):
        begun, not_over = Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on)
        return self.filter(begun, not_over)


class Promotion(ClusterableModel):
    """What editors set above the results of some words."""

    starts_on = models.DateField(_("từ ngày"), null=True, blank=True, help_text=_("Để trống: từ bây giờ."))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True, help_text=_("Để trống: đến khi bị xóa."))

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("giới thiệu khi tìm")
        verbose_name_plural = pgettext_lazy("nhiều mục", "giới thiệu khi tìm")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="promotion_ends_after_it_starts")
        ]

    def __str__(self):
        words = self.promoted_words.all() if self.pk else []  # Wagtail says the name of what it has just deleted
        return ", ".join(word.text for word in words) or str(self._meta.verbose_name)

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Ngày cuối phải sau ngày đầu, hoặc cùng ngày.")})


class PromotedWord(models.Model):
    """A word belongs to one promotion, so that nobody has to wonder which of two comes first."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="promoted_words")
    typed = models.CharField(max_length=60, unique=True)  # folded
    text = models.CharField(max_length=100)  # as the editor wrote it

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text


class PromotedThing(Orderable):
    """A product, a producer or a page; it is shown while it has an entry."""

    promotion = ParentalKey(Promotion, on_delete=models.CASCADE, related_name="things")
    product = models.ForeignKey(
        "catalogue.Product",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("sản phẩm"),
    )
    producer = models.ForeignKey(
        "producers.Producer",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("nhà sản xuất"),
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("bài")
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False, producer=None, page=None)
                | Q(product=None, producer__isnull=False, page=None)
                | Q(product=None, producer=None, page__isnull=False),
                name="promoted_thing_is_one",
                violation_error_message=_("Mỗi dòng chọn đúng một: sản phẩm, nhà sản xuất hoặc bài."),
            )
        ]

    def __str__(self):
        return str(self.product or self.producer or self.page)

    def clean(self):
        super().clean()
        if Listing.objects.filter(product_id=self.product_id, product_set__in=FIRST_SETS_OF_ALCOHOL).exists():
            raise ValidationError({"product": _("Đồ uống có cồn không được giới thiệu. Hãy chọn sản phẩm khác.")})
