"""Which letters of a name were typed, whatever their accents: marked for the eye."""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from areas.folding import without_marks
from outbox.wording import marks_in

_WORD = re.compile(r"(?<![^\W_])(?<!\[)[^\W_]+")  # not the language before a marked name: "[vi:Séng Cù] rice"


def highlighted(text: str, looked_for: str) -> SafeString:
    """A name as HTML with what its words begin with in <mark>, and names in another language marked as such.

    `looked_for` is folded: ("Trà Shan", "tr") → "<mark>Tr</mark>à Shan". Two words may have been written as one.
    """
    text = unicodedata.normalize("NFC", text)
    typed = sorted(set(looked_for.split()), key=len, reverse=True)
    words = [(found.start(), found.end(), without_marks(found[0].lower())) for found in _WORD.finditer(text)]
    pieces, done = [], 0
    for place, (start, end, plain) in enumerate(words):
        if start < done:
            continue
        stop = start
        after = words[place + 1] if place + 1 < len(words) else None
        if after and "[" not in text[end : after[0]] and "]" not in text[end : after[0]] and plain + after[2] in typed:
            stop = after[1]
        elif beginning := next((each for each in typed if plain.startswith(each)), ""):
            stop = min(start + len(beginning), end)
        if stop > start:
            pieces += [escape(text[done:start]), "<mark>", escape(text[start:stop]), "</mark>"]
            done = stop
    return marks_in(mark_safe("".join([*pieces, escape(text[done:])])))
