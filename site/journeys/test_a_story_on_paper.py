"""A story printed: a leaflet with its words and picture, and a code that leads back to the page."""

import pytest
from playwright.sync_api import expect

from discovery.qr import qr_of

pytestmark = pytest.mark.browser
STORY = "/cau-chuyen/tra-shan-co-thu-mo-si-san/"
A4 = (794, 1123)  # CSS pixels


def test_a_story_becomes_a_leaflet_with_a_code_that_leads_back(lai_chau_shown, new_page, picture):
    address = lai_chau_shown + STORY
    page = new_page(*A4)
    page.goto(address, wait_until="networkidle")
    code = page.locator(".story__qr")
    expect(code).to_be_hidden()

    page.emulate_media(media="print")

    expect(code).to_be_visible()
    expect(code).to_contain_text(address.removeprefix("http://"))
    assert code.locator("path").get_attribute("d") in qr_of(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".story__head img")).to_be_visible()
    for hidden in ("nav", "form", "footer", "button", "[aria-labelledby=others]"):
        assert page.locator(hidden).filter(visible=True).count() == 0, hidden
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    assert page.evaluate("document.documentElement.scrollWidth") <= A4[0]
    picture(page)
