"""Suggestions while one types into a search field, drawn as the list that the field opens."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from discovery.highlighting import highlighted
from discovery.suggesting import read_typed, suggest

KEPT = 60  # seconds, by the browser that asked: who deletes a letter asks again


@require_safe
@cache_control(private=True, max_age=KEPT)
def suggestions(request):
    """A part of a page; empty where too little is typed. No context of pages is made for it."""
    typed = read_typed(request.GET.get("q", ""))
    found = suggest(typed)
    rows = [(row, highlighted(row.name, found.looked_for)) for row in found.rows]
    part = render_to_string("storefront/_suggestions.html", {"typed": typed, "rows": rows}) if typed else ""
    return HttpResponse(part, headers={"X-Robots-Tag": "noindex"})
