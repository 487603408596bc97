"""What a buyer does on the pages, for several stories: each function is one screen."""

from playwright.sync_api import Page, expect

from catalogue.models import Product
from factories import make_member
from shop.models import Purchase

PHONE = "0912 345 678"
TEA, RICE = "tra-shan-co-thu-mo-si-san", "gao-seng-cu-than-uyen"


def let_producers_be_told(*slugs: str) -> list[str]:
    """Give the producer of each product a member with an e-mail address; the addresses."""
    producers = [Product.objects.get(slug=slug).listing.producer for slug in slugs]
    return [make_member(producer, email=f"{producer.slug}@vidu.vn").email for producer in producers]


def search_and_open(page: Page, words: str, name: str) -> None:
    page.get_by_role("search").locator("[name=q]").fill(words)
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def add_to_basket(page: Page, unit: str, pieces: int = 1) -> None:
    """On a product's page: the size, how many, and into the basket."""
    page.get_by_role("radio", name=unit).check()
    page.get_by_label("Số lượng").fill(str(pieces))
    page.locator("form.buy").get_by_role("button", name="Thêm vào giỏ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Giỏ hàng")


def fill_in_checkout(page: Page, *, commune: str, email: str = "") -> None:
    page.get_by_label("Họ và tên người nhận").fill("Lò Thị Mẫu")
    page.get_by_role("textbox", name="Số điện thoại").fill(PHONE)
    page.get_by_role("textbox", name="Thư điện tử").fill(email)
    page.get_by_label("Xã, phường, đặc khu").fill(commune)
    page.get_by_label("Số nhà, đường, bản, thôn").fill("Bản Mẫu, nhà số 7")
    page.get_by_label("Chuyển khoản").check()
    for box in page.get_by_role("checkbox").all():
        box.check()


def find_again(page: Page, server: str, purchase: Purchase) -> None:
    """By the code as people copy it, and the phone as others write it."""
    page.goto(server)
    page.get_by_role("link", name="Tìm lần mua của tôi").click()
    page.get_by_label("Mã lần mua").fill(purchase.code.lower())
    page.get_by_role("textbox", name="Số điện thoại").fill("+84 912345678")
    page.get_by_role("button", name="Tìm lần mua").click()
