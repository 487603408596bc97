"""What is drawn on the share cards of products and producers, and how a card's thing is found again.

Alcohol has none (it is shown behind the question of age alone): its pages share the site's neutral card.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Listing, ProductImage
from outbox.wording import is_english, unmarked
from pictures.cards import ShareCard
from pictures.models import Picture
from producers.models import Producer
from programme.standing import Standing, standing_of

MOTIF_OF_PRODUCTS, MOTIF_OF_PRODUCERS = "tea-basket", "house"


def card_of_product(listing: Listing, standing: Standing, picture: Picture | None) -> ShareCard | None:
    """A product with its maker and its stars, which are drawn only while they stand; None for alcohol."""
    if listing.product_set.is_alcohol:
        return None
    english = is_english()
    maker = listing.producer.name_en if english else listing.producer.name
    return ShareCard(
        "product",
        listing.product.slug,
        "en" if english else "vi",
        title=unmarked(listing.name_en if english else listing.product.title),
        motif=(picture and picture.motif) or MOTIF_OF_PRODUCTS,
        section=_("Sản phẩm"),
        subtitle=f"{unmarked(maker)} · {listing.area.title}",
        stars=standing.stars,
        note=_("sao mẫu") if standing.holds and standing.is_sample else "",
    )


def card_of_producer(producer: Producer) -> ShareCard:
    english = is_english()
    return ShareCard(
        "producer",
        producer.slug,
        "en" if english else "vi",
        title=unmarked(producer.name_en if english else producer.name),
        motif=(producer.picture and producer.picture.motif) or MOTIF_OF_PRODUCERS,
        section=_("Nhà sản xuất"),
        subtitle=f"{producer.get_kind_display()} · {producer.area.title}",
        note=_("nhà sản xuất mẫu") if producer.is_sample else "",
    )


def find_card_of_product(slug: str, language: str) -> ShareCard | None:
    """The card of a public product in the language that is spoken; None for any other."""
    rows = Listing.objects.public().select_related("product", "producer", "product_set", "area")
    listing = rows.filter(product__slug=slug).order_by("pk").first()
    if listing is None:
        return None
    images = ProductImage.objects.filter(product=listing.product_id).select_related("original")
    first = images.order_by("display_order").first()
    return card_of_product(listing, standing_of(listing.product, timezone.localdate()), first and first.original)


def find_card_of_producer(slug: str, language: str) -> ShareCard | None:
    found = Producer.objects.public().select_related("area", "picture").filter(slug=slug).first()
    return found and card_of_producer(found)
