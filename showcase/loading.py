"""The tree of pages and the built-in ones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4, uuid5

from django.conf import settings
from django.contrib.sites.models import Site as DjangoSite
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from areas.models import Village
from catalogue.models import Listing, Product
from discovery.tally import communes_of_programme
from outbox.wording import unmarked
from pictures.models import Picture
from producers.models import Producer
from showcase import content_files
from showcase.contact_loading import load_contact_pages
from showcase.content_files import ContentFile
from showcase.found import rebuild_pages
from showcase.models import (
    Activity,
    Booth,
    FairIndexPage,
    FairPage,
    FeatureIndexPage,
    FeatureStory,
    GuideIndexPage,
    HomePage,
    NewsIndexPage,
    StoryIndexPage,
    StoryPage,
    StoryProduct,
    VillageIndexPage,
)
from showcase.models.home import standard_arrangement
from showcase.models.plain import IndexPage
from showcase.teams import let_teams_work_below

BOOTHS_OF_SAMPLE = 12
ALL_PAGES = "Mọi trang"
HOME_SLUGS = {"vi": "trang-chu", "en": "en"}


@dataclass(frozen=True)
class Kind:
    """A kind of built-in pages: where it lies among the content, and its index in both languages."""

    name: str  # of the folder
    index: type[IndexPage]
    vi: tuple[str, str, str]  # title, slug, summary
    en: tuple[str, str, str]
    fields: Callable[["ContentFile", "Found"], dict | None] = lambda content, found: {}  # None: not to be published
    children: Callable[["ContentFile", "Found", object], None] = lambda content, found, page: None
    body: Callable[["ContentFile", "Found"], list] = lambda content, found: list(content.body)


@dataclass(frozen=True)
class Found:
    """Rows that pages point to, by their slugs."""

    products: dict[str, int]
    producers: dict[str, int]
    villages: dict[str, int]
    communes: dict[str, int]
    pictures: dict[str, int]


@transaction.atomic
def load_pages() -> int:
    """Make the home page and the indexes in both languages, and the site that begins at the Vietnamese home. A home
    that no editor has touched is given the standard arrangement, to be seen and changed. Returns how many pages were
    made."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    made = _load_homes(locales) + _load_indexes()
    _arrange_homes()
    let_teams_work_below(HomePage.objects.select_related("locale"))
    _point_site_at(HomePage.objects.get(locale__language_code="vi"))
    return made


def _load_homes(locales: dict[str, Locale]) -> int:
    Page.objects.filter(depth=1, title="Root").update(title=ALL_PAGES, draft_title=ALL_PAGES)  # editors read its name
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


def _arrange_homes() -> None:
    """By one statement for each: an editor who saves meanwhile is not written over."""
    for home in HomePage.objects.filter(latest_revision=None):
        if not home.parts:
            home.parts = standard_arrangement()
            HomePage.objects.filter(pk=home.pk, latest_revision=None).update(parts=home.parts)


def _load_indexes() -> int:
    made = 0
    homes = list(HomePage.objects.select_related("locale").order_by("path"))
    for kind in KINDS:
        key = None
        for home in homes:
            index = kind.index.objects.child_of(home).first()
            if index is None:
                title, slug, summary = getattr(kind, home.locale.language_code)
                index = kind.index(
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
def load_content(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Publish the built-in pages that are not there yet, by their addresses, in both languages. Products and pictures
    come first. Returns how many pages were written."""
    contacts = load_contact_pages()
    missing = [each for kind in KINDS for each in _missing_of(kind)]
    if not missing:
        return contacts
    found = _found()
    for done, (kind, index, content, key, position) in enumerate(missing, 1):
        _publish(kind, index, content, key, position, found)
        progress(done, len(missing))
    rebuild_pages(Page.objects.all())
    return contacts + len(missing)


def _missing_of(kind: Kind) -> list[tuple]:
    indexes = {page.locale.language_code: page for page in kind.index.objects.select_related("locale")}
    model = kind.index.lists
    present = {
        code: dict(model.objects.child_of(index).values_list("slug", "translation_key"))
        for code, index in indexes.items()
    }
    missing = []
    for position, name in enumerate(content_files.names(kind.name)):
        contents = {code: content_files.read(kind.name, name, code) for code in indexes}
        # What binds a page's languages together: the key of the one that is there already, or a new one.
        keys = [present[code].get(content.slug) for code, content in contents.items()]
        key = next((key for key in keys if key), None) or uuid4()
        missing += [
            (kind, indexes[code], content, key, position)
            for code, content in contents.items()
            if content.slug not in present[code]
        ]
    return missing


def _publish(kind: Kind, index, content: ContentFile, key, position: int, found: Found) -> None:
    fields = kind.fields(content, found)
    if fields is None:
        return
    page = kind.index.lists(
        title=unmarked(content.title),
        marked_title=content.title if unmarked(content.title) != content.title else "",
        slug=content.slug,
        summary=content.summary,
        search_description=unmarked(content.summary),
        picture_id=found.pictures.get(content.motif),
        body=kind.body(content, found),
        locale=index.locale,
        translation_key=key,
        first_published_at=timezone.now() - timedelta(hours=position),
        **fields,
    )
    kind.children(content, found, page)
    index.add_child(instance=page)


def _found() -> Found:
    return Found(
        products=dict(Listing.objects.values_list("product__slug", "product_id")),
        producers=dict(Producer.objects.values_list("slug", "pk")),
        villages=dict(Village.objects.values_list("slug", "pk")),
        communes={area.slug: area.pk for area in communes_of_programme()},
        pictures=dict(Picture.objects.exclude(motif=None).values_list("motif", "pk")),
    )


def _products_of_story(content: ContentFile, found: Found, page: StoryPage) -> None:
    page.story_products = [
        StoryProduct(product_id=found.products[slug], sort_order=order)
        for order, slug in enumerate(content.products)
        if slug in found.products
    ]


def _stories_of_feature(content: ContentFile, found: Found, page) -> None:
    """Stories have been loaded before; they are named by their addresses in the page's language."""
    slugs = content.list_of("stories")
    stories = {story.slug: story for story in StoryPage.objects.filter(locale=page.locale_id, slug__in=slugs)}
    page.feature_stories = [
        FeatureStory(story=stories[slug], sort_order=order) for order, slug in enumerate(slugs) if slug in stories
    ]


def _body_with_products(content: ContentFile, found: Found) -> list:
    """Where the page has no list of products of its own, they stand in its body, before the sources."""
    keys = [found.products[slug] for slug in content.products if slug in found.products]
    products = Product.objects.in_bulk(keys)
    body = list(content.body)
    if products:
        end = next((place for place, (kind, _value) in enumerate(body) if kind == "sources"), len(body))
        body.insert(end, ("products", {"products": [products[key] for key in keys]}))
    return body


def _day_of_news(content: ContentFile, found: Found) -> dict:
    return {"day": date.fromisoformat(content.told["date"])} if content.told.get("date") else {}


def _village_of(content: ContentFile, found: Found) -> dict | None:
    if content.told["village"] not in found.villages:
        return None
    facts = {name: content.told.get(name, "") for name in ("people", "access", "seasons", "facilities")}
    return facts | {"village_id": found.villages[content.told["village"]]}


def _days_of_fair(content: ContentFile, found: Found) -> dict:
    starts_on = timezone.localdate() + timedelta(days=int(content.told["starts_in_days"]))
    return {
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=int(content.told["days"]) - 1),
        "place": unmarked(content.told["place"]),
        "commune_id": found.communes.get(content.told["commune"]),
        "booth_places": BOOTHS_OF_SAMPLE,
        "is_sample": True,
    }


def _activities_and_booths_of_fair(content: ContentFile, found: Found, page: FairPage) -> None:
    """An activity a day. Each maker brings the first of the named products that is its own, and stands at the booth of
    its turn."""
    makers = dict(Listing.objects.filter(product__slug__in=content.products).values_list("producer_id", "product_id"))
    keys = [found.producers[slug] for slug in content.list_of("producers") if slug in found.producers]
    first_day = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    page.activities = [
        Activity(
            name=name,
            # the same activity in both languages
            translation_key=uuid5(page.translation_key, f"activity {order}"),
            starts_at=first_day + timedelta(days=int(content.told["starts_in_days"]) + order),
            open_until=page.starts_on + timedelta(days=order),
            capacity=int(content.told["capacity"]),
            sort_order=order,
            locale=page.locale,
        )
        for order, name in enumerate(content.told["activities"].split("; "))
    ]
    page.booths = [
        Booth(producer_id=key, product_id=makers.get(key), number=f"A{order + 1}", sort_order=order)
        for order, key in enumerate(keys)
    ]


KINDS = (
    Kind(
        "stories",
        StoryIndexPage,
        ("Câu chuyện", "cau-chuyen", "Chuyện về những sản vật của Lai Châu, người làm ra chúng và nơi chúng sinh ra."),
        ("Stories", "stories", "The products of Lai Chau, the people who make them and the places they come from."),
        children=_products_of_story,
    ),
    Kind(
        "features",
        FeatureIndexPage,
        ("Chuyên đề", "chuyen-de", "Nhiều câu chuyện dưới một khẩu hiệu."),
        ("Features", "features", "Several stories under one slogan."),
        fields=lambda content, found: {"slogan": content.told["slogan"]},
        children=_stories_of_feature,
    ),
    Kind(
        "news",
        NewsIndexPage,
        ("Tin tức", "tin-tuc", "Điều mới của chương trình: quy định, đợt xếp hạng, con số."),
        ("News", "news", "What is new in the programme: rules, rounds, figures."),
        fields=_day_of_news,
        body=_body_with_products,
    ),
    Kind(
        "fairs",
        FairIndexPage,
        ("Hội chợ", "hoi-cho", "Nơi gặp người làm ra sản phẩm, nếm thử và mang về."),
        ("Fairs", "fairs", "Where to meet the people who make things, taste them and take them home."),
        fields=_days_of_fair,
        children=_activities_and_booths_of_fair,
    ),
    Kind(
        "villages",
        VillageIndexPage,
        ("Bản làng", "ban-lang", "Những bản đón khách: ai ở đó, đi thế nào, mùa nào nên đến."),
        ("Villages", "villages", "Villages that welcome guests: who lives there, how to go, and when."),
        fields=_village_of,
    ),
    Kind(
        "guides",
        GuideIndexPage,
        ("Cẩm nang", "cam-nang", "Đọc sao, kiểm tra giấy chứng nhận, mua hàng, và giúp người làm kể chuyện của mình."),
        ("Guides", "guides", "How to read the stars, check a certificate, buy, and tell a maker's story."),
        body=_body_with_products,
    ),
)
