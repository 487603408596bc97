"""Administrative units with the dates they held, what became of them, and villages."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from areas.folding import fold, slugify_vi, without_marks
from areas.kinds import english_full_name, split_full_name, split_typed


class Level(models.TextChoices):
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Huyện, quận, thị xã (đến 30/6/2025)")
    COMMUNE = "commune", _("Xã, phường, đặc khu, thị trấn")


def _in_active_language(vietnamese: str, english: str) -> str:
    return english if english and (get_language() or "vi").startswith("en") else vietnamese


def fold_names(names: list[str]) -> str:
    """Folded names, each between two bars: "|binh lu|"; so that LIKE finds whole names and beginnings."""
    folded = dict.fromkeys(fold(name) for name in names)
    return "|" + "".join(f"{name}|" for name in folded if name)


def _without_kind(full_name: str) -> str:
    try:
        return split_full_name(full_name)[1]
    except ValueError:
        return full_name


class AreaQuerySet(models.QuerySet):
    def present(self, on: date | None = None):
        """Units that hold on a day (today by default)."""
        day = on or timezone.localdate()
        began = Q(held_from__isnull=True) | Q(held_from__lte=day)
        return self.filter(began, Q(held_until__isnull=True) | Q(held_until__gte=day))

    def former(self):
        """Units that hold no longer."""
        return self.filter(held_until__lt=timezone.localdate())

    def communes(self):
        return self.filter(level=Level.COMMUNE)

    def provinces(self):
        return self.filter(level=Level.PROVINCE)

    def in_province(self, province: "Area"):
        """Communes and districts that lie, or lay, in a province as it is or was.

        For a present province these are its communes and every former unit whose land is in it now, under
        whichever province that stood then.
        """
        communes_now = Succession.objects.filter(present__parent=province)
        of_communes = communes_now.filter(former__parent__level=Level.DISTRICT).values("former__parent")
        # Four keys looked up one by one and put together: joined by OR in one condition, the whole country is read.
        within = (
            Area.objects.filter(parent=province)
            .values("pk")
            .union(
                Area.objects.filter(parent__parent=province).values("pk"), communes_now.values("former"), of_communes
            )
        )
        return self.filter(pk__in=within)

    def named(self, text: str):
        """Units with exactly this name or alias, marks and capitals aside; a kind word narrows it ("xã Bình Lư")."""
        whole = fold(text)
        if not whole:
            return self.none()
        bare, kinds = split_typed(whole)
        wanted = Q(folded__contains=f"|{whole}|")
        if kinds:
            wanted |= Q(folded__contains=f"|{bare}|", kind__in=kinds)
        return self.filter(wanted)

    def by_name(self):
        """In the order of the letters without marks, so that Đ and Ế stand where a reader looks for them."""
        return self.order_by("folded", "name", "code", "pk")


class Area(models.Model):
    """One administrative unit while it held. A code can name two units: a former one and a present one."""

    level = models.CharField(_("cấp"), max_length=8, choices=Level)
    kind = models.CharField(_("loại"), max_length=20)
    name = models.CharField(_("tên"), max_length=80)
    full_name = models.CharField(_("tên đầy đủ"), max_length=100)
    full_name_en = models.CharField(_("tên tiếng Anh"), max_length=100)
    code = models.CharField(_("mã"), max_length=5, null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("thuộc")
    )
    held_from = models.DateField(_("từ ngày"), null=True, blank=True, help_text=_("Để trống khi chưa biết."))
    held_until = models.DateField(_("đến ngày"), null=True, blank=True, help_text=_("Ngày cuối cùng đơn vị còn."))
    region = models.SlugField(_("vùng"), max_length=50, blank=True)
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)
    area_km2 = models.FloatField(_("diện tích, km²"), null=True, blank=True)
    aliases = models.JSONField(_("cách viết khác"), default=list, blank=True)
    folded = models.CharField(max_length=300, editable=False)
    slug = models.SlugField(_("đường dẫn"), max_length=100, null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        verbose_name_plural = _("đơn vị hành chính")
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="area_level_is_known"),
            models.CheckConstraint(
                condition=Q(held_from__isnull=True) | Q(held_until__isnull=True) | Q(held_from__lte=F("held_until")),
                name="area_begins_before_it_ends",
            ),
            models.UniqueConstraint(
                fields=["code", "level"], condition=Q(held_until__isnull=True), name="area_present_code_is_unique"
            ),
            models.UniqueConstraint(fields=["code", "level", "held_until"], name="area_code_of_a_time_is_unique"),
            models.UniqueConstraint(
                fields=["parent", "slug"], condition=Q(held_until__isnull=True), name="area_present_slug_is_unique"
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(held_until__isnull=True, level=Level.PROVINCE),
                name="area_province_slug_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @classmethod
    def from_full_name(cls, full_name: str, *, aliases: Iterable[str] = (), **fields) -> "Area":
        """An unsaved unit, with all that follows from its full name: kind, name, English name, slug, folded names.

        `aliases` are other spellings, with or without the kind. Raises ValueError where the name has no known kind.
        """
        kind, name = split_full_name(full_name)
        other = [_without_kind(alias) for alias in aliases]
        derived = {
            "kind": kind,
            "name": name,
            "full_name": f"{kind} {name}",
            "full_name_en": english_full_name(kind, name),
            "aliases": other,
            "folded": fold_names([name, *other]),
            "slug": slugify_vi(name),
        }
        return cls(**(derived | fields))

    def holds(self, on: date) -> bool:
        return (self.held_from is None or self.held_from <= on) and (self.held_until is None or self.held_until >= on)

    @property
    def is_present(self) -> bool:
        return self.holds(timezone.localdate())

    @property
    def title(self) -> str:
        """The full name in the active language."""
        return _in_active_language(self.full_name, self.full_name_en)

    @property
    def short_title(self) -> str:
        """The name without its kind, in the active language: "Bình Lư", "Binh Lu"."""
        return _in_active_language(self.name, without_marks(self.name))


class Succession(models.Model):
    """A former commune or province, and one present unit that took it in, wholly or in part."""

    former = models.ForeignKey(Area, models.PROTECT, related_name="successions", verbose_name=_("đơn vị cũ"))
    present = models.ForeignKey(Area, models.PROTECT, related_name="origins", verbose_name=_("đơn vị nay"))
    is_main = models.BooleanField(_("phần chính"), default=True)

    class Meta:
        verbose_name = _("kế thừa")
        verbose_name_plural = _("kế thừa")
        constraints = [
            models.UniqueConstraint(fields=["former", "present"], name="succession_is_told_once"),
            models.UniqueConstraint(fields=["former"], condition=Q(is_main=True), name="succession_has_one_main"),
            models.CheckConstraint(condition=~Q(former=F("present")), name="succession_joins_two_units"),
        ]

    def __str__(self) -> str:
        return f"{self.former_id} → {self.present_id}"


class Village(models.Model):
    """A village (bản) that visitors or products are known by."""

    slug = models.SlugField(_("đường dẫn"), max_length=100, unique=True)
    name = models.CharField(_("tên"), max_length=100)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=100, blank=True)
    commune = models.ForeignKey(Area, models.PROTECT, related_name="villages", verbose_name=_("xã, phường"))
    people = models.CharField(_("dân tộc"), max_length=100, blank=True)
    people_en = models.CharField(_("dân tộc, tiếng Anh"), max_length=100, blank=True)
    about = models.TextField(_("giới thiệu"), blank=True)
    about_en = models.TextField(_("giới thiệu, tiếng Anh"), blank=True)
    source = models.TextField(_("nguồn"), blank=True)
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)

    class Meta:
        verbose_name = _("bản làng")
        verbose_name_plural = _("bản làng")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name in the active language; Vietnamese where there is no English one."""
        return _in_active_language(self.name, self.name_en)

    @property
    def full_title(self) -> str:
        """ "Bản Sin Suối Hồ", in English "Sin Suoi Ho village". A name with the word, "Bản Hon", bears it once."""
        if self.name.startswith("Bản ") and self.title == self.name:
            return self.name
        return gettext("Bản %(village)s") % {"village": self.title}
