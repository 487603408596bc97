"""Placing a purchase: one short transaction that reserves, freezes and writes everything, or nothing."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.basket.models import Basket
from oscar.apps.order.models import Line as OrderLine
from oscar.apps.order.models import Order

from areas.models import Area
from outbox.events import tell
from outbox.wording import dong
from shop import messages, stock
from shop.alcohol import is_of_age
from shop.baskets import Contents, Item, read_contents
from shop.codes import new_code, new_key
from shop.models import Consent, Parcel, PaymentAttempt, Purchase, PurchaseEvent
from shop.payment import memo_of, methods_for
from shop.preview import Offer, PricedBundle, StalePreview, price_delivery, read_preview, summary_of


class Refused(Exception):
    """Nothing was bought. `sentences` tell the buyer what happened and what to do."""

    def __init__(self, sentences: list[str]):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Buyer:
    """What the form brought: all of it checked for form, none of it for truth."""

    name: str
    phone: str  # E.164
    email: str
    commune: Area
    typed_place: str
    street: str
    method: str
    language: str
    birth_date: date | None = None
    user: object = None
    notes: dict[int, str] = field(default_factory=dict)  # by producer
    consents: dict[str, str] = field(default_factory=dict)  # kind -> the sentence as it stood on the page


def place(basket: Basket, buyer: Buyer, preview: str) -> Purchase:
    """Buy what is in a basket, on the terms the buyer saw.

    The same basket sent twice gives the same purchase. Raises Refused with sentences; then nothing has changed.
    """
    try:
        seen = read_preview(preview)
    except StalePreview as error:
        raise Refused([_("Trang đã mở quá lâu. Hãy xem lại tổng tiền dưới đây rồi đặt hàng.")]) from error
    try:
        with transaction.atomic(durable=True):
            if not Basket.objects.filter(pk=basket.pk, status=Basket.OPEN).update(status=Basket.FROZEN):
                return placed_already(basket)
            return place_frozen(basket, buyer, seen)
    except OperationalError as error:  # the lock did not come in time: too many buyers at this moment
        raise Refused(
            [_("Đang có rất nhiều người mua cùng lúc. Chưa có gì được đặt; hãy bấm đặt hàng lần nữa.")]
        ) from error


def placed_already(basket: Basket) -> Purchase:
    purchase = Purchase.objects.filter(basket=basket).first()
    if purchase is None:
        raise Refused([_("Giỏ hàng này không còn dùng được. Hãy bắt đầu một giỏ mới.")])
    return purchase


def place_frozen(basket: Basket, buyer: Buyer, seen: dict) -> Purchase:
    contents = read_contents(basket)
    if not contents.items:
        raise Refused([_("Giỏ hàng đang trống.")])
    if contents.problems:
        raise Refused(contents.problems)
    take_stock(contents)
    offer = price_delivery(contents, buyer.commune)
    refuse_unless_allowed(offer, buyer)
    refuse_changes(offer, seen)
    return write_purchase(offer, buyer)


def take_stock(contents: Contents) -> None:
    """Reserve every piece, and read prices from the locked rows."""
    wanted = {item.stock.pk: item.quantity for item in contents.items}
    try:
        rows = stock.reserve(wanted)
    except stock.OutOfStock as short:
        raise Refused(
            [
                sentence_of_shortage(item, short.available[item.stock.pk])
                for item in contents.items
                if item.stock.pk in short.available
            ]
        ) from short
    for item in contents.items:
        item.line.stockrecord = rows[item.stock.pk]


def sentence_of_shortage(item: Item, left: int) -> str:
    if left == 0:
        return _("%(name)s vừa hết hàng. Hãy bỏ món này khỏi giỏ để đặt các món khác.") % {"name": item.name}
    return _("%(name)s chỉ còn %(left)d. Hãy giảm số lượng rồi đặt lại.") % {"name": item.name, "left": left}


def refuse_unless_allowed(offer: Offer, buyer: Buyer) -> None:
    sentences = [part.problem for part in offer.unserved]
    if buyer.method not in methods_for(offer.contents.has_alcohol):
        sentences.append(
            _("Giỏ có đồ uống có cồn nên chỉ nhận chuyển khoản.")
            if offer.contents.has_alcohol
            else _("Cách thanh toán này hiện không dùng được.")
        )
    if offer.contents.has_alcohol and not (buyer.birth_date and is_of_age(buyer.birth_date, timezone.localdate())):
        sentences.append(_("Đồ uống có cồn chỉ bán cho người từ đủ 18 tuổi."))
    if sentences:
        raise Refused(sentences)


def refuse_changes(offer: Offer, seen: dict) -> None:
    """What is charged is what was shown, or nothing (the preview was signed when the page was drawn)."""
    now = summary_of(offer)
    if now == seen:
        return
    before = {pk: price for pk, quantity, price in seen["items"]}
    sentences = [
        _("Giá %(name)s vừa đổi từ %(old)s thành %(new)s. Hãy xem lại tổng tiền rồi đặt hàng.")
        % {"name": item.name, "old": dong(before[item.stock.pk]), "new": dong(item.price)}
        for item in offer.contents.items
        if item.stock.pk in before and before[item.stock.pk] != item.price
    ]
    raise Refused(sentences or [_("Giỏ hàng hoặc phí giao đã đổi. Hãy xem lại tổng tiền dưới đây rồi đặt hàng.")])


def write_purchase(offer: Offer, buyer: Buyer) -> Purchase:
    now = timezone.now()
    waits = buyer.method == Purchase.Method.TRANSFER
    has_alcohol = offer.contents.has_alcohol
    purchase = Purchase.objects.create(
        code=new_code(),
        key=new_key(),
        basket=offer.contents.basket,
        user=buyer.user,
        language=buyer.language,
        state=Purchase.State.WAITING if waits else Purchase.State.CONFIRMED,
        method=buyer.method,
        name=buyer.name,
        phone=buyer.phone,
        email=buyer.email,
        commune=buyer.commune,
        typed_place=buyer.typed_place,
        street=buyer.street,
        birth_date=buyer.birth_date if has_alcohol else None,
        goods_total=offer.goods_total,
        delivery_total=offer.delivery_total,
        total=offer.total,
        has_alcohol=has_alcohol,
        pay_before=now + timedelta(hours=settings.TRANSFER_HOURS) if waits else None,
    )
    write_orders(purchase, offer, buyer)
    PaymentAttempt.objects.create(
        purchase=purchase,
        idempotency_key=f"{purchase.code}-1",
        method=buyer.method,
        amount=purchase.total,
        memo=memo_of(purchase.code) if waits else "",
    )
    Consent.objects.bulk_create(
        Consent(purchase=purchase, kind=kind, sentence=sentence, language=buyer.language)
        for kind, sentence in buyer.consents.items()
    )
    PurchaseEvent.objects.create(purchase=purchase, new_state=purchase.state, by=buyer.user)
    Basket.objects.filter(pk=offer.contents.basket.pk).update(status=Basket.SUBMITTED, date_submitted=now)
    for product_id in {item.listing.product_id for item in offer.contents.items}:
        tell("product_changed", product_id=product_id)
    messages.tell_placed(purchase)
    return purchase


def write_orders(purchase: Purchase, offer: Offer, buyer: Buyer) -> None:
    """One Oscar order and one parcel a producer."""
    orders = Order.objects.bulk_create(
        Order(
            number=f"{purchase.code}-{position}",
            user=buyer.user,
            currency="VND",
            status=Parcel.State.NEW,
            basket=offer.contents.basket,
            guest_email=buyer.email,
            date_placed=purchase.placed_at,
            total_incl_tax=part.bundle.goods_total + part.quote.price,
            total_excl_tax=part.bundle.goods_total + part.quote.price,
            shipping_incl_tax=part.quote.price,
            shipping_excl_tax=part.quote.price,
            shipping_method=part.quote.zone,
        )
        for position, part in enumerate(offer.parts, 1)
    )
    OrderLine.objects.bulk_create(
        order_line(order, item, part)
        for order, part in zip(orders, offer.parts, strict=True)
        for item in part.bundle.items
    )
    Parcel.objects.bulk_create(
        Parcel(
            purchase=purchase,
            order=order,
            producer=part.bundle.producer,
            grams=part.bundle.grams,
            goods_total=part.bundle.goods_total,
            delivery_price=part.quote.price,
            days_min=part.quote.days_min,
            days_max=part.quote.days_max,
            note=buyer.notes.get(part.bundle.producer.pk, ""),
        )
        for order, part in zip(orders, offer.parts, strict=True)
    )


def order_line(order: Order, item: Item, part: PricedBundle) -> OrderLine:
    return OrderLine(
        order=order,
        product=item.line.product,
        stockrecord=item.stock,
        partner_id=item.stock.partner_id,
        partner_name=part.bundle.producer.name[:128],
        partner_sku=item.stock.partner_sku,
        title=f"{item.listing.product.title}, {item.variant.unit}"[:255],
        quantity=item.quantity,
        num_allocated=item.quantity,
        status=Parcel.State.NEW,
        unit_price_incl_tax=item.price,
        unit_price_excl_tax=item.price,
        line_price_incl_tax=item.total,
        line_price_excl_tax=item.total,
        line_price_before_discounts_incl_tax=item.total,
        line_price_before_discounts_excl_tax=item.total,
    )
