"""The list of suggestions that a search field opens."""

import pytest
from bs4 import BeautifulSoup

from discovery.entries import rebuild
from discovery.models import Kind
from factories import make_commune, make_producer, make_product, show

pytestmark = pytest.mark.django_db
PATH = "/tim-kiem/goi-y/"


def drawn(client, typed: str, path=PATH) -> BeautifulSoup:
    response = client.get(path, {"q": typed})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts_in(soup: BeautifulSoup) -> list[str]:
    return [" ".join(option.get_text().split()) for option in soup.select("[role=listbox] > [role=option]")]


@pytest.fixture
def honey():
    product = make_product(
        make_producer(name="HTX Pha Mu", name_en="[vi:Pha Mu] co-op"), title="Mật ong", name_en="Honey"
    )
    show(product)
    return product


def test_it_is_a_list_of_options_that_ends_with_the_whole_search(client, honey):
    soup = drawn(client, "mật o")
    assert texts_in(soup) == ["Mật ong HTX Pha Mu", "Tìm “mật o” trong tất cả"]
    assert [option["href"] for option in soup.select("a")] == [
        f"/san-pham/{honey.slug}/",
        "/tim-kiem/?q=m%E1%BA%ADt%20o",
    ]
    assert soup.select_one("[role=listbox]")["data-said"] == "1 gợi ý. Dùng phím mũi tên để chọn."
    assert [mark.get_text() for mark in soup.select("a mark")] == ["Mật", "o"]


def test_in_english(client, honey):
    soup = drawn(client, "hon", "/en/search/suggestions/")
    assert texts_in(soup) == ["Honey Pha Mu co-op", "Search everything for “hon”"]
    assert soup.select_one("small [lang=vi]").get_text() == "Pha Mu"
    assert soup.select_one("[role=listbox]")["data-said"] == "1 suggestion. Choose with the arrow keys."


def test_what_is_no_product_says_what_it_is(client):
    maker = make_producer(name="HTX Pha Mu", name_en="[vi:Pha Mu] co-op", area=make_commune("Xã Khoen On"))
    rebuild([maker.pk], Kind.PRODUCER)
    assert texts_in(drawn(client, "pha mu"))[0] == "HTX Pha Mu Nhà sản xuất · Xã Khoen On"
    assert texts_in(drawn(client, "pha mu", "/en/search/suggestions/"))[0] == "Pha Mu co-op Producer · Khoen On Commune"


def test_where_nothing_fits_it_says_so_and_offers_the_whole_search(client, honey):
    soup = drawn(client, "zzqq")
    assert texts_in(soup) == ["Tìm “zzqq” trong tất cả"]
    assert soup.select_one("[role=listbox]")["data-said"] == "Không có gợi ý nào."


@pytest.mark.parametrize("typed", ["", "m", " ", "\0", "?!"])
def test_too_little_draws_nothing(client, honey, typed):
    assert client.get(PATH, {"q": typed}).content == b""


def test_what_is_typed_is_never_html(client, honey):
    typed = '<script>alert("mật")</script>'
    soup = drawn(client, typed)
    assert soup.select("script") == []
    assert texts_in(soup)[-1] == f"Tìm “{typed}” trong tất cả"


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "mật\0 ong", "\udcff mật".encode("utf-8", "surrogatepass"), "🐝 \u202e"]
)
def test_it_answers_whatever_is_typed(client, honey, typed):
    response = client.get(PATH, {"q": typed})
    assert response.status_code == 200
    assert len(response.content) < 2_000


def test_browsers_keep_it_a_minute_and_machines_not_at_all(client, honey):
    response = client.get(PATH, {"q": "mat"})
    assert sorted(response["Cache-Control"].split(", ")) == ["max-age=60", "private"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in response


def test_nothing_can_be_sent_to_it(client, honey):
    assert client.post(PATH, {"q": "mat"}).status_code == 405


@pytest.mark.parametrize("count", [1, 30])
def test_it_asks_as_much_of_one_product_as_of_thirty(client, count, django_assert_num_queries):
    show(*(make_product(title=f"Mật {number}") for number in range(count)))
    client.get(PATH, {"q": "mat"})
    with django_assert_num_queries(2):
        client.get(PATH, {"q": "mat"})


def test_each_page_has_the_field_that_opens_it(client):
    field = BeautifulSoup(client.get("/tim-kiem/").content, "html.parser").select_one("form[role=search]")
    assert field["data-suggest"] == PATH
    assert field.select_one("input[name=q]")["id"]
