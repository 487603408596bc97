"""What a word may have meant that no entry holds: keys of Telex or VNI left in it, its beginning, one typing error."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from threading import Lock

from discovery.models import Edition, Word

SHORTEST_TO_MEND = 4  # letters; in shorter words one error makes another word
MEANINGS = 8  # of one word; more help nobody

_VOWELS = "aeiouy"
_TONE_KEYS = "sfrxjz"
_held: "Vocabulary | None" = None
_loading = Lock()


class Vocabulary:
    """All words that entries hold, without accents."""

    def __init__(self, words: Iterable[str], token: str):
        self.token = token
        self._sorted = sorted(words)
        self._words = frozenset(self._sorted)
        self._by_shorter: dict[str, list[str]] | None = None

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def beginning(self, start: str, limit: int = MEANINGS) -> list[str]:
        """Words that begin so, in the order of letters."""
        place = bisect_left(self._sorted, start)
        found = []
        while place < len(self._sorted) and len(found) < limit and self._sorted[place].startswith(start):
            found.append(self._sorted[place])
            place += 1
        return found

    def near(self, word: str) -> list[str]:
        """Words of one letter more, one less, one other, or two neighbours changed about."""
        if len(word) < SHORTEST_TO_MEND:
            return []
        if self._by_shorter is None:
            self._by_shorter = self._lacking_a_letter()
        found = set()
        for part in (word, *_lacking_one(word)):
            found.update(each for each in self._by_shorter.get(part, ()) if is_one_error_apart(word, each))
        return sorted(found - {word})[:MEANINGS]

    def _lacking_a_letter(self) -> dict[str, list[str]]:
        """Each word under itself and under all that is left when one of its letters is taken away."""
        by_shorter = defaultdict(list)
        for word in self._sorted:
            for part in {word, *_lacking_one(word)}:
                by_shorter[part].append(word)
        return by_shorter


def vocabulary(token: str = "") -> Vocabulary:
    """The words of an edition of the entries, today's unless its token is told; one query where it is another than
    before."""
    global _held
    token = token or Edition.current().words
    held = _held
    if held is not None and held.token == token:
        return held
    with _loading:
        if _held is None or _held.token != token:
            _held = Vocabulary(Word.objects.values_list("text", flat=True), token)
        return _held


def forget() -> None:
    """Let the next reader read the words anew; for tests, which know no edition of each other."""
    global _held
    _held = None


def meanings(word: str, words: Vocabulary) -> list[str]:
    """What an unknown word (without accents) may have meant, by the first way that leads anywhere: keys of an input
    method left in it, then a typing error. Empty where nothing is near."""
    for ways in (_without_keys(word), words.near(word)):
        found = [each for each in ways if each in words]
        if found:
            return found
    return []


def _without_keys(word: str) -> list[str]:
    """The word as Telex or VNI would have written it, without accents: "phuwowng" → "phuong", "ga5o" → "gao"."""
    if not word.isascii():
        return []
    if not word.isalpha():
        letters = "".join(letter for letter in word if not letter.isdigit())
        return [letters] if letters and word[0].isalpha() else []
    plain = word.replace("dd", "d")
    for vowel in "aeo":
        plain = plain.replace(vowel * 2, vowel)
    first = next((place for place, letter in enumerate(plain) if letter in _VOWELS), len(plain))
    head, tail = plain[: first + 1], plain[first + 1 :].replace("w", "")
    found = [head + tail]
    found += [head + tail[:place] + tail[place + 1 :] for place, key in enumerate(tail) if key in _TONE_KEYS]
    return [each for each in dict.fromkeys(found) if each != word]


def _lacking_one(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def is_one_error_apart(one: str, other: str) -> bool:
    """Do two words differ by one letter more or less, one other letter, or two neighbours changed about?"""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    place = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), len(one))
    if len(one) < len(other):
        return one[place:] == other[place + 1 :]
    changed = one[place + 1 : place + 2] + one[place : place + 1]
    return one[place + 1 :] == other[place + 1 :] or (
        changed == other[place : place + 2] and one[place + 2 :] == other[place + 2 :]
    )
