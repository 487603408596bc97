"""What a story still lacks, after Decision 26/2026."""

from uuid import uuid4

import pytest

from factories import make_producer, make_product
from pictures.models import Picture
from showcase.checklist import checklist
from showcase.loading import load_pages
from showcase.models import StoryProduct
from showcase.tests.working import client_of, write

pytestmark = pytest.mark.django_db
LONG = ("text", f"<p>{'chè ' * 300}</p>")
EVERYTHING = [
    "Được kể thành bài trên website, từ 300 chữ",
    "Có ảnh hoặc phim",
    "Có bố cục: từ 2 tiêu đề trở lên",
    "Gọi tên sản phẩm",
    "Gọi tên người làm ra",
    "Nói rõ nơi làm ra",
    "Đọc được bằng cả hai tiếng",
    "Ghi nguồn",
]


@pytest.fixture(autouse=True)
def tree():
    load_pages()


def met(page) -> list[str]:
    return [point.text for point in checklist(page) if point.is_met]


def story(*blocks, product=None, **fields):
    page = write(body=list(blocks), **fields)
    if product:
        page.story_products = [StoryProduct(product=product)]
        page.save()
    return page


def test_a_story_of_one_line_has_none_of_it_and_is_told_what_to_do():
    points = checklist(story(("text", "<p>Chè ngon.</p>")))

    assert [point.text for point in points] == EVERYTHING
    assert not [point.text for point in points if point.is_met]
    assert points[0].advice == "Bài có 2 chữ. Hãy kể thêm: ai làm, làm thế nào, vì sao làm."


@pytest.mark.parametrize(
    ("blocks", "is_met"),
    [
        ([LONG], "Được kể thành bài trên website, từ 300 chữ"),
        ([("heading", "Một"), ("heading", "Hai")], "Có bố cục: từ 2 tiêu đề trở lên"),
        ([("film", {"address": "https://vidu.vn/phim", "caption": "Hái chè"})], "Có ảnh hoặc phim"),
        ([("sources", [{"text": "Báo Lai Châu"}])], "Ghi nguồn"),
        ([("products", {"products": []})], "Gọi tên sản phẩm"),
        ([("places", {"title": "", "communes": []})], "Nói rõ nơi làm ra"),
    ],
)
def test_a_block_meets_its_point_alone(blocks, is_met):
    assert met(story(*blocks)) == [is_met]


@pytest.mark.parametrize(
    "blocks",
    [
        [("heading", "Một")],
        [("sources", [])],
        [("text", f"<p>{'chè ' * 299}</p>")],
        [("sources", [{"text": "chè " * 300}])],
    ],
)
def test_what_is_nearly_there_is_not_there(blocks):
    assert set(met(story(*blocks))) <= {"Ghi nguồn"}
    assert "Được kể thành bài trên website, từ 300 chữ" not in met(story(*blocks))


def test_names_are_found_without_their_accents_and_only_as_whole_words():
    producer = make_producer(name="Hợp tác xã Sín Chải")
    product = make_product(producer, title="Trà Shan")
    told = "<p>Tra shan của hợp tác xã SÍN CHẢI.</p>"

    assert met(story(("text", told), product=product)) == ["Gọi tên sản phẩm", "Gọi tên người làm ra"]
    assert met(story(("text", "<p>Trà shanghai của họ.</p>"), product=product)) == []


def test_the_other_language_counts_once_it_is_published():
    key = uuid4()
    page = story(translation_key=key)
    english = write("en", translation_key=key, live=False)
    before = met(page)

    english.live = True
    english.save()

    assert (before, met(page)) == ([], ["Đọc được bằng cả hai tiếng"])


def test_a_picture_above_the_story_counts():
    assert met(story(picture=Picture.objects.create(title="Chè", file="che.jpg", width=1, height=1))) == [
        "Có ảnh hoặc phim"
    ]


@pytest.mark.parametrize("products", [1, 10])
def test_ten_products_cost_as_many_queries_as_one(products, django_assert_max_num_queries):
    page = story()
    page.story_products = [StoryProduct(product=make_product()) for _ in range(products)]

    with django_assert_max_num_queries(2):
        checklist(page)


def test_the_edit_screen_shows_the_list_and_nothing_to_fill_in():
    page = story(LONG)

    shown = client_of("editor").get(f"/cms/pages/{page.pk}/edit/").content.decode()

    assert "Câu chuyện đã đủ chưa?" in shown
    assert "Bài đã có 1 trong 8 điều." in shown
    assert "Hãy thêm khối “Nguồn” ở cuối bài" in shown


def test_a_story_that_is_not_saved_yet_has_no_list():
    index = write().get_parent()

    shown = client_of("editor").get(f"/cms/pages/add/showcase/storypage/{index.pk}/").content.decode()

    assert "Bài đã có" not in shown
