"""The page of one product."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.commune_map import map_of
from discovery.qr import qr_of
from discovery.tally import communes_held
from outbox.wording import is_english
from programme.standing import standing_of
from shop.delivery import quote
from storefront.age import ask_age, is_of_age
from storefront.delivery_place import place_asked_for, remember_place
from storefront.product_page import (
    check_address,
    in_language,
    label_of,
    listing_of,
    neighbours_of,
    offers_of,
    stories_of,
    structured_data,
    way_of,
)
from storefront.share_cards import card_of_product
from storefront.standing_words import scores_of, sentence_of


@require_safe
def product(request, slug):
    listing = listing_of(slug)
    if listing is None:
        raise Http404
    if listing.product_set.is_alcohol and not is_of_age(request):
        return ask_age(request)
    place = place_asked_for(request)
    if place.one and place.typed not in ("", place.one.code):  # one address for every way to type a commune
        return redirect(f"{request.path}?{urlencode({'commune': place.one.code})}#delivery")
    response = render(request, "storefront/product.html", context_of(listing, place))
    if place.typed and place.one:
        remember_place(response, place.one)
    return response


def context_of(listing, place) -> dict:
    today, english = timezone.localdate(), is_english()
    standing, offers = standing_of(listing.product, today), offers_of(listing)
    recognition = standing.recognition
    pictures = [image.original for image in listing.product.images.all()]
    first = next((offer for offer in offers if offer.left), offers[0] if offers else None)
    same_maker, same_place = neighbours_of(listing)
    grams = first.variant.gross_grams if first else None
    summary, summary_is_foreign = in_language(listing, "summary", english)
    description, description_is_foreign = in_language(listing, "description", english)
    return {
        "listing": listing,
        "producer": listing.producer,
        "name": listing.name_en if english else listing.product.title,
        "maker": listing.producer.name_en if english else listing.producer.name,
        "branch": listing.product_set.group.branch,
        "group": listing.product_set.group,
        "summary": summary,
        "summary_is_foreign": summary_is_foreign,
        "description": description,
        "description_is_foreign": description_is_foreign,
        "offers": offers,
        "first_offer": first,
        "is_in_stock": any(offer.left for offer in offers),
        "most_pieces": max((offer.left for offer in offers), default=0),
        "pictures": [(picture, picture.alt_en if english else picture.alt) for picture in pictures],
        "share_card": card_of_product(listing, standing, pictures[0] if pictures else None),
        "standing": standing,
        "sentence": sentence_of(standing),
        "scores": scores_of(standing),
        "recognition": recognition,
        "qr": qr_of(check_address(recognition)) if recognition else "",
        "label": label_of(listing, english),
        "place": place,
        "can_be_sent": listing.is_sold_here and grams is not None,
        "quote": quote(listing.producer, place.one, grams) if place.one and grams and listing.is_sold_here else None,
        "map": map_of(communes_held(), listing.area),
        "same_maker": same_maker,
        "same_place": same_place,
        "stories": stories_of(listing.product),
        "way": way_of(listing, listing.name_en if english else listing.product.title),
        "data": None
        if listing.product_set.is_alcohol
        else structured_data(listing, offers, standing, [picture.files for picture in pictures]),
    }
