"""An editor writes a story with Wagtail's own screens in a browser, a chief editor publishes it, a visitor reads it."""

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from factories import PASSWORD, make_producer, make_product, make_recognition, make_user, show
from pictures.models import Picture
from pictures.motifs import draw, read
from showcase.loading import load_pages
from showcase.models import StoryPage
from showcase.tests.working import index_of, write

pytestmark = pytest.mark.browser
TITLE, ADDRESS = "Chè trên mây", "/cau-chuyen/che-tren-may/"
PATIENCE = 60_000  # milliseconds; a machine that tests two databases at once takes its time
SHORT = PATIENCE / 6


@pytest.fixture
def at_work(live_server_process, new_page):
    """`at_work("editor")` is the CMS in a browser of its own, where a person of this office has logged in. What a
    browser complains of there fails the test."""
    complaints = []

    def note(message):
        if message.type == "error" and "the server responded with a status of" not in message.text:
            complaints.append(message.text)

    def note_failure(response):
        if response.status >= 500:
            complaints.append(f"{response.status} for {response.request.method} {response.url}")

    def answer(dialog):
        if dialog.type == "alert":  # as Wagtail says that a window could not be opened
            complaints.append(dialog.message)
        dialog.accept()

    def open_cms(role: str, **fields) -> Page:
        person, page = make_user(role, **fields), new_page(1440, 900)
        page.set_default_timeout(PATIENCE)
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", note_failure)
        page.on("dialog", answer)
        page.goto(f"{live_server_process}/cms/")
        page.locator("main input[name=name]").fill(person.email)
        page.locator("main input[name=password]").fill(PASSWORD)
        page.locator("main form button").click()
        page.wait_for_url("**/cms/")
        return page

    yield open_cms
    assert complaints == []


def test_an_editor_writes_a_story_and_a_chief_editor_publishes_it(
    live_server_process, at_work, new_page, jobs, picture, tmp_path
):
    load_pages()
    tea = make_product(make_producer(name="Hợp tác xã Chè"), title="Trà Shan cổ thụ", name_en="Shan tea", price=160_000)
    make_recognition(tea)
    show(tea, make_product(title="Miến dong"))
    draw(read("bird")).save(tmp_path / "doi-che.png")

    # The editor begins a story in the list of pages.
    editor = at_work("editor", name="Lò Thị Mẫu")
    editor.goto(f"{live_server_process}/cms/pages/{index_of('vi').pk}/")
    editor.locator("a[href$='add_subpage/'], a[href*='/add/showcase/storypage/']").first.click()
    editor.wait_for_load_state("networkidle")
    editor.locator("#id_title").fill(TITLE)
    editor.locator("#id_summary").fill("Một đồi chè cổ thụ.")
    bring_picture(editor, tmp_path / "doi-che.png", "Nương chè trong sương")
    jobs()  # the worker makes its files
    add_block(editor, "Đoạn văn")
    editor.locator(".public-DraftEditor-content").click()
    editor.keyboard.type("Sương xuống từ chiều.")
    add_block(editor, "Sản phẩm")
    choose_product(editor, "tra shan", "Trà Shan cổ thụ")
    picture(editor)

    # The preview shows today's price and stars.
    editor.locator("[data-side-panel-toggle=preview]").click()
    shown = editor.frame_locator("#w-preview-iframe")
    for part in ("Sương xuống từ chiều.", "160.000 ₫", "4 sao"):
        expect(shown.locator("main")).to_contain_text(part, timeout=PATIENCE)
    picture(editor)
    editor.locator("[data-side-panel-toggle=preview]").click()

    # It is kept as a draft, and sent to the chief editor.
    with editor.expect_navigation():
        editor.locator("footer .action-save").click()
    page = StoryPage.objects.get()
    assert (page.title, page.slug, page.live) == (TITLE, "che-tren-may", False)
    assert page.picture == Picture.objects.get() and list(page.body[1].value["products"]) == [tea]
    choose_action(editor, "[name=action-submit]")
    visitor = new_page()
    assert visitor.goto(live_server_process + ADDRESS).status == 404

    # The chief editor finds it on the first page of the CMS, and approves.
    chief = at_work("chief_editor", name="Vàng Văn Mẫu")
    picture(chief)
    chief.locator("main").get_by_role("link", name=TITLE).first.click()
    picture(chief)
    choose_action(chief, "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])")
    picture(chief)

    # Visitors read it, find it in its index, and are told of it by the feed.
    assert visitor.goto(live_server_process + ADDRESS).status == 200
    for part in (TITLE, "Sương xuống từ chiều.", "Trà Shan cổ thụ", "160.000 ₫", "4 sao"):
        expect(visitor.locator("main")).to_contain_text(part)
    expect(visitor.locator(".story__head img, main img").first).to_have_attribute("alt", "Nương chè trong sương")
    picture(visitor)
    visitor.goto(f"{live_server_process}/cau-chuyen/")
    expect(visitor.locator("main").get_by_role("link", name=TITLE)).to_be_visible()
    assert TITLE in visitor.request.get(f"{live_server_process}/cau-chuyen/rss/").text()


def test_two_editors_of_one_page_are_told_of_each_other_and_both_versions_are_kept(
    live_server_process, at_work, picture
):
    load_pages()
    story = write("vi", slug="bai-chung", title="Bài chung")
    story.save_revision()
    address = f"{live_server_process}/cms/pages/{story.pk}/edit/"
    first, second = at_work("editor", name="Lò Thị Mẫu"), at_work("editor", name="Vàng Văn Mẫu")
    for page in (first, second):
        page.goto(address, wait_until="networkidle")
    first.locator("#id_summary").fill("Của người thứ nhất")
    with first.expect_navigation():
        first.locator("footer .action-save").click()

    second.locator("#id_summary").fill("Của người thứ hai")
    second.locator("footer .action-save").click()

    told = second.locator(".messages .warning")
    expect(told).to_contain_text("Lò Thị Mẫu đã lưu một bản khác của trang này", timeout=PATIENCE)
    picture(second)
    expect(second.locator("#id_summary")).to_have_value("Của người thứ hai")
    told.get_by_role("link", name="So sánh hai bản").click()
    expect(second.locator("main")).to_contain_text("Của người thứ nhất")
    kept = [revision.as_object().summary for revision in story.revisions.order_by("pk")]
    assert kept[-2:] == ["Của người thứ nhất", "Của người thứ hai"]


def bring_picture(page: Page, file, alt: str) -> None:
    """Bring a file into the library through the chooser's second tab, and choose it."""
    page.locator("#id_picture-chooser [data-chooser-action-choose]").first.click()
    window = page.locator(".modal-dialog").first
    window.get_by_role("tab", name="Tải lên").click()
    window.locator("#id_image-chooser-upload-file").set_input_files(file)
    # Wagtail names the picture after its file a moment later; a form sent before that lacks its title.
    expect(window.locator("#id_image-chooser-upload-title")).to_have_value(file.stem, timeout=PATIENCE)
    window.locator("#id_image-chooser-upload-alt").fill(alt)
    window.locator("form[data-chooser-modal-creation-form] [type=submit]").click()
    expect(window).to_be_hidden(timeout=PATIENCE)
    expect(page.locator("#id_picture-chooser img").first).to_be_visible()


def add_block(page: Page, name: str) -> None:
    """Add a block at the end of the body."""
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    page.locator(".w-combobox__option").get_by_text(name, exact=True).click()


def choose_product(page: Page, words: str, name: str) -> None:
    """Search the list of products and choose one of those found."""
    window = page.locator(".modal-dialog").first
    for _ in range(3):
        # Wagtail keeps a draft meanwhile, and a click that meets it may be lost: a person clicks again.
        page.get_by_role("button", name="Chọn sản phẩm", exact=True).filter(visible=True).first.click()
        try:
            window.locator("input[name=q]").wait_for(timeout=SHORT)
            break
        except TimeoutError:
            continue
    window.locator("input[name=q]").fill(words)
    expect(window.get_by_role("link", name="Miến dong")).to_be_hidden(timeout=PATIENCE)
    window.get_by_role("link", name=name).click()
    expect(window).to_be_hidden(timeout=PATIENCE)


def choose_action(page: Page, button: str) -> None:
    """Send the form by one of the buttons behind the arrow."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator(button).click()
