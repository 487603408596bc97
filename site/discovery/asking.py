"""What is asked of an engine: typed words made into plans, of which the first that finds anything answers.

A plan says which words (discovery.words) stand for which part of what was typed, and how far each is from it. What an
entry costs is the sum of its cheapest words; the cheapest entries come first. Every engine reckons the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from areas.folding import fold
from discovery.spelling import SHORTEST_TO_MEND, Vocabulary, meanings
from discovery.synonyms import LONGEST_NAME, synonyms
from discovery.words import (
    CODE,
    FAR,
    LONGEST,
    NAME,
    NAME_EXACT,
    NAME_HEAD,
    NAME_PAIR,
    OTHER,
    OTHER_EXACT,
    OTHER_PAIR,
    code_of,
    exact_words,
    folded_words,
)

MOST_WORDS = 8  # of a search; nobody types more
SHORTEST_CODE = 6
SHORTEST_BEGINNING = 2  # letters; one more where nothing else was typed: every summary holds words that begin so
FEW_WORDS = 16  # that begin alike: so many at most are looked up one by one
# How far a word is from what was typed. In a name it is nearer than beside one, whatever its accents.
COSTS = {NAME_EXACT: 0, NAME: 2, NAME_PAIR: 3, OTHER_EXACT: 6, OTHER: 7, OTHER_PAIR: 8, FAR: 9}
SYNONYM = 4  # more, for a word that means the same: after what was typed where a name holds it, before all else
MENDED = 10  # more, for a word that was not typed so
BEGUN = 1  # more, for a word of which only the beginning was typed
DEAREST = max(COSTS.values()) + MENDED + max(BEGUN, SYNONYM)  # of one word


@dataclass(frozen=True)
class Part:
    """A run of typed words (`start` to `end`, as of a list), and what may stand for it: (word, cost). A word that ends
    with an asterisk stands for all that begin so."""

    start: int
    end: int
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Plan:
    length: int  # words typed
    parts: tuple[Part, ...]
    bonuses: tuple[str, ...]  # words that make an entry cheaper by one each
    code: str  # the word that alone is enough, at no cost; empty where none is
    spelling: str  # what is looked for, where it is not what was typed


def plans(typed: str, words: Vocabulary, *, unfinished: bool = False) -> Iterator[Plan]:
    """The plans for what was typed, the nearest first; none for what holds no word. `unfinished`: the last word may be
    a beginning."""
    plain, exact = folded_words(typed)[:MOST_WORDS], exact_words(typed)[:MOST_WORDS]
    if not plain:
        return
    exact = exact if len(exact) == len(plain) else plain
    code = code_of(typed)
    code = CODE + code if len(code) >= SHORTEST_CODE else ""
    asked = [{word: 0} for word in plain]
    yield _plan(exact, asked, words, code, unfinished, "")
    unknown = [place for place, word in enumerate(plain) if word not in words]
    every = [place for place, word in enumerate(plain) if len(word) >= SHORTEST_TO_MEND]
    for places in dict.fromkeys((tuple(unknown), tuple(every))):
        mended = [
            each | ({word: MENDED for word in meanings(plain[place], words)} if place in places else {})
            for place, each in enumerate(asked)
        ]
        if mended != asked:
            spelling = " ".join(list(each)[1] if len(each) > 1 else next(iter(each)) for each in mended)
            yield _plan(exact, mended, words, "", unfinished, spelling)


def _plan(
    exact: list[str], asked: list[dict[str, int]], words: Vocabulary, code: str, unfinished: bool, spelling: str
) -> Plan:
    last = len(asked) - 1
    parts = []
    for place, choices in enumerate(asked):
        found = []
        if exact[place] not in choices:  # who types no accents means none in particular
            found = [(letter + exact[place], COSTS[letter]) for letter in (NAME_EXACT, OTHER_EXACT)]
        for word, more in choices.items():
            found += [(letter + word, COSTS[letter] + more) for letter in (NAME, NAME_PAIR, OTHER, OTHER_PAIR, FAR)]
        if unfinished and place == last:
            word = next(iter(choices))
            letters = (NAME, OTHER) if len(word) >= SHORTEST_BEGINNING + (place == 0) else (NAME,)
            found += [(letter + each, COSTS[letter] + BEGUN) for each in _begun(word, words) for letter in letters]
        parts.append(Part(place, place + 1, tuple(found)))
    pairs = ["".join(next(iter(choices)) for choices in two) for two in pairwise(asked)]
    for place, word in enumerate(pairs):  # two words that an entry writes as one
        if word not in words:
            continue
        parts.append(Part(place, place + 2, tuple((letter + word, COSTS[letter] + 1) for letter in (NAME, OTHER))))
    likely = [list(choices)[-1] if len(choices) == 2 else next(iter(choices)) for choices in asked]
    parts += _synonyms(likely, [choices[word] for word, choices in zip(likely, asked, strict=True)])
    bonuses = [NAME_HEAD + likely[0], *(NAME_PAIR + one + two for one, two in pairwise(likely))]
    if unfinished:
        bonuses.append(NAME_HEAD + "".join(likely)[:LONGEST] + "*")  # what the thing is, as far as it has been typed
    return Plan(len(asked), tuple(parts), tuple(bonuses), code, spelling)


def _begun(word: str, words: Vocabulary) -> list[str]:
    """What stands for all words that begin so: a few by themselves, as whoever types on asks for the same ones again,
    or else the beginning with an asterisk."""
    found = words.beginning(word, FEW_WORDS + 1)
    return found if len(found) <= FEW_WORDS else [word + "*"]


def _synonyms(plain: list[str], more: list[int]) -> Iterator[Part]:
    """What means the same as a run of these words, each of which costs so much more."""
    known = synonyms()
    for start in range(len(plain)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(plain)) + 1):
            dearer = SYNONYM + sum(more[start:end])
            found = []
            for name in known.of(tuple(plain[start:end])):
                letters = (NAME_EXACT, OTHER_EXACT) if len(name) == 1 else (NAME_PAIR, OTHER_PAIR)
                text = name[0] if len(name) == 1 else fold("".join(name))
                found += [(letter + text, COSTS[letter] + dearer) for letter in letters]
            if found:
                yield Part(start, end, tuple(found))
