"""Vietnamese text as people type it without marks: one folding for the whole project."""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[\W_]+")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


def without_marks(text: str) -> str:
    """The same letters without Vietnamese marks, capitals kept: "Đặc khu" → "Dac khu"."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    # đ is a letter of its own, not a d with a mark: no normal form takes it apart.
    return bare.replace("đ", "d").replace("Đ", "D")


def fold(text: str) -> str:
    """Make two spellings of one name equal: no capitals, no marks, one space between words.

    "Xã  BÌNH-LƯ" → "xa binh lu". The result has letters and digits only (of any script), so it holds no
    wildcard of LIKE and no "|". Folding twice changes nothing.
    """
    plain = without_marks(unicodedata.normalize("NFC", text).lower())
    return _NOT_A_WORD.sub(" ", plain).strip()


def slugify_vi(text: str) -> str:
    """The ASCII slug of a Vietnamese name: "Đoàn Kết" → "doan-ket". Empty where no Latin letter or digit is left."""
    return _NOT_IN_A_SLUG.sub("-", fold(text)).strip("-")
