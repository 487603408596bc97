"""What buyers and producers are told, each in their own language, through the outbox."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.phones import display_phone
from outbox.mails import write_mail
from outbox.wording import unmarked
from shop.codes import grouped
from shop.models import IncomingTransfer, Parcel, Purchase, Refund
from shop.payment import account

PRODUCER_LANGUAGE = "vi"


def address_of(purchase: Purchase) -> str:
    """The purchase's own address, in the buyer's language."""
    with translation.override(purchase.language):
        return settings.SITE_URL + reverse("purchase", args=[purchase.key])


def lines_of(parcel: Parcel, language: str) -> list[dict]:
    lines = []
    for line in parcel.order.lines.select_related(
        "product__variant__listing__product", "product__variant__listing__product_set"
    ):
        variant = line.product.variant if line.product else None
        named = variant and language == "en"
        name = f"{variant.listing.name_en}, {variant.unit_en}" if named else line.title
        lines.append(
            {
                "name": unmarked(name),
                "quantity": line.quantity,
                "total": int(line.line_price_incl_tax),
                "is_health_food": bool(variant and variant.listing.product_set.is_health_food),
                "is_alcohol": bool(variant and variant.listing.product_set.is_alcohol),
            }
        )
    return lines


def parcels_of(purchase: Purchase, language: str) -> list[dict]:
    parcels = purchase.parcels.select_related("order", "producer").order_by("pk")
    return [
        {
            "number": parcel.order.number,
            "delivery_price": parcel.delivery_price,
            "days_min": parcel.days_min,
            "days_max": parcel.days_max,
            "lines": lines_of(parcel, language),
            "is_cancelled": parcel.state == Parcel.State.CANCELLED,
            "producer": unmarked(parcel.producer.name_en if language == "en" else parcel.producer.name),
        }
        for parcel in parcels
    ]


def write_to_buyer(purchase: Purchase, template: str, about: str = "", **more) -> None:
    if not purchase.email:
        return
    write_mail(
        f"{template}:{purchase.code}{about and ':' + about}",
        purchase.email,
        purchase.language,
        template,
        {"purchase": purchase, "code": grouped(purchase.code), "address": address_of(purchase), **more},
    )


def producer_addresses(producer) -> list[str]:
    """Where a producer is told of orders: its own address, else those of its members."""
    if producer.email:
        return [producer.email]
    return [email for email in producer.members.order_by("pk").values_list("user__email", flat=True) if email]


def write_to_producers(purchase: Purchase, template: str, parcels, about: str = "", **more) -> None:
    for parcel in parcels:
        for email in producer_addresses(parcel.producer):
            write_mail(
                f"{template}:{parcel.pk}:{email[:60]}{about and ':' + about}",
                email,
                PRODUCER_LANGUAGE,
                template,
                {
                    "purchase": purchase,
                    "parcel": parcel,
                    "lines": lines_of(parcel, PRODUCER_LANGUAGE),
                    "phone": display_phone(purchase.phone),
                    **more,
                },
            )


def tell_placed(purchase: Purchase) -> None:
    """Purchase written: the buyer is told at once, the producers when it is sure."""
    write_to_buyer(
        purchase,
        "purchase_placed",
        parcels=parcels_of(purchase, purchase.language),
        account=account(),
        attempt=purchase.payment_attempts.order_by("pk").first(),
    )
    if purchase.state == Purchase.State.CONFIRMED:
        tell_producers(purchase)


def tell_producers(purchase: Purchase, about: str = "") -> None:
    write_to_producers(purchase, "producer_order", purchase.parcels.select_related("producer", "order"), about)


def tell_paid(purchase: Purchase, received: int) -> None:
    """`received` ₫ came: the total, or what a person took for it."""
    moment = f"{purchase.paid_at:%Y%m%d%H%M%S}"
    excess = received - purchase.total
    write_to_buyer(
        purchase, "purchase_paid", about=moment, received=received, is_short=excess < 0, excess=max(excess, 0)
    )
    tell_producers(purchase, about=moment)


def tell_lapsed(purchase: Purchase) -> None:
    write_to_buyer(purchase, "purchase_lapsed", about=f"{purchase.ended_at:%Y%m%d%H%M%S}")


def tell_cancelled(purchase: Purchase, parcels: list[Parcel], reason: str) -> None:
    about = str(parcels[0].pk)  # a parcel is cancelled once
    cancelled = purchase.parcels.select_related("producer", "order").filter(pk__in=[parcel.pk for parcel in parcels])
    write_to_buyer(
        purchase,
        "purchase_cancelled",
        about=about,
        reason=reason,
        numbers=[parcel.order.number for parcel in cancelled],
    )
    if purchase.state == Purchase.State.CONFIRMED or purchase.paid_at or purchase.method == Purchase.Method.CASH:
        write_to_producers(purchase, "producer_cancelled", cancelled, reason=reason)


def tell_sent(parcel: Parcel) -> None:
    write_to_buyer(parcel.purchase, "parcel_sent", about=str(parcel.pk), parcel=parcel, number=parcel.order.number)


def tell_amount_differs(purchase: Purchase, transfer: IncomingTransfer, received: int) -> None:
    write_to_buyer(
        purchase,
        "amount_differs",
        about=str(transfer.pk),
        transfer=transfer,
        received=received,
        difference=abs(purchase.total - received),
        is_short=received < purchase.total,
    )


def tell_money_goes_back(purchase: Purchase, transfer: IncomingTransfer) -> None:
    write_to_buyer(purchase, "money_goes_back", about=str(transfer.pk), transfer=transfer)


def tell_refunded(refund: Refund) -> None:
    write_to_buyer(refund.purchase, "refund_paid", about=str(refund.pk), refund=refund)
