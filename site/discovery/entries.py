"""Building entries: the same rows, whether one is rebuilt or all.

What can be found of each kind is known by its source; apps above register theirs.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from discovery.models import Edition, Entry, Kind, Word
from discovery.words import FAR, NAME, OTHER
from outbox.events import tell

BATCH = 500
FIELDS = [field.name for field in Entry._meta.concrete_fields if field.name not in ("id", "kind", "key")]


@dataclass(frozen=True)
class Source:
    """Where the entries of a kind come from: the keys of all there are, shown or not, and the entries of those of
    some keys that the public may see now."""

    kind: Kind
    keys: Callable[[], Iterable[str]]
    entries_of: Callable[[list[str]], list[Entry]]


_sources: dict[Kind, Source] = {}


def register(source: Source) -> None:
    """Let a kind be found. Called from AppConfig.ready()."""
    _sources[source.kind] = source


def rebuild(keys: Iterable[str | int], kind: Kind = Kind.PRODUCT) -> None:
    """Make the entries of these things say what is true now; things that are not public lose theirs."""
    wanted = sorted(set(map(str, keys)))
    for start in range(0, len(wanted), BATCH):
        rebuild_batch(kind, wanted[start : start + BATCH])


def rebuild_all(progress=lambda done, total: None) -> int:
    """Rebuild every entry; `progress(done, total)` is called after each batch. Returns how many were looked at."""
    keys = {kind: sorted(set(map(str, source.keys()))) for kind, source in _sources.items()}
    total, done = sum(map(len, keys.values())), 0
    for kind in Kind.values:
        drop_lost(kind, keys.get(kind, ()))
    for kind, wanted in keys.items():
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            rebuild_batch(kind, batch, all_words=True)
            done += len(batch)
            progress(done, total)
    forget_lost_words()
    return total


def drop_lost(kind: str, keys: Iterable[str]) -> None:
    """Delete the entries of things that are no more."""
    known = set(keys)
    rows = Entry.objects.filter(kind=kind).values_list("pk", "key")
    lost = [pk for pk, key in rows if key not in known]
    for start in range(0, len(lost), BATCH):
        batch = lost[start : start + BATCH]
        with transaction.atomic():
            Edition.renew()
            Entry.objects.filter(pk__in=batch).delete()
            tell("entries_changed", keys=batch)


@transaction.atomic
def rebuild_batch(kind: Kind, keys: list[str], *, all_words: bool = False) -> None:
    """`all_words`: let the words of all of these be known, not only of those whose words have changed."""
    # First of all: who has read before another rebuilds would write what is no longer true.
    Edition.renew(words=False)
    entries = _sources[kind].entries_of(keys)
    words = {entry.key: entry.words for entry in entries}
    rows = list(Entry.objects.filter(kind=kind, key__in=keys).values_list("pk", "key", "words"))
    before = {key: held for _pk, key, held in rows}
    gone = [pk for pk, key, _held in rows if key not in words]
    if gone:
        Entry.objects.filter(pk__in=gone).delete()
    Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["kind", "key"], update_fields=FIELDS)
    changed = [held for key, held in words.items() if held != before.get(key)]
    if has_new_words(words.values() if all_words else changed) or changed or gone:
        Edition.renew()
    tell("entries_changed", keys=[*gone, *(entry.pk for entry in entries)])


def has_new_words(texts: Collection[str]) -> bool:
    """Let the plain words of entries be known. Were there any that were not?"""
    if not texts:
        return False
    plain = plain_words(texts)
    new = sorted(plain - set(Word.objects.filter(text__in=plain).values_list("text", flat=True)))
    Word.objects.bulk_create([Word(text=word) for word in new], ignore_conflicts=True)
    return bool(new)


@transaction.atomic
def forget_lost_words() -> None:
    """Delete the words that no entry holds any more. Nobody changes entries meanwhile: a word that comes back in that
    moment would be lost."""
    Edition.renew(words=False)
    held = plain_words(Entry.objects.values_list("words", flat=True).iterator())
    lost = sorted(set(Word.objects.values_list("text", flat=True)) - held)
    for start in range(0, len(lost), BATCH):
        Word.objects.filter(text__in=lost[start : start + BATCH]).delete()
    if lost:
        Edition.renew()


def plain_words(texts: Iterable[str]) -> set[str]:
    """The words of entries, each without what it says of itself."""
    return {word[1:] for text in texts for word in text.split() if word[0] in (NAME, OTHER, FAR)}
