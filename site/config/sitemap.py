"""/sitemap.xml: every page that search engines may show, with its languages and its picture.

Out stay alcohol (it stands behind the question of age), sample fairs, narrowed lists, and all that is somebody's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from discovery.models import Entry
from discovery.tally import communes_held, tally
from producers.models import Producer
from showcase.models import FairPage
from showcase.models.plain import BodyPage
from storefront.help_pages import HELP_PAGES

MOST_ADDRESSES = 10_000  # in one file; with more, /sitemap.xml is a list of files
LISTS = ("home", "products", "producers", "map", "check", "help")
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
BELOW_HOME = 3  # the depth in Wagtail's tree at which indexes begin


@dataclass(frozen=True)
class Place:
    """One page with its address in each language it has (path), when it changed, and its picture's address."""

    addresses: dict[str, str]
    changed: datetime | None = None
    picture: str = ""


class SiteMap(Sitemap):
    limit = MOST_ADDRESSES
    i18n = alternates = x_default = True

    @cached_property
    def places(self) -> list[Place]:
        """All of them, in a number of queries that does not grow. An address stands here once."""
        seen, places = set(), []
        for place in places_of_site():
            if not seen & set(place.addresses.values()):
                seen.update(place.addresses.values())
                places.append(place)
        return places

    def items(self):
        return self.places

    def get_languages_for_item(self, item):
        return list(item.addresses)

    def location(self, item):
        return item.addresses[get_language()]

    def lastmod(self, item):
        return item.changed

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


@require_safe
def sitemap(request):
    """The map, or a list of its parts where it is long."""
    whole = SiteMap()
    count = whole.paginator.num_pages
    if count > 1 and "p" not in request.GET:
        address = f"{settings.SITE_URL}{reverse('sitemap')}"
        parts = [f"{address}?p={number}" for number in range(1, count + 1)]
        return render(request, "sitemap_index.xml", {"parts": parts}, content_type="application/xml")
    return views.sitemap(request, {"site": whole}, template_name="sitemap.xml")


def places_of_site() -> Iterator[Place]:
    yield from (Place(addresses_of(name)) for name in LISTS)
    yield from (
        Place({code: address_in(code, "help_page", page.slug(code)) for code in LANGUAGES}) for page in HELP_PAGES
    )
    yield from places_of_groups_and_communes()
    yield from places_of_products()
    yield from places_of_producers()
    yield from places_of_pages()


def places_of_groups_and_communes() -> Iterator[Place]:
    held = tally()
    groups, communes = (held.counts(facet, held.open_to_all) for facet in ("group", "area"))
    group_addresses, commune_addresses = frame("product_group"), frame("commune")
    yield from (Place(group_addresses(group.slug)) for group in held.groups if groups.get(group.pk))
    yield from (Place(commune_addresses(area.slug)) for area in communes_held() if communes.get(area.pk))


def places_of_products() -> Iterator[Place]:
    addresses = frame("product")
    rows = Entry.objects.open_to_all().order_by("-listed_at", "-pk")
    for slug, files, changed in rows.values_list("slug", "picture_files", "product__date_updated"):
        yield Place(addresses(slug), changed, picture_of(files))


def places_of_producers() -> Iterator[Place]:
    addresses = frame("producer")
    for slug, files in Producer.objects.public().order_by("name", "pk").values_list("slug", "picture__files"):
        yield Place(addresses(slug), None, picture_of(files))


def places_of_pages() -> Iterator[Place]:
    """Editors' pages, each with its translations that are published."""
    models = [model for model in apps.get_models() if issubclass(model, BodyPage)]
    files = {pk: rows for model in models for pk, rows in model.objects.values_list("pk", "picture__files")}
    hidden = set(FairPage.objects.filter(is_sample=True).values_list("pk", flat=True))
    by_key = {}
    pages = Page.objects.live().public().filter(depth__gte=BELOW_HOME).select_related("locale").order_by("path")
    for page in pages:
        if page.pk not in hidden:
            by_key.setdefault(page.translation_key, []).append(page)
    for twins in by_key.values():
        addresses = {page.locale.language_code: urlsplit(page.url).path for page in twins if page.url}
        dates = [page.last_published_at or page.first_published_at for page in twins]
        if addresses:
            yield Place(addresses, max(filter(None, dates), default=None), picture_of(files.get(twins[0].pk)))


def picture_of(files: dict | None) -> str:
    """The whole address of the largest file of a picture."""
    rows = (files or {}).get("jpeg")
    return urljoin(f"{settings.SITE_URL}/", rows[-1][2]) if rows else ""


def address_in(language: str, name: str, *arguments) -> str:
    with override(language):
        return reverse(name, args=arguments)


def addresses_of(name: str, *arguments) -> dict[str, str]:
    return {code: address_in(code, name, *arguments) for code in LANGUAGES}


def frame(name: str):
    """A function from a slug to the addresses with it: reverse() for each of forty thousand would take a second."""
    parts = {code: address.split("/0/") for code, address in addresses_of(name, "0").items()}
    return lambda slug: {code: f"{before}/{slug}/{after}" for code, (before, after) in parts.items()}
