"""Purchases, their parcels and payments. Oscar keeps baskets, orders and stock records; these tables join them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class BasketKey(models.Model):
    """Which basket belongs to a browser: the key lies in its cookie, so that no session is needed to browse and buy."""

    key = models.CharField(max_length=40, unique=True)
    basket = models.OneToOneField("basket.Basket", on_delete=models.CASCADE, related_name="browser_key")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return str(self.basket_id)


class DeliveryRate(models.Model):
    """What a parcel costs: a row for each zone and weight band. The shop manager keeps the table."""

    class Zone(models.TextChoices):
        COMMUNE = "commune", _("Cùng xã, phường")
        PROVINCE = "province", _("Trong tỉnh")
        REGION = "region", _("Trong vùng")
        COUNTRY = "country", _("Tỉnh khác")

    zone = models.CharField(max_length=10, choices=Zone.choices)
    max_grams = models.PositiveIntegerField()  # the band ends here, packaging included
    price = models.PositiveIntegerField()  # ₫
    days_min = models.PositiveSmallIntegerField()
    days_max = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["zone", "max_grams"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "max_grams"], name="delivery_band_once_a_zone"),
            models.CheckConstraint(condition=Q(max_grams__gt=0), name="delivery_band_weighs_something"),
            models.CheckConstraint(condition=Q(days_max__gte=F("days_min")), name="delivery_days_in_order"),
        ]

    def __str__(self):
        return f"{self.get_zone_display()} ≤ {self.max_grams} g"


class PurchaseQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)

    def awaiting_transfer(self):
        return self.filter(state=Purchase.State.WAITING)

    def run_out(self, now):
        """Purchases whose money did not come in time."""
        return self.awaiting_transfer().filter(pay_before__lte=now)


class Purchase(models.Model):
    """Lần mua: what a buyer places and pays once. `key` is its unguessable address; `code` is for people."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ chuyển khoản")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        CANCELLED = "cancelled", _("Đã hủy")
        LAPSED = "lapsed", _("Quá hạn thanh toán")

    class Method(models.TextChoices):
        CASH = "cash", _("Trả tiền khi nhận hàng")
        TRANSFER = "transfer", _("Chuyển khoản ngân hàng")

    code = models.CharField(max_length=12, unique=True)
    key = models.CharField(max_length=40, unique=True)
    basket = models.OneToOneField(
        "basket.Basket", on_delete=models.PROTECT, related_name="purchase"
    )  # one purchase a basket
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="purchases")
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=State.choices)
    method = models.CharField(max_length=10, choices=Method.choices)

    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=16)  # E.164
    email = models.EmailField(blank=True)
    commune = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    typed_place = models.CharField(max_length=150, blank=True)  # the commune as the buyer wrote it, an old name perhaps
    street = models.CharField(max_length=200)
    birth_date = models.DateField(null=True, blank=True)  # asked with alcohol only, erased 30 days after delivery

    goods_total = models.PositiveIntegerField()  # ₫
    delivery_total = models.PositiveIntegerField()  # ₫
    total = models.PositiveIntegerField()  # ₫
    has_alcohol = models.BooleanField(default=False)

    placed_at = models.DateTimeField(auto_now_add=True)
    pay_before = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=F("goods_total") + F("delivery_total")), name="purchase_total_adds_up"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(method="transfer", pay_before__isnull=False),
                name="only_transfers_wait",
            ),
            models.CheckConstraint(
                condition=Q(has_alcohol=False) | Q(method="transfer"),
                name="alcohol_is_not_paid_in_cash",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "pay_before"], name="purchase_waiting"),
            models.Index(fields=["phone"], name="purchase_by_phone"),
        ]

    def __str__(self):
        return self.code


class Parcel(models.Model):
    """Kiện hàng: what one producer sends for a purchase. One Oscar order a producer, one parcel an order for now."""

    class State(models.TextChoices):
        NEW = "new", _("Mới đặt")
        PACKED = "packed", _("Đã đóng gói")
        SENT = "sent", _("Đã gửi")
        DELIVERED = "delivered", _("Đã giao")
        CANCELLED = "cancelled", _("Đã hủy")

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="parcels")
    order = models.OneToOneField("order.Order", on_delete=models.PROTECT, related_name="parcel")
    producer = models.ForeignKey("producers.Producer", on_delete=models.PROTECT, related_name="parcels")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    grams = models.PositiveIntegerField()
    goods_total = models.PositiveIntegerField()  # ₫
    delivery_price = models.PositiveIntegerField()  # ₫
    days_min = models.PositiveSmallIntegerField()
    days_max = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)  # from the buyer to the producer
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["purchase", "producer"], name="parcel_once_a_producer")]

    def __str__(self):
        return self.order.number


class PaymentAttempt(models.Model):
    """One try to pay a purchase, written before any money moves."""

    class State(models.TextChoices):
        OPEN = "open", _("Đang chờ")
        PAID = "paid", _("Đã nhận đủ")
        VOID = "void", _("Không còn hiệu lực")

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="payment_attempts")
    idempotency_key = models.CharField(max_length=64, unique=True)
    method = models.CharField(max_length=10, choices=Purchase.Method.choices)
    amount = models.PositiveIntegerField()  # ₫
    memo = models.CharField(max_length=25, blank=True)  # what the transfer says
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purchase"], condition=Q(state="open"), name="one_open_attempt_a_purchase")
        ]

    def __str__(self):
        return f"{self.purchase}: {self.amount}"


class IncomingTransfer(models.Model):
    """Money that reached the programme's account, as the bank's statement says, and what became of it."""

    class Outcome(models.TextChoices):
        PAID = "paid", _("Khớp, đã xác nhận")
        REVIVED = "revived", _("Đến muộn, mở lại lần mua")
        REFUND = "refund", _("Chuyển sang hoàn tiền")
        TOO_LITTLE = "too_little", _("Thiếu tiền, chờ xử lý")
        TOO_MUCH = "too_much", _("Thừa tiền, chờ xử lý")

    reference = models.CharField(
        max_length=60, unique=True
    )  # the bank's own number: the same money is never counted twice
    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="incoming_transfers")
    amount = models.PositiveIntegerField()  # ₫
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-entered_at"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_has_an_amount")]

    def __str__(self):
        return self.reference


class Refund(models.Model):
    """Money that goes back to a buyer. A row is written when it falls due, and marked when a person has sent it."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="refunds")
    amount = models.PositiveIntegerField()  # ₫
    reason = models.CharField(max_length=200)
    cause = models.CharField(max_length=80)  # what it was due for, once a purchase: "cancelled", "transfer:<reference>"
    due_at = models.DateTimeField(auto_now_add=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["purchase", "cause"], name="refund_once_a_cause"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_has_an_amount"),
        ]

    def __str__(self):
        return f"{self.purchase}: {self.amount}"


class Consent(models.Model):
    """Proof of what a buyer agreed to: the sentence as it stood on the page, and when (Law 91/2025/QH15, art. 9)."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=20)
    sentence = models.TextField()
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purchase", "kind"], name="consent_once_a_kind")]

    def __str__(self):
        return self.kind


class PurchaseEvent(models.Model):
    """Who did what to a purchase, when and why."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="events")
    parcel = models.ForeignKey(Parcel, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    old_state = models.CharField(max_length=12, blank=True)
    new_state = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.purchase}: {self.new_state}"
