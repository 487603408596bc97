"""The basket: one parcel a producer, each with its own delivery."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from oscar.apps.basket.models import Basket

from shop import baskets
from shop.preview import price_delivery
from storefront.chosen_commune import read_chosen_commune
from storefront.page import BASKET_COUNT_COOKIE

COOKIE = "basket"
COOKIE_AGE = 30 * 24 * 3600


def basket_of(request) -> Basket | None:
    """The open basket of this browser."""
    found = baskets.find_basket(request.COOKIES.get(COOKIE))
    return found if found and found.status == Basket.OPEN else None


def remember(response, key: str | None, count: int):
    """Keep the basket's key, and the count that the header shows."""
    if key:
        response.set_cookie(COOKIE, key, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.IS_HTTPS)
    response.set_cookie(BASKET_COUNT_COOKIE, count, max_age=COOKIE_AGE, samesite="Lax", secure=settings.IS_HTTPS)
    return response


def whole_number(text: str | None, otherwise: int) -> int:
    """A small whole number as a form sends it."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


@never_cache
def basket(request):
    contents = baskets.read_contents(basket_of(request))
    commune = read_chosen_commune(request) if contents.items else None
    offer = price_delivery(contents, commune) if commune else None
    response = render(
        request,
        "storefront/basket.html",
        {
            "contents": contents,
            "offer": offer,
            "commune": commune,
            "parts": offer.parts if offer else [{"bundle": bundle, "quote": None} for bundle in contents.bundles],
            "most_pieces": baskets.MOST_PIECES,
        },
    )
    return remember(response, None, contents.count)


@require_POST
def add(request):
    """Put one variant into the basket; the first one starts a basket."""
    found, key = basket_of(request), None
    if found is None:
        key, found = baskets.start_basket()
    quantity = max(1, min(whole_number(request.POST.get("quantity"), 1), baskets.MOST_PIECES))
    try:
        baskets.add(found, whole_number(request.POST.get("variant"), 0), quantity)
    except baskets.CannotAdd as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã thêm vào giỏ."))
    return remember(redirect("basket"), key, baskets.count_pieces(found))


@require_POST
def change(request):
    """Change or remove lines of one's own basket: fields `line-<id>`, or the button `remove`."""
    found = basket_of(request)
    if found is None:
        messages.error(request, _("Giỏ hàng của bạn đang trống."))
        return redirect("basket")
    removed = request.POST.get("remove")
    if removed:
        baskets.set_quantity(found, whole_number(removed, 0), 0)
    else:
        for name, value in request.POST.items():
            if name.startswith("line-"):
                baskets.set_quantity(found, whole_number(name[5:], 0), whole_number(value, 1))
    target = redirect("checkout" if "checkout" in request.POST else "basket")
    return remember(target, None, baskets.count_pieces(found))
