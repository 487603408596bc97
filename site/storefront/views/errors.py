"""Pages for when something is wrong. None of them asks the database."""

from django.conf import settings
from django.db import connection
from django.db.utils import Error as DatabaseError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override


def error_page(request, name: str, status: int, **headers) -> HttpResponse:
    """An error page that works without database, session and log-in, in the language of the address."""
    language = "en" if request.path_info.startswith("/en/") or request.path_info == "/en" else settings.LANGUAGE_CODE
    if request.path_info.startswith(("/media/", "/static/")):
        language = get_language_from_request(request)
    with override(language):
        other = "/" if language == "en" else "/en/"
        content = render_to_string(
            f"errors/{name}.html",
            {
                "language": language,
                "is_english": language == "en",
                "other_language_address": other,
                "basket_count": 0,
                "operator": settings.OPERATOR,
                "sample_data": settings.SAMPLE_DATA,
                "programme_name": settings.PROGRAMME_NAME,
            },
        )
    return HttpResponse(content, status=status, headers=headers)


def bad_request(request, exception=None):
    return error_page(request, "400", 400)


def forbidden(request, exception=None):
    return error_page(request, "403", 403)


def not_found(request, exception=None):
    return error_page(request, "404", 404)


def server_error(request):
    return error_page(request, "500", 500)


def expired(request, reason=""):
    """The form lay open too long, or its cookie is gone (Django's CSRF failure)."""
    return error_page(request, "expired", 403)


def unavailable(request):
    return error_page(request, "503", 503, **{"Retry-After": "120", "Cache-Control": "no-store"})


def health(request):
    """For the machine that watches: 200 while the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up"})


def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /quan-ly/",
        "Disallow: /gio-hang/",
        "Disallow: /en/basket/",
        "Disallow: /dat-hang/",
        "Disallow: /en/checkout/",
        "Disallow: /don-mua/",
        "Disallow: /en/purchase/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
