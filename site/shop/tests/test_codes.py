"""Codes for people and keys for links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.check_codes import ALPHABET
from shop.codes import grouped, new_code, new_key, tidy


def test_a_code_has_ten_signs_that_nobody_mistakes():
    for _ in range(200):
        assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{10}", new_code())


def test_a_code_may_be_longer():
    assert len(new_code(16)) == 16


def test_codes_use_the_whole_alphabet_and_do_not_repeat():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) == set(ALPHABET)


def test_a_key_has_128_bits_in_small_letters_and_digits():
    keys = {new_key() for _ in range(200)}
    assert len(keys) == 200
    assert all(re.fullmatch(r"[0-9a-f]{32}", key) for key in keys)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ABCDEFGHJK", "ABCDEFGHJK"),
        ("abcde-fghjk", "ABCDEFGHJK"),
        (" ABCDE FGHJK\t", "ABCDEFGHJK"),
        ("ABCDE–FGHJK", "ABCDEFGHJK"),
        ("ABCDE\u00a0\u2011FG.HJ_K", "ABCDEFGHJK"),
        ("ＡＢＣＤＥ２３４５６", "ABCDE23456"),
        ("0oO", "QQQ"),
        ("1iIlL", "77777"),
        ("uU", "VV"),
        ("AB/CD", "AB/CD"),
        ("", ""),
    ],
)
def test_a_typed_code_is_put_right(typed, kept):
    assert tidy(typed) == kept


@given(st.text(ALPHABET, max_size=24))
def test_a_printed_code_is_found_again(code):
    assert tidy(grouped(code).lower()) == code


@given(st.text("ABCDEOQUVILl017 -.–đƯ/"))
def test_tidying_twice_changes_nothing(typed):
    assert tidy(tidy(typed)) == tidy(typed)


@pytest.mark.parametrize(
    ("code", "printed"),
    [("ABCDEFGHJK", "ABCDE-FGHJK"), ("ABCDEFGHJKMN", "ABCDE-FGHJK-MN"), ("ABC", "ABC"), ("", "")],
)
def test_a_code_is_printed_in_fives(code, printed):
    assert grouped(code) == printed
