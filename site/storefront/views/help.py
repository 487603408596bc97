"""The help pages: how to buy, return, complain, and what the site promises."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from shop.delivery import FARTHER
from shop.models import DeliveryRate
from storefront.help_pages import HELP_PAGES, help_page_of


@require_safe
def index(request):
    guides = Page.objects.live().filter(content_type__model="guidepage", locale__language_code=get_language() or "vi")
    return render(request, "storefront/help_index.html", {"pages": HELP_PAGES, "guides": guides.order_by("path")})


@require_safe
def page(request, slug):
    language = get_language() or "vi"
    found = help_page_of(slug, language)
    if found is None:
        raise Http404
    other = "vi" if language == "en" else "en"
    with override(other):
        request.twin_address = reverse("help_page", args=[found.slug(other)])
    context = {
        "page": found,
        "text": f"storefront/help/{found.name}.{language}.html",
        "rates": delivery_rates() if found.name == "delivery" else [],
        "transfer_hours": settings.TRANSFER_HOURS,
    }
    return render(request, "storefront/help_page.html", context)


def delivery_rates() -> list[DeliveryRate]:
    """The table of delivery prices, nearest zone first, lightest band first."""
    rates = sorted(DeliveryRate.objects.all(), key=lambda rate: (FARTHER.index(rate.zone), rate.max_grams))
    for rate in rates:
        rate.zone_label = rate.get_zone_display()
    return rates
