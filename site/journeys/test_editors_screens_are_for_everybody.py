"""axe-core finds nothing in what the site adds to the CMS, nor on the page that stands for a missing translation."""

import pytest
from django.urls import reverse

from factories import PASSWORD, make_product, make_recognition, make_user, show
from showcase.loading import load_pages
from showcase.models.enquiry import Enquiry
from showcase.tests.working import SUBMIT, client_of, new_story
from showcase.tests.writing import publish_story

pytestmark = pytest.mark.browser
# Wagtail's own frame (menu, head, its form fields) is Wagtail's to mend.
IN_OURS = """async places => (await axe.run({include: places}, {resultTypes: ["violations"]})).violations.map(
    found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")}`)"""


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
    page.goto(f"{live_server_process}/cms/")
    page.locator("main input[name=name]").fill(chief.email)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
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
