"""RSS of stories and news."""

from datetime import date
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from pictures.models import Picture
from showcase.loading import load_pages
from showcase.models import NewsIndexPage, NewsPage, StoryIndexPage, StoryPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexes():
    load_pages()
    return {page.locale.language_code: page for page in StoryIndexPage.objects.select_related("locale")}


def write(index, model=StoryPage, **fields):
    given = {"title": "Mật ong", "slug": "mat-ong", "summary": "x", "locale": index.locale}
    return index.add_child(instance=model(**given | {"first_published_at": timezone.now()} | fields))


def read(client, address: str):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content).find("channel")


@pytest.mark.parametrize(
    ("address", "language", "title", "link"),
    [
        ("/cau-chuyen/rss/", "vi", "Câu chuyện · OCOP Lai Châu", "/cau-chuyen/"),
        ("/tin-tuc/rss/", "vi", "Tin tức · OCOP Lai Châu", "/tin-tuc/"),
        ("/en/stories/rss/", "en", "Stories · OCOP Lai Chau", "/en/stories/"),
        ("/en/news/rss/", "en", "News · OCOP Lai Chau", "/en/news/"),
    ],
)
def test_each_feed_speaks_its_language_and_names_its_list(client, indexes, address, language, title, link):
    channel = read(client, address)

    told = [channel.findtext(name) for name in ("language", "title", "link")]
    assert told == [language, title, f"{settings.SITE_URL}{link}"]
    itself = channel.find("{http://www.w3.org/2005/Atom}link").get("href")
    assert itself == f"{settings.SITE_URL}{address}"


def test_a_story_is_told_without_marks_with_its_picture(client, indexes):
    name = default_storage.save("anh/rss-672.jpg", ContentFile(b"x" * 123))
    files = {"jpeg": [[336, 252, "/media/anh/small.jpg"], [672, 504, f"/media/{name}"]]}
    picture = Picture.objects.create(title="x", file="x.png", width=1, height=1, files=files)
    write(
        indexes["en"],
        title="Séng Cù, the rice",
        marked_title="[vi:Séng Cù], the rice",
        summary="From [vi:Mường Than].",
        slug="the-rice",
        picture=picture,
    )

    item = read(client, "/en/stories/rss/").find("item")

    assert item.findtext("title") == "Seng Cu, the rice"
    assert item.findtext("description") == "From Muong Than."
    assert item.findtext("link") == item.findtext("guid") == f"{settings.SITE_URL}/en/stories/the-rice/"
    assert item.find("enclosure").attrib == {
        "url": f"{settings.SITE_URL}/media/{name}",
        "length": "123",
        "type": "image/jpeg",
    }
    default_storage.delete(name)


def test_news_come_newest_first_with_the_day_on_their_page(client, indexes):
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    write(index, NewsPage, slug="cu", title="Tin cũ", day=date(2026, 1, 5))
    write(index, NewsPage, slug="moi", title="Tin mới", day=date(2026, 3, 9))

    items = read(client, "/tin-tuc/rss/").findall("item")

    assert [item.findtext("title") for item in items] == ["Tin mới", "Tin cũ"]
    days = [timezone.localtime(parsedate_to_datetime(item.findtext("pubDate"))).date() for item in items]
    assert days == [date(2026, 3, 9), date(2026, 1, 5)]


def test_drafts_and_the_other_language_stay_out(client, indexes):
    write(indexes["vi"], live=False)
    write(indexes["en"], slug="honey")

    assert read(client, "/cau-chuyen/rss/").findall("item") == []


def test_the_lists_and_pages_name_their_feed(client, indexes):
    write(indexes["vi"])
    link = '<link rel="alternate" type="application/rss+xml" title="Câu chuyện" href="/cau-chuyen/rss/">'

    pages = {path: client.get(path).content.decode() for path in ("/cau-chuyen/", "/cau-chuyen/mat-ong/", "/ban-lang/")}

    assert [path for path, page in pages.items() if link in page] == ["/cau-chuyen/", "/cau-chuyen/mat-ong/"]
    assert "application/rss+xml" not in pages["/ban-lang/"]


@pytest.mark.parametrize("count", [1, 20])
def test_a_feed_of_twenty_asks_the_database_no_more_than_a_feed_of_one(count, indexes, django_assert_max_num_queries):
    for number in range(count):
        write(indexes["vi"], slug=f"bai-{number}")
    Client().get("/cau-chuyen/rss/")  # what a process learns once
    with django_assert_max_num_queries(4):
        assert Client().get("/cau-chuyen/rss/").status_code == 200
