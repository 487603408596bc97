"""The site as the web server calls it, and beside it the measure: a bare view of 30 kB with no middleware."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
site = get_wsgi_application()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 - the site must be set up first
from django.db import connection  # noqa: E402 - the site must be set up first
from django.http import HttpResponse  # noqa: E402 - the site must be set up first
from django.test.utils import override_settings  # noqa: E402 - the site must be set up first
from django.urls import get_resolver, path  # noqa: E402 - the site must be set up first

BARE, COUNT_QUERIES = "/bare/", "HTTP_X_COUNT_QUERIES"
PAGE = ("<!doctype html><title>30 kB</title>" + "<p>as plain as can be</p>" * 1200)[:30_000]


def bare(request):
    return HttpResponse(PAGE)


urlpatterns = [path(BARE[1:], bare)]


class BareHandler(WSGIHandler):
    """Django with one address and nothing around it."""

    def load_middleware(self, is_async=False):
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def resolve_request(self, request):
        request.resolver_match = match = get_resolver(__name__).resolve(request.path_info)
        return match


bare_site = BareHandler()


def counted(environ, start_response):
    """The site's answer with a header that says how many questions it asked the database."""
    count = 0

    def ask(execute, *arguments):
        nonlocal count
        count += 1
        return execute(*arguments)

    def start(status, headers, *more):
        return start_response(status, [*headers, ("X-Queries", str(count))], *more)

    with connection.execute_wrapper(ask):
        return site(environ, start)


def application(environ, start_response):
    if environ["PATH_INFO"] == BARE:
        return bare_site(environ, start_response)
    return (counted if COUNT_QUERIES in environ else site)(environ, start_response)
