"""What the page of one product shows: its offers from the stock itself, its papers, its neighbours."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.privacy import open_to_all
from catalogue.models import Listing, ProductImage, Variant
from discovery.cards import cards_by_key
from discovery.models import Entry
from discovery.structured import image_of, way_to
from discovery.tally import NEWEST, tally
from outbox.wording import is_english, unmarked
from programme.models import Recognition
from programme.standing import Standing
from shop.partner.models import StockRecord

NEIGHBOURS = 4
LABEL_FIELDS = ("ingredients", "use", "storage", "shelf_life", "warnings")


@dataclass(frozen=True)
class Offer:
    """One variant with the price (₫) and the pieces that the stock has this moment."""

    variant: Variant
    price: int
    left: int

    @property
    def unit(self) -> str:
        return self.variant.unit_en if is_english() else self.variant.unit

    @property
    def left_in_words(self) -> str:
        """ "còn 12 hộp"; in English "12 left"."""
        if is_english():
            return _("còn %(count)s") % {"count": self.left}
        noun = self.variant.unit.split()[0].split("/")[0] if self.variant.unit else ""
        return f"{_('còn %(count)s') % {'count': self.left}} {noun}".strip()


def listing_of(slug: str) -> Listing | None:
    """The public listing with this address, with all that its page shows. Four queries."""
    return (
        Listing.objects.public()
        .filter(product__slug=slug)
        .select_related("product", "producer__area__parent", "product_set__group__branch", "area__parent", "village")
        .prefetch_related(
            Prefetch(
                "variants",
                Variant.objects.shown().select_related("product").order_by("position", "pk"),
            ),
            Prefetch("variants__product__stockrecords", StockRecord.objects.order_by("pk")),
            Prefetch("product__images", ProductImage.objects.select_related("original").order_by("display_order")),
        )
        .order_by("pk")
        .first()
    )


def offers_of(listing: Listing) -> list[Offer]:
    """What can be taken, in the producer's order; a variant without a price is not offered."""
    offers = []
    for variant in listing.variants.all():
        stock = next(iter(variant.product.stockrecords.all()), None)
        if stock and stock.price is not None:
            offers.append(Offer(variant, int(stock.price), max(0, stock.net_stock_level)))
    return offers


def label_of(listing: Listing, english: bool) -> list[tuple[str, str, bool]]:
    """(name, text, is the text Vietnamese on an English page) of each part of the label that is in the data."""
    names = (_("Thành phần"), _("Cách dùng"), _("Bảo quản"), _("Hạn sử dụng"), _("Lưu ý"))
    parts = []
    for name, field in zip(names, LABEL_FIELDS, strict=True):
        text, foreign = in_language(listing, field, english)
        if text:
            parts.append((name, text, foreign))
    return parts


def in_language(row, field: str, english: bool) -> tuple[str, bool]:
    """A text in the reader's language, or the Vietnamese one and True."""
    translated = getattr(row, f"{field}_en") if english else ""
    original = getattr(row, field)
    return (translated or original, english and not translated and bool(original))


def neighbours_of(listing: Listing) -> tuple[list, list]:
    """Cards of other products of the same maker, and of other makers of the same commune. One query."""
    held = tally()
    by_maker = held.of_producer(listing.producer_id) & held.open_to_all
    by_others = held.having("area", listing.area_id) & held.open_to_all & ~by_maker
    shown = slice(0, NEIGHBOURS + 1)  # the product itself may be among them
    of_maker, of_place = held.page(by_maker, NEWEST, shown), held.page(by_others, NEWEST, shown)
    cards = cards_by_key(Entry.objects.open_to_all(), [*of_maker, *of_place])
    near = ([cards[key] for key in keys if key in cards] for keys in (of_maker, of_place))
    others = ([card for card in some if card.entry.product_id != listing.product_id][:NEIGHBOURS] for some in near)
    return tuple(others)


def stories_of(product) -> list:
    """Stories in the reader's language that tell of a product and that everybody may read."""
    pages = open_to_all(Page.objects.filter(locale__language_code=get_language() or "vi"))
    links = product.story_links.filter(page__page_ptr__in=pages)
    links = links.select_related("page__picture", "page__locale").defer("page__body")
    return [link.page for link in links.order_by("-page__pk")[:3]]


def check_address(recognition: Recognition) -> str:
    """The whole address of a recognition's check page, as its QR code holds it: the Vietnamese one."""
    return f"{settings.SITE_URL}{reverse('check_code', args=[recognition.check_code])}"


def structured_data(listing: Listing, offers: list[Offer], standing: Standing, pictures: list) -> dict:
    """The product for search engines (schema.org). Stars are in it only while they hold; buyers' opinions never are."""
    english = is_english()
    product, address = listing.product, f"{settings.SITE_URL}{reverse('product', args=[listing.product.slug])}"
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": listing.name_en if english else product.title,
        "description": unmarked(in_language(listing, "summary", english)[0]),
        "url": address,
        "image": [address for files in pictures for address in image_of(files)],
        "manufacturer": {
            "@type": "Organization",
            "name": listing.producer.name_en if english else listing.producer.name,
        },
        "offers": [
            {
                "@type": "Offer",
                "name": offer.unit,
                "price": offer.price,
                "priceCurrency": "VND",
                "availability": f"https://schema.org/{'InStock' if offer.left else 'OutOfStock'}",
                "url": address,
                **({"gtin": offer.variant.gtin} if offer.variant.gtin else {}),
            }
            for offer in offers
            if listing.is_sold_here
        ],
    }
    if standing.holds:
        data["hasCertification"] = certification(standing)
    return {name: value for name, value in data.items() if value}


def way_of(listing: Listing, name: str) -> dict:
    """The way to the product as its page shows it (schema.org's BreadcrumbList): products, branch, group."""
    products, group = reverse("products"), listing.product_set.group
    branch = group.branch
    names = (branch.name_en, group.name_en) if is_english() else (branch.name, group.name)
    steps = [(_("Sản phẩm"), products), (names[0], f"{products}?branch={branch.slug}")]
    if group.name != branch.name:
        steps.append((names[1], reverse("product_group", args=[group.slug])))
    return way_to(*steps, (name, reverse("product", args=[listing.product.slug])))


def certification(standing: Standing) -> dict:
    recognition, decision = standing.recognition, standing.recognition.line.decision
    known = {
        "certificationIdentification": recognition.certificate_number,
        "validFrom": recognition.issued_on and recognition.issued_on.isoformat(),
        "expires": recognition.expires_on and recognition.expires_on.isoformat(),
        "issuedBy": {"@type": "Organization", "name": decision.authority} if decision.authority else None,
    }
    return {
        "@type": "Certification",
        "name": f"OCOP {standing.stars} sao",
        "certificationStatus": "https://schema.org/CertificationActive",
        "certificationRating": {"@type": "Rating", "ratingValue": standing.stars, "bestRating": 5},
        "url": check_address(recognition),
        **{name: value for name, value in known.items() if value},
    }
