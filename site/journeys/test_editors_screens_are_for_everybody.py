"""axe-core finds nothing in what the site adds to the CMS, nor on the page that stands for a missing translation."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from factories import PASSWORD, make_producer, make_product, make_recognition, make_user, show
from showcase.loading import load_pages
from showcase.models.enquiry import Enquiry
from showcase.tests.working import SUBMIT, client_of, new_story, write
from showcase.tests.writing import publish_story

pytestmark = pytest.mark.browser
# Wagtail's own frame (menu, head, its form fields) is Wagtail's to mend.
IN_OURS = """async places => (await axe.run({include: places}, {resultTypes: ["violations"]})).violations.map(
    found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")}`)"""
# Wagtail's script makes the frame of every window and gives it no name; the heading inside says what it is for.
WAGTAILS_OWN = "aria-dialog-name: .modal"


def test_axe_finds_nothing_in_what_the_site_adds_to_the_cms(live_server_process, new_page, tools_of_npm, picture):
    load_pages()
    editor, chief = client_of("editor"), make_user("chief_editor")
    tea = make_product(title="Trà Shan cổ thụ")
    make_recognition(tea)
    show(tea)
    new_story(editor, slug="cho-duyet", title="Chờ duyệt", **SUBMIT)
    publish_story(tea, slug="che", title="Chè")
    enquiry = Enquiry.objects.create(
        key="1", name="Người gửi mẫu", email="ban@example.vn", subject="site", text="Chào."
    )
    axe = (tools_of_npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8") + ";0"
    page = new_page(1440, 900)
    log_in(page, live_server_process, chief)
    places = {
        "/cms/": "#panel-waiting-section, [aria-labelledby*=waiting]",
        reverse("handbook"): "main .nice-padding",
        reverse("enquiry", args=[enquiry.pk]): "main .nice-padding",
        reverse("fair_registrations"): "main .listing, main .nice-padding",
        reverse("fair_booths"): "main .listing, main .nice-padding",
    }
    for path, ours in places.items():
        page.goto(live_server_process + path, wait_until="networkidle")
        assert page.locator(ours).count() > 0, path
        page.evaluate(axe)
        assert page.evaluate(IN_OURS, [ours]) == [], path
        picture(page)


def test_axe_finds_nothing_where_a_story_is_written(live_server_process, new_page, tools_of_npm, picture):
    """The list of what a story still lacks, and the windows in which its products and makers are looked for."""
    load_pages()
    maker = make_producer(name="Hợp tác xã Chè Shan")
    tea, noodles = make_product(maker, title="Chè Shan cổ thụ"), make_product(title="Miến dong")
    make_recognition(tea)
    show(tea, noodles)
    story = write(title="Chè trên mây", body=[("text", "<p>Chè ngon.</p>"), ("sources", [{"text": "Báo Lai Châu"}])])
    axe = (tools_of_npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8") + ";0"
    page = new_page(1440, 900)
    log_in(page, live_server_process, make_user("chief_editor"))
    page.goto(f"{live_server_process}/cms/pages/{story.pk}/edit/", wait_until="networkidle")
    page.evaluate(axe)

    panel = page.locator("section.w-panel").filter(has=page.get_by_role("heading", name="Câu chuyện đã đủ chưa?"))
    panel.scroll_into_view_if_needed()
    for part in ("✓", "Đã có", "✗", "Còn thiếu", "Bài đã có 1 trong 8 điều."):
        expect(panel).to_contain_text(part)
    expect(panel.locator("li").first).to_be_visible()
    picture(page)
    assert page.evaluate(IN_OURS, [f"#{panel.get_attribute('id')}"]) == []

    for block, button, found, left_out in (
        ("Sản phẩm", "Chọn sản phẩm", "Chè Shan cổ thụ", "Miến dong"),
        ("Nhà sản xuất", "Chọn nhà sản xuất", "Hợp tác xã Chè Shan", noodles.listing.producer.name),
    ):
        page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
        page.locator(".w-combobox__option").get_by_text(block, exact=True).click()
        page.get_by_role("button", name=button, exact=True).filter(visible=True).first.click()
        window = page.locator(".modal-dialog")
        expect(window.get_by_role("link", name=left_out)).to_be_visible()
        window.locator("input[name=q]").fill("che shan")
        expect(window.get_by_role("link", name=left_out)).to_be_hidden()
        expect(window.get_by_role("link", name=found)).to_be_visible()
        picture(page)
        assert [each for each in page.evaluate(IN_OURS, [".modal"]) if each != WAGTAILS_OWN] == [], block
        window.get_by_role("link", name=found).click()
        expect(window).to_be_hidden()


@pytest.mark.parametrize(("language", "address"), [("vi", "/en/not-translated/{}/"), ("en", "/chua-dich/{}/")])
def test_axe_finds_nothing_where_a_translation_is_missing(
    live_server_process, new_page, tools_of_npm, picture, language, address
):
    load_pages()
    story = publish_story(
        slug="che", title="Chè trên mây" if language == "vi" else "Tea in the clouds", language=language
    )
    axe = (tools_of_npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8") + ";0"
    page = new_page()
    page.goto(live_server_process + address.format(story.pk))
    page.evaluate(axe)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(IN_OURS, ["body"]) == []
    picture(page)


def log_in(page: Page, server: str, person) -> None:
    page.goto(f"{server}/cms/")
    page.locator("main input[name=name]").fill(person.email)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/cms/")
