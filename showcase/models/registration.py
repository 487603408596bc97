"""Who comes to a fair: kept beside its pages and never in them, so that no draft, copy or history holds a person."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

MOST_PEOPLE = 10  # of one registration


class Desk(models.Model):
    """The desk of a fair, one for all its languages: whoever changes what is written there locks it first."""

    fair_key = models.UUIDField(unique=True)  # the translation key of its pages
    ends_on = models.DateField()  # the fair's last day, known here also when its pages are gone

    def __str__(self):
        return str(self.fair_key)


class Person(models.Model):
    """What somebody leaves at the desk, and the consent that they gave."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="%(class)ss")
    key = models.CharField(max_length=32, unique=True)  # of the secret address
    form_key = models.CharField(max_length=32, unique=True)  # of the form: sent twice, it is the same
    language = models.CharField(max_length=2)
    name = models.CharField(_("họ và tên"), max_length=100, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True)  # E.164
    email = models.EmailField(_("thư điện tử"), blank=True)
    consent = models.TextField()  # the sentence that was agreed to
    written_at = models.DateTimeField(_("gửi lúc"), auto_now_add=True)  # and consented

    class Meta:
        abstract = True


class RegistrationQuerySet(models.QuerySet):
    def taken(self, keys) -> dict:
        """How many places of each activity are taken, by its key; one query."""
        confirmed = self.filter(activity_key__in=keys, state=Registration.State.CONFIRMED)
        return dict(confirmed.values_list("activity_key").annotate(Sum("people")))


class Registration(Person):
    """Đăng ký: so many people for one activity. Cancelled, it tells no more who they were."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Đã có chỗ")
        WAITING = "waiting", _("Đang chờ chỗ")
        CANCELLED = "cancelled", _("Đã hủy")

    activity_key = models.UUIDField(db_index=True)  # the translation key of the activity's rows
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices)
    people = models.PositiveSmallIntegerField(_("số người"))

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("đăng ký")
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_PEOPLE), name="registration_is_of_one_to_ten"
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", name="", phone="", email="") | ~Q(state="cancelled") & ~Q(name=""),
                name="registration_names_somebody_until_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") | ~Q(phone="") | ~Q(email=""), name="registration_can_be_answered"
            ),
            models.UniqueConstraint(
                fields=["activity_key", "phone"], condition=~Q(phone=""), name="registration_once_a_phone"
            ),
            models.UniqueConstraint(
                fields=["activity_key", "email"], condition=~Q(email=""), name="registration_once_an_email"
            ),
        ]

    def __str__(self):
        return f"{self.pk}"


class BoothRequest(Person):
    """Đề nghị gian hàng: a producer asks for a booth. An accepted one is a booth of the fair, in all its languages."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ trả lời")
        ACCEPTED = "accepted", _("Đã nhận")
        DECLINED = "declined", _("Không nhận")

    producer = models.ForeignKey(
        "producers.Producer", on_delete=models.CASCADE, related_name="+", verbose_name=_("nhà sản xuất")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # where somebody who acts for the producer was logged in
    note = models.TextField(_("lời nhắn"), max_length=500, blank=True)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State.choices, default=State.WAITING)
    number = models.CharField(_("số gian"), max_length=12, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("đề nghị gian hàng")
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "producer"], condition=~Q(state="declined"), name="booth_request_once_a_producer"
            ),
            models.UniqueConstraint(
                fields=["desk", "number"], condition=Q(state="accepted"), name="booth_request_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(number=""), name="booth_request_accepted_with_number"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="booth_request_declined_with_reason"
            ),
        ]

    def __str__(self):
        return f"{self.pk}"
