"""The list of products: what narrows it, what sorts it, and what it costs."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from factories import make_commune, make_producer, make_product, make_recognition, show

pytestmark = pytest.mark.django_db


def names_in(response) -> list[str]:
    return [link.get_text() for link in BeautifulSoup(response.content, "html.parser").select(".card__name a")]


def listed(client, query="", path="/san-pham/") -> list[str]:
    """The names of a list, newest first unless the query says otherwise."""
    query = query if "sort=" in query else f"{query or '?'}&sort=new"
    response = client.get(f"{path}{query}")
    assert response.status_code == 200
    return names_in(response)


def test_the_newest_product_stands_first(client):
    first, second = make_product(title="Chè"), make_product(title="Gạo")
    show(first, second)
    assert listed(client) == ["Gạo", "Chè"]


def test_a_group_of_products_has_its_own_address(client):
    rice, honey = make_product(title="Gạo", set_number=3), make_product(title="Mật ong", set_number=4)
    show(rice, honey)
    assert listed(client, path="/san-pham/nhom/nhom-4/") == ["Mật ong"]


def test_stars_that_ended_yesterday_are_in_no_facet(client):
    ended, holds = make_product(title="Hết hạn"), make_product(title="Còn sao")
    make_recognition(ended, stars=4, issued_on=date.today() - timedelta(days=3 * 366))
    make_recognition(holds, stars=4)
    show(ended, holds)
    assert listed(client, "?stars=4") == ["Còn sao"]


def test_several_stars_can_be_chosen_at_once(client):
    for stars in (3, 4, 5):
        product = make_product(title=f"{stars} sao")
        make_recognition(product, stars=stars)
        show(product)
    assert listed(client, "?stars=3&stars=5") == ["5 sao", "3 sao"]


def test_prices_may_be_typed_with_points(client):
    cheap, dear = make_product(title="Rẻ", price=90_000), make_product(title="Đắt", price=200_000)
    show(cheap, dear)
    assert listed(client, "?price_from=100.000&price_to=250.000") == ["Đắt"]


def test_what_is_sold_out_can_be_left_out(client):
    gone, here = make_product(title="Hết", in_stock=0), make_product(title="Còn")
    show(gone, here)
    assert listed(client, "?stock=1") == ["Còn"]


def test_products_of_one_commune_and_of_one_producer(client):
    commune = make_commune("Xã Bình Lư")
    maker = make_producer(area=commune)
    here, there = make_product(maker, title="Ở đây"), make_product(title="Nơi khác")
    show(here, there)
    assert listed(client, "?commune=binh-lu") == ["Ở đây"]
    assert listed(client, f"?producer={maker.slug}") == ["Ở đây"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("price", ["Chè", "Gạo", "Mật"]),
        ("price_down", ["Mật", "Gạo", "Chè"]),
        ("name", ["Chè", "Gạo", "Mật"]),
        ("stars", ["Gạo", "Mật", "Chè"]),
    ],
)
def test_the_order_is_the_reader_s(client, sort, expected):
    tea, rice, honey = (
        make_product(title=title, price=price) for title, price in (("Chè", 1_000), ("Gạo", 2_000), ("Mật", 3_000))
    )
    make_recognition(rice, stars=5)
    make_recognition(honey, stars=3)
    show(tea, rice, honey)
    assert listed(client, f"?sort={sort}") == expected


@pytest.mark.parametrize(
    "query",
    [
        "?page=-1",
        "?page=abc",
        "?page=0",
        "?page=%00",
        "?page=²",
        "?branch=%00&group=khong-co&commune=khong-co&producer=khong-co&set=99&stars=9&stars=x&sort=%00",
        "?price_from=-5&price_to=abc&set=²",
    ],
)
def test_what_cannot_be_understood_is_left_out(client, query):
    show(make_product(title="Chè"))
    assert listed(client, query) == ["Chè"]


def test_a_page_beyond_the_last_is_the_last(client):
    products = [make_product(title=f"Thứ {number}") for number in range(25)]
    show(*products)
    assert listed(client, f"?page={10**20}") == ["Thứ 0"]
    assert listed(client, "?page=2") == ["Thứ 0"]


def test_a_list_with_nothing_in_it_says_what_to_do(client):
    response = client.get("/san-pham/?price_from=1000000000")
    assert "Bạn bỏ bớt một điều kiện" in response.content.decode()


def test_filtered_lists_are_not_for_search_engines(client):
    show(make_product(set_number=1))
    assert b'content="noindex, follow"' not in client.get("/san-pham/?branch=nganh-1").content
    assert b'content="noindex, follow"' in client.get("/san-pham/?stock=1").content


def test_one_product_and_thirty_cost_the_same_queries(client, django_assert_max_num_queries):
    show(make_product())
    with django_assert_max_num_queries(8) as one:
        client.get("/san-pham/")
    products = [make_product() for _ in range(29)]
    for product in products[:10]:
        make_recognition(product)
    show(*products)
    with django_assert_max_num_queries(8) as thirty:
        client.get("/san-pham/")
    assert len(thirty) == len(one)
