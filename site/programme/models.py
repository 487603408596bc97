"""Decisions of councils, and the recognitions that follow from them. This is the only place where stars are kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programme.check_codes import new_check_code


class Decision(models.Model):
    """A published decision of a council's authority, or the register that stands for older ones not at hand."""

    class Source(models.TextChoices):
        COUNCIL = "council", _("Quyết định công nhận")
        REGISTER = "register", _("Sổ công nhận trước đây")
        SAMPLE = "sample", _("Quyết định mẫu")

    source = models.CharField(max_length=10, choices=Source.choices)
    number = models.CharField(max_length=60, blank=True)  # empty: not in the data
    year = models.PositiveSmallIntegerField()
    signed_on = models.DateField(null=True, blank=True)
    authority = models.CharField(max_length=150, blank=True)
    authority_en = models.CharField(max_length=150, blank=True)
    # The register of older decisions is loaded on the word of two officers.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="decision_number_once"),
            models.UniqueConstraint(fields=["year"], condition=Q(source="register"), name="register_once_a_year"),
            models.CheckConstraint(
                condition=~Q(source="sample") | Q(number__startswith="MẪU-"), name="sample_decision_says_so"
            ),
            models.CheckConstraint(
                condition=Q(source="sample") | ~Q(number__startswith="MẪU-"), name="only_samples_are_called_sample"
            ),
            models.CheckConstraint(
                condition=~Q(source="register")
                | (Q(entered_by__isnull=False) & Q(confirmed_by__isnull=False) & ~Q(entered_by=F("confirmed_by"))),
                name="register_names_two_officers",
            ),
        ]

    def __str__(self):
        return self.number or f"{self.get_source_display()} {self.year}"

    @property
    def is_sample(self) -> bool:
        return self.source == self.Source.SAMPLE


class DecisionLine(models.Model):
    """One product in a decision: stars, and the council's mean scores (Decision 26/2026, art. 3.3: fractions occur)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="decision_lines")
    stars = models.PositiveSmallIntegerField()
    score_a = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)  # product and community, of 40
    score_b = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)  # marketing, of 25
    score_c = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)  # quality, of 35
    is_sample = models.BooleanField(default=False)  # the source does not say which stars: shown as sample data

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "product"], name="product_once_a_decision"),
            # Two stars and fewer get neither decision nor certificate (art. 4).
            models.CheckConstraint(condition=Q(stars__range=(3, 5)), name="decision_line_three_to_five_stars"),
            models.CheckConstraint(
                condition=Q(score_a=None, score_b=None, score_c=None)
                | Q(score_a__range=(0, 40), score_b__range=(0, 25), score_c__range=(0, 35)),
                name="decision_line_scores_in_range",
            ),
        ]

    def __str__(self):
        return f"{self.decision}: {self.product}"

    @property
    def score(self):
        """The total out of 100, or None where it is not in the data."""
        return None if self.score_a is None else self.score_a + self.score_b + self.score_c


class RecognitionQuerySet(models.QuerySet):
    def holding(self, on):
        """Recognitions whose stars may be printed on that day."""
        return self.filter(withdrawn_on=None, holds_until__gte=on)


class Recognition(models.Model):
    """What a decision line gives a product: a certificate for 36 months. Its stars are those of the line."""

    class Cause(models.TextChoices):
        """Decision 26/2026, art. 8."""

        FALSE_DATA = "false_data", _("Hồ sơ có thông tin sai")
        CRITERIA = "criteria", _("Không còn đạt tiêu chí")
        LAW = "law", _("Vi phạm pháp luật về chất lượng, an toàn thực phẩm, môi trường, sở hữu trí tuệ hoặc nhãn hàng")
        MARK = "mark", _("Dùng sai nhãn hiệu OCOP")
        STOPPED = "stopped", _("Nhà sản xuất đã ngừng làm sản phẩm này")
        OTHER = "other", _("Lý do khác")

    line = models.OneToOneField(DecisionLine, on_delete=models.PROTECT, related_name="recognition")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="recognitions")
    check_code = models.CharField(max_length=10, unique=True, default=new_check_code)
    certificate_number = models.CharField(max_length=60, blank=True)  # empty: not in the data
    issued_on = models.DateField(null=True, blank=True)  # None: only the year is known
    expires_on = models.DateField(null=True, blank=True)  # last day of the 36 months; None: not in the data
    holds_until = models.DateField(db_index=True)  # last day on which the stars are sure to hold
    re_evaluation_filed_on = models.DateField(null=True, blank=True)
    re_evaluation_ended_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawal_cause = models.CharField(max_length=20, choices=Cause.choices, blank=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate_number"], condition=~Q(certificate_number=""), name="certificate_number_once"
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None, expires_on=None) | Q(expires_on__gt=F("issued_on")),
                name="recognition_expires_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawal_cause="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal_cause="")),
                name="withdrawal_has_a_cause",
            ),
        ]

    def __str__(self):
        return f"{self.product} ({self.check_code})"
