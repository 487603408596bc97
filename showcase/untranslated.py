"""What a reader finds who asks for a page in a language in which it is not published."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from accounts.privacy import open_to_all
from showcase.models.plain import OTHERS, BodyPage, PlainPage, published_by_language


@require_safe
def untranslated(request, pk):
    """The page in the reader's language where it is there; else one that says so, names and links the original, and
    leads to what is near in that language. A page that is not everybody's is a 404."""
    language = get_language()
    original = open_to_all(Page.objects.filter(pk=pk)).select_related("locale").specific().first()
    if not isinstance(original, PlainPage):
        raise Http404
    if original.locale.language_code == language:
        return redirect(original.get_url(request))
    translation = published_by_language(original).get(language)
    if translation:
        return redirect(translation.get_url(request))
    index = published_by_language(original.get_parent()).get(language) if isinstance(original, BodyPage) else None
    index = index and index.specific
    request.other_language_address = original.get_url(request)
    context = {
        "original": original,
        "canonical_path": request.other_language_address,
        "index": index,
        "near": index.lists.listed(index)[:OTHERS] if index else [],
    }
    return render(request, "showcase/untranslated.html", context)
