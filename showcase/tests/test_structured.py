"""What pages tell machines is what they show people: schema.org's data, languages, what a shared link looks like."""

import json
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from areas.models import Village
from catalogue.models import ProductImage
from factories import make_product, make_recognition, show, stock_of
from outbox.wording import day, dong
from pictures.models import Picture
from showcase.loading import load_pages
from showcase.models import (
    FairIndexPage,
    FairPage,
    NewsIndexPage,
    NewsPage,
    StoryIndexPage,
    StoryPage,
    VillageIndexPage,
    VillagePage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexes():
    load_pages()


@pytest.fixture
def picture():
    name = default_storage.save("anh/structured-1200.jpg", ContentFile(b"x"))
    yield Picture.objects.create(
        title="x", alt="Ảnh ong", file="x.png", width=1, height=1, files={"jpeg": [[1200, 900, f"/media/{name}"]]}
    )
    default_storage.delete(name)


def write(model, index_model, language="vi", **fields):
    index = index_model.objects.select_related("locale").get(locale__language_code=language)
    given = {"title": "Mật ong", "slug": "mat-ong", "summary": "Ba nhãn.", "locale": index.locale}
    return index.add_child(instance=model(**given | {"first_published_at": timezone.now()} | fields))


def read(client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def data_in(page: BeautifulSoup) -> dict[str, dict]:
    """The data blocks of a page by their types."""
    found = [json.loads(each.string) for each in page.find_all("script", type="application/ld+json")]
    return {each["@type"]: each for each in found}


def meta(page: BeautifulSoup) -> dict[str, str]:
    return {each.get("property") or each["name"]: each["content"] for each in page.select("head meta[content]")[1:]}


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {each["hreflang"]: each["href"] for each in page.select("head link[rel=alternate][hreflang]")}


def whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


# --- What a page is -------------------------------------------------------------------------------------------------


def test_a_story_is_an_article_with_the_title_words_and_picture_that_it_shows(client, indexes, picture):
    write(StoryPage, StoryIndexPage, picture=picture)

    page = read(client, "/cau-chuyen/mat-ong/")

    data = data_in(page)["Article"]
    assert data["headline"] == page.h1.get_text()
    assert data["description"] == page.select_one(".story__summary").get_text()
    assert data["url"] == page.find("link", rel="canonical")["href"]
    assert data["image"] == [whole(page.select_one(".story__head img")["src"])]
    assert client.get(page.select_one(".story__head img")["src"]).status_code == 200
    assert data["datePublished"][:10] == timezone.now().date().isoformat()


def test_news_carry_the_day_that_stands_under_their_title(client, indexes):
    write(NewsPage, NewsIndexPage, day=date(2026, 3, 9))

    page = read(client, "/tin-tuc/mat-ong/")

    assert data_in(page)["NewsArticle"]["datePublished"] == "2026-03-09" == page.select_one("article time")["datetime"]
    assert page.select_one("article time").get_text() == day(date(2026, 3, 9))


def test_a_fair_is_an_event_with_its_days_and_place(client, indexes):
    begins = timezone.localdate() + timedelta(days=5)
    write(FairPage, FairIndexPage, starts_on=begins, ends_on=begins + timedelta(days=2), place="Chợ San Thàng")

    page = read(client, "/hoi-cho/mat-ong/")

    data = data_in(page)["Event"]
    assert [data["startDate"], data["endDate"]] == [each["datetime"] for each in page.select("dl.facts time")]
    assert data["name"] == page.h1.get_text()
    assert data["location"]["name"] == "Chợ San Thàng"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert "robots" not in meta(page)


def test_a_cancelled_fair_is_announced_as_cancelled(client, indexes):
    begins = timezone.localdate() + timedelta(days=5)
    days = {"starts_on": begins, "ends_on": begins, "place": "Chợ San Thàng"}
    write(FairPage, FairIndexPage, **days, is_cancelled=True, cancel_reason="Mưa lũ.")

    page = read(client, "/hoi-cho/mat-ong/")

    assert data_in(page)["Event"]["eventStatus"] == "https://schema.org/EventCancelled"
    assert "Mưa lũ." in page.get_text()


def test_a_sample_fair_is_announced_to_nobody(client, indexes):
    today = timezone.localdate()
    write(FairPage, FairIndexPage, starts_on=today, ends_on=today, place="Chợ", is_sample=True)

    page = read(client, "/hoi-cho/mat-ong/")

    assert ("Event" in data_in(page), meta(page)["robots"]) == (False, "noindex")


def test_a_village_is_a_place_to_visit_in_its_commune(client, indexes):
    commune = make_product().listing.area
    village = Village.objects.create(slug="ban-x", name="X", commune=commune, latitude=22.4, longitude=103.5)
    write(VillagePage, VillageIndexPage, village=village)

    page = read(client, "/ban-lang/mat-ong/")

    data = data_in(page)["TouristAttraction"]
    assert data["address"]["addressLocality"] == page.select_one(".story__head a").get_text() == commune.title
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": 22.4, "longitude": 103.5}


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("/cau-chuyen/mat-ong/", [("OCOP Lai Châu", "/"), ("Câu chuyện", "/cau-chuyen/"), ("Mật ong", None)]),
        ("/cau-chuyen/", [("OCOP Lai Châu", "/"), ("Câu chuyện", None)]),
    ],
)
def test_a_page_knows_the_way_to_itself(client, indexes, path, steps):
    write(StoryPage, StoryIndexPage)

    way = data_in(read(client, path))["BreadcrumbList"]["itemListElement"]

    assert [(step["name"], step["item"]) for step in way] == [(name, whole(each or path)) for name, each in steps]
    assert [step["position"] for step in way] == list(range(1, len(steps) + 1))


def test_a_product_tells_the_price_the_stars_and_the_way_that_its_page_shows(client):
    tea = make_product(price=160_000)
    make_recognition(tea, stars=4)
    show(tea)
    stock = stock_of(tea)
    stock.price = 175_000
    stock.save()

    page = read(client, f"/san-pham/{tea.slug}/")

    data, way = data_in(page)["Product"], data_in(page)["BreadcrumbList"]["itemListElement"]
    assert data["name"] == page.h1.get_text() == way[-1]["name"]
    [offer] = data["offers"]
    assert (offer["price"], dong(175_000) in page.select_one(".offer").get_text()) == (175_000, True)
    assert data["hasCertification"]["certificationRating"]["ratingValue"] == 4
    assert page.select_one(".product .stars use")["href"] == "#stars-4"
    shown = [(each.get_text(), whole(each["href"])) for each in page.select(".crumbs a")]
    assert [(step["name"], step["item"]) for step in way[1:-1]] == shown


@pytest.mark.parametrize(("path", "name", "language"), [("/", "OCOP Lai Châu", "vi"), ("/en/", "OCOP Lai Chau", "en")])
def test_the_home_page_says_what_site_it_is_and_whose(client, path, name, language):
    data = data_in(read(client, path))

    site = {"@context": "https://schema.org", "@type": "WebSite"}
    assert data["WebSite"] == site | {"name": name, "url": whole(path), "inLanguage": language}
    assert data["Organization"]["url"] == whole("/")
    assert data["Organization"]["logo"].startswith(whole("/static/img/logo"))


def test_nothing_that_an_editor_types_ends_the_data(client, indexes):
    write(StoryPage, StoryIndexPage, title="</script><script>alert(1)</script>", slug="x")

    page = read(client, "/cau-chuyen/x/")

    assert data_in(page)["Article"]["headline"] == "</script><script>alert(1)</script>" == page.h1.get_text()


# --- In which languages ---------------------------------------------------------------------------------------------


def test_a_page_in_two_languages_names_both(client, indexes):
    one = write(StoryPage, StoryIndexPage)
    write(StoryPage, StoryIndexPage, "en", slug="honey", translation_key=one.translation_key)

    told = [alternates(read(client, path)) for path in ("/cau-chuyen/mat-ong/", "/en/stories/honey/")]

    vi, en = whole("/cau-chuyen/mat-ong/"), whole("/en/stories/honey/")
    assert told[0] == told[1] == {"vi": vi, "en": en, "x-default": vi}


def test_a_page_in_one_language_names_none(client, indexes):
    write(StoryPage, StoryIndexPage)

    assert alternates(read(client, "/cau-chuyen/mat-ong/")) == {}


# --- How a shared link looks ----------------------------------------------------------------------------------------


def test_a_shared_story_shows_its_title_words_and_picture(client, indexes, picture):
    write(StoryPage, StoryIndexPage, title="Ong & hoa", picture=picture)

    page = read(client, "/cau-chuyen/mat-ong/")

    assert {name: text for name, text in meta(page).items() if name.startswith(("og:", "twitter:"))} == {
        "og:url": whole("/cau-chuyen/mat-ong/"),
        "og:type": "article",
        "og:title": "Ong & hoa",
        "og:description": "Ba nhãn.",
        "og:site_name": "OCOP Lai Châu",
        "og:locale": "vi_VN",
        "og:image": whole(picture.files["jpeg"][0][2]),
        "og:image:width": "1200",
        "og:image:height": "900",
        "og:image:alt": "Ảnh ong",
        "twitter:card": "summary_large_image",
    }


def test_a_list_shows_the_site_s_card(client, indexes):
    for path in ("/san-pham/", "/kiem-tra/"):
        told = meta(read(client, path))
        assert told["og:image"] == whole("/static/img/card.png"), path
        assert told["og:title"] and told["og:description"], path


def test_alcohol_is_shared_without_its_picture(client, picture):
    wine = make_product(set_number=14)
    show(wine)
    ProductImage.objects.create(product=wine, original=picture)
    question = client.get(f"/san-pham/{wine.slug}/").url
    client.post(question, {"answer": "yes"})

    page = read(client, f"/san-pham/{wine.slug}/")

    assert page.h1.get_text() == wine.title
    assert meta(page)["og:image"] == whole("/static/img/card.png")
    assert data_in(page) == {}
