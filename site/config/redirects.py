"""A page's old address leads to its new one, where nothing of ours stands at the address."""

from django.db import Error
from wagtail.contrib.redirects.middleware import RedirectMiddleware


class PageRedirectMiddleware(RedirectMiddleware):
    """Wagtail's, which looks for a redirect after every 404. Pictures and pages of ours that are not there have none;
    and where the database does not answer, "not found" stays "not found"."""

    def process_response(self, request, response):
        found = getattr(request, "resolver_match", None)
        if response.status_code != 404 or (found and found.view_name != "wagtail_serve"):
            return response
        try:
            return super().process_response(request, response)
        except Error:
            return response
