"""From the basket to the purchase page, as a browser without JavaScript does it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from oscar.apps.basket.models import Basket

from catalogue.models import Listing
from factories import make_basket, make_commune, make_product, make_rates, stock_of, variant_of
from producers.suspension import suspend
from shop.models import BasketKey, Consent, PaymentAttempt, Purchase
from shop.partner.models import StockRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_product(price=160_000, in_stock=5)


@pytest.fixture
def rates():
    return make_rates()


@pytest.fixture
def commune(tea):
    return tea.listing.producer.area


def put(client, product, quantity=1):
    return client.post("/gio-hang/them/", {"variant": variant_of(product).pk, "quantity": quantity})


def filled(place, **changes):
    return {
        "name": "Người mua mẫu",
        "phone": "0912 345 678",
        "email": "",
        "province": "",
        "commune": place.full_name,
        "commune_code": place.code,
        "street": "Bản 1",
        "method": "cash",
        "consent_terms": "on",
        "consent_privacy": "on",
        **changes,
    }


def preview_in(response) -> str:
    return re.search(r'name="preview" value="([^"]*)"', response.content.decode())[1]


def see_total(client, form) -> dict:
    """Send the form once: the page answers with the total and its signed preview."""
    return {**form, "preview": preview_in(client.post("/dat-hang/", form))}


def test_a_buyer_without_javascript_sees_the_total_and_buys(client, tea, rates, commune):
    put(client, tea, 2)
    form = see_total(client, filled(commune))
    response = client.post("/dat-hang/", form)
    purchase = Purchase.objects.get()
    assert response.url == reverse("purchase", args=[purchase.key])
    assert (purchase.goods_total, purchase.state, purchase.commune) == (320_000, "confirmed", commune)
    assert stock_of(tea).num_allocated == 2
    assert client.get(response.url).status_code == 200


def test_the_first_submit_only_reckons_the_delivery(client, tea, rates, commune):
    put(client, tea)
    response = client.post("/dat-hang/", filled(commune))
    assert "Đã tính phí giao hàng" in response.content.decode()
    assert not Purchase.objects.exists()


def test_the_header_counts_pieces(client, tea):
    put(client, tea, 3)
    assert client.cookies["basket_count"].value == "3"


def test_a_basket_takes_no_more_than_is_there(client, tea):
    put(client, tea, 4)
    put(client, tea, 4)
    assert BasketKey.objects.get().basket.lines.get().quantity == 5


def test_a_sold_out_product_is_not_added(client):
    sold_out = make_product(in_stock=0)
    page = client.post("/gio-hang/them/", {"variant": variant_of(sold_out).pk}, follow=True).content.decode()
    assert "đã hết hàng" in page
    assert not BasketKey.objects.get().basket.lines.exists()


def test_a_hidden_product_is_not_added(client, tea):
    type(tea).objects.filter(pk=tea.pk).update(is_public=False)
    page = put(client, tea).wsgi_request and client.get("/gio-hang/").content.decode()
    assert "không còn được bán" in page


def test_tourism_is_not_added(client):
    stay = make_product(set_number=26)
    page = client.post("/gio-hang/them/", {"variant": stay.listing.variants.get().pk}, follow=True).content.decode()
    assert "chưa bán qua giỏ hàng" in page


def test_nobody_changes_another_browsers_basket(client, tea):
    other = make_basket((tea, 1))
    put(client, make_product())
    client.post("/gio-hang/sua/", {f"line-{other.lines.get().pk}": 0})
    assert other.lines.get().quantity == 1


def test_a_line_is_changed_and_removed(client, tea):
    put(client, tea, 2)
    line = BasketKey.objects.get().basket.lines.get()
    client.post("/gio-hang/sua/", {f"line-{line.pk}": 4})
    line.refresh_from_db()
    assert line.quantity == 4
    client.post("/gio-hang/sua/", {"remove": line.pk})
    assert not BasketKey.objects.get().basket.lines.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Hãy điền mục này."),
        ("phone", "12", "Số điện thoại"),
        ("email", "khong-phai-thu", "Địa chỉ thư chưa đúng"),
        ("commune", "Chốn không có", "Không tìm thấy"),
        ("street", "", "Hãy điền mục này."),
        ("method", "", "Hãy chọn cách thanh toán."),
        ("consent_terms", "", "Cần bạn đồng ý"),
    ],
)
def test_wrong_input_is_named_and_everything_typed_stays(client, tea, rates, commune, field, value, sentence):
    put(client, tea)
    code = "" if field == "commune" else commune.code
    page = client.post("/dat-hang/", filled(commune, **{"commune_code": code, field: value})).content.decode()
    assert sentence in page
    kept = filled(commune, **{field: value})
    for name in ("name", "phone", "email", "commune", "street"):
        assert f'value="{kept[name]}"' in page
    assert not Purchase.objects.exists()


def test_no_box_is_ticked_beforehand(client, tea, commune):
    put(client, tea)
    boxes = re.findall(r'<input type="checkbox"[^>]*>', client.get("/dat-hang/").content.decode())
    assert len(boxes) == 2
    assert not any("checked" in box for box in boxes)


def test_the_proof_of_consent_is_kept(client, tea, rates, commune):
    put(client, tea)
    client.post("/dat-hang/", see_total(client, filled(commune)))
    kinds = dict(Consent.objects.values_list("kind", "sentence"))
    assert sorted(kinds) == ["privacy", "terms"]
    assert kinds["terms"].startswith("Tôi đã đọc và đồng ý")


def refusal(client, tea, commune, change) -> str:
    """What the page says when something changed between seeing the total and buying."""
    put(client, tea, 2)
    form = see_total(client, filled(commune, street="Nhà sàn thứ ba"))
    change()
    response = client.post("/dat-hang/", form)
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Nhà sàn thứ ba"' in page
    assert not Purchase.objects.exists()
    assert BasketKey.objects.get().basket.status == Basket.OPEN
    assert stock_of(tea).num_allocated == 0
    return page


def test_out_of_stock_meanwhile(client, tea, rates, commune):
    page = refusal(client, tea, commune, lambda: StockRecord.objects.update(num_in_stock=0))
    assert "vừa hết hàng" in page


def test_fewer_left_meanwhile(client, tea, rates, commune):
    page = refusal(client, tea, commune, lambda: StockRecord.objects.update(num_in_stock=1))
    assert "chỉ còn 1" in page


def test_the_price_changed_meanwhile(client, tea, rates, commune):
    page = refusal(client, tea, commune, lambda: StockRecord.objects.update(price=170_000))
    assert "vừa đổi từ 160.000 ₫ thành 170.000 ₫" in page


def test_the_producer_was_suspended_meanwhile(client, tea, rates, commune):
    page = refusal(client, tea, commune, lambda: suspend(tea.listing.producer, reason="đang kiểm tra"))
    assert "đang tạm ngừng bán" in page


def test_the_product_was_hidden_meanwhile(client, tea, rates, commune):
    page = refusal(client, tea, commune, lambda: type(tea).objects.filter(pk=tea.pk).update(is_public=False))
    assert "không còn được bán" in page


def test_a_commune_that_is_not_served_is_refused(client, tea, rates, commune):
    far = make_commune("Xã Nơi Xa")
    tea.listing.producer.reach = "commune"
    tea.listing.producer.save()
    put(client, tea)
    form = filled(far)
    page = client.post("/dat-hang/", form).content.decode()
    assert "không giao tới Xã Nơi Xa" in page
    assert preview_in(client.post("/dat-hang/", form)) == ""


def test_sending_the_form_twice_leads_to_the_same_purchase(client, tea, rates, commune):
    put(client, tea)
    form = see_total(client, filled(commune))
    first, second = client.post("/dat-hang/", form), client.post("/dat-hang/", form)
    assert first.url == second.url
    assert Purchase.objects.count() == 1


def test_a_preview_that_was_not_signed_here_is_shown_again(client, tea, rates, commune):
    put(client, tea)
    response = client.post("/dat-hang/", filled(commune, preview="x:y:z"))
    assert response.status_code == 409
    assert "Trang đã mở quá lâu" in response.content.decode()
    assert not Purchase.objects.exists()


def test_an_expired_page_says_so(tea):
    response = Client(enforce_csrf_checks=True).post("/gio-hang/them/", {"variant": variant_of(tea).pk})
    assert response.status_code == 403
    assert "Biểu mẫu này đã để quá lâu" in response.content.decode()


def test_a_transfer_shows_account_amount_and_memo(client, tea, rates, commune):
    put(client, tea)
    page = client.post(
        "/dat-hang/", see_total(client, filled(commune, method="transfer")), follow=True
    ).content.decode()
    attempt = PaymentAttempt.objects.get()
    assert "<svg" in page
    assert f'data-copy="{attempt.amount}"' in page
    assert f'data-copy="{attempt.memo}"' in page
    assert Purchase.objects.get().state == "waiting"


def test_without_an_account_no_transfer_is_offered(client, tea, rates, commune, settings):
    settings.TRANSFER_ACCOUNT, settings.SAMPLE_DATA = {"bin": "", "number": "", "holder": ""}, False
    put(client, tea)
    page = client.get("/dat-hang/").content.decode()
    assert 'value="cash"' in page
    assert 'value="transfer"' not in page


def test_with_sample_data_the_page_says_that_no_money_is_to_be_sent(client, tea, rates, commune, settings):
    settings.TRANSFER_ACCOUNT, settings.SAMPLE_DATA = {"bin": "", "number": "", "holder": ""}, True
    put(client, tea)
    page = client.post(
        "/dat-hang/", see_total(client, filled(commune, method="transfer")), follow=True
    ).content.decode()
    assert "xin đừng chuyển tiền" in page


@pytest.fixture
def liquor(commune):
    return make_product(set_number=14, price=120_000)


def test_alcohol_removes_cash_for_the_whole_purchase_and_asks_the_birth_date(client, tea, liquor, rates, commune):
    put(client, tea)
    put(client, liquor)
    page = client.get("/dat-hang/").content.decode()
    assert 'value="cash"' not in page
    assert 'name="birth_date"' in page
    answer = client.post("/dat-hang/", filled(commune, consent_age="on", birth_date="24/11/1990")).content.decode()
    assert "Hãy chọn cách thanh toán." in answer


@pytest.mark.parametrize(
    ("born", "sentence"),
    [("", "hãy cho biết ngày sinh"), ("31/02/1990", "Ngày sinh chưa đúng"), ("01/01/2020", "từ đủ 18 tuổi")],
)
def test_alcohol_is_not_sold_without_age(client, liquor, rates, commune, born, sentence):
    put(client, liquor)
    form = filled(commune, method="transfer", consent_age="on", birth_date=born)
    first = client.post("/dat-hang/", form)
    page = client.post("/dat-hang/", {**form, "preview": preview_in(first)}).content.decode()
    assert sentence in page
    assert not Purchase.objects.exists()


def test_alcohol_is_sold_to_adults_by_transfer(client, liquor, rates, commune):
    put(client, liquor)
    form = filled(commune, method="transfer", consent_age="on", birth_date="24-11-1990")
    client.post("/dat-hang/", see_total(client, form))
    purchase = Purchase.objects.get()
    assert (purchase.has_alcohol, purchase.method, purchase.birth_date.year) == (True, "transfer", 1990)


def test_each_producer_sends_its_own_parcel_and_gets_its_own_note(client, tea, rates, commune):
    rice = make_product(price=195_000)
    put(client, tea)
    put(client, rice)
    note = f"note_{rice.listing.producer.pk}"
    client.post("/dat-hang/", see_total(client, filled(commune, **{note: "Gọi trước khi giao"})))
    purchase = Purchase.objects.get()
    parcels = {parcel.producer: parcel for parcel in purchase.parcels.all()}
    assert len(parcels) == 2
    assert parcels[rice.listing.producer].note == "Gọi trước khi giao"
    assert parcels[tea.listing.producer].note == ""
    assert purchase.delivery_total == sum(parcel.delivery_price for parcel in parcels.values())
    assert len({parcel.order.number for parcel in parcels.values()}) == 2


@pytest.fixture
def purchase(client, tea, rates, commune):
    put(client, tea, 2)
    client.post("/dat-hang/", see_total(client, filled(commune)))
    return Purchase.objects.get()


def test_a_guest_finds_the_purchase_by_code_and_phone(client, purchase):
    response = client.post("/don-mua/", {"code": purchase.code.lower(), "phone": "+84 912 345 678"})
    assert response.url == reverse("purchase", args=[purchase.key])


@pytest.mark.parametrize(
    "miss", [{"phone": "0912345679"}, {"code": "AAAAAAAAAA"}, {"code": "", "phone": ""}, {"phone": "x"}]
)
def test_every_miss_gets_the_same_answer(client, purchase, miss):
    typed = {"code": purchase.code, "phone": "0912345678", **miss}
    page = client.post("/don-mua/", typed).content.decode()
    assert "Không có lần mua nào khớp cả mã và số điện thoại này." in page
    assert purchase.key not in page


def test_guessing_is_stopped_after_ten_tries(client, purchase):
    for _ in range(10):
        client.post("/don-mua/", {"code": "AAAAAAAAAA", "phone": "0912345678"})
    response = client.post("/don-mua/", {"code": purchase.code, "phone": "0912345678"})
    assert response.status_code == 429


def test_a_wrong_purchase_address_is_not_found(client, purchase):
    assert client.get(reverse("purchase", args=["0" * 32])).status_code == 404


def test_a_buyer_cancels_until_packed(client, tea, purchase):
    client.post(reverse("purchase_cancel", args=[purchase.key]))
    purchase.refresh_from_db()
    assert purchase.state == "cancelled"
    assert stock_of(tea).num_allocated == 0


def test_the_purchase_page_speaks_english(client, purchase):
    with translation.override("en"):
        address = reverse("purchase", args=[purchase.key])
    assert address.startswith("/en/")
    assert client.get(address).status_code == 200


def test_a_basket_of_ten_lines_and_three_producers_asks_fifteen_times_at_most(
    client, rates, django_assert_max_num_queries
):
    producers = [make_product().listing.producer for _ in range(3)]
    for number in range(10):
        put(client, make_product(producer=producers[number % 3]))
    with django_assert_max_num_queries(15):
        page = client.get("/gio-hang/").content.decode()
    assert page.count('class="item"') == 10


def test_the_basket_asks_the_same_with_one_and_thirty_lines(client, rates, django_assert_num_queries):
    put(client, make_product())
    with CaptureQueriesContext(connection) as one:
        client.get("/gio-hang/")
    asked = len(one)
    for _ in range(29):
        put(client, make_product())
    with django_assert_num_queries(asked):
        client.get("/gio-hang/")


def test_every_listing_in_a_basket_keeps_its_price_sample_mark(client, tea):
    Listing.objects.filter(pk=tea.listing.pk).update(price_is_sample=True)
    put(client, tea)
    assert "giá mẫu" in client.get("/gio-hang/").content.decode()
