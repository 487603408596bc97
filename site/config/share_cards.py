"""/anh-chia-se/…: the drawn card of a page, for those who make previews of links.

Only cards of what everybody may see are drawn, and kept: an address with another digest or with a query leads to the
card as it is now, so nobody can have anything drawn that no page names.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import override
from django.views.decorators.http import require_safe

from accounts.throttle import count_try
from config.sitemap import LANGUAGES
from pictures.cards import kept, png_of
from showcase.share_cards import find_card_of_home, find_card_of_page
from storefront.share_cards import find_card_of_producer, find_card_of_product
from storefront.templatetags.sharing import NEUTRAL, card_address

FINDERS = {
    "home": find_card_of_home,
    "page": find_card_of_page,
    "product": find_card_of_product,
    "producer": find_card_of_producer,
}
DRAWN_A_MINUTE = 60  # by each process, by all together where Redis counts: half a second of a processor each
HOUR, MINUTE = "public, max-age=3600", "public, max-age=60"  # stars may end


@require_safe
def share_card(request, language, kind, key, digest):
    """A card as a PNG; 404 where its page is not, or no longer, to be seen by all."""
    if language not in LANGUAGES or kind not in FINDERS:
        raise Http404
    with override(language):
        card = FINDERS[kind](key, language)
        if card is None:
            raise Http404
        address = card_address(card)
        if request.get_full_path() != address:
            return not_kept(redirect(address))
        etag = quote_etag(card.digest)
        response = get_conditional_response(request, etag=etag)
        if response is None:
            if not kept(card) and not count_try("share_card", "", limit=DRAWN_A_MINUTE, seconds=60):
                return not_kept(redirect(static(NEUTRAL)))
            response = HttpResponse(png_of(card), content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = MINUTE if card.stars else HOUR
    response["X-Content-Type-Options"] = "nosniff"
    return response


def not_kept(response):
    response["Cache-Control"] = "no-store"
    return response
