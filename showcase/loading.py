"""The tree of pages and the built-in stories."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.contrib.sites.models import Site as DjangoSite
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from catalogue.models import Listing
from outbox.wording import unmarked
from pictures.models import Picture
from showcase import story_files
from showcase.models import HomePage, StoryIndexPage, StoryPage, StoryProduct

HOME_SLUGS = {"vi": "trang-chu", "en": "en"}
INDEX = {
    "vi": (
        "Câu chuyện",
        "cau-chuyen",
        "Chuyện về những sản vật của Lai Châu, người làm ra chúng và nơi chúng sinh ra.",
    ),
    "en": ("Stories", "stories", "The products of Lai Chau, the people who make them and the places they come from."),
}


@transaction.atomic
def load_pages() -> int:
    """Make the home page and the index of stories in both languages, and the site that begins at the Vietnamese home.
    Returns how many pages were made."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    made = _load_homes(locales) + _load_indexes()
    _point_site_at(HomePage.objects.get(locale__language_code="vi"))
    return made


def _load_homes(locales: dict[str, Locale]) -> int:
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    key = homes["vi"].translation_key if "vi" in homes else uuid4()
    missing = [code for code in HOME_SLUGS if code not in homes]
    for code in missing:
        Page.get_first_root_node().add_child(
            instance=HomePage(
                title=settings.WAGTAIL_SITE_NAME,
                slug=HOME_SLUGS[code],
                locale=locales[code],
                translation_key=key,
                first_published_at=timezone.now(),
            )
        )
    return len(missing)


def _load_indexes() -> int:
    made, key = 0, None
    for home in HomePage.objects.select_related("locale").order_by("path"):
        index = StoryIndexPage.objects.child_of(home).first()
        if index is None:
            title, slug, summary = INDEX[home.locale.language_code]
            index = StoryIndexPage(
                title=title,
                slug=slug,
                summary=summary,
                locale=home.locale,
                translation_key=key or uuid4(),
                first_published_at=timezone.now(),
            )
            home.add_child(instance=index)
            made += 1
        key = index.translation_key
    return made


def _point_site_at(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and site.root_page_id == home.pk:
        return
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    welcome = site.root_page if site else None
    site = site or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = address.hostname or "localhost", port, home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
    # Django's own row of the site says the same.
    DjangoSite.objects.update_or_create(
        pk=settings.SITE_ID, defaults={"domain": address.netloc[:100], "name": settings.WAGTAIL_SITE_NAME[:50]}
    )
    if welcome and welcome.specific_class is Page and welcome.is_leaf():
        welcome.delete()  # the page that Wagtail greets a new site with


@transaction.atomic
def load_stories(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Publish the built-in stories that are not there yet, by their addresses, in both languages. Products and
    pictures come first. Returns how many pages were written."""
    indexes = {page.locale.language_code: page for page in StoryIndexPage.objects.select_related("locale")}
    present = {
        code: set(StoryPage.objects.child_of(index).values_list("slug", flat=True)) for code, index in indexes.items()
    }
    stories = {name: {code: story_files.read(name, code) for code in indexes} for name in story_files.names()}
    missing = [
        (position, name, code)
        for position, (name, languages) in enumerate(stories.items())
        for code, story in languages.items()
        if story.slug not in present[code]
    ]
    if not missing:
        return 0
    products = dict(Listing.objects.values_list("product__slug", "product_id"))
    pictures = dict(Picture.objects.exclude(motif=None).values_list("motif", "pk"))
    keys = {name: _key_of(languages, indexes) for name, languages in stories.items()}
    now = timezone.now()
    for done, (position, name, code) in enumerate(missing, 1):
        story = stories[name][code]
        page = StoryPage(
            title=unmarked(story.title),
            marked_title=story.title if unmarked(story.title) != story.title else "",
            slug=story.slug,
            summary=story.summary,
            search_description=unmarked(story.summary),
            picture_id=pictures.get(story.motif),
            body=list(story.body),
            locale=indexes[code].locale,
            translation_key=keys[name],
            first_published_at=now - timedelta(hours=position),
        )
        page.story_products = [
            StoryProduct(product_id=products[slug], sort_order=order)
            for order, slug in enumerate(story.products)
            if slug in products
        ]
        indexes[code].add_child(instance=page)
        progress(done, len(missing))
    return len(missing)


def _key_of(languages: dict[str, story_files.StoryFile], indexes: dict[str, StoryIndexPage]):
    """What binds a story's pages together: the key of the page that is there already, or a new one."""
    for code, story in languages.items():
        page = StoryPage.objects.child_of(indexes[code]).filter(slug=story.slug).first()
        if page:
            return page.translation_key
    return uuid4()
