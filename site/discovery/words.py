"""Words as engines look them up. An entry's words stand in one text, each behind a letter that says what it is.

The same words go into SQLite's FTS5 table, PostgreSQL's tsvector and Elasticsearch's documents, so that all three find
the same. Two accents apart are two words behind NAME_EXACT, and one behind NAME.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from areas.folding import fold
from outbox.wording import as_spelled

NAME_EXACT, NAME, NAME_PAIR = "x", "n", "p"  # of the thing's own names; a pair is two neighbours written as one
NAME_HEAD = "h"  # what the thing is: the first word of a Vietnamese name, the last of an English one
OTHER_EXACT, OTHER, OTHER_PAIR = "y", "o", "q"  # of what belongs to it: maker, place, what a summary says
FAR = "f"  # of what it is only near to: all units whose land is in its commune now
CODE = "c"
LONGEST = 40  # signs of a word; nobody looks for more

_NOT_A_WORD = re.compile(r"[\W_]+")


def exact_words(text: str) -> list[str]:
    """The words of a text with their accents: "Trà  Shan!" → ["trà", "shan"]."""
    return [word[:LONGEST] for word in _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", text).lower()).split()]


def folded_words(text: str) -> list[str]:
    """The words of a text without accents."""
    return [word[:LONGEST] for word in fold(text).split()]


def words_of(
    name: str, name_en: str, others: Iterable[str] = (), *, far: Iterable[str] = (), codes: Iterable[str] = ()
) -> str:
    """All words of a thing, for `Entry.words`: each once, in the order of letters. Texts may have their names marked
    ("[vi:Séng Cù] rice")."""
    name, name_en = as_spelled(name), as_spelled(name_en)
    first, last = folded_words(name)[:2], folded_words(name_en)[-2:]
    found = {NAME_HEAD + word for word in ("".join(first[:1]), "".join(first), "".join(last[-1:]), "".join(last))}
    for text in (name, name_en):
        found |= _words(text, NAME_EXACT, NAME, NAME_PAIR)
    for text in others:
        found |= _words(text, OTHER_EXACT, OTHER, OTHER_PAIR)
    found |= {FAR + word for text in far for word in folded_words(text)}
    found |= {CODE + code for code in map(code_of, codes)}
    return " ".join(sorted(word[: LONGEST + 1] for word in found if len(word) > 1))


def _words(text: str, exact: str, folded: str, pair: str) -> set[str]:
    text = as_spelled(text)
    plain = folded_words(text)
    found = {exact + word for word in exact_words(text)} | {folded + word for word in plain}
    return found | {pair + first + second for first, second in pairwise(plain)}


def code_of(text: str) -> str:
    """A code as it is looked up: without spaces, hyphens and leading noughts, "0200-0015" → "2000015"."""
    return fold(text).replace(" ", "").lstrip("0")[:LONGEST]
