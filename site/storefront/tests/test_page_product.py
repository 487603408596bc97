"""The page of one product: price and stock are the store's, stars only while they hold."""

import json
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from factories import (
    make_commune,
    make_producer,
    make_product,
    make_rates,
    make_recognition,
    show,
    stock_of,
)
from producers.models import Producer
from programme.recognition import file_re_evaluation, withdraw

pytestmark = pytest.mark.django_db


def page_of(client, product, query="", prefix="/san-pham/") -> BeautifulSoup:
    response = client.get(f"{prefix}{product.slug}/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def data_in(page) -> dict:
    return json.loads(page.find("script", type="application/ld+json").string)


def test_price_and_stock_are_read_from_the_store(client):
    tea = make_product(price=160_000, in_stock=12)
    stock = stock_of(tea)
    stock.price, stock.num_in_stock, stock.num_allocated = 175_000, 9, 2
    stock.save()
    offer = page_of(client, tea).select_one(".offer").get_text(" ", strip=True)
    assert "175.000 ₫" in offer
    assert "còn 7 gói" in offer


def test_what_is_sold_out_cannot_be_put_into_the_basket(client):
    page = page_of(client, make_product(in_stock=0))
    assert "tạm hết hàng" in page.select_one(".offer").get_text()
    assert page.find("input", {"name": "quantity"}) is None


def test_a_size_that_is_sold_out_cannot_be_chosen(client):
    rice = make_product(sizes=2, in_stock=3)
    stock = stock_of(rice)
    stock.num_in_stock = 0
    stock.save()
    first, second = page_of(client, rice).select("input[name=variant]")
    assert (first.has_attr("disabled"), first.has_attr("checked")) == (True, False)
    assert (second.has_attr("disabled"), second.has_attr("checked")) == (False, True)


def test_stars_in_force_stand_on_the_page_and_in_the_mark_up(client):
    tea = make_product()
    recognition = make_recognition(tea, stars=4, issued_on=date(date.today().year, 1, 1))
    page = page_of(client, tea)
    assert page.select_one(".product .stars use")["href"] == "#stars-4"
    certificate = data_in(page)["hasCertification"]
    assert certificate["certificationRating"]["ratingValue"] == 4
    assert certificate["expires"] == recognition.expires_on.isoformat()


@pytest.mark.parametrize("end", ["expired", "withdrawn"])
def test_stars_that_ended_are_nowhere(client, end):
    tea = make_product()
    long_ago = date.today() - timedelta(days=3 * 366 if end == "expired" else 10)
    recognition = make_recognition(tea, issued_on=long_ago)
    if end == "withdrawn":
        withdraw(recognition, on=date.today(), cause="mark")
    page = page_of(client, tea)
    assert [use["href"] for use in page.select(".stars use")] == []
    assert "hasCertification" not in data_in(page)
    told = page.select_one("#stars").get_text(" ", strip=True)
    assert ("đã hết hạn ngày" if end == "expired" else "Lý do: Dùng sai nhãn hiệu OCOP") in told


def test_stars_being_re_evaluated_hold_and_say_so(client):
    tea = make_product()
    recognition = make_recognition(tea, issued_on=date.today() - timedelta(days=3 * 366))
    file_re_evaluation(recognition, on=date.today() - timedelta(days=130))
    page = page_of(client, tea)
    assert page.select_one(".product .stars use")["href"] == "#stars-4"
    assert "đang được đánh giá lại" in page.select_one("#stars").get_text()


def test_what_a_source_does_not_say_is_said_to_be_missing(client):
    tea = make_product()
    make_recognition(tea)
    rows = page_of(client, tea).select("#stars .facts > div")
    facts = {row.dt.get_text(): row.dd.get_text(strip=True) for row in rows}
    assert facts["Giấy chứng nhận"] == "chưa có trong dữ liệu"
    assert facts["Điểm hội đồng"] == "chưa có trong dữ liệu"


def test_mark_up_cannot_be_ended_by_a_product_s_name(client):
    tea = make_product(title="</script><script>alert(1)</script>&")
    page = client.get(f"/san-pham/{tea.slug}/").content.decode()
    assert "<script>alert" not in page
    assert data_in(BeautifulSoup(page, "html.parser"))["name"] == "</script><script>alert(1)</script>&"


def test_health_food_carries_its_compulsory_line(client):
    line = "Thực phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh"
    assert line in page_of(client, make_product(set_number=18)).get_text()
    assert line not in page_of(client, make_product(set_number=11)).get_text()


def test_a_stay_in_a_village_shows_its_host_and_no_basket(client):
    stay = make_product(make_producer(phone="+84912000222", email=""), set_number=26, in_stock=5)
    page = page_of(client, stay)
    assert page.find("form", class_="buy") is None
    assert page.find("a", href="tel:+84912000222")
    assert "chưa có trong dữ liệu" in page.select_one(".product .notice").get_text()


@pytest.mark.parametrize("reason", ["hidden", "suspended", "unknown"])
def test_what_is_not_public_is_not_found(client, reason):
    maker = make_producer(
        **({"suspended_at": "2026-01-01T00:00Z", "suspension_reason": "x"} if reason == "suspended" else {})
    )
    tea = make_product(maker, is_public=reason != "hidden")
    assert client.get(f"/san-pham/{'khong-co' if reason == 'unknown' else tea.slug}/").status_code == 404


def test_delivery_is_told_for_the_commune_typed_and_remembered(client):
    make_rates()
    make_commune("Xã Bình Lư")
    tea = make_product()
    asked = client.get(f"/san-pham/{tea.slug}/?commune=binh lu", follow=True)
    assert "25.000 ₫" in BeautifulSoup(asked.content, "html.parser").select_one(".delivery__quote").get_text()
    assert "25.000 ₫" in page_of(client, tea).select_one(".delivery__quote").get_text()


def test_where_a_producer_does_not_deliver_no_price_is_told(client):
    make_rates()
    commune = make_commune("Xã Bình Lư")
    tea = make_product(make_producer(reach=Producer.Reach.COMMUNE))
    page = page_of(client, tea, f"?commune={commune.code}")
    assert page.select_one(".delivery__quote") is None
    assert "chưa giao được đến Xã Bình Lư" in page.select_one("#delivery").get_text()


def test_a_place_that_nobody_knows_is_kept_and_explained(client):
    page = page_of(client, make_product(), "?commune=Khong%20Co%00")
    assert page.select_one("#place")["value"] == "Khong Co"
    assert "Không thấy xã, phường nào tên" in page.select_one("#delivery .field__error").get_text()


def test_neighbours_are_of_the_same_maker_and_of_the_same_commune(client):
    commune = make_commune()
    maker = make_producer(area=commune)
    tea, other = make_product(maker), make_product(maker, title="Cùng nhà")
    near, far = make_product(make_producer(area=commune), title="Cùng xã"), make_product(title="Nơi khác")
    spirit = make_product(maker, set_number=14, title="Rượu")
    show(tea, other, near, far, spirit)
    page = page_of(client, tea)
    assert [link.get_text() for link in page.select(".card__name a")] == ["Cùng nhà", "Cùng xã"]


def test_vietnamese_text_on_an_english_page_is_marked(client):
    tea = make_product(summary="Trà cổ thụ", description="Cây cao.", name_en="Old tea")
    page = BeautifulSoup(client.get(f"/en/products/{tea.slug}/").content, "html.parser")
    assert page.select_one("h1").get_text() == "Old tea"
    assert page.select_one(".product__summary")["lang"] == "vi"
    assert page.select_one(".prose")["lang"] == "vi"


def test_a_product_page_takes_twelve_queries_at_most(client, django_assert_max_num_queries):
    make_rates()
    commune = make_commune()
    maker = make_producer(area=commune)
    products = [make_product(maker, sizes=3) for _ in range(6)]
    products += [make_product(make_producer(area=commune)) for _ in range(6)]
    for product in products:
        make_recognition(product)
    show(*products)
    client.cookies["commune"] = commune.code
    page_of(client, products[1])  # the province's communes are read once in a process's life
    with django_assert_max_num_queries(12):
        page_of(client, products[0])
