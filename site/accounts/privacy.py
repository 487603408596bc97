"""Who may see what an editor has closed: pages and collections that are open only to some."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import resolve_url
from wagtail.models import BaseViewRestriction, PageViewRestriction


def way_in(request, restrictions: list[BaseViewRestriction]) -> HttpResponseRedirect | None:
    """The way to the log-in for strangers whom a restriction keeps out, None for whom all let in. Raises Http404 for
    whoever is logged in and is kept out all the same: to log in again would lead round in circles."""
    if all(restriction.accept_request(request) for restriction in restrictions):
        return None
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def open_to_all(pages):
    """Of these pages the published ones that everybody may read."""
    closed = PageViewRestriction.objects.annotate(path=ExpressionWrapper(OuterRef("path"), output_field=CharField()))
    return pages.live().filter(~Exists(closed.filter(path__startswith=F("page__path"))))
