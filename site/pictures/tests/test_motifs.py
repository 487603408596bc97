"""The motifs are whole, distinct, described, and drawn at the size asked for."""

from itertools import combinations

import pytest
from PIL import ImageColor

from pictures.motifs import SIZE, THREADS, alternatives, difference, draw, names, read


def test_there_are_at_least_forty_motifs():
    assert len(names()) >= 40


@pytest.mark.parametrize("name", names())
def test_a_motif_is_a_square_of_known_threads(name):
    motif = read(name)

    assert [len(row) for row in motif.rows] == [SIZE] * SIZE
    assert set("".join(motif.rows)) <= {".", *THREADS}
    assert motif.cloth[0] == "#"
    assert len(ImageColor.getrgb(motif.cloth)) == 3


def test_any_two_motifs_differ_in_a_third_of_their_stitches():
    motifs = [read(name) for name in names()]

    alike = [
        (one.name, other.name) for one, other in combinations(motifs, 2) if difference(one, other) < SIZE * SIZE // 3
    ]

    assert alike == []


def test_the_difference_counts_stitches_and_not_the_cloth():
    tea = read("tea")
    other_cloth = type(tea)(tea.name, "#000000", ("r" * SIZE, *tea.rows[1:]))

    assert difference(tea, tea) == 0
    assert difference(tea, other_cloth) == SIZE


def test_every_motif_is_described_in_both_languages():
    described = alternatives()

    assert sorted(described) == names()
    for texts in described.values():
        assert texts["vi"].startswith("Hình thêu chữ thập: ")
        assert texts["en"].startswith("Cross-stitch motif: ")


def test_a_motif_is_drawn_as_threads_on_its_cloth():
    tea = read("tea")

    picture = draw(tea)

    assert picture.size == (1200, 1200)
    assert tea.rows[1][11] == "g"
    bare, stitched = (10, 10), (11 * 50 + 24, 1 * 50 + 28)
    assert picture.getpixel(bare) == ImageColor.getrgb(tea.cloth)
    assert picture.getpixel(stitched) == ImageColor.getrgb(THREADS["g"])


def test_a_motif_is_drawn_as_large_as_its_stitches():
    assert draw(read("bee"), stitch=10).size == (240, 240)


def test_an_unknown_motif_is_refused():
    with pytest.raises(KeyError):
        read("../apps")
