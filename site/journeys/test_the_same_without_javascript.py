"""The same purchase with a browser that runs no scripts: one more step shows the total, and nothing is missing."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from factories import stock_of
from journeys.buying import RICE, TEA, add_to_basket, fill_in_checkout, find_again
from shop.models import PaymentAttempt, Purchase

pytestmark = pytest.mark.browser

CHOICES = ["Xã Mường Than, Tỉnh Lai Châu", "Xã Than Uyên, Tỉnh Lai Châu"]


def test_the_same_without_javascript(lai_chau_server, new_page, picture):
    page = new_page(java_script_enabled=False)
    for slug, unit, pieces in ((TEA, "hộp 100 g", 1), (RICE, "túi 2 kg", 2)):
        page.goto(f"{lai_chau_server}/san-pham/{slug}/")
        add_to_basket(page, unit, pieces)
    page.get_by_role("button", name="Đặt hàng").click()

    # An old commune's name that is another commune's today: the page asks which one is meant, and keeps the rest.
    fill_in_checkout(page, commune="Mường Than")
    page.get_by_role("button", name="Tính phí giao hàng").click()
    choices = page.get_by_role("group", name="Bạn muốn nhận ở đâu?").get_by_role("radio")
    assert [label.strip() for label in page.locator(".choices label").all_inner_texts()] == CHOICES
    assert [choices.nth(n).is_checked() for n in range(2)] == [False, False]
    expect(page.get_by_role("textbox", name="Số nhà, đường, bản, thôn")).to_have_value("Bản Mẫu, nhà số 7")
    picture(page)
    assert not Purchase.objects.exists()

    page.get_by_label(CHOICES[1]).check()
    page.get_by_role("button", name="Tính phí giao hàng").click()
    expect(page.get_by_role("status")).to_have_text("Đã tính phí giao hàng. Hãy xem tổng tiền rồi bấm đặt hàng.")
    picture(page)
    assert not Purchase.objects.exists()

    page.get_by_role("button", name="Đặt hàng · 576.000 ₫").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã ghi nhận, chờ bạn chuyển khoản")
    picture(page)

    purchase = Purchase.objects.get()
    assert (purchase.commune.full_name, purchase.typed_place) == ("Xã Than Uyên", "Mường Than")
    # 24,000 ₫ less than to another commune: the rice comes from this very one.
    assert (purchase.goods_total, purchase.delivery_total, purchase.state) == (540_000, 36_000, "waiting")
    assert sorted(parcel.producer.slug for parcel in purchase.parcels.all()) == ["htx-bien-cuong", "htx-thanh-xuan"]
    variants = [line.product.variant for parcel in purchase.parcels.all() for line in parcel.order.lines.all()]
    assert sorted(stock_of(variant).num_allocated for variant in variants) == [1, 2]
    memo = PaymentAttempt.objects.get().memo
    for word in (settings.TRANSFER_ACCOUNT["number"], "576.000 ₫", memo):
        expect(page.locator(".pay").get_by_text(word, exact=True)).to_be_visible()
    expect(page.locator(".pay__code svg")).to_be_visible()

    elsewhere = new_page(java_script_enabled=False)
    find_again(elsewhere, lai_chau_server, purchase)
    assert elsewhere.url == page.url

    elsewhere.get_by_role("button", name="Hủy lần mua").click()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Lần mua đã hủy")
    assert Purchase.objects.get().state == "cancelled"
