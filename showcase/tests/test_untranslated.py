"""A page without a translation: where the header leads, what stands there, and what search engines are told."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from showcase.models.plain import IndexPage
from showcase.tests.test_page_types import INDEXES, pages, read, write  # noqa: F401 - a fixture for every test
from showcase.tests.writing import index_of, picture_of, publish_story, sold

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", INDEXES)
BOTH = pytest.mark.parametrize(("language", "other"), [("vi", "en"), ("en", "vi")])
SAYS = {"en": "This page is not in English yet", "vi": "Trang này chưa có bản tiếng Việt"}
ADDRESS = {"en": "/en/not-translated/{}/", "vi": "/chua-dich/{}/"}


def switch(html: str, language: str) -> str:
    """Where the header leads to in a language."""
    return re.search(rf'<a class="header__link" href="([^"]*)" hreflang="{language}"', html)[1]


def alternates(html: str) -> dict:
    found = re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"', html)
    return {language: urlsplit(address).path for language, address in found}


def close(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@KINDS
@BOTH
def test_the_switch_leads_to_a_page_that_says_so_and_links_the_original(client, kind, language, other):
    page = write(kind, language, title="Mật ong <ba> vùng", picture=picture_of("che"))
    near = write(kind, other, slug="gan", title="Ở gần")

    original = read(client, page.url)
    assert (switch(original, other), alternates(original)) == (ADDRESS[other].format(page.pk), {})

    html = read(client, switch(original, other))
    assert f'<html lang="{other}">' in html and f"<h1>{SAYS[other]}</h1>" in html
    assert f'<a href="{page.url}" hreflang="{language}" lang="{language}">Mật ong &lt;ba&gt; vùng</a>' in html
    assert f'<p lang="{language}">Ba nhãn mật.</p>' in html
    assert f'<a href="{near.url}">Ở gần</a>' in html and f'href="{index_of(INDEXES[kind][0], other).url}"' in html
    assert switch(html, language) == page.url


@KINDS
def test_search_engines_are_led_to_the_original_alone(client, kind):
    page = write(kind)

    html = read(client, ADDRESS["en"].format(page.pk))

    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="{settings.SITE_URL}{page.url}">' in html
    assert alternates(html) == {}
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/not-translated/" not in sitemap and "/chua-dich/" not in sitemap
    [told] = re.findall(rf"<url><loc>[^<]*{page.url}</loc>.*?</url>", sitemap) if kind != "fair" else [""]
    assert "hreflang" not in told


@KINDS
@BOTH
def test_an_address_kept_from_before_leads_to_the_translation(client, kind, language, other):
    page = write(kind, language)
    kept = ADDRESS[other].format(page.pk)
    twin = write(kind, other, slug="ban-dich", translation_key=page.translation_key, **same_place(page))

    assert client.get(kept)["Location"] == twin.url
    assert client.get(ADDRESS[language].format(page.pk))["Location"] == page.url
    html = read(client, page.url)
    vietnamese = page.url if language == "vi" else twin.url
    assert alternates(html) == {language: page.url, other: twin.url, "x-default": vietnamese}
    assert switch(html, other) == twin.url


def same_place(page) -> dict:
    return {"village": page.village} if hasattr(page, "village") else {}


@KINDS
@pytest.mark.parametrize("hidden", ["unpublished", "expired", "private", "below what is private"])
def test_what_is_not_everybodys_is_not_named_in_the_other_language(client, kind, hidden):
    page = write(kind, live=hidden.endswith("private"), expired=hidden == "expired")
    if hidden == "private":
        close(page)
    if hidden == "below what is private":
        close(page.get_parent())

    answer = client.get(ADDRESS["en"].format(page.pk))

    assert (answer.status_code, page.title in answer.content.decode()) == (404, False)


@KINDS
@pytest.mark.parametrize("hidden", ["a draft", "private"])
def test_a_translation_that_is_not_everybodys_is_none(client, kind, hidden):
    page = write(kind)
    twin = write(kind, "en", slug="draft", title="Hidden", translation_key=page.translation_key, **same_place(page))
    if hidden == "private":
        close(twin)
    else:
        twin.unpublish()

    html = read(client, page.url)

    assert (switch(html, "en"), alternates(html)) == (ADDRESS["en"].format(page.pk), {})
    told = read(client, switch(html, "en"))
    assert SAYS["en"] in told and "Hidden" not in told
    assert twin.url not in client.get("/sitemap.xml").content.decode()


@KINDS
def test_an_index_without_its_twin_says_so_too_and_so_do_its_pages(client, kind):
    page = write(kind)
    index = page.get_parent()
    index_of(INDEXES[kind][0], "en").unpublish()

    for shown in (index, page):
        html = read(client, switch(read(client, shown.url), "en"))

        assert SAYS["en"] in html
        assert f'<a href="{shown.url}" hreflang="vi" lang="vi">{shown.title}</a>' in html
        assert '<a class="button" href="/en/">' in html


@pytest.mark.parametrize("kind", ["story", "news"])
def test_no_list_no_feed_and_no_page_tells_of_what_is_private(client, kind):
    shown, hidden = write(kind, title="Cho mọi người"), write(kind, slug="kin", title="Chỉ cho một số")
    close(hidden)
    address = INDEXES[kind][1]

    said = [read(client, each) for each in (address, f"{address}rss/", shown.url)]
    close(hidden.get_parent())

    assert [hidden.title in each for each in said] == [False] * 3
    assert client.get(f"{address}rss/").status_code == 404


def test_a_product_does_not_tell_of_a_story_that_is_not_for_everybody(client):
    [tea] = sold(slug="che", title="Chè")
    hidden = publish_story(tea, title="Chỉ cho một số")
    assert hidden.title in read(client, "/san-pham/che/")
    close(hidden)

    assert hidden.title not in read(client, "/san-pham/che/")


def test_only_pages_that_readers_are_shown_have_such_an_address(client):
    home = index_of(IndexPage.__subclasses__()[0]).get_parent()

    assert [client.get(ADDRESS["en"].format(key)).status_code for key in (0, 10**20, 1, home.pk)] == [404] * 4


def test_it_costs_as_many_queries_with_thirty_neighbours_as_with_one(client):
    page = write("story")
    read(client, page.url)  # what a process learns once: the site, and where its pages begin
    asked = []
    for count in (1, 29):
        for number in range(count):
            write("story", "en", slug=f"near-{count}-{number}")
        with CaptureQueriesContext(connection) as queries:
            read(client, ADDRESS["en"].format(page.pk))
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 9
