"""What every page needs: the language, the same page in the other one, the basket's count, the operator."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, override

BASKET_COUNT_COOKIE = "basket_count"  # for display only: the basket itself is asked of the database


def page(request):
    """Context processor. Asks nothing of the database."""
    language = get_language() or settings.LANGUAGE_CODE
    other = "vi" if language == "en" else "en"
    twin = twin_address(request, other)
    elsewhere = getattr(request, "other_language_address", None)  # of a page without a translation
    count = request.COOKIES.get(BASKET_COUNT_COOKIE, "")
    return {
        "language": language,
        "is_english": language == "en",
        "other_language_address": elsewhere or twin or home_in(other),
        "twin_address": twin,
        "basket_count": int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0,
        "operator": settings.OPERATOR,
        "sample_data": settings.SAMPLE_DATA,
        "programme_name": settings.PROGRAMME_NAME,
        "site_url": settings.SITE_URL,
    }


def twin_address(request, other: str) -> str:
    """The same thing in the other language; empty where it is not there in that language."""
    known = getattr(request, "twin_address", None)  # Wagtail's pages say it themselves
    if known:
        return known
    match = request.resolver_match
    if match is None or match.url_name in ("wagtail_serve", "untranslated"):
        return ""
    with override(other):
        try:
            address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return ""
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query and request.method == "GET" else address


def home_in(language: str) -> str:
    with override(language):
        return reverse("home")
