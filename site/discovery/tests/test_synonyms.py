"""Words that mean the same find each other, after what was typed itself; a faulty file is told, and stops no search."""

import os

import pytest
from django.conf import settings as django_settings

from discovery.browsing import Wish, browse
from discovery.models import Kind
from discovery.synonyms import read, synonyms
from discovery.troubles import troubles
from factories import make_product, show


@pytest.fixture
def written(settings, tmp_path):
    """A function that writes the file of synonyms."""
    settings.SYNONYMS_FILE, settings.ELASTICSEARCH_URL = tmp_path / "synonyms.txt", ""
    moment = iter(range(1_000_000_000, 2_000_000_000))

    def write(text: str | bytes) -> None:
        settings.SYNONYMS_FILE.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(settings.SYNONYMS_FILE, (1, next(moment)))

    write("ngô, bắp\nmắc ca, macadamia\nmỳ => mì\n")
    return write


def found(typed: str) -> list[str]:
    cards = browse(Wish(typed=typed), every_kind=True).page(slice(0, 24))
    return [card.name for card in cards if card.entry.kind == Kind.PRODUCT]


@pytest.fixture
def shop(db, written):
    show(*(make_product(title=title) for title in ("Bắp nếp", "Ngô tẻ", "Hạt macadamia", "Dầu mắc ca", "Mì khô")))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ngô", ["Ngô tẻ", "Bắp nếp"]),
        ("ngo", ["Ngô tẻ", "Bắp nếp"]),
        ("bắp", ["Bắp nếp", "Ngô tẻ"]),
        ("ngô nếp", ["Bắp nếp"]),
        ("mac ca", ["Dầu mắc ca", "Hạt macadamia"]),
        ("macadamia", ["Hạt macadamia", "Dầu mắc ca"]),
        ("hạt mắc ca", ["Hạt macadamia"]),
        ("macadamai", ["Hạt macadamia", "Dầu mắc ca"]),  # mistyped
        ("mỳ", ["Mì khô"]),
        ("mì", ["Mì khô"]),
    ],
)
def test_what_means_the_same_is_found_after_what_was_typed(shop, typed, names):
    assert found(typed) == names


def test_an_arrow_leads_one_way():
    assert read("mỳ => mì, miến").others == {("my",): (("mì",), ("miến",))}


def test_a_changed_file_is_read_at_the_next_search(shop, written):
    written("ngô, mì")
    assert found("ngô") == ["Ngô tẻ", "Mì khô"]


@pytest.mark.parametrize("line", ["ngô", "ngô,", ", ngô", "a => b => c", "=> ngô", "ngô =>", "một hai ba, bốn", "!, ?"])
def test_a_faulty_line_is_left_out_and_told(db, written, line):
    written(f"# đầu\nngô, bắp\n{line}\nlợn, heo")

    assert synonyms().faults == ((3, line),)
    assert synonyms().others.keys() == {("ngo",), ("bap",), ("lon",), ("heo",)}
    [trouble] = troubles()
    assert "3" in trouble and line in trouble


def test_what_is_no_text_at_all_stops_no_search(shop, written):
    written(b"\xff\xfe\x00\n\xffa, b\n" + bytes(range(256)))

    assert found("ngô") == ["Ngô tẻ"]
    assert troubles()


def test_a_missing_file_is_told_and_stops_no_search(shop, settings, tmp_path):
    settings.SYNONYMS_FILE = tmp_path / "gone.txt"

    assert found("ngô") == ["Ngô tẻ"]
    [trouble] = troubles()
    assert "gone.txt" in trouble


def test_the_file_that_comes_along_has_no_fault():
    kept = read(django_settings.SYNONYMS_FILE.read_text("utf-8"))

    assert kept.faults == ()
    assert ("bắp",) in kept.of(("ngo",))
