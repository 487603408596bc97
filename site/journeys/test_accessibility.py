"""Every screen in both languages and both colour schemes: axe-core finds nothing, nothing is wider than the telephone,
nothing is asked of another host, and the keyboard reaches what a hand does."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from journeys.screens import screens

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
WIDTHS = (390, 320)
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # rules whose answer the colour scheme may change
IN_WORDS = """async options => (await axe.run(document, {resultTypes: ["violations"], ...options})).violations.map(
    found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")}`)"""


@dataclass
class Seen:
    """What is wrong, a line each."""

    violations: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    asked_elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)  # of the browser: scripts that fail, what the policy refuses
    screens: int = 0


@pytest.fixture(scope="module")
def seen(lai_chau_shown, browser, tools_of_npm, django_db_blocker) -> dict[str, Seen]:
    axe = (tools_of_npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8") + ";0"
    with django_db_blocker.unblock():
        shown = {language: screens(language) for language in LANGUAGES}
    return {language: walk(lai_chau_shown, browser, axe, shown[language]) for language in LANGUAGES}


def walk(server, browser, axe: str, shown: list) -> Seen:
    seen, name = Seen(screens=len(shown)), ""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()

    def note_request(request):
        if not request.url.startswith((server, "data:")):
            seen.asked_elsewhere.append(f"{name}: {urlsplit(request.url).netloc}")

    def note_complaint(message):
        if message.type == "error" and "the server responded with a status of" not in message.text:
            seen.complaints.append(f"{name}: {message.text}")

    def look(where: str, scheme: str, **options):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        seen.violations.extend(f"{where}, {scheme}: {found}" for found in page.evaluate(IN_WORDS, options))

    page.on("request", note_request)
    page.on("console", note_complaint)
    page.on("pageerror", lambda error: seen.complaints.append(f"{name}: {error}"))
    for screen in shown:
        name = screen.name
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        screen.open(page, server)
        page.evaluate(axe)  # the policy refuses a script of another place; the browser's own console may
        look(name, "light")
        look(name, "dark", **COLOURS)
        if screen.is_wide:
            page.set_viewport_size({"width": 1440, "height": 900})
            look(f"{name}, wide", "dark", **COLOURS)
            look(f"{name}, wide", "light")
        for width in reversed(WIDTHS):
            page.set_viewport_size({"width": width, "height": 844})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                seen.too_wide.append(f"{name}: {wide} px at {width}")
    context.close()
    return seen


def listed(faults: list[str]) -> str:
    return "\n".join(dict.fromkeys(faults))


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_screen(seen, language):
    assert seen[language].screens > 70
    assert listed(seen[language].violations) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_is_wider_than_a_telephone(seen, language):
    assert listed(seen[language].too_wide) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_asks_another_host(seen, language):
    assert listed(seen[language].asked_elsewhere) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_complains_of_nothing(seen, language):
    assert listed(seen[language].complaints) == ""


# --- With the keyboard ----------------------------------------------------------------------------------------------

FOCUSED = """() => { const at = document.activeElement, look = getComputedStyle(at);
    return {name: (at.innerText || at.value || at.name || at.tagName).trim(), inMain: at.closest("main") !== null,
            isSeen: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0} }"""


def test_the_first_key_skips_to_the_content(lai_chau_shown, new_page):
    page = new_page()
    page.goto(lai_chau_shown)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Đến nội dung chính")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["inMain"]


def test_the_keyboard_reaches_the_button_that_adds_and_shows_where_it_is(lai_chau_shown, new_page):
    page = new_page()
    page.goto(f"{lai_chau_shown}/san-pham/tra-sencha/")
    visited = []
    for _ in range(40):
        page.keyboard.press("Tab")
        visited.append(page.evaluate(FOCUSED))
        if visited[-1]["name"] == "Thêm vào giỏ":
            break
    assert visited[-1]["name"] == "Thêm vào giỏ"
    assert [place["name"] for place in visited if not place["isSeen"]] == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giỏ hàng")
