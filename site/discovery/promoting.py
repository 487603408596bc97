"""What editors have set above the results of a word, as far as the public may see it now."""

from django.db.models import Q
from django.utils import timezone

from areas.folding import fold
from discovery.cards import Card, cards_of
from discovery.models import Entry, Kind, PromotedThing, Promotion

MOST = 3
PAGES = (Kind.STORY, Kind.VILLAGE, Kind.FAIR, Kind.GUIDE)


def promoted(typed: str) -> list[Card]:
    """The cards of what stands above all that was found for what was typed: three at most, in the
    editors' order, none of alcohol. What is hidden, suspended or unpublished has no entry, so it is not among them.
    One query, and one more where anything is set."""
    word = fold(typed)
    if not word:
        return []
    in_force = Promotion.objects.in_force(on=timezone.localdate()).filter(promoted_words__typed=word)
    things = PromotedThing.objects.filter(promotion__in=in_force).order_by("sort_order", "pk")
    places: dict[tuple[str, str], int] = {}
    asked = Q()
    for place, (product, producer, page) in enumerate(
        things.values_list("product_id", "producer_id", "page__translation_key")
    ):
        kinds = [Kind.PRODUCT] if product else [Kind.PRODUCER] if producer else PAGES
        key = str(product or producer or page)
        asked |= Q(kind__in=kinds, key=key)
        places.update({(kind, key): place for kind in kinds if (kind, key) not in places})
    if not places:
        return []
    found = cards_of(Entry.objects.filter(asked, is_alcohol=False))
    return sorted(found, key=lambda card: places[card.entry.kind, card.entry.key])[:MOST]
