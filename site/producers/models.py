"""Who makes the products."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProducerQuerySet(models.QuerySet):
    def public(self):
        """Producers whose pages and products are shown."""
        return self.filter(suspended_at=None)


class Producer(models.Model):
    """A maker of products (chủ thể OCOP). Oscar's Partner is its shadow in the shop's tables."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("Hợp tác xã")
        COMPANY = "company", _("Công ty")
        COOPERATIVE_GROUP = "cooperative_group", _("Tổ hợp tác")
        FARM = "farm", _("Trang trại")
        HOUSEHOLD = "household", _("Hộ kinh doanh")
        COMMUNITY = "community", _("Cộng đồng bản")

    class Reach(models.TextChoices):
        """How far a producer delivers."""

        COMMUNE = "commune", _("Trong xã, phường")
        PROVINCE = "province", _("Trong tỉnh")
        REGION = "region", _("Trong vùng")
        COUNTRY = "country", _("Toàn quốc")

    partner = models.OneToOneField("partner.Partner", on_delete=models.PROTECT, related_name="producer")
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="producers")  # a present commune
    address = models.CharField(max_length=200, blank=True)  # house, street, village, as printed on parcels
    phone = models.CharField(max_length=16, blank=True)  # E.164
    email = models.EmailField(blank=True)
    about = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    reach = models.CharField(max_length=10, choices=Reach.choices, default=Reach.COUNTRY)
    picture = models.ForeignKey("pictures.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_sample = models.BooleanField(default=False)
    suspended_at = models.DateTimeField(null=True, blank=True, db_index=True)
    suspension_reason = models.CharField(max_length=300, blank=True)

    objects = ProducerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(suspended_at=None) | ~models.Q(suspension_reason=""),
                name="producer_suspended_with_reason",
            ),
        ]

    def __str__(self):
        return self.name


class Identity(models.Model):
    """Legal and tax identity: kept apart, so that no public query can carry it along."""

    producer = models.OneToOneField(Producer, on_delete=models.CASCADE, related_name="identity")
    legal_name = models.CharField(max_length=200, blank=True)
    registration_number = models.CharField(max_length=40, blank=True)
    tax_code = models.CharField(max_length=20, blank=True)
    representative = models.CharField(max_length=150, blank=True)

    def __str__(self):
        return self.legal_name


class Member(models.Model):
    """A person who acts for a producer."""

    class Duty(models.TextChoices):
        OWNER = "owner", _("Chủ gian hàng")
        STAFF = "staff", _("Nhân viên")

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    duty = models.CharField(max_length=10, choices=Duty.choices, default=Duty.OWNER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["producer", "user"], name="member_once_a_producer")]

    def __str__(self):
        return f"{self.user} – {self.producer}"
