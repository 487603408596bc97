"""What a first visit to a product costs on mountain 3G, as it travels: little, and from this host alone."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MOST_BYTES = 25_000  # of the page, its style and its scripts, compressed
MOST_BYTES_WITH_ALL = 250_000  # with fonts and the pictures that are in view
PRODUCTS = ["tra-shan-co-thu-mo-si-san", "gao-seng-cu-than-uyen", "tra-dong-phuong-my-nhan"]


@dataclass(frozen=True)
class Asked:
    host: str
    kind: str  # document, stylesheet, script, font, image
    bytes: int  # of the body as it travelled
    encoding: str


def first_view(page, address: str) -> list[Asked]:
    """Everything that a browser with nothing in its cache asks for."""
    requests = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(address, wait_until="networkidle")
    return [
        Asked(
            urlsplit(request.url).netloc,
            request.resource_type,
            request.sizes()["responseBodySize"],
            request.response().headers.get("content-encoding", ""),
        )
        for request in requests
        if not request.url.startswith("data:")
    ]


def bytes_of(asked: list[Asked], *kinds: str) -> int:
    return sum(each.bytes for each in asked if not kinds or each.kind in kinds)


@pytest.mark.parametrize("slug", PRODUCTS)
def test_page_style_and_scripts_of_a_product_are_small(lai_chau_shown, new_page, slug):
    asked = first_view(new_page(), f"{lai_chau_shown}/san-pham/{slug}/")
    texts = [each for each in asked if each.kind in ("document", "stylesheet", "script")]
    assert {each.kind for each in texts} == {"document", "stylesheet", "script"}
    assert [each for each in texts if each.encoding not in ("gzip", "br")] == []
    assert 5_000 < bytes_of(texts) <= MOST_BYTES


@pytest.mark.parametrize("path", ["/", "/san-pham/", *(f"/san-pham/{slug}/" for slug in PRODUCTS)])
def test_all_of_it_is_small_and_from_this_host(lai_chau_shown, new_page, path):
    asked = first_view(new_page(), lai_chau_shown + path)
    assert {each.host for each in asked} == {urlsplit(lai_chau_shown).netloc}
    assert bytes_of(asked, "image") > 5_000
    assert bytes_of(asked) <= MOST_BYTES_WITH_ALL


TRAVELLED = """() => performance.getEntriesByType("resource").filter(each => each.transferSize > 0)
    .map(each => new URL(each.name).pathname.split("/")[1])"""


def test_a_second_page_asks_only_for_itself_and_its_pictures(lai_chau_shown, new_page):
    page = new_page()
    page.goto(f"{lai_chau_shown}/san-pham/{PRODUCTS[0]}/", wait_until="networkidle")
    assert set(page.evaluate(TRAVELLED)) == {"static", "media"}
    page.goto(f"{lai_chau_shown}/san-pham/{PRODUCTS[1]}/", wait_until="networkidle")
    assert set(page.evaluate(TRAVELLED)) == {"media"}


def test_without_scripts_the_page_shows_all_that_one_buys_by(lai_chau_shown, new_page, picture):
    page = new_page(java_script_enabled=False)
    page.goto(f"{lai_chau_shown}/san-pham/{PRODUCTS[0]}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trà Shan cổ thụ Mồ Sì San")
    for words in ("380.000 ₫", "hộp 100 g", "còn 9 hộp"):
        expect(page.locator("form.buy").get_by_text(words, exact=True)).to_be_visible()
    expect(page.locator("form.buy").get_by_role("button", name="Thêm vào giỏ")).to_be_enabled()
    expect(page.locator(".product .picture img").first).to_be_visible()
    picture(page)
