"""A visitor with a telephone that runs no scripts takes a place at a fair, sees it, and gives it back."""

import pytest
from playwright.sync_api import expect

from journeys.fairs import built_in_fairs
from showcase.models import Registration

pytestmark = pytest.mark.browser


def test_a_visitor_takes_a_place_and_gives_it_back(lai_chau_server, new_page, jobs, picture):
    page = new_page(java_script_enabled=False)
    page.goto(lai_chau_server + built_in_fairs("vi")[0].url)
    page.get_by_role("link", name="Đăng ký").first.click()
    picture(page)
    page.get_by_role("textbox", name="Họ và tên").fill("Lò Thị Mẫu")
    page.get_by_role("textbox", name="Số điện thoại").fill("0912 345 678")
    page.get_by_role("textbox", name="Thư điện tử").fill("khach@vidu.vn")
    page.get_by_role("spinbutton", name="Số người").fill("3")
    page.get_by_role("checkbox").check()
    page.locator("main form button").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã có chỗ")
    picture(page)
    registration = Registration.objects.get()
    assert page.url.endswith(f"/hoi-cho/dang-ky-cua-toi/{registration.key}/")
    assert (registration.state, registration.people, registration.phone) == ("confirmed", 3, "+84912345678")
    jobs.mails()

    page.get_by_role("button", name="Hủy đăng ký").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký đã hủy")
    registration.refresh_from_db()
    assert (registration.state, registration.name, registration.phone) == ("cancelled", "", "")
