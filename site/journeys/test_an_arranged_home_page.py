"""A home page with every part that editors can put there, as browsers show it on the built-in data."""

import pytest
from playwright.sync_api import expect

from factories import PASSWORD, make_user
from showcase.blocks.home import HomeBlock
from showcase.models import FeatureIndexPage, FeaturePage, HomePage, StoryPage

pytestmark = pytest.mark.browser
PARTS = HomeBlock().child_blocks
VIOLATIONS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")}`)"""
WORDS = {
    "vi": {
        "slogan": "Mỗi xã, phường một sản phẩm",
        "words": "Đọc câu chuyện",
        "title": "Mùa này ở Lai Châu",
        "text": "<p>Sáng ra <b>lá chè</b> còn ướt.</p><ul><li>Chè hái sớm</li><li>Gạo mới</li></ul>",
        "points": [("Quầy hàng mẫu", "7 giờ – 19 giờ hằng ngày"), ("Điểm mẫu thứ hai", ""), ("Điểm mẫu thứ ba", "")],
        "feature": ("Bốn mùa chè", "Một tôm hai lá", "Chè qua bốn mùa trên những đồi cao."),
    },
    "en": {
        "slogan": "One commune, one product",
        "words": "Read the story",
        "title": "This season in Lai Chau",
        "text": "<p>Mist comes down at dusk; <b>the leaves</b> are wet in the morning.</p>",
        "points": [("Sample counter", "7 am – 7 pm daily"), ("Second sample", ""), ("Third sample", "")],
        "feature": ("Four seasons of tea", "One bud, two leaves", "Tea through the year on the high hills."),
    },
}


def with_every_part(language: str) -> list[tuple]:
    """Each part with something to show."""
    words, story = WORDS[language], StoryPage.objects.filter(locale__language_code=language).order_by("pk")[3]
    index = FeatureIndexPage.objects.get(locale__language_code=language)
    title, slogan, summary = words["feature"]
    feature = index.add_child(
        instance=FeaturePage(
            title=title, slug="mua-che", slogan=slogan, summary=summary, picture=story.picture, locale=index.locale
        )
    )
    rows = [
        {"name": name, "address": "12A", "commune": "tan-phong", "hours": hours, "phone": "+842133876543"}
        for name, hours in words["points"]
    ]
    link = {"words": words["words"], "page": story.pk, "address": ""}
    fields = {
        "lead": {"story": story.pk},
        "groups": {"level": "groups", "title": "Nhóm" if language == "vi" else "Groups"},
        "feature": {"feature": feature.pk},
        "points": {"points": rows},
        "slogan": {"text": words["slogan"], "link": link},
        "text": {"title": words["title"], "text": words["text"], "picture": story.picture, "link": link},
    }
    return [
        (kind, None if kind == "how" else block.normalize({**block.get_default(), **fields.get(kind, {})}))
        for kind, block in PARTS.items()
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_part_of_a_home_page_fits_and_is_for_everybody(
    lai_chau, server_process, new_page, tools_of_npm, picture, language
):
    home = HomePage.objects.get(locale__language_code=language)
    home.parts = with_every_part(language)
    home.save()
    axe = (tools_of_npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8") + ";0"
    with server_process() as server:
        for width in (1440, 390, 320):
            page = new_page(width=width)
            page.goto(server + {"vi": "/", "en": "/en/"}[language])
            expect(page.locator("main section")).to_have_count(len(PARTS))
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.evaluate(axe)
            assert page.evaluate(VIOLATIONS) == []
            page.emulate_media(color_scheme="dark")
            assert page.evaluate(VIOLATIONS) == []
            page.emulate_media(color_scheme="light")
            picture(page)


def test_a_chief_editor_moves_a_part_and_readers_find_it_there(lai_chau, server_process, new_page):
    chief, home = make_user("chief_editor"), HomePage.objects.get(locale__language_code="vi")
    with server_process() as server:
        page = new_page(width=1440, height=1000)
        page.goto(f"{server}/cms/pages/{home.pk}/edit/")
        page.locator("main input[name=name]").fill(chief.email)
        page.locator("main input[name=password]").fill(PASSWORD)
        page.locator("main form button").click()
        page.locator("[data-streamfield-action=MOVE_DOWN]").first.click()
        page.locator("footer .w-dropdown__toggle").click()
        with page.expect_navigation():
            page.locator("[name=action-publish]").click()
        page.goto(server)
        sections = page.locator("main section")
        expect(sections.nth(0)).to_have_attribute("aria-labelledby", "groups")
        expect(sections.nth(1)).to_have_attribute("aria-labelledby", "lead")
