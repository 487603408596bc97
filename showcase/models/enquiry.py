"""Thư liên hệ: what a visitor writes to the programme's office."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.phones import display_phone


class EnquiryQuerySet(models.QuerySet):
    def waiting(self):
        """Those that nobody has answered yet."""
        return self.filter(answered_at=None)


class Enquiry(models.Model):
    """One message from the contact page. `consent` is the sentence that its sender agreed to."""

    class Subject(models.TextChoices):
        PRODUCT = "product", _("Một sản phẩm")
        PURCHASE = "purchase", _("Một lần mua")
        PROGRAMME = "programme", _("Chương trình OCOP")
        SITE = "site", _("Trang web này")
        PRESS = "press", _("Báo chí, truyền thông")
        OTHER = "other", _("Việc khác")

    key = models.CharField(max_length=64, unique=True)  # the same form sent twice bears the same
    name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)  # E.164
    subject = models.CharField(max_length=12, choices=Subject.choices)
    reference = models.CharField(max_length=120, blank=True)  # of a product, a producer or a purchase, as typed
    text = models.TextField()
    language = models.CharField(max_length=2)
    consent = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("thư liên hệ")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(email="", phone=""), name="enquiry_can_be_answered"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="enquiry_is_answered_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.get_subject_display()}: {self.name}"

    @property
    def reach(self) -> str:
        """Where its sender waits for an answer, as one writes it."""
        return self.email or display_phone(self.phone)
