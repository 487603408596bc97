"""Editors arrange the home page, look at it and send it in; a chief editor publishes; what is wrong is told."""

import json
import re
from html import unescape

import pytest
from wagtail.models import Locale, ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation, TranslationSource

from showcase.loading import load_pages
from showcase.models import HomePage
from showcase.tests.test_home import ELSEWHERE, NO_LINK, PARTS, SHOWN, anchors, arrange, point, read, world
from showcase.tests.working import PUBLISH, SUBMIT, answer_review, client_of
from showcase.tests.writing import publish_story, sold

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture


@pytest.fixture(autouse=True)
def tree():
    load_pages()


def home_in(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def arranged(*parts, **fields) -> dict:
    """The home page's edit form, with parts as pairs of a kind and what its fields hold."""
    words = {"title": "OCOP Lai Châu", "seo_title": "", "search_description": ""}
    return nested_form_data({**words, "parts": streamfield(parts), "comments": inline_formset([]), **fields})


def edit(client, language, *parts, **fields):
    return client.post(f"/cms/pages/{home_in(language).pk}/edit/", arranged(*parts, **fields))


def list_of(*values) -> dict:
    row = {"deleted": "", "type": "item"}
    return {"count": len(values), **{str(n): {"value": value, "order": n, **row} for n, value in enumerate(values)}}


def typed(kind: str, value):
    """What the form sends of a part."""
    if kind == "how":
        return ""
    sent = {name: "" if part is None else part for name, part in value.items()}
    if kind == "points":
        sent["points"] = list_of(*(dict(row) for row in value["points"]))
    if "link" in sent:
        sent["link"] = {name: "" if part is None else part for name, part in value["link"].items()}
    if kind == "text":
        sent["text"] = rich_text(value["text"].source)
        sent["picture"] = value["picture"].pk if value["picture"] else ""
    return sent


SLOGAN = ("slogan", {"text": "Một tôm hai lá", "link": {"words": "", "page": "", "address": ""}})
HOW = ("how", "")


def says(form, sentence: str) -> bool:
    """Blocks are told to the browser as JSON, other fields as HTML."""
    told = unescape(form.content.decode())
    return sentence in told or json.dumps(sentence)[1:-1] in told


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_editor_arranges_and_only_the_chief_editor_lets_readers_see_it(client, language):
    editor, chief = client_of("editor"), client_of("chief_editor")
    before = read(client, language)

    edit(editor, language, HOW, SLOGAN, **PUBLISH)
    assert read(client, language) == before  # an editor publishes nothing
    edit(editor, language, HOW, SLOGAN, **SUBMIT)
    assert read(client, language) == before

    answer_review(chief, home_in(language), "approve")

    assert anchors(read(client, language)) == ["how", "slogan"]
    other = {"vi": "en", "en": "vi"}[language]
    assert "slogan" not in anchors(read(client, other))


def plain(page: str) -> str:
    """Without the keys that Wagtail's editor of texts gives to paragraphs."""
    return re.sub(r' data-block-key="\w+"', "", page)


@pytest.mark.parametrize("kind", PARTS)
def test_each_part_is_entered_in_the_form_previewed_and_published(client, world, kind):
    value, shown, _english = SHOWN[kind](world)
    chief, home = client_of("chief_editor"), home_in("vi")
    form = arranged((kind, typed(kind, value)))
    address = f"/cms/pages/{home.pk}/edit/preview/"

    assert chief.post(address, form).json() == {"is_valid": True, "is_available": True}
    preview = chief.get(f"{address}?mode=").content.decode()
    assert home_in("vi").parts == home.parts  # a look changes nothing
    answer = chief.post(f"/cms/pages/{home.pk}/edit/", {**form, **PUBLISH})

    assert answer.status_code == 302
    for words in shown:
        assert words in plain(preview) and words in plain(read(client)), words
    assert anchors(preview) == anchors(read(client)) == [kind]


def test_the_form_shows_the_standard_arrangement_and_every_part_that_can_be_added():
    form = client_of("editor").get(f"/cms/pages/{home_in('vi').pk}/edit/")
    assert [part.block_type for part in form.context["form"].initial["parts"]] == [
        "lead", "groups", "rated", "how", "stories", "villages",
    ]  # fmt: skip
    for block in PARTS.values():
        assert says(form, str(block.label)), block.label
    assert says(form, "Kéo các phần để đổi thứ tự.")


def test_an_english_home_page_is_previewed_in_english(world):
    home = home_in("en")
    chief, form = client_of("chief_editor"), arranged(("lead", {"story": world.older["en"].pk}), HOW)
    chief.post(f"/cms/pages/{home.pk}/edit/preview/", form)
    page = chief.get(f"/cms/pages/{home.pk}/edit/preview/?mode=").content.decode()
    assert '<html lang="en">' in page and "Where a star comes from" in page and 'href="/en/stories/in-cu/"' in page


def test_without_parts_the_standard_arrangement_comes_back(client):
    sold(title="Trà Shan")
    publish_story(), publish_story(slug="hai")
    arrange("how")

    edit(client_of("chief_editor"), "vi", **PUBLISH)

    assert not home_in("vi").parts
    assert anchors(read(client)) == ["lead", "groups", "rated", "how", "stories"]


WRONG = {
    "a telephone that is none": (
        ("points", {"title": "", "points": list_of(point("Quầy", phone="12345"))}),
        "Số điện thoại chưa đúng.",
    ),
    "a link without words": (
        ("slogan", {"text": "Lời", "link": {**NO_LINK, "page": "", "address": "https://example.org/"}}),
        "Liên kết cần cả chữ và nơi dẫn đến.",
    ),
    "words that lead nowhere": (
        ("slogan", {"text": "Lời", "link": {**NO_LINK, "page": "", "words": "Đọc"}}),
        "Liên kết cần cả chữ và nơi dẫn đến.",
    ),
    "too many cards": (
        ("rated", {"title": "", "stars": "3", "group": "", "count": "500"}),
        "12",
    ),
    "a script for an address": (
        ("slogan", {"text": "Lời", "link": {**ELSEWHERE, "page": "", "address": "javascript:alert(1)"}}),
        "URL",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_and_nothing_that_was_typed_is_lost(client, what):
    part, sentence = WRONG[what]
    before = read(client)

    form = edit(client_of("chief_editor"), "vi", SLOGAN, part, **PUBLISH)

    assert form.status_code == 200 and form.context["form"].errors["parts"]
    assert says(form, sentence) and says(form, "Một tôm hai lá")
    assert read(client) == before and not home_in("vi").revisions.exists()


def test_a_second_lead_is_refused(client):
    lead = ("lead", {"story": ""})
    form = edit(client_of("chief_editor"), "vi", lead, lead, **PUBLISH)
    assert form.context["form"].errors["parts"] and not home_in("vi").revisions.exists()


def test_a_page_that_is_no_story_cannot_lead(client, world):
    edit(client_of("chief_editor"), "vi", ("lead", {"story": world.fair["vi"].pk}), **PUBLISH)
    assert home_in("vi").parts[0].value["story"] is None
    assert "Mật ong ba vùng</h1>" in read(client)


def test_words_are_shown_as_words_never_as_markup(client):
    evil = "<script>alert(1)</script>"
    text = ("text", {"title": evil, "text": rich_text(f"<p>{evil}</p>"), "picture": "", "link": SLOGAN[1]["link"]})
    parts = [("slogan", {**SLOGAN[1], "text": evil}), text]
    parts.append(("points", {"title": evil, "points": list_of(point(evil))}))
    edit(client_of("chief_editor"), "vi", *parts, **PUBLISH)
    assert anchors(read(client)) == ["slogan", "text", "points"]
    assert "<script>alert" not in read(client)


def test_a_translation_keeps_the_order_and_shows_each_chosen_page_in_its_language(client, world):
    parts = [("villages", SHOWN["villages"](world)[0]), ("lead", SHOWN["lead"](world)[0])]
    parts += [("feature", SHOWN["feature"](world)[0]), ("slogan", SHOWN["slogan"](world)[0])]
    home = arrange(*parts)
    home.save_revision().publish()

    source, _made = TranslationSource.get_or_create_from_instance(home)
    english = Locale.objects.get(language_code="en")
    Translation.objects.create(source=source, target_locale=english).save_target(publish=True)

    page = read(client, "en")
    assert anchors(page) == ["villages", "lead", "feature", "slogan"]
    for address in ("stories/in-cu", "features/in-mua-che", "stories/in-mat-ong", "villages/in-ban-hon"):
        assert f'href="/en/{address}/"' in page


def test_pages_that_the_home_page_names_know_of_it(world):
    home = arrange(*((kind, SHOWN[kind](world)[0]) for kind in ("lead", "slogan")))
    ReferenceIndex.create_or_update_for_object(home)
    for page in (world.older["vi"], world.newer["vi"]):
        assert ReferenceIndex.get_references_to(page).filter(object_id=str(home.pk)).exists()


def test_two_versions_can_be_compared(world):
    chief = client_of("chief_editor")
    edit(chief, "vi", ("lead", {"story": world.older["vi"].pk}))
    edit(chief, "vi", ("lead", {"story": world.newer["vi"].pk}), SLOGAN)
    first, second = home_in("vi").revisions.order_by("pk").values_list("pk", flat=True)
    page = chief.get(f"/cms/pages/{home_in('vi').pk}/revisions/compare/{first}...{second}/")
    assert page.status_code == 200 and "Một tôm hai lá" in page.content.decode()


def test_loading_again_changes_nothing_that_an_editor_arranged(client):
    edit(client_of("chief_editor"), "vi", SLOGAN, **PUBLISH)
    edit(client_of("chief_editor"), "en", **PUBLISH)
    load_pages()
    assert [part.block_type for part in home_in("vi").parts] == ["slogan"]
    assert not home_in("en").parts


def test_loading_arranges_a_home_page_from_before_there_were_parts():
    HomePage.objects.update(parts=[])
    load_pages()
    for language in ("vi", "en"):
        assert len(home_in(language).parts) == 6
