"""What people look for: how often a word was searched on a day, and never by whom.

Searches are gathered in each process and written some seconds later, after an answer has been sent: no search waits
for the database's lock. A process that is killed takes some seconds of counting with it, which nobody misses.
"""

import logging
import re
import time
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from areas.folding import fold
from discovery.models import SearchCount
from outbox.timers import timer

logger = logging.getLogger(__name__)

LONGEST, MOST_WORDS = 60, 8  # of a word that is kept, in signs and words
MOST_HELD = 100  # words in a process, then they are written at once
ENOUGH_SEARCHES, ENOUGH_DAYS = 3, 2  # either shows that more than one visitor looks for a word
KEPT = timedelta(days=396)  # thirteen months, so that a month can be held against that of last year
RARE_KEPT = timedelta(days=30)
BATCH = 500

# Telephones, birthdays, numbers of papers: six digits, whatever stands between them.
_NUMBER = re.compile(r"\d(?:[\s.,\-–()+/]*\d){5}")
_ADDRESS = re.compile(r"@|://|\bwww\.", re.IGNORECASE)

Key = tuple[date, str, str]  # day, language, word
_held: dict[Key, list[int]] = {}  # searches, without result, clicks
_held_since = 0.0
_holding = Lock()


def word_to_keep(typed: str) -> str:
    """A search as it is counted: folded, as the search reads it. Empty where it may say who somebody is: a number of
    six digits and more, an address, a code of eight signs and more, or a text too long to be a word."""
    text = unicodedata.normalize("NFKC", typed)
    word = fold(text)
    is_personal = (
        _NUMBER.search(text)
        or _ADDRESS.search(text)
        or any(_is_code(part) for part in text.split())
        or len(word) > LONGEST
        or len(word.split()) > MOST_WORDS
    )
    return "" if is_personal else word


def _is_code(part: str) -> bool:
    signs = [sign for sign in part if sign.isalnum()]
    return len(signs) >= 8 and any(map(str.isdigit, signs)) and any(map(str.isalpha, signs))


def note_search(typed: str, language: str, count: int) -> None:
    """Count a search that found so many things. No query; what holds no word is not counted."""
    _note(typed, language, (1, int(count == 0), 0))


def note_click(typed: str, language: str) -> None:
    """Count that a result of a search was opened. No query."""
    _note(typed, language, (0, 0, 1))


def _note(typed: str, language: str, numbers: tuple[int, int, int]) -> None:
    global _held_since
    if not fold(typed):
        return
    key = (timezone.localdate(), language, word_to_keep(typed))
    with _holding:
        _held_since = _held_since if _held else time.monotonic()
        _held[key] = [held + more for held, more in zip(_held.get(key, (0, 0, 0)), numbers, strict=True)]


def write_due_notes(**_signal) -> None:
    """After each request: write what this process has gathered, once it is old or much enough."""
    if _held and (len(_held) >= MOST_HELD or time.monotonic() - _held_since >= settings.SEARCHES_WRITTEN_EVERY):
        write_notes()


def write_notes() -> None:
    """Add what this process has gathered to what all have written. What cannot be written is lost, and logged."""
    with _holding:
        gathered = dict(_held)
        _held.clear()
    try:
        add_counts((*key, *numbers) for key, numbers in gathered.items())
    except DatabaseError:
        logger.exception("%s words that were searched could not be counted", len(gathered))


def forget() -> None:
    """Drop what is not yet written; for tests, which know nothing of each other."""
    _held.clear()


def add_counts(rows: Iterable[tuple[date, str, str, int, int, int]]) -> None:
    """Add to the counts of words: (day, language, word, searches, without result, clicks). One statement a batch adds
    inside the database, in the order of keys, so that processes neither lose nor block one another's."""
    rows = sorted(rows)
    one = "(%s, %s, %s, %s, %s, %s)"
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, len(rows), MOST_HELD):
            batch = rows[start : start + MOST_HELD]
            cursor.execute(
                "INSERT INTO discovery_searchcount (day, language, typed, searches, without_result, clicks)"
                f" VALUES {', '.join([one] * len(batch))} ON CONFLICT (day, language, typed) DO UPDATE SET"
                " searches = discovery_searchcount.searches + excluded.searches,"
                " without_result = discovery_searchcount.without_result + excluded.without_result,"
                " clicks = discovery_searchcount.clicks + excluded.clicks",
                [value for row in batch for value in row],
            )


def words_looked_for(counts: QuerySet) -> QuerySet:
    """The words of some counts with their sums, as rows with `typed`, `searched`, `failed` and `opened`: those that
    found nothing first. A word that one visitor may have typed alone is not among them: it can be a name."""
    by_word = counts.exclude(typed="").values("typed")
    sums = by_word.annotate(
        searched=Sum("searches"), failed=Sum("without_result"), opened=Sum("clicks"), days=Count("day", distinct=True)
    )
    return sums.exclude(searched__lt=ENOUGH_SEARCHES, days__lt=ENOUGH_DAYS).order_by("-failed", "-searched", "typed")


@timer(every=24 * 3600)
def forget_words() -> None:
    """Counts go after thirteen months. A word that nobody else has searched within a month goes before: its searches
    are added to those without a word."""
    today = timezone.localdate()
    SearchCount.objects.filter(day__lt=today - KEPT).delete()
    common = words_looked_for(SearchCount.objects.all()).order_by().values("typed")
    rare = SearchCount.objects.exclude(typed="").exclude(typed__in=common).filter(day__lt=today - RARE_KEPT)
    while rows := list(rare.values_list("pk", "day", "language", "searches", "without_result", "clicks")[:BATCH]):
        melt(rows)


@transaction.atomic
def melt(rows: list[tuple]) -> None:
    """Keep of these rows the numbers alone."""
    sums: dict[tuple, list[int]] = {}
    for _key, day, language, *numbers in rows:
        held = sums.get((day, language), (0, 0, 0))
        sums[day, language] = [one + more for one, more in zip(held, numbers, strict=True)]
    SearchCount.objects.filter(pk__in=[row[0] for row in rows]).delete()
    add_counts((day, language, "", *numbers) for (day, language), numbers in sums.items())
