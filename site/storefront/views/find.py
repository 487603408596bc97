"""Finding things: the search, and the check of a star by the code on a label."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.finding import find_units
from discovery.browsing import PAGE_SIZE, Wish, browse
from discovery.cards import cards_of
from discovery.models import Entry
from discovery.promoting import promoted
from discovery.tally import Tally
from outbox.wording import is_english
from programme.check_codes import tidy_check_code
from programme.models import Recognition
from programme.standing import newest_recognition, standing_by
from storefront.chosen_commune import read_chosen_commune
from storefront.paging import Paging, page_asked_for
from storefront.product_list import context_of_list
from storefront.search_notes import note_search_of
from storefront.standing_words import scores_of, sentence_of

PLACES, OTHERS = 6, 30


@require_safe
def search(request):
    wish = Wish.read(request.GET)
    context = {"query": wish.typed, "has_words": bool(wish.words)}
    if wish.words:
        commune, page = read_chosen_commune(request), page_asked_for(request)
        found = browse(wish, every_kind=True, commune=commune, page=page)
        paging = Paging(request, found.count, PAGE_SIZE)
        chosen = found.wish != Wish(typed=wish.typed, sort=found.wish.sort)
        is_first = paging.number == 1 and not chosen
        context |= context_of_list(request, found, paging) | {
            "spelling": found.answer.spelling,
            "places": places_named(wish.typed, found.held) if is_first else [],
            "promoted": promoted(wish.typed) if is_first else [],
        }
        if is_first:
            note_search_of(request, wish.typed, found.count)
    return render(request, "storefront/search.html", context)


def places_named(query: str, held: Tally) -> list:
    """Communes and districts of the province, old and new, with this name."""
    return find_units(query, province=held.province, names=held.names_of_units, limit=PLACES)


@require_safe
def check(request):
    typed = request.GET.get("ma", "").replace("\0", "").strip()[:60]
    if not typed:
        return render(request, "storefront/check.html")
    recognition = recognition_named(typed)
    if recognition:
        return redirect("check_code", recognition.check_code)
    return render(request, "storefront/check.html", {"typed": typed}, status=404)


def recognition_named(typed: str) -> Recognition | None:
    """By the ten signs of a check code, or by the number of a certificate."""
    code = tidy_check_code(typed)
    return (
        Recognition.objects.filter(check_code=code).first()
        or Recognition.objects.filter(certificate_number__iexact=typed).first()
    )


@require_safe
def check_code(request, code):
    tidy = tidy_check_code(code)
    if tidy and tidy != code:
        return redirect("check_code", tidy)
    recognition = (
        Recognition.objects.select_related("line__decision", "product__listing__producer__area")
        .select_related("product__listing__product_set")
        .filter(check_code=tidy)
        .first()
    )
    if recognition is None:
        return render(request, "storefront/check_code.html", {"typed": code[:60]}, status=404)
    return render(request, "storefront/check_code.html", context_of(recognition))


def context_of(recognition: Recognition) -> dict:
    """What the register says of a code today. An older recognition of a product gives way to its newest one."""
    today, english = timezone.localdate(), is_english()
    product = recognition.product
    listing = getattr(product, "listing", None)
    newest = newest_recognition(product)
    standing = standing_by(recognition, today)
    others = []
    if listing:
        rated = Entry.objects.open_to_all().filter(producer=listing.producer).rated(today)
        others = cards_of(rated.order_by("folded")[:OTHERS])
    return {
        "recognition": recognition,
        "listing": listing,
        "producer": listing.producer if listing else None,
        "name": listing.name_en if listing and english else product.title,
        "maker": (listing.producer.name_en if english else listing.producer.name) if listing else "",
        "has_page": bool(
            listing and product.is_public and not listing.producer.suspended_at and not listing.product_set.is_alcohol
        ),
        "newer": newest if newest.pk != recognition.pk else None,
        "standing": standing,
        "sentence": sentence_of(standing),
        "scores": scores_of(standing),
        "others": others,
    }
