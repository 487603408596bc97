"""The commune a visitor last asked delivery for: kept in a cookie by its code, so that it need not be typed twice."""

from django.conf import settings

from areas.models import Area

COOKIE = "commune"


def read_chosen_commune(request) -> Area | None:
    """The present commune of the cookie, with its province; None for no or a wrong code."""
    code = request.COOKIES.get(COOKIE, "")
    if not (code.isascii() and code.isdigit() and len(code) == 5):
        return None
    return Area.objects.communes().filter(held_until=None, code=code).select_related("parent").first()


def remember_commune(response, commune: Area):
    response.set_cookie(COOKIE, commune.code, max_age=180 * 24 * 3600, samesite="Lax", secure=settings.IS_HTTPS)
    return response
