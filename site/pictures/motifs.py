"""Cross-stitch motifs: text grids that are drawn as embroidery.

A motif is a text file in `motifs/`: a first line `cloth #rrggbb`, then 24 rows of 24 characters,
one a stitch. Letters are threads of `THREADS`; a dot is bare cloth. `motifs/alt.json` says in both
languages what each motif shows. (That folder stays without `__init__.py`: this module has its name.)
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "motifs"
SIZE = 24
BARE = "."
THREADS = {
    "i": "#27315f",
    "r": "#b4332a",
    "y": "#e3a72f",
    "g": "#3e7a4a",
    "d": "#1f4a2c",
    "w": "#fbf6ea",
    "b": "#6b4a2f",
    "l": "#c9b48a",
    "k": "#20222e",
    "o": "#d9772b",
    "p": "#8d3b6b",
    "s": "#8fb3c4",
}
OVERSAMPLING = 4

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Motif:
    """A picture in stitches: its name, the colour of its cloth (#rrggbb), its 24 rows."""

    name: str
    cloth: str
    rows: tuple[str, ...]


def names() -> list[str]:
    """The names of all motifs, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def read(name: str) -> Motif:
    """The motif of this name. Raises KeyError for a name that `names` does not list."""
    if name not in names():
        raise KeyError(name)
    first, *rows = (FOLDER / f"{name}.txt").read_text(encoding="ascii").splitlines()
    return Motif(name, first.removeprefix("cloth "), tuple(rows))


def alternatives() -> dict[str, dict[str, str]]:
    """What each motif shows, for those who do not see it: {name: {"vi": …, "en": …}}."""
    return json.loads((FOLDER / "alt.json").read_text(encoding="utf-8"))


def difference(a: Motif, b: Motif) -> int:
    """How many of the 576 stitches differ; the colours of the two cloths do not count."""
    return sum(one != other for one, other in zip("".join(a.rows), "".join(b.rows), strict=True))


def draw(motif: Motif, stitch: int = 50) -> Image.Image:
    """The motif as embroidery, `stitch` pixels a stitch: a square of 24 × `stitch` pixels."""
    picture = Image.new("RGB", (SIZE * stitch, SIZE * stitch))
    for y, row in enumerate(motif.rows):
        for x, thread in enumerate(row):
            picture.paste(_tile(thread, motif.cloth, stitch), (x * stitch, y * stitch))
    return picture


@lru_cache(maxsize=256)
def _tile(thread: str, cloth: str, size: int) -> Image.Image:
    """One square of cloth with its weave and, unless the thread is bare, a cross of two strokes."""
    ground = _rgb(cloth)
    colour = ground if thread == BARE else _rgb(THREADS[thread])
    ground = _mix(ground, colour, 0.45)
    large = size * OVERSAMPLING
    tile = Image.new("RGB", (large, large), ground)
    pen = ImageDraw.Draw(tile)
    weave = max(1, round(large / 22))
    grid = _mix(ground, (70, 66, 50), 0.09)
    pen.rectangle((large - weave, 0, large, large), fill=grid)
    pen.rectangle((0, large - weave, large, large), fill=grid)
    if thread != BARE:
        lower, upper = (0.17, 0.17, 0.81, 0.81), (0.17, 0.81, 0.81, 0.17)
        _stroke(pen, large, lower, ground, colour)
        _stroke(pen, large, upper, ground, colour)
    return tile.resize((size, size), Image.Resampling.LANCZOS)


def _stroke(
    pen: ImageDraw.ImageDraw,
    large: int,
    ends: tuple[float, float, float, float],
    ground: Colour,
    colour: Colour,
) -> None:
    """One half of a cross: its shadow on the cloth, the thread, and a thin light along it."""
    shadow, light = _mix(ground, (0, 0, 0), 0.16), _mix(colour, (255, 255, 255), 0.16)
    for shift, width, ink in ((0.025, 0.29, shadow), (0, 0.27, colour), (-0.035, 0.07, light)):
        x0, y0, x1, y1 = (large * (end + shift) for end in ends)
        thickness = large * width
        pen.line((x0, y0, x1, y1), fill=ink, width=round(thickness))
        for x, y in ((x0, y0), (x1, y1)):
            pen.circle((x, y), thickness / 2, fill=ink)


def _rgb(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _mix(a: Colour, b: Colour, share: float) -> Colour:
    """Colour `a` with this share (0 to 1) of `b` in it."""
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(a, b, strict=True))
    return red, green, blue
