"""The editors' handbook, one page inside the CMS."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from showcase.checklist import HEADINGS, WORDS
from showcase.documents import MEGABYTE, MOST_OF_A_FILM, MOST_OF_OTHERS


def handbook(request):
    """How to write for this site: from the first draft to the readers."""
    return render(
        request,
        "showcase/cms/handbook.html",
        {
            "title": _("Sổ tay biên tập"),
            "words": WORDS,
            "headings": HEADINGS,
            "most_of_a_film": MOST_OF_A_FILM // MEGABYTE,
            "most_of_others": MOST_OF_OTHERS // MEGABYTE,
        },
    )
