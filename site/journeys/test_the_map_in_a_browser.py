"""The map in a browser: every commune by its name, popups by the keyboard, the list that leads it, and nobody asked."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from areas.models import Area

pytestmark = pytest.mark.browser

TILES = "https://tiles.example/{z}/{x}/{y}.png"
LANGUAGES = {"vi": "/ban-do/", "en": "/en/map/"}
MOVING = "() => document.querySelectorAll('.leaflet-marker-icon').length > 0"


@pytest.fixture
def asked(new_page):
    """A page, and the hosts that it has asked."""
    page, hosts = new_page(), set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    return page, hosts


def open_map(page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(MOVING)


@pytest.fixture
def communes(lai_chau_shown, django_db_blocker) -> list[Area]:
    with django_db_blocker.unblock():
        return list(Area.objects.present().communes().filter(parent__code="12"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_commune_has_a_pin_with_its_name_and_asks_nobody(lai_chau_shown, asked, communes, language):
    page, hosts = asked
    open_map(page, lai_chau_shown + LANGUAGES[language])
    named = page.locator(".leaflet-marker-icon .hidden").all_text_contents()
    full_names = {area.full_name if language == "vi" else area.full_name_en for area in communes}
    assert len(communes) == 38
    assert sorted(name.partition(":")[0] for name in named) == sorted(full_names)
    for label in ("Zoom", "Close", "Marker") if language == "vi" else ():
        assert label not in page.locator(".ground").evaluate('box => box.outerHTML.replace(/class="[^"]*"/g, \'\')')
    assert hosts == {urlsplit(lai_chau_shown).netloc}


def test_no_name_lies_on_another(lai_chau_shown, new_page):
    for width in (390, 1440):
        page = new_page(width=width)
        open_map(page, lai_chau_shown + "/ban-do/")
        page.evaluate("document.fonts.ready")
        boxes = page.locator(".pin:not([data-side=none]) .pin__name").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().toJSON())"
        )
        overlaps = [
            (one, other)
            for number, one in enumerate(boxes)
            for other in boxes[:number]
            if one["left"] < other["right"] - 0.5
            and other["left"] < one["right"] - 0.5
            and one["top"] < other["bottom"] - 0.5
            and other["top"] < one["bottom"] - 0.5
        ]
        assert overlaps == []
        assert len(boxes) > (10 if width == 390 else 30)


def test_a_popup_opens_and_closes_by_the_keyboard(lai_chau_shown, new_page):
    page = new_page()
    open_map(page, lai_chau_shown + "/ban-do/")
    pin = page.get_by_role("button", name="Xã Mường Than:")
    for key in ("Enter", "Space"):
        pin.focus()
        page.keyboard.press(key)
        popup = page.locator(".leaflet-popup")
        expect(popup.get_by_role("heading")).to_have_text("Xã Mường Than")
        expect(popup.get_by_role("link", name="Xã Mường Than")).to_be_focused()
        expect(popup.get_by_role("button", name="Đóng")).to_be_visible()
        page.keyboard.press("Escape")
        expect(popup).to_have_count(0)
        expect(pin).to_be_focused()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup").get_by_role("link", name="sản phẩm").click()
    page.wait_for_url("**/san-pham/?commune=muong-than")


def test_a_line_of_the_list_leads_the_map_to_its_commune(lai_chau_shown, new_page):
    page = new_page()
    open_map(page, lai_chau_shown + "/ban-do/")
    page.get_by_role("button", name="Xem Xã Bum Tở trên bản đồ").click()
    expect(page.locator(".leaflet-popup").get_by_role("heading")).to_have_text("Xã Bum Tở")
    expect(page.get_by_role("button", name="Xã Bum Tở:")).to_be_in_viewport()


def test_only_what_a_filter_leaves_has_pins(lai_chau_shown, new_page):
    page = new_page()
    open_map(page, lai_chau_shown + "/ban-do/?commune=muong-than")
    expect(page.locator(".leaflet-marker-icon[role=button]")).to_have_count(1)
    expect(page.locator("path.ground__disc")).to_have_count(38)
    expect(page.locator(".pin--ground")).to_have_count(37)


def test_who_wants_no_motion_gets_none(lai_chau_shown, new_page):
    page = new_page(reduced_motion="reduce")
    open_map(page, lai_chau_shown + "/ban-do/")
    assert page.locator(".leaflet-fade-anim, .leaflet-zoom-anim").count() == 0
    page.get_by_role("button", name="Phóng to").click()
    assert page.locator(".leaflet-zoom-anim").count() == 0


def test_without_javascript_the_drawing_and_the_list_are_there(lai_chau_shown, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(lai_chau_shown + "/ban-do/")
    expect(page.locator(".ground svg title")).to_have_count(38)
    expect(page.locator(".communes li")).to_have_count(38)
    expect(page.locator("[data-show]:visible")).to_have_count(0)


def test_a_tile_server_that_is_set_is_asked_and_no_other(lai_chau_shown, server_process, asked):
    page, hosts = asked
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.route("https://tiles.example/**", lambda route: route.fulfill(body=b"", content_type="image/png"))
    with server_process(MAP_TILES_URL=TILES, MAP_TILES_ATTRIBUTION="© Ai Đó") as address:
        with page.expect_request("https://tiles.example/**"):
            open_map(page, address + "/ban-do/")
        expect(page.locator(".ground__note")).to_have_text("© Ai Đó")
        expect(page.locator("path.ground__disc")).to_have_count(0)
    assert hosts == {urlsplit(address).netloc, "tiles.example"}
    assert refused == []


def test_without_scripts_no_button_is_shown_that_does_nothing(lai_chau_shown, new_page):
    page = new_page(java_script_enabled=False)
    for path in ("/ban-do/", "/xa/muong-than/"):
        page.goto(lai_chau_shown + path)
        assert page.locator(":is([data-show], [data-map-open])").count()
        assert page.locator(":is([data-show], [data-map-open]):visible").count() == 0
