"""What an editor may enter wrongly in a block, and the sentence that says so."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from factories import make_product_set
from showcase.blocks import BodyBlock
from showcase.blocks.live import group_choices
from showcase.tests.writing import document_of, sold

pytestmark = pytest.mark.django_db
BLOCKS = BodyBlock().child_blocks
ONE_OF_TWO = "Hãy chọn một tệp phim, hoặc điền địa chỉ của phim: một trong hai."
PAGE_OR_ADDRESS = "Hãy chọn một trang, hoặc điền một địa chỉ: một trong hai, không phải cả hai."
FILM = {"file": None, "address": "", "picture": None, "caption": "Hái chè"}
CALL = {"text": "Xem", "page": None, "address": "", "kind": "main"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def complaints(kind: str, value) -> list[str]:
    """What the editor is told of a block's value."""
    block = BLOCKS[kind]
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(value))
    return sentences(refused.value)


def sentences(error: ValidationError) -> list[str]:
    inside = getattr(error, "block_errors", None) or {}
    rows = inside.values() if isinstance(inside, dict) else [each for each in inside if each]
    own = error.non_block_errors.as_data() if hasattr(error, "non_block_errors") else [error]
    own = [sentence for each in own for sentence in each.messages]
    return own + [sentence for each in rows for sentence in sentences(each)]


@pytest.mark.parametrize("has_both", [True, False])
def test_a_film_is_a_file_or_an_address(has_both):
    both = {"file": document_of("phim.mp4"), "address": "https://example.org/"} if has_both else {}
    assert complaints("film", {**FILM, **both}) == [ONE_OF_TWO]


@pytest.mark.parametrize("name", ["phim.pdf", "phim", "phim.mp4.exe"])
def test_a_film_is_not_any_file(name):
    value = {**FILM, "file": document_of(name)}
    assert complaints("film", value) == ["Tệp này không phải phim MP4 hay WebM."]


def test_a_sound_is_not_any_file():
    value = {"file": document_of("khen.mp4"), "caption": "Tiếng khèn"}
    assert complaints("sound", value) == ["Tệp này không phải âm thanh MP3, OGG hay M4A."]


@pytest.mark.parametrize("name", ["phim.MP4", "phim.webm"])
def test_a_film_of_a_known_kind_is_taken(name):
    value = BLOCKS["film"].normalize({**FILM, "file": document_of(name)})
    assert BLOCKS["film"].clean(value) == value


@pytest.mark.parametrize("has_both", [True, False])
def test_a_button_leads_to_a_page_or_an_address(has_both):
    both = {"page": Page.objects.get(depth=1), "address": "https://example.org/"} if has_both else {}
    assert complaints("call", {**CALL, **both}) == [PAGE_OR_ADDRESS]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example", "ftp:/x"])
def test_an_address_must_be_one(address):
    assert complaints("call", {**CALL, "address": address}) == ["Địa chỉ trang chưa đúng. Ví dụ đúng: https://vidu.vn"]
    assert complaints("film", {**FILM, "address": address}) == ["Địa chỉ trang chưa đúng. Ví dụ đúng: https://vidu.vn"]


def test_alcohol_cannot_be_chosen():
    tea, [spirit] = sold(), sold(set_number=14)
    assert complaints("products", {"products": [*tea, spirit]}) == [
        "Đồ uống có cồn không được giới thiệu trong bài. Hãy chọn sản phẩm khác."
    ]


def test_groups_that_hold_only_alcohol_cannot_be_chosen():
    tea, spirit = (make_product_set(number).group for number in (1, 14))
    assert [slug for slug, _name in group_choices()] == [tea.slug] != [spirit.slug]
