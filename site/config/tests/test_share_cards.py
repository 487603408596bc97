"""The drawn card of each page: who has one, who has none, and that nobody can have others drawn."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from config import share_cards
from factories import make_producer, make_product, make_recognition, show
from pictures import cards
from pictures.models import Picture
from programme.recognition import withdraw
from showcase.loading import load_pages
from showcase.models import FairIndexPage
from showcase.tests.writing import index_of, picture_of, publish, publish_story

pytestmark = pytest.mark.django_db
STORY = "/cau-chuyen/mat-ong/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()


def told(client, address) -> dict:
    """What a page tells those who share it."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = BeautifulSoup(answer.content, "html.parser")
    return {
        each.get("property") or each["name"]: each["content"]
        for each in page.find_all("meta")
        if (each.get("property") or each.get("name") or "").startswith(("og:", "twitter:"))
    }


def card_of(client, address) -> str:
    """The path of a page's card."""
    image = told(client, address)["og:image"]
    assert image.startswith(f"{settings.SITE_URL}/anh-chia-se/"), image
    return image.removeprefix(settings.SITE_URL)


def motif_of(name: str) -> Picture:
    return picture_of(name, motif=name)


def test_a_story_without_a_photograph_has_a_card_in_each_language(client):
    publish_story(picture=motif_of("honey"))
    publish_story(language="en", slug="honey", title="Honey of three regions", picture=Picture.objects.get())

    for address, title in ((STORY, "Mật ong ba vùng"), ("/en/stories/honey/", "Honey of three regions")):
        meta = told(client, address)
        answer = client.get(card_of(client, address))
        assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
        assert title in meta["og:image:alt"] and meta["twitter:card"] == "summary_large_image"
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert Image.open(BytesIO(answer.content)).size == (1200, 630) and len(answer.content) <= 200_000


def test_every_kind_of_page_has_a_card(client):
    [shown] = [make_product(producer=make_producer(slug="mot"), slug="che")]
    show(shown)
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 5)}
    publish(index_of(FairIndexPage), slug="hoi-cho", is_sample=True, place="Sân vận động", **days)

    addresses = ["/cau-chuyen/", "/en/stories/", "/san-pham/che/", "/en/products/che/", "/nha-san-xuat/mot/"]
    found = [card_of(client, address) for address in [*addresses, "/hoi-cho/hoi-cho/"]]

    assert len(set(found)) == len(found)
    assert [client.get(card).status_code for card in found] == [200] * len(found)
    assert "dữ liệu mẫu" in told(client, "/hoi-cho/hoi-cho/")["og:image:alt"]


def test_a_photograph_is_shared_itself_cut_for_the_purpose(client):
    picture = picture_of("che")
    picture.files = {**picture.files, "cuts": {"share": {"jpeg": [[1200, 630, "/media/che-share.jpg"]]}}}
    picture.save()
    publish_story(picture=picture)

    meta = told(client, STORY)

    assert meta["og:image"] == f"{settings.SITE_URL}/media/che-share.jpg"
    assert (meta["og:image:width"], meta["og:image:height"], meta["og:image:alt"]) == ("1200", "630", "Ảnh che")


def test_a_new_title_is_a_new_card_and_the_old_address_leads_to_it(client):
    page = publish_story()
    old = card_of(client, STORY)
    page.title = "Mật ong bốn vùng"
    page.save()

    new = card_of(client, STORY)

    assert new != old
    answer = client.get(old)
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (302, new, "no-store")
    assert not default_storage.exists("the") or default_storage.listdir("the")[1] == []


def test_stars_are_drawn_while_they_stand_and_renew_the_card_when_they_end(client):
    product = make_product(slug="che")
    show(product)
    bare = card_of(client, "/san-pham/che/")
    recognition = make_recognition(product, stars=4)
    rated = card_of(client, "/san-pham/che/")
    assert "4 sao OCOP" in told(client, "/san-pham/che/")["og:image:alt"]
    assert client.get(rated)["Cache-Control"] == "public, max-age=60"

    withdraw(recognition, on=date.today(), cause="law")

    assert rated != bare == card_of(client, "/san-pham/che/")
    assert client.get(rated)["Location"] == bare


def test_what_is_hidden_has_no_card(client):
    page = publish_story()
    product = make_product(slug="che", producer=make_producer(slug="mot"))
    show(product)
    found = [card_of(client, address) for address in (STORY, "/san-pham/che/", "/nha-san-xuat/mot/")]
    assert [client.get(card).status_code for card in found] == [200, 200, 200]

    page.unpublish()
    product.is_public = False
    product.save()
    producer = product.listing.producer
    type(producer).objects.filter(pk=producer.pk).update(suspended_at=timezone.now(), suspension_reason="Giấy phép")

    assert [client.get(card).status_code for card in found] == [404, 404, 404]
    kept = default_storage.listdir("the")[1]
    assert [client.get(f"/media/the/{name}").status_code for name in kept] == [404] * 3


def test_a_page_for_some_alone_has_no_card(client):
    page = publish_story()
    card = card_of(client, STORY)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(card).status_code == 404


def test_alcohol_has_none(client):
    wine = make_product(set_number=14, slug="ruou")
    show(wine)
    client.post(client.get("/san-pham/ruou/").url, {"answer": "yes"})

    assert told(client, "/san-pham/ruou/")["og:image"] == f"{settings.SITE_URL}/static/img/card.png"
    assert client.get("/anh-chia-se/vi/product/ruou/0.png").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/anh-chia-se/fr/product/che/0.png",
        "/anh-chia-se/vi/order/che/0.png",
        "/anh-chia-se/vi/product/khong-co/0.png",
        "/anh-chia-se/vi/producer/khong-co/0.png",
        "/anh-chia-se/vi/home/x/0.png",
        "/anh-chia-se/vi/page/1/0.png",
        "/anh-chia-se/vi/page/x/0.png",
        "/anh-chia-se/vi/page/²/0.png",
        f"/anh-chia-se/vi/page/{'9' * 40}/0.png",
    ],
)
def test_what_is_no_page_has_no_card(client, address):
    assert client.get(address).status_code == 404


def test_a_page_has_no_card_in_the_other_language(client):
    page = publish_story()

    assert client.get(f"/anh-chia-se/en/page/{page.pk}/0.png").status_code == 404


def test_no_query_and_no_other_digest_has_anything_drawn(client, monkeypatch):
    publish_story()
    card = card_of(client, STORY)
    monkeypatch.setattr(cards, "drawn", lambda card: pytest.fail("drawn"))

    for asked in (f"{card}?v=1", f"{card}?v=2", card.replace(".png", "0.png")):
        answer = client.get(asked)
        assert (answer.status_code, answer["Location"]) == (302, card)


def test_beyond_so_many_a_minute_the_neutral_card_stands_in(client, monkeypatch):
    publish_story()
    card = card_of(client, STORY)
    monkeypatch.setattr(share_cards, "DRAWN_A_MINUTE", 0)
    answer = client.get(card)
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (
        302,
        "/static/img/card.png",
        "no-store",
    )

    monkeypatch.setattr(share_cards, "DRAWN_A_MINUTE", 1)
    index = card_of(client, "/cau-chuyen/")
    cache.clear()
    assert client.get(card).status_code == 200
    assert client.get(index).status_code == 302  # the second of the minute
    assert client.get(card).status_code == 200  # lies there already


def test_who_has_the_card_is_not_sent_it_again(client):
    publish_story()
    card = card_of(client, STORY)
    etag = client.get(card)["ETag"]

    answer = client.get(card, headers={"if-none-match": etag})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)


def test_the_home_page_s_card_is_found_in_both_languages(client):
    for language in ("vi", "en"):
        led = client.get(f"/anh-chia-se/{language}/home/home/0.png")
        assert led.status_code == 302
        assert client.get(led["Location"]).status_code == 200
