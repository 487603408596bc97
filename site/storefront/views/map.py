"""The map: where products come from, who makes them there, and villages."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from areas.commune_map import map_of
from areas.map_names import names_on
from discovery.browsing import Found, Wish, browse
from discovery.tally import communes_held
from outbox.wording import is_english
from storefront.chosen_commune import read_chosen_commune
from storefront.paging import address_with
from storefront.places_on_map import Place, chooses_among_products, places_of
from storefront.product_list import chips_of, wider_lists

ROOM = 26  # units around the drawing's outermost dots, for their ground


@require_safe
def the_map(request):
    english = is_english()
    found = browse(Wish.read(request.GET), commune=read_chosen_commune(request))
    places = places_of(found, english=english)
    chips = chips_of(request, found, english)
    drawing = map_of(communes_held(), *(place.area for place in places if place.products), margin=ROOM)
    context = {
        "kind": "map",
        "wish": found.wish,
        "found": found,
        "whole_list": request.path,
        "chips": chips,
        "wider": [] if found.count else wider_lists(found, chips),
        "places": [(place, *lists_of(request, found, place)) for place in places],
        "has_bare": any(place.is_empty for place in places),
        "communes_with_products": sum(1 for place in places if place.products),
        "drawing": drawing,
        "names": names_on(drawing, first={place.area.pk for place in places if place.products}) if drawing else [],
        "tiles": settings.MAP_TILES_URL,
        "tiles_attribution": settings.MAP_TILES_ATTRIBUTION,
        "canonical_path": request.get_full_path() if found.wish.narrows else request.path,
    }
    response = render(request, "storefront/map.html", context)
    if hosts := hosts_of_tiles(settings.MAP_TILES_URL):
        response._csp_update = {"img-src": hosts}  # as csp.decorators.csp_update writes it, which reads no settings
    return response


def lists_of(request, found: Found, place: Place) -> tuple[str, str]:
    """The addresses of a commune's products and producers that were found: as many as the map tells. Producers who
    make what was wished have no list but the map of their commune alone, and none where all are named already."""
    slug, wish = place.area.slug, found.wish
    products = address_with(request, reverse("products"), commune=slug)
    if not chooses_among_products(wish) and len(wish.makers) <= 1:
        query = urlencode([("commune", slug), *(("kind", kind) for kind in wish.makers)])
        return products, f"{reverse('producers')}?{query}"
    return products, address_with(request, commune=slug) if place.unnamed else ""


def hosts_of_tiles(address: str) -> list[str]:
    """The origins that pictures of the ground come from, as a page's policy names them: Leaflet puts a, b and c in the
    place of {s}. None for tiles of this site's own."""
    parts = urlsplit(address)
    if not parts.netloc:
        return []
    names = [parts.netloc.replace("{s}", letter) for letter in "abc"] if "{s}" in parts.netloc else [parts.netloc]
    return [f"{parts.scheme}://{name}" for name in names]
