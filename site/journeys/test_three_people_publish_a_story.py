"""An editor writes a story, a chief editor asks for more and publishes it, a translator brings it into English.

Each sends the forms of the CMS as a browser would; a visitor reads what came of it.
"""

import json

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, rich_text

from factories import make_producer, make_product, make_recognition, show
from showcase.loading import load_pages
from showcase.models import StoryPage
from showcase.tests.working import SUBMIT, answer_review, client_of, filled_in, index_of
from showcase.tests.writing import picture_of

pytestmark = pytest.mark.django_db
ADDRESS, ENGLISH_ADDRESS = "/cau-chuyen/che-co-thu/", "/en/stories/old-tea/"


def test_three_people_publish_a_story():
    load_pages()
    editor, chief, translator, visitor = (
        client_of("editor", name="Lò Thị Mẫu"),
        client_of("chief_editor"),
        client_of("translator"),
        Client(),
    )
    tea, picture = tea_with_stars(), picture_of("nuong-che")

    # The editor writes and submits. Nobody outside sees it.
    answer = editor.post(
        f"/cms/pages/add/showcase/storypage/{index_of('vi').pk}/",
        story("Chè cổ thụ", "che-co-thu", "Sương xuống từ chiều.", picture, tea, **SUBMIT),
    )
    page = StoryPage.objects.get()
    assert (answer.status_code, page.live, visitor.get(ADDRESS).status_code) == (302, False, 404)

    # The chief editor finds it, writes a comment beside the summary, and sends it back.
    assert f"/cms/pages/{page.pk}/edit/" in chief.get("/cms/").content.decode()
    comment = {"text": "Thêm nguồn nhé", "contentpath": "summary", "position": "", "replies": inline_formset([])}
    chief.post(
        edit_address(page),
        story("Chè cổ thụ", "che-co-thu", "Sương xuống từ chiều.", picture, tea, comments=inline_formset([comment])),
    )
    answer_review(chief, page, "reject", "Xem nhận xét ở tóm tắt")
    assert [(each.text, each.user) for each in page.wagtail_admin_comments.all()] == [("Thêm nguồn nhé", chief.user)]
    assert "Xem nhận xét ở tóm tắt" in editor.get("/cms/").content.decode()
    assert json.dumps("Thêm nguồn nhé") in editor.get(edit_address(page)).content.decode()

    # The editor mends it and submits again; the chief editor approves.
    source = ("sources", {"count": "1", "0": {"deleted": "", "order": "0", "value": {"text": "Báo Mẫu"}, "id": ""}})
    editor.post(
        edit_address(page), story("Chè cổ thụ", "che-co-thu", "Sương xuống từ chiều.", picture, tea, source, **SUBMIT)
    )
    page = StoryPage.objects.get()
    answer_review(chief, page, "approve")
    read = visitor.get(ADDRESS).content.decode()
    for part in ("<h1>Chè cổ thụ</h1>", "Sương xuống từ chiều.", "Ảnh nuong-che", "Trà Mẫu", "Báo Mẫu"):
        assert part in read, part
    assert "Thêm nguồn nhé" not in read

    # The translator begins where the first page of the CMS says that something is missing.
    begin = f"/cms/localize/submit/page/{page.pk}/"
    assert begin in translator.get("/cms/").content.decode()
    translator.post(begin, {"locales": [index_of("en").locale_id]})
    english = StoryPage.objects.get(locale=index_of("en").locale)
    assert (english.live, english.title) == (False, "Chè cổ thụ")
    translator.post(edit_address(english), story("Old tea", "old-tea", "Fog since dusk.", picture, tea, **SUBMIT))
    assert visitor.get(ENGLISH_ADDRESS).status_code == 404
    answer_review(chief, english, "approve")

    # Visitors read it in both languages, each leading to the other.
    read = visitor.get(ENGLISH_ADDRESS).content.decode()
    for part in ("<h1>Old tea</h1>", "Fog since dusk.", "Picture nuong-che", "Sample tea", f'href="{ADDRESS}"'):
        assert part in read, part
    assert f'href="{ENGLISH_ADDRESS}"' in visitor.get(ADDRESS).content.decode()
    assert begin not in translator.get("/cms/").content.decode()


def tea_with_stars():
    tea = make_product(make_producer(), title="Trà Mẫu", name_en="Sample tea")
    make_recognition(tea)
    show(tea)
    return tea


def story(title: str, slug: str, words: str, picture, product, *blocks, **fields) -> dict:
    """The edit form of a story with a text, a picture and a product among its blocks."""
    chosen = {"count": "1", "0": {"deleted": "", "order": "0", "value": product.pk, "id": ""}}
    return filled_in(
        ("text", rich_text(f"<p>{words}</p>")),
        ("picture", {"picture": picture.pk, "caption": ""}),
        ("products", {"products": chosen}),
        *blocks,
        title=title,
        slug=slug,
        **fields,
    )


def edit_address(page) -> str:
    return f"/cms/pages/{page.pk}/edit/"
