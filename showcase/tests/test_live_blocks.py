"""What live blocks, and the lists of products that pages have of their own, show when things change or are gone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from areas.models import Area
from catalogue.models import Product
from discovery.tally import forget
from factories import make_commune, make_producer, make_product_set, show
from outbox.events import tell
from producers.suspension import suspend
from programme.models import Recognition
from showcase.loading import load_pages
from showcase.models import FairIndexPage, VillageIndexPage
from showcase.models.fair import Booth
from showcase.tests.writing import GONE, document_of, index_of, picture_of, publish, publish_story, sold

pytestmark = pytest.mark.django_db
STORY = "/cau-chuyen/mat-ong/"


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()


@pytest.fixture
def product():
    producer = make_producer(area=make_commune("Xã Tả Lèng"), name="Hợp tác xã Chè")
    [product] = sold(stars=None, producer=producer, title="Trà Shan")
    return product


def rule(**fields) -> dict:
    nothing = {
        "title": "Mới về",
        "group": "",
        "commune": "",
        "producer": None,
        "stars": "",
        "in_season": "",
        "count": 4,
    }
    return {**nothing, **fields}


def delete(product, jobs):
    product.listing.variants.all().delete()
    product.delete()


def hide(product, jobs):
    Product.objects.filter(pk=product.pk).update(is_public=False)
    show(product)


def suspend_its_producer(product, jobs):
    suspend(product.listing.producer, reason="Đang kiểm tra")
    jobs()


def find_alcohol_in_it(product, jobs):
    product.listing.product_set = make_product_set(14)
    product.listing.alcohol_percent = 29
    product.listing.save()
    show(product)


LOSSES = [delete, hide, suspend_its_producer, find_alcohol_in_it]


def read(client, address=STORY) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("happens", LOSSES)
def test_a_chosen_product_that_is_no_longer_offered_leaves_a_sentence(client, jobs, product, happens):
    [other] = sold(title="Miến dong")
    publish_story(body=[("products", {"products": [product, other]})])
    assert "Trà Shan" in read(client)

    happens(product, jobs)

    page = read(client)
    assert page.count(GONE) == 1 and "Trà Shan" not in page and "Miến dong" in page
    assert "Mật ong ba vùng" in read(client, "/cau-chuyen/")


@pytest.mark.parametrize("happens", LOSSES)
def test_a_rule_finds_no_product_that_is_no_longer_offered(client, jobs, product, happens):
    publish_story(body=[("products_by_rule", rule())])
    assert "Mới về" in read(client) and "Trà Shan" in read(client)

    happens(product, jobs)

    page = read(client)
    assert "Trà Shan" not in page and "Mới về" not in page and 'id="add"' not in page


@pytest.mark.parametrize("happens", LOSSES)
def test_a_story_no_longer_lists_its_product(client, jobs, product, happens):
    publish_story(product)
    assert "Sản phẩm trong bài" in read(client) and "Trà Shan" in read(client)

    happens(product, jobs)

    page = read(client)
    assert "Sản phẩm trong bài" not in page and "Trà Shan" not in page


@pytest.mark.parametrize("happens", LOSSES)
def test_a_fair_no_longer_lists_a_booths_product(client, jobs, product, happens):
    today = timezone.localdate()
    booth = Booth(producer=product.listing.producer, product=product, number="A1")
    publish(index_of(FairIndexPage), starts_on=today, ends_on=today, place="Chợ", booths=[booth])
    assert "Sẽ có ở hội chợ" in read(client, "/hoi-cho/mat-ong/")

    happens(product, jobs)

    page = read(client, "/hoi-cho/mat-ong/")
    assert "Sẽ có ở hội chợ" not in page and "Trà Shan" not in page
    assert ("Hợp tác xã Chè" in page) is (happens is not suspend_its_producer)


@pytest.mark.parametrize("happens", LOSSES)
def test_a_village_no_longer_lists_a_product_of_its_commune(client, jobs, product, happens):
    village = product.listing.area.villages.create(slug="ban-hon", name="Bản Hon")
    publish(index_of(VillageIndexPage), village=village)
    assert "Làm ra ở gần đây" in read(client, "/ban-lang/mat-ong/")

    happens(product, jobs)

    page = read(client, "/ban-lang/mat-ong/")
    assert "Làm ra ở gần đây" not in page and "Trà Shan" not in page
    assert ("Người làm quanh bản" in page) is (happens is not suspend_its_producer)


@pytest.mark.parametrize("happens", LOSSES)
def test_a_number_of_products_is_counted_anew(client, jobs, product, happens):
    value = {"what": "products", "commune": "", "group": "", "text": "sản phẩm"}
    publish_story(body=[("figure", value), ("figure", {**value, "what": "producers"})])
    assert read(client).count('<b class="figure__number">1</b>') == 2

    key = product.pk
    happens(product, jobs)
    tell("product_changed", product_id=key)
    jobs()

    assert read(client).count('<b class="figure__number">0</b>') == 2


def test_stars_that_have_expired_are_neither_shown_nor_counted(client):
    [product] = sold(title="Trà Shan")
    rated = {"what": "rated", "commune": "", "group": "", "text": "có sao"}
    body = [("products", {"products": [product]}), ("products_by_rule", rule(stars="3")), ("figure", rated)]
    publish_story(product, body=body)
    page = read(client)
    assert page.count("Trà Shan</a>") == 3 and '<b class="figure__number">1</b>' in page

    yesterday = timezone.localdate() - timedelta(days=1)
    Recognition.objects.update(issued_on=date(2020, 1, 1), expires_on=yesterday, holds_until=yesterday)
    show(product)

    page = read(client)
    assert page.count("Trà Shan</a>") == 2 and page.count("Sao đã hết hạn") == 2 and "4 sao" not in page
    assert '<b class="figure__number">0</b>' in page


def test_a_suspended_producer_is_shown_by_no_block_at_once(client, product):
    producer = product.listing.producer
    publish_story(body=[("producer", {"producer": producer}), ("products_by_rule", rule(producer=producer))])
    assert "Hợp tác xã Chè</a></h3>" in read(client)

    suspend(producer, reason="Đang kiểm tra")

    assert "Hợp tác xã Chè</a></h3>" not in read(client)


def test_a_commune_that_is_no_more_leaves_the_others(client):
    old, new = make_commune("Xã Tả Lèng"), make_commune("Xã Bản Bo")
    publish_story(body=[("places", {"title": "Nơi của chè", "communes": [old.slug, new.slug]})])
    Area.objects.filter(pk=old.pk).update(held_until=date(2026, 1, 1))
    forget()  # a process knows the communes of its tally

    page = read(client)

    assert "Nơi của chè" in page and "Xã Bản Bo</a>" in page and "Tả Lèng" not in page


def test_a_block_whose_communes_are_all_gone_is_not_drawn(client):
    publish_story(body=[("places", {"title": "Nơi của chè", "communes": ["khong-con"]})])
    assert "Nơi của chè" not in read(client)


def test_a_rule_of_a_group_or_commune_that_is_gone_finds_nothing(client, product):
    publish_story(body=[("products_by_rule", rule(group="khong-con")), ("products_by_rule", rule(commune="khong-con"))])
    assert "Trà Shan" not in read(client)


def test_a_rule_finds_the_newest_of_a_season_that_passes_the_new_year(client, product):
    month = timezone.localdate().month
    [late] = sold(title="Mận", season_from=month, season_to=month % 12 + 1)
    sold(title="Đào", season_from=month % 12 + 1, season_to=(month + 1) % 12 + 1)
    publish_story(body=[("products_by_rule", rule(in_season="yes"))])

    page = read(client)

    assert "Mận" in page and "Đào" not in page and "Trà Shan" not in page


def test_a_rule_shows_so_many_products_and_the_newest_first(client):
    first, second, third = sold(3)
    publish_story(body=[("products_by_rule", rule(count=2))])

    page = read(client)

    assert 0 < page.index(f"{third.title}</a>") < page.index(f"{second.title}</a>")
    assert f"{first.title}</a>" not in page


def test_pictures_that_were_deleted_are_left_out(client):
    one, two = picture_of("che"), picture_of("ruong")
    body = [
        ("picture", {"picture": one, "caption": "Đồi chè"}),
        ("gallery", {"pictures": [{"picture": one, "caption": "Đồi"}, {"picture": two, "caption": "Ruộng"}]}),
        ("film", {"file": None, "address": "https://example.org/phim", "picture": one, "caption": "Hái chè"}),
    ]
    publish_story(body=body, picture=one)
    one.delete()

    page = read(client)

    assert "Đồi" not in page and "che-336" not in page and "Ruộng" in page and "https://example.org/phim" in page
    assert "Mật ong ba vùng" in read(client, "/cau-chuyen/")


def test_a_picture_without_english_words_is_told_in_vietnamese_and_escaped_once(client):
    picture = picture_of(alt='Chè & "mật"', alt_en="")
    publish_story(language="en", picture=picture, body=[("picture", {"picture": picture, "caption": ""})])
    assert read(client, "/en/stories/mat-ong/").count('alt="Chè &amp; &quot;mật&quot;"') == 2


def test_papers_films_and_sounds_that_were_deleted_leave_a_sentence(client):
    film, song, paper, kept = (document_of(name) for name in ("phim.mp4", "khen.mp3", "mau.pdf", "to-gap.pdf"))
    body = [
        ("film", {"file": film, "address": "", "picture": None, "caption": "Hái chè"}),
        ("sound", {"file": song, "caption": "Tiếng khèn"}),
        ("documents", {"documents": [paper, kept]}),
    ]
    publish_story(body=body)
    for document in (film, song, paper):
        document.delete()

    page = read(client)

    for sentence in ("Phim này không còn nữa.", "Bản thu này không còn nữa.", "Tài liệu này không còn nữa."):
        assert page.count(sentence) == 1
    assert "Tệp to-gap.pdf" in page and "mau.pdf" not in page


@pytest.mark.parametrize("loss", ["deleted", "a draft again"])
def test_a_button_to_a_page_that_is_gone_is_not_drawn(client, loss):
    target = publish_story(slug="dich")
    call = {"text": "Đọc bài kia", "page": Page.objects.get(pk=target.pk), "address": "", "kind": "main"}
    publish_story(body=[("call", call)])
    assert '<a class="button" href="/cau-chuyen/dich/">Đọc bài kia</a>' in read(client)

    target.unpublish()
    if loss == "deleted":
        target.delete()

    assert "Đọc bài kia" not in read(client)
