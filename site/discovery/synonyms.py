"""Words that mean the same, from a file that staff edit (settings.SYNONYMS_FILE, which says how its lines are read)."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from discovery.words import exact_words, folded_words

LONGEST_NAME = 2  # words
COMMENT, ONLY_TO = "#", "=>"

Name = tuple[str, ...]


@dataclass(frozen=True)
class Synonyms:
    """`others`: by a name's words without accents, the names that mean the same, each with its accents. `faults`: the
    lines left out, by their numbers; `is_missing`: there is no file to be read."""

    others: dict[Name, tuple[Name, ...]]
    faults: tuple[tuple[int, str], ...] = ()
    is_missing: bool = False

    def of(self, words: Name) -> tuple[Name, ...]:
        """The names that mean the same as these words without accents."""
        return self.others.get(words, ())


_held: tuple[object, Synonyms] = (None, Synonyms({}))


def synonyms() -> Synonyms:
    """What the file says now: it is read again when it has changed."""
    global _held
    path = Path(settings.SYNONYMS_FILE)
    try:
        seen = path.stat()
        version = (path, seen.st_mtime_ns, seen.st_size)
        if _held[0] != version:
            _held = (version, read(path.read_text("utf-8", errors="replace")))
    except OSError:
        return Synonyms({}, is_missing=True)
    return _held[1]


def read(text: str) -> Synonyms:
    """The groups of a file's lines. A line that is none is told among the faults, and the others stand."""
    found, faults = defaultdict(dict), []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.partition(COMMENT)[0].strip()
        if not line:
            continue
        sides = [[name.strip() for name in side.split(",")] for side in line.split(ONLY_TO)]
        names = [name for side in sides for name in side]
        is_group = len(sides) == 2 or (len(sides) == 1 and len(names) > 1)
        if not is_group or not all(map(is_name, names)):
            faults.append((number, line))
            continue
        for name in sides[0]:
            here = found[tuple(folded_words(name))]
            here.update((tuple(exact_words(other)), None) for other in sides[-1] if other != name)
    return Synonyms({name: tuple(others) for name, others in found.items()}, tuple(faults))


def is_name(text: str) -> bool:
    """One word or two, as they are looked up; what cannot be decoded is none."""
    words = exact_words(text)
    return 0 < len(words) <= LONGEST_NAME and len(folded_words(text)) == len(words) and "\ufffd" not in text
