"""Names that went out of use in July 2025 still lead to what is made there."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("typed", "led_to", "product"),
    [
        ("Phúc Than", "Xã Mường Than", "Mật ong Mường Mít"),
        ("muong mit", "Xã Mường Than", "Mật ong Mường Mít"),
        ("Mồ Sì San", "Xã Sì Lở Lầu", "Trà Shan cổ thụ Mồ Sì San"),
        ("thị trấn Tam Đường", "Xã Bình Lư", "Miến dong Bình Lư"),
    ],
)
def test_an_old_name_typed_into_the_search_leads_to_its_products(lai_chau_shown, new_page, typed, led_to, product):
    page = new_page()
    page.goto(lai_chau_shown)
    page.get_by_role("search").locator("[name=q]").fill(typed)
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.locator("main").get_by_role("link", name=led_to).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(led_to)
    expect(page.get_by_role("link", name=product, exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("slug", "today", "title"),
    [
        ("phuc-than", "muong-than", "Xã Mường Than"),
        ("mo-si-san", "si-lo-lau", "Xã Sì Lở Lầu"),
        ("muong-so", "phong-tho", "Xã Phong Thổ"),
    ],
)
def test_the_address_of_an_old_commune_leads_to_todays(lai_chau_shown, new_page, slug, today, title):
    page = new_page()
    page.goto(f"{lai_chau_shown}/xa/{slug}/")
    assert page.url == f"{lai_chau_shown}/xa/{today}/"
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_what_was_in_an_old_commune_is_named_on_todays_page(lai_chau_shown, new_page):
    page = new_page()
    page.goto(f"{lai_chau_shown}/xa/phuc-than/")
    assert "Xã Phúc Than" in page.locator(".former").inner_text()
