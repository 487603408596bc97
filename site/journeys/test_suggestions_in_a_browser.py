"""Suggestions as one types: by keys, mouse and finger, as read aloud, with an input method, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PATH = "/tim-kiem/goi-y/"
ALL = re.compile("^Tìm “.*” trong tất cả$")
VIOLATIONS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    found => `${found.id}: ${found.nodes.map(node => node.target.join(" ")).join(" | ")}`)"""
COMPOSE = """([field, text]) => {
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    for (let end = 1; end <= text.length; end++) {
        field.value = text.slice(0, end);
        field.dispatchEvent(new InputEvent("input", {isComposing: true, bubbles: true}));
    }
}"""


def field(page: Page):
    return page.get_by_role("combobox")


def options(page: Page):
    return page.get_by_role("listbox").get_by_role("option")


def opened(page: Page, server: str, typed: str, path: str = "/"):
    """The field after somebody has typed into it slowly enough that the list has opened."""
    page.goto(server + path)
    field(page).focus()
    page.keyboard.type(typed, delay=20)
    expect(options(page).last).to_be_visible()
    return field(page)


def pointed(page: Page) -> str:
    """The text of the option that is read aloud now."""
    at = field(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{at}").inner_text() if at else ""


def test_arrows_go_round_the_list_and_enter_opens_what_they_point_at(lai_chau_shown, new_page, picture):
    page = new_page()
    typed = opened(page, lai_chau_shown, "mat o")
    expect(typed).to_have_attribute("aria-expanded", "true")
    expect(typed).to_have_attribute("aria-controls", page.get_by_role("listbox").get_attribute("id"))
    expect(options(page).last).to_have_text(ALL)
    assert pointed(page) == ""
    texts = options(page).all_inner_texts()
    for expected in (*texts, texts[0]):
        page.keyboard.press("ArrowDown")
        assert pointed(page) == expected
        assert [text for text in options(page).and_(page.locator("[aria-selected=true]")).all_inner_texts()] == [
            expected
        ]
    picture(page)
    page.keyboard.press("ArrowUp")
    assert pointed(page) == texts[-1]
    page.keyboard.press("ArrowDown")
    target = options(page).first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_home_and_end_move_in_the_text_and_enter_then_sends_the_form(lai_chau_shown, new_page):
    page = new_page()
    typed = opened(page, lai_chau_shown, "mat o")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    assert pointed(page) == ""
    assert typed.evaluate("field => field.selectionStart") == 0
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    assert typed.evaluate("field => field.selectionStart") == 5
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=mat+o")


def test_escape_closes_the_list_and_then_empties_the_field(lai_chau_shown, new_page):
    page = new_page()
    typed = opened(page, lai_chau_shown, "mat o")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(typed).to_have_attribute("aria-expanded", "false")
    expect(typed).to_have_value("mat o")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    assert pointed(page) == options(page).first.inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(typed).to_have_value("")


def test_leaving_the_field_closes_the_list_and_no_stop_of_the_tab_key_is_added(lai_chau_shown, new_page):
    page = new_page()
    opened(page, lai_chau_shown, "mat o")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Tìm", exact=True)).to_be_focused()


@pytest.mark.parametrize("has_touch", [False, True])
def test_mouse_and_finger_choose(lai_chau_shown, new_page, has_touch):
    page = new_page(has_touch=has_touch)
    opened(page, lai_chau_shown, "séng c")
    chosen = options(page).first
    target = chosen.get_attribute("href")
    chosen.tap() if has_touch else chosen.click()
    page.wait_for_url(f"**{target}")


@pytest.mark.parametrize(
    ("path", "typed", "said", "none"),
    [
        ("/", "mat o", re.compile(r"^\d gợi ý\. Dùng phím mũi tên để chọn\.$"), "Không có gợi ý nào."),
        ("/en/", "hone", re.compile(r"^\d suggestions\. Choose with the arrow keys\.$"), "No suggestions."),
    ],
)
def test_a_screen_reader_is_told_how_many_there_are(lai_chau_shown, new_page, path, typed, said, none):
    page = new_page()
    opened(page, lai_chau_shown, typed, path)
    status = page.locator("form[role=search]").get_by_role("status")
    expect(status).to_have_text(said)
    page.keyboard.type("zzqq")
    expect(status).to_have_text(none)
    for _ in range(8):
        page.keyboard.press("Backspace")
    expect(status).to_have_text("")
    expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/en/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_list(lai_chau_shown, new_page, tools_of_npm, path, scheme):
    page = new_page(color_scheme=scheme)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened(page, lai_chau_shown, "tra", path)
    page.keyboard.press("ArrowDown")
    page.evaluate((tools_of_npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8") + ";0")
    assert page.evaluate(VIOLATIONS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints == []


def test_an_answer_that_comes_late_does_not_overwrite_a_newer_one(lai_chau_shown, new_page):
    page = new_page()
    asked, held = [], []

    def answer(route):
        asked.append(route.request.url.partition("q=")[2])
        held.append(route) if asked[-1] == "ga" else route.continue_()

    page.route(f"**{PATH}*", answer)
    page.goto(lai_chau_shown)
    field(page).fill("ga")
    page.wait_for_timeout(300)
    field(page).fill("mat o")
    expect(options(page).last).to_have_text("Tìm “mat o” trong tất cả")
    assert asked == ["ga", "mat+o"]
    for route in held:
        try:
            route.fulfill(body='<div role="listbox"><a role="option" href="/">ga</a></div>', content_type="text/html")
        except Exception:  # noqa: S110 - the browser has taken the question back, which is as good
            pass
    page.wait_for_timeout(200)
    expect(options(page).last).to_have_text("Tìm “mat o” trong tất cả")


def test_fast_typing_asks_once(lai_chau_shown, new_page):
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if PATH in request.url else None)
    page.goto(lai_chau_shown)
    field(page).focus()
    page.keyboard.type("mat ong", delay=10)
    expect(options(page).last).to_have_text("Tìm “mat ong” trong tất cả")
    assert [address.partition("q=")[2] for address in asked] == ["mat+ong"]


def test_while_an_input_method_composes_nothing_is_asked(lai_chau_shown, new_page):
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if PATH in request.url else None)
    page.goto(lai_chau_shown)
    field(page).focus()
    page.evaluate(COMPOSE, [field(page).element_handle(), "maatj"])
    page.wait_for_timeout(300)
    assert asked == []
    field(page).evaluate(
        "field => { field.value = 'mật'; field.dispatchEvent(new CompositionEvent('compositionend')) }"
    )
    expect(options(page).last).to_have_text("Tìm “mật” trong tất cả")
    assert len(asked) == 1


def test_where_the_server_fails_the_form_searches_as_ever(lai_chau_shown, new_page):
    page = new_page()
    page.route(f"**{PATH}*", lambda route: route.fulfill(status=500, body="<h1>500</h1>"))
    page.goto(lai_chau_shown)
    field(page).fill("mat o")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=mat+o")


def test_without_scripts_the_field_is_a_search_field(lai_chau_shown, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(lai_chau_shown)
    page.get_by_role("searchbox").fill("mat o")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=mat+o")
