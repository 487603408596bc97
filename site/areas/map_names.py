"""Names beside the dots of a drawn map, as many as find room: none lies on another, nor on a dot."""

from dataclasses import dataclass

from areas.commune_map import CommuneMap, Dot

SIZE = 10  # units of the drawing: the height of a line
WIDTH_OF_A_LETTER = 0.58 * SIZE
AWAY = 7  # from the middle of a dot


@dataclass(frozen=True)
class Name:
    text: str
    x: int
    y: int
    anchor: str  # as SVG says it


def names_on(drawing: CommuneMap, *, first: set[int]) -> list[Name]:
    """The names of communes where there is room for them; those whose keys stand in `first` have the choice."""
    dots = sorted(drawing.dots, key=lambda dot: dot.area.pk not in first)
    taken = [(dot.x - AWAY, dot.y - AWAY, dot.x + AWAY, dot.y + AWAY) for dot in dots]
    names = []
    for dot in dots:
        for name, box in _ways_to_write(dot):
            inside = box[0] > 0 and box[1] > 0 and box[2] < drawing.width and box[3] < drawing.height
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                names.append(name)
                break
    return names


def _ways_to_write(dot: Dot):
    """At the right, at the left, below and above, each with the box that the letters fill."""
    text, half = dot.area.short_title, SIZE / 2
    long = len(text) * WIDTH_OF_A_LETTER
    for anchor, x, y, left in (
        ("start", AWAY, 0, AWAY),
        ("end", -AWAY, 0, -AWAY - long),
        ("middle", 0, AWAY + half, -long / 2),
        ("middle", 0, -AWAY - half, -long / 2),
    ):
        box = (dot.x + left, dot.y + y - half, dot.x + left + long, dot.y + y + half)
        # Boxes may touch the dot that they belong to, by less than one unit.
        shrunk = (box[0] + 0.1, box[1] + 0.1, box[2] - 0.1, box[3] - 0.1)
        yield Name(text, dot.x + x, round(dot.y + y + 0.35 * SIZE), anchor), shrunk


def _meet(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
