"""The address of the home page. Wagtail would look for it from the site down; the language alone says which it is."""

from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from showcase.models import HomePage


@require_safe
def home(request):
    """The home page in the language of its address, drawn as its editors' preview draws it."""
    return HomePage.in_language(get_language()).serve(request)
