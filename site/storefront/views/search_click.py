"""Results that people open: a script tells of them, and without scripts nobody is counted."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from storefront.search_notes import note_click_of


@require_POST
def search_click(request):
    """Django has checked that the page it comes from is ours. Nobody waits for the answer: it says nothing."""
    note_click_of(request, request.POST.get("q", "")[:100])
    return HttpResponse(status=204)
