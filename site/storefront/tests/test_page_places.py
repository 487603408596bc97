"""Home, producers, communes by any name, search."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from areas.models import Area, Level, Succession
from factories import make_commune, make_producer, make_product, make_province, make_recognition, show
from producers.models import Producer

pytestmark = pytest.mark.django_db
LAST_DAY = date(2025, 6, 30)


def make_former(full_name, *today, parent=None, level=Level.COMMUNE) -> Area:
    former = Area.from_full_name(full_name, level=level, parent=parent or make_province(), held_until=LAST_DAY)
    former.save()
    for number, present in enumerate(today):
        Succession.objects.create(former=former, present=present, is_main=number == 0)
    return former


def cards(response) -> list[str]:
    return [link.get_text() for link in BeautifulSoup(response.content, "html.parser").select(".card__name a")]


def test_home_shows_rated_products_only(client):
    rated, plain = make_product(title="Có sao"), make_product(title="Không sao")
    make_recognition(rated)
    show(rated, plain)
    response = client.get("/")
    assert cards(response) == ["Có sao"]
    assert "2 sản phẩm" in response.content.decode()


def test_home_takes_the_same_queries_with_one_product_and_with_thirty(client, django_assert_max_num_queries):
    first = make_product()
    make_recognition(first)
    show(first)
    client.get("/")
    with django_assert_max_num_queries(12) as one:
        client.get("/")
    products = [make_product() for _ in range(29)]
    for product in products:
        make_recognition(product)
    show(*products)
    with django_assert_max_num_queries(12):
        client.get("/")  # counts anew what has changed
    with django_assert_max_num_queries(12) as thirty:
        client.get("/")
    assert len(thirty) == len(one)


def test_producers_are_found_by_kind_by_place_and_by_what_they_make(client):
    here = make_commune("Xã Bình Lư")
    tea = make_product(make_producer(name="HTX Chè", kind=Producer.Kind.COOPERATIVE, area=here), title="Chè Shan")
    rice = make_product(make_producer(name="Hộ Gạo", kind=Producer.Kind.HOUSEHOLD), title="Gạo Séng Cù")
    show(tea, rice)

    def found(query):
        page = BeautifulSoup(client.get(f"/nha-san-xuat/{query}").content, "html.parser")
        return [link.get_text() for link in page.select(".tile a")]

    assert found("?kind=household") == ["Hộ Gạo"]
    assert found("?commune=binh-lu") == ["HTX Chè"]
    assert found("?q=seng cu") == ["Hộ Gạo"]
    assert sorted(found("?kind=%00&commune=x&page=abc")) == ["HTX Chè", "Hộ Gạo"]


def test_a_producer_s_page_shows_contact_and_products(client):
    maker = make_producer(phone="+84912000333", email="")
    tea = make_product(maker, title="Chè")
    show(tea)
    response = client.get(f"/nha-san-xuat/{maker.slug}/")
    assert cards(response) == ["Chè"]
    assert 'href="tel:+84912000333"' in response.content.decode()


def test_a_suspended_producer_has_no_page(client):
    maker = make_producer(suspended_at="2026-01-01T00:00Z", suspension_reason="Kiểm tra")
    assert client.get(f"/nha-san-xuat/{maker.slug}/").status_code == 404


def test_a_commune_shows_its_products_and_its_former_names(client):
    commune = make_commune("Xã Bình Lư")
    make_former("Thị trấn Tam Đường", commune)
    tea = make_product(make_producer(area=commune), title="Chè")
    show(tea)
    response = client.get("/xa/binh-lu/")
    assert cards(response) == ["Chè"]
    assert "Thị trấn Tam Đường" in response.content.decode()


def test_an_old_commune_leads_to_its_successor(client):
    make_former("Xã Sơn Bình", make_commune("Xã Bình Lư"))
    assert client.get("/xa/son-binh/").url == "/xa/binh-lu/"


def test_a_divided_commune_and_a_district_let_the_reader_choose(client):
    first, second = make_commune("Xã Bình Lư"), make_commune("Xã Tả Lèng")
    district = make_former("Huyện Tam Đường", level=Level.DISTRICT)
    make_former("Xã Nùng Nàng", first, second, parent=district)
    for slug in ("nung-nang", "tam-duong"):
        page = BeautifulSoup(client.get(f"/xa/{slug}/").content, "html.parser")
        assert sorted(link["href"] for link in page.select("main li a")) == ["/xa/binh-lu/", "/xa/ta-leng/"]


def test_a_place_that_never_was_is_not_found(client):
    make_province()
    assert client.get("/xa/khong-co/").status_code == 404


def test_search_needs_no_marks_and_knows_old_names(client):
    commune = make_commune("Xã Bình Lư")
    make_former("Thị trấn Tam Đường", commune)
    tea, rice = make_product(make_producer(area=commune), title="Chè Shan"), make_product(title="Gạo")
    show(tea, rice)
    assert cards(client.get("/tim-kiem/?q=che shan")) == ["Chè Shan"]
    response = client.get("/tim-kiem/?q=TAM ĐƯỜNG")
    assert cards(response) == ["Chè Shan"]
    assert 'href="/xa/binh-lu/"' in response.content.decode()


@pytest.mark.parametrize("query", ["", "%00", "%25", "%27%22%3C", "khong co gi"])
def test_a_search_that_finds_nothing_says_what_to_do(client, query):
    show(make_product(title="Chè"))
    response = client.get(f"/tim-kiem/?q={query}")
    assert response.status_code == 200
    assert cards(response) == []
