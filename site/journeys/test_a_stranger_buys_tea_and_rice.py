"""A stranger with a telephone reads a story, buys from two producers, pays by transfer and comes back."""

import re

import pytest
from playwright.sync_api import expect

from catalogue.models import Product
from factories import make_manager, stock_of
from journeys.buying import (
    PHONE,
    RICE,
    TEA,
    add_to_basket,
    fill_in_checkout,
    find_again,
    let_producers_be_told,
    search_and_open,
)
from shop import vietqr
from shop.codes import grouped
from shop.models import PaymentAttempt, Purchase
from shop.payment import transfer_qr
from shop.transfers import record_transfer

pytestmark = pytest.mark.browser


def test_a_stranger_buys_tea_and_rice(lai_chau_server, new_page, jobs, picture):
    producers = let_producers_be_told(TEA, RICE)
    page = new_page()

    page.goto(lai_chau_server)
    picture(page)
    page.get_by_role("link", name="Câu chuyện", exact=True).first.click()
    page.get_by_role("link", name="Mồ Sì San, nơi chè phải trèo lên mà hái").click()
    picture(page)
    page.locator("main").get_by_role("link", name=name_of(TEA), exact=True).click()
    picture(page)
    add_to_basket(page, "hộp 100 g")
    search_and_open(page, "gao than uyen", name_of(RICE))
    add_to_basket(page, "túi 2 kg", 2)
    picture(page)

    page.get_by_role("button", name="Đặt hàng").click()
    fill_in_checkout(page, commune="Phúc Than", email="nguoi-mua@vidu.vn")
    buy = page.get_by_role("button", name="Đặt hàng · 592.000 ₫")
    expect(page.locator("#summary")).to_contain_text("Giao đến Xã Mường Than")
    picture(page)
    buy.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã ghi nhận, chờ bạn chuyển khoản")
    picture(page)

    purchase = Purchase.objects.get()
    assert page.url.endswith(f"/don-mua/{purchase.key}/")
    assert (purchase.state, purchase.method, purchase.language) == ("waiting", "transfer", "vi")
    assert (purchase.name, purchase.phone, purchase.email) == ("Lò Thị Mẫu", "+84912345678", "nguoi-mua@vidu.vn")
    assert (purchase.commune.full_name, purchase.typed_place) == ("Xã Mường Than", "Phúc Than")
    assert (purchase.goods_total, purchase.delivery_total, purchase.total) == (540_000, 52_000, 592_000)
    assert parcels_of(purchase) == [
        ("htx-bien-cuong", 18_000, [("hộp 100 g", 1, 380_000)]),
        ("htx-thanh-xuan", 34_000, [("túi 2 kg", 2, 160_000)]),
    ]
    assert {(line.num_allocated, line.num_in_stock) for line in stocks_of(purchase)} == {(1, 9), (2, 60)}

    attempt = PaymentAttempt.objects.get()
    to_copy = page.locator("[data-copy]:not(template)").evaluate_all("all => all.map(each => each.dataset.copy)")
    asked = vietqr.parse(vietqr.build(bin="970403", account=to_copy[0], amount=int(to_copy[1]), purpose=to_copy[2]))
    assert (asked.account, asked.amount, asked.purpose) == ("0011012345678", 592_000, f"OCOP {purchase.code}")
    assert str(transfer_qr(attempt, "Mã VietQR để chuyển khoản")) in page.request.get(page.url).text()

    jobs()
    (letter,) = jobs.mails()
    assert letter.to == ["nguoi-mua@vidu.vn"]
    assert letter.subject == f"Lần mua {grouped(purchase.code)} đã được ghi nhận"
    assert "592.000 ₫" in letter.body
    assert f"Nội dung: OCOP {purchase.code}" in letter.body

    record_transfer(purchase, amount=592_000, reference="FT0001", by=make_manager())
    jobs()
    letters = {mail.to[0]: mail for mail in jobs.mails()[1:]}
    assert sorted(letters) == sorted([*producers, "nguoi-mua@vidu.vn"])
    assert "1 × Trà Shan cổ thụ Mồ Sì San" in letters[producers[0]].body
    assert "2 × Gạo Séng Cù Than Uyên" in letters[producers[1]].body
    assert "Gạo" not in letters[producers[0]].body

    elsewhere = new_page()
    find_again(elsewhere, lai_chau_server, purchase)
    assert elsewhere.url == page.url
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Cảm ơn bạn, lần mua đã được xác nhận")
    expect(elsewhere.get_by_text(PHONE).first).to_be_visible()
    picture(elsewhere)


def name_of(slug: str) -> str:
    return Product.objects.get(slug=slug).title


def parcels_of(purchase: Purchase) -> list[tuple]:
    return sorted(
        (
            parcel.producer.slug,
            parcel.delivery_price,
            [
                (re.sub(".*, ", "", line.title), line.quantity, int(line.line_price_incl_tax))
                for line in parcel.order.lines.all()
            ],
        )
        for parcel in purchase.parcels.all()
    )


def stocks_of(purchase: Purchase) -> list:
    return [stock_of(line.product.variant) for parcel in purchase.parcels.all() for line in parcel.order.lines.all()]
