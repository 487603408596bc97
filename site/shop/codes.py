"""Codes that people read aloud, write down and type; keys that only links carry."""

import re
import secrets
import unicodedata

from programme.check_codes import ALPHABET

# Signs that no code has, as what they must have been: handwriting takes Q for O, V for U and 7 for 1.
_LOOK_ALIKES = str.maketrans("0OU1IL", "QQV777")
_BETWEEN_SIGNS = re.compile(r"[\s.·_\-\u00ad\u2010-\u2015\u2212]+")


def new_code(length: int = 10) -> str:
    """A random code for people, 30 possibilities a sign; ten signs are too many to find one by trying."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_key() -> str:
    """128 random bits as 32 signs 0–9 a–f, for a link that nobody can guess.

    Lower case only: links are read aloud, typed, and put into lower case by mail programs.
    """
    return secrets.token_hex(16)


def tidy(code: str) -> str:
    """A code as somebody typed it, as we keep it: capitals, nothing between the signs, look-alikes put right.

    Signs that cannot be in a code stay, so that a wrong code stays wrong.
    """
    return _BETWEEN_SIGNS.sub("", unicodedata.normalize("NFKC", code).upper()).translate(_LOOK_ALIKES)


def grouped(code: str) -> str:
    """A code in fives, as we print it: "ABCDEFGHJK" → "ABCDE-FGHJK"."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))
