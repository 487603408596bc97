"""A translator writes with the original in view, block by block, and hears what was changed in it meanwhile."""

import re
from html import unescape

import pytest
from django.utils import timezone
from wagtail import blocks
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from showcase.models import StoryPage
from showcase.originals import original_of, parts_of, texts_of
from showcase.tests.test_blocks import BLOCKS, SHOWN, media, world  # noqa: F401 - the stage of every block
from showcase.tests.test_page_types import INDEXES, write
from showcase.tests.working import PUBLISH, SUBMIT, answer_review, client_of, filled_in
from showcase.tests.writing import publish_story

pytestmark = pytest.mark.django_db
ROW = re.compile(r"<tr><td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td></tr>", re.DOTALL)


def begin(client, page):
    """Begin the translation into English; the draft, and the screen to which that leads."""
    english = Locale.objects.get(language_code="en")
    answer = client.post(f"/cms/localize/submit/page/{page.pk}/", {"locales": [english.pk]})
    made = page.get_translation(english)
    assert answer["Location"] == edit_address(made)
    return made


def edit_address(page) -> str:
    return f"/cms/pages/{page.pk}/edit/"


def rows(client, page) -> list[list[str]]:
    """The table of texts on the edit screen: field, original, translation, each without marks of HTML."""
    html = client.get(edit_address(page)).content.decode()
    return [[unescape(re.sub(r"<[^>]+>|\s+", " ", cell)).strip() for cell in row] for row in ROW.findall(html)]


def preview_of_original(client, page) -> str:
    """What the frame beside the form shows when "Bản gốc" is chosen in it."""
    address = f"/cms/pages/{page.pk}/edit/preview/"
    assert client.post(address, filled_in()).json()["is_valid"]
    return client.get(f"{address}?mode=original").content.decode()


def sent(block, value):
    """What the form of a block sends for a value: for any block that pages have."""
    if isinstance(block, blocks.StructBlock):
        return {name: sent(child, value[name]) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        items = {
            str(n): {**row(n, each.id), "value": sent(each.block, each.value)} for n, each in enumerate(bound(value))
        }
        return {"count": len(items), **items}
    if isinstance(block, blocks.StreamBlock):
        data = streamfield([(each.block_type, sent(each.block, each.value)) for each in value])
        for number, each in enumerate(value):
            data[str(number)]["id"] = each.id
        return data
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(value.source)
    if isinstance(block, blocks.ChooserBlock):
        return value.pk if value else ""
    return [str(each) for each in value] if isinstance(value, list) else "" if value is None else value


def bound(value):
    return value.bound_blocks


def row(order: int, key: str) -> dict:
    return {"deleted": "", "type": "item", "order": order, "id": key}


@pytest.fixture
def story(world):  # noqa: F811 - a fixture
    """A published story with every block there is."""
    body = [(kind, SHOWN[kind](world)[0]) for kind in BLOCKS]
    return publish_story(world.product, body=body, live=True)


def test_every_text_of_every_block_stands_beside_the_form(story):
    translator = client_of("translator")
    draft = begin(translator, story)

    shown = rows(translator, draft)

    said = [[" ".join(text.split()), " ".join(text.split())] for text in texts_of(story).values()]
    assert [row[1:] for row in shown] == said
    told = " ".join(row[1] for row in shown)
    for words in ("Bốn mùa", "Sương xuống ở", "Hái chè, hai phút", "Bộ tiêu chí mới.", "Một tôm hai lá.", "Đồi chè."):
        assert words in told
    kinds = {block.block.label for block in story.body if has_words(block)}
    assert {row[0].lower() for row in shown} >= {str(kind).lower() for kind in kinds}


def has_words(block) -> bool:
    return any(path.split(".")[1:2] == [block.id] for path in texts_of(block_page(block)))


def block_page(block):
    return StoryPage(
        title="x", body=[{"type": block.block_type, "value": block.get_prep_value()["value"], "id": block.id}]
    )


def test_a_translator_saves_every_block_and_publishes_nothing(story):
    translator = client_of("translator")
    draft = begin(translator, story)
    body = sent(draft.body.stream_block, draft.body)
    body["0"]["value"] = "Four seasons"
    products = inline_formset([{"product": link.product_id} for link in draft.story_products.all()])
    form = filled_in(title="Honey", slug="honey", summary="Three labels.", **PUBLISH) | nested_form_data(
        {"body": body, "story_products": products}
    )

    answer = translator.post(edit_address(draft), form)

    assert answer.status_code == 302, answer.content.decode()
    draft.refresh_from_db()
    saved = draft.get_latest_revision_as_object()
    assert (draft.live, saved.title, [block.block_type for block in saved.body]) == (False, "Honey", list(BLOCKS))
    by_original = {row[1]: row[2] for row in rows(translator, draft)}
    assert by_original["Bốn mùa"] == "Four seasons" and by_original["Ba nhãn mật."] == "Three labels."


def test_the_original_is_read_as_readers_read_it_in_the_frame_beside_the_form(story):
    translator = client_of("translator")
    draft = begin(translator, story)

    html = preview_of_original(translator, draft)

    assert '<html lang="vi">' in html and "<h1>Mật ong ba vùng</h1>" in html and "Hái chè, hai phút" in html
    assert 'value="original"' in translator.get(edit_address(draft)).content.decode()


@pytest.mark.parametrize("kind", INDEXES)
def test_each_kind_of_page_is_translated_with_its_original_beside(world, kind):  # noqa: F811
    page, translator = write(kind), client_of("translator")
    draft = begin(translator, page)

    shown = {row[1]: row[2] for row in rows(translator, draft)}

    assert shown["Mật ong ba vùng"] == "Mật ong ba vùng" and "Ba nhãn mật." in shown
    assert not draft.live and page.url in translator.get(edit_address(draft)).content.decode()


@pytest.mark.parametrize("kind", INDEXES)
def test_an_index_and_an_original_that_is_no_translation(world, kind):  # noqa: F811
    editor, page = client_of("editor"), write(kind)
    english = INDEXES[kind][0].objects.get(locale__language_code="en")

    assert rows(editor, page) == rows(editor, page.get_parent()) == []
    assert [row[1:] for row in rows(editor, english)][0] == [page.get_parent().title, english.title]


def change_original(page, *blocks, **fields):
    """An editor's change of the original that a chief editor publishes."""
    chief = client_of("chief_editor")
    chief.post(edit_address(page), filled_in(*blocks, slug=page.slug, **fields, **PUBLISH))
    page.refresh_from_db()


def test_what_was_changed_in_the_original_since_is_marked_until_the_translation_is_published(world):  # noqa: F811
    page = publish_story(body=[("heading", "Bốn mùa"), ("slogan", "Sao của hội đồng")])
    translator = client_of("translator")
    draft = begin(translator, page)
    assert changes(draft) == []

    kept = sent(page.body.stream_block, page.body)
    kept["0"]["value"], kept["1"]["deleted"] = "Năm mùa", "1"
    kept["2"] = {"type": "heading", "value": "Thêm", "order": 2, "id": "", "deleted": ""}
    kept["count"] = 3
    form = filled_in(slug=page.slug, summary="Ba nhãn mật.", **PUBLISH) | nested_form_data({"body": kept})
    assert client_of("chief_editor").post(edit_address(page), form).status_code == 302

    shown = {row[0]: row[1] for row in rows(translator, draft)}
    assert changes(draft) == [("Bốn mùa", "Năm mùa"), ("", "Thêm"), ("Sao của hội đồng", "")]
    assert "Bản gốc đã đổi 3 chỗ" in translator.get(edit_address(draft)).content.decode()
    assert any("đã bỏ" in label for label in shown)

    translator.post(edit_address(draft), filled_in(title="Honey", slug="honey", **SUBMIT))
    assert len(changes(StoryPage.objects.get(pk=draft.pk))) == 3
    answer_review(client_of("chief_editor"), StoryPage.objects.get(pk=draft.pk), "approve")
    assert StoryPage.objects.get(pk=draft.pk).live and changes(StoryPage.objects.get(pk=draft.pk)) == []


def changes(page) -> list[tuple[str, str]]:
    """Of each changed text of the original: what it was, and what it is."""
    page = page.get_latest_revision_as_object()
    return [(part.before, part.original) for part in parts_of(page, original_of(page)) if part.is_changed]


def test_what_an_editor_only_drafts_is_not_yet_to_be_translated(world):  # noqa: F811
    page = publish_story(body=[("heading", "Bốn mùa")])
    draft = begin(client_of("translator"), page)

    client_of("editor").post(edit_address(page), filled_in(slug=page.slug, title="Nháp"))

    assert changes(draft) == []


def test_an_original_that_was_deleted_leaves_the_translation_to_itself(world):  # noqa: F811
    page, translator = publish_story(first_published_at=timezone.now()), client_of("translator")
    draft = begin(translator, page)
    page.delete()

    assert translator.get(edit_address(draft)).status_code == 200
    assert rows(translator, draft) == []
