"""Stories as readers see them."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from factories import make_product, make_recognition, show
from showcase.blocks.words import ParagraphBlock
from showcase.loading import load_pages
from showcase.models import HomePage, StoryIndexPage, StoryPage, StoryProduct

pytestmark = pytest.mark.django_db
BODY = [
    ("text", "<p>Con ong không biết ranh giới xã, ranh giới [en:by hand].</p>"),
    ("heading", "Ba nhãn mật"),
    ("slogan", "Nhà nước hướng dẫn"),
    ("sources", [{"text": "Báo Lai Châu, 2024"}]),
]


@pytest.fixture
def indexes():
    load_pages()
    return {page.locale.language_code: page for page in StoryIndexPage.objects.select_related("locale")}


def publish(index, *products, key=None, **fields) -> StoryPage:
    page = StoryPage(
        **{
            "title": "Mật ong ba vùng",
            "slug": "mat-ong",
            "summary": "Ba nhãn mật.",
            "body": BODY,
            "locale": index.locale,
            "translation_key": key or uuid4(),
            "first_published_at": timezone.now(),
            **fields,
        }
    )
    page.story_products = [StoryProduct(product=product, sort_order=order) for order, product in enumerate(products)]
    return index.add_child(instance=page)


def sold(count, **fields):
    products = [make_product(**fields) for _ in range(count)]
    for product in products:
        make_recognition(product)
    show(*products)
    return products


def test_the_tree_begins_at_the_vietnamese_home_and_is_made_once():
    assert load_pages() == 14
    before = list(Page.objects.order_by("path").values())
    assert load_pages() == 0
    assert list(Page.objects.order_by("path").values()) == before
    assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="vi")
    assert sorted(page.url for page in StoryIndexPage.objects.all()) == ["/cau-chuyen/", "/en/stories/"]
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_a_story_is_read_at_its_address_with_its_parts(client, indexes):
    publish(indexes["vi"])
    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    for part in (
        "<h1>Mật ong ba vùng</h1>",
        '<h2 id="ba-nhan-mat">Ba nhãn mật</h2>',
        'ranh giới <span lang="en">by hand</span>.</p>',
        '<p class="story__slogan">Nhà nước hướng dẫn</p>',
        "<li>Báo Lai Châu, 2024</li>",
        '<a href="/cau-chuyen/">Câu chuyện</a>',
        '<meta name="description" content="Ba nhãn mật.">',
    ):
        assert part in page, part


def test_a_title_with_marks_is_spoken_right_and_plain_in_the_tab(client, indexes):
    publish(indexes["en"], title="Séng Cù, the rice", marked_title="[vi:Séng Cù], the rice", slug="the-rice")
    page = client.get("/en/stories/the-rice/").content.decode()
    assert '<h1><span lang="vi">Séng Cù</span>, the rice</h1>' in page
    assert "<title>Seng Cu, the rice ·" in page
    index = client.get("/en/stories/").content.decode()
    assert '<span lang="vi">Séng Cù</span>, the rice' in index and "[vi:" not in index


def test_what_an_editor_types_is_text_not_html(client, indexes):
    publish(indexes["vi"], title="<b>Mật</b>", summary="<i>x</i>", body=[("heading", "<i>y</i>"), ("text", typed())])
    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    assert "<script>alert(1)" not in page and "<b>Mật" not in page and "<i>" not in page
    assert "&lt;script&gt;alert(1)" in page


def typed() -> str:
    """What the editor's field makes of a script that was typed into it."""
    line = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    content = {"blocks": [{**line, "text": "<script>alert(1)</script>"}], "entityMap": {}}
    return ParagraphBlock().value_from_datadict({"text": json.dumps(content)}, {}, "text").source


def test_a_story_knows_itself_in_the_other_language(client, indexes):
    key = uuid4()
    publish(indexes["vi"], key=key)
    publish(indexes["en"], key=key, slug="honey", title="Honey")
    assert 'href="/en/stories/honey/"' in client.get("/cau-chuyen/mat-ong/").content.decode()
    assert 'href="/cau-chuyen/mat-ong/"' in client.get("/en/stories/honey/").content.decode()
    assert 'href="/en/stories/"' in client.get("/cau-chuyen/").content.decode()


@pytest.mark.parametrize("address", ["/en/stories/mat-ong/", "/stories/mat-ong/", "/en/cau-chuyen/mat-ong/"])
def test_a_story_has_one_address(client, indexes, address):
    publish(indexes["vi"])
    assert client.get(address).status_code == 404


def test_a_draft_is_not_there(client, indexes):
    publish(indexes["vi"], live=False)
    assert client.get("/cau-chuyen/mat-ong/").status_code == 404
    assert "Mật ong ba vùng" not in client.get("/cau-chuyen/").content.decode()


def test_products_stand_in_the_editors_order_with_stars_and_one_form(client, indexes):
    one, two = sold(2)
    publish(indexes["vi"], two, one)
    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    assert 0 < page.index(two.title) < page.index(one.title)
    assert page.count('id="add"') == 1 and page.count('form="add"') == 2


def test_alcohol_and_hidden_products_stay_out_of_a_story(client, indexes):
    [tea], [spirit], [hidden] = sold(1), sold(1, set_number=14), sold(1, is_public=False)
    publish(indexes["vi"], spirit, hidden, tea)
    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    assert tea.title in page and spirit.title not in page and hidden.title not in page


def test_a_story_without_products_or_others_shows_neither_heading(client, indexes):
    publish(indexes["vi"])
    page = client.get("/cau-chuyen/mat-ong/").content.decode()
    assert "Sản phẩm trong bài" not in page and "Đọc tiếp" not in page and 'id="add"' not in page


def test_an_index_without_stories_says_what_to_do(client, indexes):
    page = client.get("/cau-chuyen/").content.decode()
    assert "Chưa có câu chuyện nào được đăng." in page and 'href="/san-pham/"' in page


def test_an_index_shows_newest_first_and_24_a_page(client, indexes):
    for number in range(25):
        publish(
            indexes["vi"],
            title=f"Bài số {number:02}",
            slug=f"bai-{number}",
            first_published_at=timezone.now() + timedelta(minutes=number),
        )
    first, second = (client.get(f"/cau-chuyen/?page={number}").content.decode() for number in (1, 2))
    assert first.index("Bài số 24") < first.index("Bài số 01") and "Bài số 00" not in first
    assert "Bài số 00" in second and "Bài số 01" not in second


def test_letters_of_vietnamese_do_not_stay_in_an_address(indexes):
    page = StoryPage(title="Đường mía Than Uyên", summary="x", body=[], locale=indexes["vi"].locale)
    indexes["vi"].add_child(instance=page)
    assert page.url == "/cau-chuyen/duong-mia-than-uyen/"


@pytest.mark.parametrize("products", [1, 10])
def test_a_story_asks_the_database_no_more_for_ten_products_than_for_one(
    indexes, products, django_assert_max_num_queries
):
    for number in range(3):
        publish(indexes["vi"], slug=f"bai-{number}")
    publish(indexes["vi"], *sold(products))
    with django_assert_max_num_queries(14):
        assert Client().get("/cau-chuyen/mat-ong/").status_code == 200


@pytest.mark.parametrize("stories", [1, 20])
def test_an_index_asks_the_database_no_more_for_twenty_stories_than_for_one(
    indexes, stories, django_assert_max_num_queries
):
    for number in range(stories):
        publish(indexes["vi"], slug=f"bai-{number}")
    with django_assert_max_num_queries(16):
        assert Client().get("/cau-chuyen/").status_code == 200
