import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.folding import fold, slugify_vi, without_marks


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đoàn Kết", "doan ket"),
        ("  XÃ   BÌNH-LƯ ", "xa binh lu"),
        ("Ea H'Leo", "ea h leo"),
        ("Rượu_ngô (Sùng Phài)", "ruou ngo sung phai"),
        ("Khoá", "khoa"),
        ("100%", "100"),
        ("", ""),
        ("…", ""),
    ],
)
def test_folding_drops_capitals_marks_and_punctuation(typed, folded):
    assert fold(typed) == folded


def test_a_name_folds_alike_however_its_marks_are_encoded():
    assert fold(unicodedata.normalize("NFD", "Sìn Hồ, Đường Ủ")) == fold("Sìn Hồ, Đường Ủ") == "sin ho duong u"


@given(st.text())
def test_folding_twice_changes_nothing_and_leaves_no_wildcard(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert not set(folded) & set("%_|\\\x00\n")


@given(st.text())
def test_a_slug_is_ascii_words_joined_by_single_hyphens(text):
    slug = slugify_vi(text)
    assert slug.isascii()
    assert all(part.isalnum() for part in slug.split("-") if slug)


def test_d_with_a_stroke_becomes_d_in_slugs():
    assert slugify_vi("Bún ưu đãi Đông Phong") == "bun-uu-dai-dong-phong"


def test_names_without_marks_keep_their_capitals():
    assert without_marks("Đặc khu Cồn Cỏ") == "Dac khu Con Co"
