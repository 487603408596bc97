"""/sitemap.xml: what search engines are told of, in which languages and with which picture."""

from datetime import timedelta
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from config import sitemap
from factories import make_producer, make_product, show
from pictures.models import Picture
from showcase.loading import load_pages
from showcase.models import FairIndexPage, FairPage, StoryIndexPage, StoryPage

pytestmark = pytest.mark.django_db
NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}
FILES = {"jpeg": [[336, 252, "/media/anh/x-336.jpg"], [1200, 900, "/media/anh/x-1200.jpg"]]}


@pytest.fixture
def indexes():
    load_pages()
    return {page.locale.language_code: page for page in StoryIndexPage.objects.select_related("locale")}


def read(client, address="/sitemap.xml") -> dict:
    """{path: (its languages and their paths, the pictures)}"""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    found = {}
    for url in ElementTree.fromstring(answer.content).findall("map:url", NAMES):
        others = {link.get("hreflang"): path(link.get("href")) for link in url.findall("xhtml:link", NAMES)}
        pictures = [path(each.text) for each in url.findall("image:image/image:loc", NAMES)]
        found[path(url.find("map:loc", NAMES).text)] = (others, pictures)
    return found


def path(address: str) -> str:
    assert address.startswith(f"{settings.SITE_URL}/")
    return address.removeprefix(settings.SITE_URL)


def write(index, model=StoryPage, **fields):
    return index.add_child(
        instance=model(**{"title": "Mật ong", "slug": "mat-ong", "summary": "x", "locale": index.locale} | fields)
    )


def test_a_product_its_maker_and_its_commune_stand_there_in_both_languages_with_the_picture(client):
    tea = make_product()
    show(tea)
    type(tea.entry).objects.filter(product=tea).update(picture_files=FILES)

    found = read(client)

    vi, en = f"/san-pham/{tea.slug}/", f"/en/products/{tea.slug}/"
    assert found[vi] == found[en] == ({"vi": vi, "en": en, "x-default": vi}, ["/media/anh/x-1200.jpg"])
    group, producer = tea.listing.product_set.group, tea.listing.producer
    for each in (
        f"/san-pham/nhom/{group.slug}/",
        f"/nha-san-xuat/{producer.slug}/",
        f"/en/commune/{tea.listing.area.slug}/",
        "/",
        "/en/",
    ):
        assert each in found, each


def test_alcohol_hidden_and_suspended_things_are_not_told_of(client):
    tea, wine, hidden = make_product(), make_product(set_number=14), make_product(is_public=False)
    maker = make_producer(suspended_at=timezone.now(), suspension_reason="x")
    show(tea, wine, hidden)

    found = read(client)

    assert f"/san-pham/{tea.slug}/" in found
    assert [each for each in found if wine.slug in each or hidden.slug in each or maker.slug in each] == []
    assert [each for each in found if each in ("/san-pham/do-uong-co-con/", "/gio-hang/", "/dang-nhap/")] == []


def test_a_page_names_its_translation_where_it_is_published_and_its_picture(client, indexes):
    picture = Picture.objects.create(title="x", file="x.png", width=1, height=1, files=FILES)
    twin = write(indexes["vi"], picture=picture)
    write(indexes["en"], slug="honey", translation_key=twin.translation_key, picture=picture)
    write(indexes["vi"], slug="mot-minh")
    write(indexes["vi"], slug="ban-nhap", live=False)

    found = read(client)

    both = {"vi": "/cau-chuyen/mat-ong/", "en": "/en/stories/honey/", "x-default": "/cau-chuyen/mat-ong/"}
    assert found["/cau-chuyen/mat-ong/"] == found["/en/stories/honey/"] == (both, ["/media/anh/x-1200.jpg"])
    assert found["/cau-chuyen/mot-minh/"] == ({}, [])
    assert "/cau-chuyen/ban-nhap/" not in found
    assert "/ban-lang/" in found and "/en/villages/" in found


def test_a_sample_fair_is_not_told_of(client, indexes):
    index, today = FairIndexPage.objects.get(locale__language_code="vi"), timezone.localdate()
    days = {"starts_on": today, "ends_on": today + timedelta(days=1), "place": "Chợ"}
    write(index, FairPage, slug="that", **days)
    write(index, FairPage, slug="mau", is_sample=True, **days)

    found = read(client)

    assert ("/hoi-cho/that/" in found, "/hoi-cho/mau/" in found) == (True, False)


def test_every_address_opens(client, indexes):
    write(indexes["vi"])
    show(make_product())

    found = read(client)

    assert len(found) > 40
    assert {each: client.get(each).status_code for each in found if client.get(each).status_code != 200} == {}


def test_a_long_map_is_cut_and_its_parts_hold_all(client, indexes, monkeypatch):
    whole = read(client)
    monkeypatch.setattr(sitemap.SiteMap, "limit", 10)

    parts = ElementTree.fromstring(client.get("/sitemap.xml").content).findall("map:sitemap/map:loc", NAMES)

    assert len(parts) == -(-len(whole) // 10)
    read_parts = [read(client, path(part.text)) for part in parts]
    assert {size for size in map(len, read_parts[:-1])} == {10}
    assert {address: told for part in read_parts for address, told in part.items()} == whole
    assert client.get(f"/sitemap.xml?p={len(parts) + 1}").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_a_map_of_twenty_asks_the_database_no_more_than_a_map_of_one(count, indexes, django_assert_max_num_queries):
    for number in range(count):
        write(indexes["vi"], slug=f"bai-{number}")
    show(*(make_product() for _ in range(count)))
    Client().get("/sitemap.xml")  # what a process learns once: the site, where its pages begin, the tally
    with django_assert_max_num_queries(13):
        assert Client().get("/sitemap.xml").status_code == 200


def test_robots_learn_where_the_map_is(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: {urljoin(settings.SITE_URL, '/sitemap.xml')}" in lines
