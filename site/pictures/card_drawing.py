"""Drawing a share card: 1200 × 630 pixels with a motif, the brocade band and a few words, in the site's own faces."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from pictures import motifs

STATIC = settings.SITE_DIR / "static"
SIZE = WIDTH, HEIGHT = 1200, 630
PAPER, CLOTH, INK, SOFT, LINE = "#fbf7ee", "#f2ebdc", "#1d2033", "#5c584f", "#ddd3bf"
INDIGO, MADDER, TURMERIC, SAMPLE = "#27315f", "#b4332a", "#e3a72f", "#f9ecca"
LEFT, RIGHT = 64, 636  # of the column of words
TOP, BOTTOM = 118, 536  # of what stands between the name of the site and the band
BAND = 4  # pixels a stitch of the band, which is 18 stitches high
STITCH, MOUNT = 18, 14  # of the motif: pixels a stitch, and of the mount around it
TITLE_SIZES, LINES = range(66, 39, -2), 5
LEADING = 1.29  # of a title: room for the marks of Ậ and for a dot below the line above it
SMALL, SMALL_LEADING, SMALL_LINES, SPACE = 28, 38, 2, 20
FEW = 256  # colours of the file
STAR = [  # of the 20 × 20 sign that pages use
    *((10, 1.8), (12.5, 7.1), (18.3, 7.8), (14, 11.8), (15.2, 17.6)),
    *((10, 14.7), (4.8, 17.6), (6, 11.8), (1.7, 7.8), (7.5, 7.1)),
]
STAR_SIZE, FINER = 40, 4
# What the Vietnamese half of each face holds (see css/fonts.css); everything else is in the Latin half.
VIETNAMESE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u20ab]+"
)


class Face:
    """A face of the site in one size: its two files, of which each letter is taken from the one that has it."""

    def __init__(self, name: str, size: int):
        self.halves = [
            ImageFont.truetype(STATIC / f"fonts/{name.format(half)}.woff2", size) for half in ("latin", "vietnamese")
        ]

    def runs(self, text: str) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """A text in pieces with the half that has their letters."""
        pieces, end = [], 0
        for found in VIETNAMESE.finditer(text):
            pieces += [(text[end : found.start()], self.halves[0]), (found[0], self.halves[1])]
            end = found.end()
        return [(piece, half) for piece, half in [*pieces, (text[end:], self.halves[0])] if piece]

    def width(self, text: str) -> float:
        return sum(half.getlength(piece) for piece, half in self.runs(text))

    def known(self, text: str) -> str:
        """The text in single letters, without those that the face lacks, in one line."""
        text = " ".join(unicodedata.normalize("NFC", text).split())
        return " ".join("".join(letter for letter in text if self._has(letter)).split())

    def _has(self, letter: str) -> bool:
        half = self.halves[1 if VIETNAMESE.match(letter) else 0]
        return letter == " " or bytes(half.getmask(letter)) != bytes(half.getmask("\U0010fffd"))

    def draw(self, pen: ImageDraw.ImageDraw, x: float, baseline: float, text: str, ink: str) -> tuple:
        """Write a line; the box of its ink."""
        boxes = []
        for piece, half in self.runs(text):
            pen.text((x, baseline), piece, fill=ink, font=half, anchor="ls")
            boxes.append(pen.textbbox((x, baseline), piece, font=half, anchor="ls"))
            x += half.getlength(piece)
        return tuple(
            choose(edges) for choose, edges in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
        )


@lru_cache(maxsize=64)
def face(kind: str, size: int) -> Face:
    names = {"title": "lora-{}-600-normal", "text": "be-vietnam-pro-{}-400-normal"}
    return Face(names.get(kind, "be-vietnam-pro-{}-600-normal"), size)


@dataclass(frozen=True)
class Title:
    """A title as it is set: the size of its letters and its lines."""

    size: int
    lines: tuple[str, ...]

    @property
    def leading(self) -> int:
        return round(self.size * LEADING)


def set_title(text: str, room: int) -> Title:
    """A title in the largest letters with which it fits the column and a height of `room` pixels; cut short, with an
    ellipsis, where it does not even in the smallest."""
    text = face("title", TITLE_SIZES[0]).known(text)
    for size in TITLE_SIZES:
        lines = wrapped(text, face("title", size), RIGHT - LEFT)
        title = Title(size, tuple(lines))
        if len(lines) <= LINES and len(lines) * title.leading <= room:
            return Title(size, tuple(balanced(text, face("title", size), RIGHT - LEFT)))
    count = max(1, min(LINES, room // title.leading))
    rest = shortened(" ".join(lines[count - 1 :]), face("title", size), RIGHT - LEFT)
    return Title(size, (*lines[: count - 1], rest))


def wrapped(text: str, letters: Face, room: float) -> list[str]:
    """A text in lines no wider than `room`; a word that is wider alone is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.width(longer) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        while letters.width(word) > room:
            count = next(n for n in range(len(word), 0, -1) if n == 1 or letters.width(word[:n]) <= room)
            lines[-1:] = [word[:count], ""]
            word = word[count:]
        lines[-1] = word
    return [line for line in lines if line]


def balanced(text: str, letters: Face, room: float) -> list[str]:
    """As `wrapped`, in as many lines, which are about equally long."""
    lines, narrowest = wrapped(text, letters, room), max(map(letters.width, text.split()), default=room)
    while room - 8 >= narrowest and len(narrower := wrapped(text, letters, room - 8)) == len(lines):
        lines, room = narrower, room - 8
    return lines


def small_lines(text: str) -> list[str]:
    """What stands below a title: on one line, or its parts (maker · commune) on two."""
    letters, room = face("text", SMALL), RIGHT - LEFT
    text = letters.known(text)
    if not text or letters.width(text) <= room:
        return [text] if text else []
    return [shortened(part, letters, room) for part in text.split(" · ", SMALL_LINES - 1)]


def shortened(text: str, letters: Face, room: float) -> str:
    """A text on one line, with an ellipsis after its last whole word where it is too long."""
    if letters.width(text) <= room:
        return text
    words = text.split()
    while len(words) > 1 and letters.width(" ".join(words) + " …") > room:
        words.pop()
    kept = " ".join(words).rstrip(",;:.–-")
    while kept and letters.width(kept + " …") > room:
        kept = kept[:-1]
    return f"{kept} …"


def drawn(card) -> Image.Image:
    """The picture of a ShareCard."""
    image, _boxes = drawn_with_boxes(card)
    return image


def drawn_with_boxes(card) -> tuple[Image.Image, list[tuple]]:
    """The picture of a ShareCard, and the boxes of what is written on it."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    image.paste(band(), (0, HEIGHT - 18 * BAND))
    place_motif(image, pen, card.motif)
    image.paste(logo(40), (LEFT, 46), logo(40))
    boxes = [line(pen, LEFT + 56, 78, str(settings.PROGRAMME_NAME), "strong", INDIGO, 30)]

    bold = face("strong", SMALL)
    section = shortened(bold.known(card.section), bold, RIGHT - LEFT)
    below = small_lines(card.subtitle)
    extras = (SMALL + SPACE) * bool(section) + SMALL_LEADING * len(below) + SPACE * bool(below)
    extras += (STAR_SIZE + SPACE) * bool(card.stars or card.note)
    title = set_title(card.title, BOTTOM - TOP - extras)

    y = TOP + (BOTTOM - TOP - extras - title.leading * len(title.lines)) / 2
    if section:
        boxes.append(line(pen, LEFT, y + SMALL, section, "strong", MADDER, SMALL))
        y += SMALL + SPACE
    for words in title.lines:
        boxes.append(line(pen, LEFT, y + title.size, words, "title", INK, title.size))
        y += title.leading
    y += SPACE * bool(below)
    for words in below:
        boxes.append(line(pen, LEFT, y + SMALL, words, "text", SOFT, SMALL))
        y += SMALL_LEADING
    if card.stars or card.note:
        boxes += place_stars_and_note(image, pen, card, y + SPACE)
    return image, boxes


def line(pen, x: float, baseline: float, words: str, kind: str, ink: str, size: int) -> tuple:
    return face(kind, size).draw(pen, x, baseline, words, ink)


def place_stars_and_note(image: Image.Image, pen: ImageDraw.ImageDraw, card, y: float) -> list[tuple]:
    x, y, boxes = LEFT, round(y), []
    if card.stars:
        signs = stars(card.stars)
        image.paste(signs, (x, y), signs)
        x += signs.width + 16
        boxes.append(line(pen, x, y + 31, card.stars_in_words, "strong", INK, SMALL))
        x = round(boxes[-1][2]) + 24
    if card.note:
        letters = face("text", 24)
        pen.rounded_rectangle((x, y, x + letters.width(card.note) + 28, y + STAR_SIZE), 4, fill=SAMPLE)
        boxes.append(letters.draw(pen, x + 14, y + 29, card.note, INK))
    return boxes


def place_motif(image: Image.Image, pen: ImageDraw.ImageDraw, name: str) -> None:
    """The motif on a white mount, to the right."""
    side = motifs.SIZE * STITCH
    left, top = WIDTH - LEFT - MOUNT - side, (HEIGHT - 18 * BAND - side) // 2
    mount = (left - MOUNT, top - MOUNT, left + side + MOUNT, top + side + MOUNT)
    pen.rectangle((mount[0], mount[1], mount[2] - 1, mount[3] - 1), fill="#ffffff", outline=LINE)
    image.paste(motifs.draw(motifs.read(name), STITCH), (left, top))


@lru_cache(maxsize=1)
def band() -> Image.Image:
    """The brocade band as wide as the card, stitch by stitch from the drawing that pages use."""
    source = (STATIC / "img/band.svg").read_text(encoding="ascii")
    tile = Image.new("RGB", (36, 18))
    pen = ImageDraw.Draw(tile)
    for colour, path in re.findall(r'fill="(#\w+)" d="([^"]+)"', source):
        for x, y, width, height in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", path):
            box = (int(x), int(y), int(x) + int(width) - 1, int(y) + int(height) - 1)
            pen.rectangle(box, fill=colour)
    tile = tile.resize((36 * BAND, 18 * BAND), Image.Resampling.NEAREST)
    whole = Image.new("RGB", (WIDTH, tile.height))
    for x in range(0, WIDTH, tile.width):
        whole.paste(tile, (x, 0))
    return whole


def logo(size: int) -> Image.Image:
    """The site's sign: four squares on their corners."""
    image = Image.new("RGBA", (size * FINER, size * FINER))
    pen = ImageDraw.Draw(image)
    for half, colour in ((18, MADDER), (11, PAPER), (6, INDIGO), (2.5, TURMERIC)):
        reach, middle = half * size * FINER / 36, size * FINER / 2
        pen.polygon(
            [(middle, middle - reach), (middle + reach, middle), (middle, middle + reach), (middle - reach, middle)],
            fill=colour,
        )
    return image.resize((size, size), Image.Resampling.LANCZOS)


def stars(count: int) -> Image.Image:
    """Five stars, so many of them filled."""
    unit = STAR_SIZE * FINER / 20
    image = Image.new("RGBA", (5 * STAR_SIZE * FINER, STAR_SIZE * FINER))
    pen = ImageDraw.Draw(image)
    for number in range(5):
        corners = [((x + 20 * number) * unit, y * unit) for x, y in STAR]
        is_on = number < count
        pen.polygon(corners, fill=TURMERIC if is_on else None)
        pen.line([*corners, *corners[:2]], fill=INK if is_on else "#857c6b", width=round(unit), joint="curve")
    return image.resize((5 * STAR_SIZE, STAR_SIZE), Image.Resampling.LANCZOS)


def as_png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.quantize(FEW, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
