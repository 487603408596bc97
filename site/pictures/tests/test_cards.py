"""Share cards: whole titles in both languages' letters, an address that follows from what is drawn."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image, ImageChops

from pictures import cards, motifs
from pictures.card_drawing import BAND, BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, drawn_with_boxes, face, set_title
from pictures.cards import ShareCard, forget_old_cards, kept, png_of

CARD = ShareCard("page", "7", "vi", "Mật ong bạc hà", "honey", "Câu chuyện", "HTX Ong · Xã Tả Lèng", 4, "sao mẫu")
LONG = "Những người phụ nữ Thái trắng giữ khung cửi và kể lại cho cháu gái nghe chuyện cũ của bản làng mình " * 3
TITLES = [
    "Chè",
    "Bảy thứ trà, một loài cây và con rầy xanh",
    "ẬẪỄỖẶỮỢ Ỵ ẬẪỄỖẶỮỢ Ỵ ẬẪỄỖẶỮỢ Ỵ",
    "The seven teas that one kind of tree gives, and the green leafhopper that makes them sweet",
    "Nghiêngnghiêng" * 9,
    LONG.strip(),
    "日本 🍵",
    "",
]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.mark.parametrize("title", TITLES)
def test_nothing_that_is_written_is_cut_off_or_lies_on_anything_else(title):
    _image, boxes = drawn_with_boxes(replace(CARD, title=title))

    assert len(boxes) == 5 + len(set_title(title, 252).lines)  # the site, section, maker, stars, note
    for left, top, right, bottom in boxes:
        assert LEFT - 3 <= left and right <= RIGHT + 3  # a J hangs a little out of its line
        assert 0 < top and bottom < HEIGHT - 18 * BAND - 8
    for one, other in zip(boxes, boxes[1:], strict=False):
        is_below = other[1] >= one[3] - 1 or other[0] > one[2]  # the note stands beside the stars
        assert is_below, (one, other)


def test_the_letters_are_truly_drawn_where_they_are_said_to_be():
    image, boxes = drawn_with_boxes(CARD)
    bare, _none = drawn_with_boxes(replace(CARD, title="", section="", subtitle="", stars=None, note=""))

    changed = ImageChops.difference(image, bare).getbbox()

    assert changed[0] >= LEFT and changed[2] <= RIGHT and changed[3] <= BOTTOM + 8
    for left, top, right, bottom in boxes:
        ink = image.crop((left, top, right, bottom)).convert("L").getextrema()
        assert ink[0] < 130, "no ink in the box"


@pytest.mark.parametrize("kind", ["title", "strong", "text"])
def test_every_letter_of_vietnamese_is_in_the_faces(kind):
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
    marked = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    alphabet = letters + letters.upper() + marked + marked.upper() + "0123456789.,:;!?“”‘’–…·()%"

    assert face(kind, 30).known(alphabet) == alphabet


def test_letters_written_with_loose_marks_are_the_same():
    assert face("title", 30).known("Mu\u031bo\u031b\u0300ng") == "Mường"


def test_what_the_faces_lack_is_left_out():
    assert face("title", 30).known("Trà 🍵 日本 Shan") == "Trà Shan"


def test_a_short_title_is_large_a_long_one_smaller_and_a_very_long_one_ends_early():
    short, long, very_long = set_title("Chè", 300), set_title(TITLES[3], 300), set_title(LONG, 300)

    assert short.size > long.size > 39
    assert " ".join(long.lines) == TITLES[3]
    assert very_long.lines[-1].endswith(" …") and LONG.startswith(" ".join(very_long.lines).removesuffix(" …"))
    assert all(len(title.lines) * title.leading <= 300 for title in (short, long, very_long))


@pytest.mark.parametrize("motif", ["honey", "terraces", "xoe", "market"])
def test_a_card_is_a_light_png_of_the_size_that_networks_want(motif):
    data = png_of(replace(CARD, motif=motif, title=TITLES[3]))
    image = Image.open(BytesIO(data))

    assert (image.format, image.size) == ("PNG", (1200, 630)) == ("PNG", (WIDTH, HEIGHT))
    assert len(data) <= 200_000


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Mật ong"},
        {"motif": "bee"},
        {"language": "en"},
        {"section": "Tin tức"},
        {"subtitle": "HTX khác"},
        {"stars": 5},
        {"stars": None},
        {"note": ""},
        {"key": "8"},
    ],
)
def test_the_digest_follows_from_everything_that_is_drawn(change):
    assert replace(CARD).digest == CARD.digest
    assert replace(CARD, **change).digest != CARD.digest


def test_a_motif_that_is_stitched_anew_renews_its_cards(monkeypatch):
    before = CARD.digest
    other = motifs.read("bee")
    cards._grid.cache_clear()
    monkeypatch.setattr(motifs, "read", lambda name: other)
    try:
        assert CARD.digest != before
    finally:
        cards._grid.cache_clear()


def test_a_card_is_drawn_once(monkeypatch):
    first = png_of(CARD)
    monkeypatch.setattr(cards, "drawn", lambda card: pytest.fail("drawn again"))

    assert png_of(CARD) == first
    assert default_storage.listdir("the")[1] == [CARD.digest]


def test_a_card_that_was_cut_off_is_drawn_again():
    whole = png_of(CARD)
    default_storage.delete(CARD.name)
    default_storage.save(CARD.name, ContentFile(whole[:1000]))

    assert png_of(CARD) == whole
    assert kept(CARD) == whole


def test_two_that_draw_at_once_keep_one(monkeypatch):
    def meanwhile(image):
        default_storage.save(CARD.name, ContentFile(b"the other's"))
        return b"ours"

    monkeypatch.setattr(cards, "as_png", meanwhile)

    assert png_of(CARD) == b"ours"
    assert default_storage.listdir("the")[1] == [CARD.digest]


def test_cards_of_a_month_ago_go(monkeypatch):
    forget_old_cards()  # there is no folder yet
    png_of(CARD)
    forget_old_cards()
    assert kept(CARD)
    now = timezone.now()
    monkeypatch.setattr(cards.timezone, "now", lambda: now + timedelta(days=31))
    forget_old_cards()
    assert not kept(CARD)
