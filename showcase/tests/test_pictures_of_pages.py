"""Pages with pictures: one of them first, the rest when they are near, and no question more for thirty than for one."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discovery.entries import rebuild
from factories import make_producer
from showcase.loading import load_pages
from showcase.tests.writing import picture_of, publish_story, sold
from storefront.templatetags.pictures import SIZES

pytestmark = pytest.mark.django_db
STORY, INDEX = "/cau-chuyen/mat-ong/", "/cau-chuyen/"


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def story_of(count, **fields):
    """A published story with so many pictures: each in a block of its own, in a gallery and in columns."""
    pictures = [picture_of(f"anh-{number}") for number in range(count)]
    chosen = [{"picture": picture, "caption": ""} for picture in pictures]
    page = publish_story(picture=picture_of("dau"), **fields)
    page.body = [
        *[("picture", value) for value in chosen],
        ("gallery", {"pictures": chosen}),
        ("columns", {"columns": [[("picture", value)] for value in chosen[:2]]}),
    ]
    page.save()
    return page


def questions(client, address) -> int:
    client.get(address)  # what a process asks once
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_thirty_pictures_on_a_page_ask_no_more_than_two(client):
    story_of(2)
    story_of(30, slug="nhieu-anh", title="Nhiều ảnh")

    few, many = questions(client, STORY), questions(client, "/cau-chuyen/nhieu-anh/")

    assert few == many
    assert len(read(client, "/cau-chuyen/nhieu-anh/").select("picture.picture")) > 62


@pytest.mark.parametrize("address", [INDEX, "/san-pham/", "/nha-san-xuat/"])
def test_thirty_pictures_in_a_list_ask_no_more_than_one(client, address):
    def add(count):
        for number in range(count):
            name = f"{count}-{number}"
            picture = picture_of(name)
            publish_story(picture=picture, slug=name, title=name)
            sold(producer=make_producer(picture=picture))

    add(1)
    few = questions(client, address)
    add(29)

    assert questions(client, address) == few


def test_each_place_tells_the_browser_how_wide_its_pictures_are(client):
    story_of(2)
    page = read(client, STORY)

    assert page.select_one(".story__head img")["sizes"] == SIZES["lead"]
    assert page.select_one(".story__text > .shown img")["sizes"] == SIZES["block"]
    assert page.select_one(".story__text > .shown .picture")["data-shape"] == "whole"
    assert {img["sizes"] for img in page.select(".told-gallery img")} == {SIZES["gallery"]}
    assert {img["sizes"] for img in page.select(".columns img")} == {SIZES["column"]}


@pytest.mark.parametrize(
    "address", [STORY, INDEX, "/san-pham/", "/nha-san-xuat/mot/", "/san-pham/che/", "/tim-kiem/?q=che"]
)
def test_one_picture_of_a_page_is_fetched_first_and_every_one_has_its_size(client, address):
    story_of(3)
    [tea] = sold(producer=make_producer(slug="mot", picture=picture_of("mot")), slug="che", title="Chè")
    tea.images.create(original=picture_of("tra"), display_order=0)
    tea.images.create(original=picture_of("tra-2"), display_order=1)
    rebuild([tea.pk])
    page = read(client, address)

    [first] = [img for img in page.select("picture img") if img.get("loading") != "lazy"]
    assert first["fetchpriority"] == "high"
    [link] = page.head.select("link[rel=preload][as=image]")
    assert link["imagesrcset"] == first.parent.source["srcset"] and link["imagesizes"] == first["sizes"]
    assert all(int(img["width"]) > 0 and int(img["height"]) > 0 for img in page.select("picture img"))


def test_a_page_without_a_picture_preloads_none(client):
    publish_story()

    assert read(client, STORY).head.select("link[rel=preload][as=image]") == []
