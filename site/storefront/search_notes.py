"""Which requests are counted as somebody's search or click. One visitor counts once an hour for a word, so that nobody
writes the editors' report alone; what tells the visits apart stays in the process and cannot be read back."""

import re
import time
from threading import Lock

from django.utils.translation import get_language

from accounts.throttle import client_address, count_try
from areas.folding import fold
from discovery.looked_for import note_click, note_search

HOUR = 3600  # seconds
MOST_IN_AN_HOUR = 200  # of one network address, behind which a whole office may be
MOST_REMEMBERED = 5000

_MACHINE = re.compile(r"bot\b|crawl|spider|slurp|headless|monitor|preview", re.IGNORECASE)
_seen: dict[int, float] = {}  # a visitor's word → when it was counted, the oldest first
_looking = Lock()


def note_search_of(request, typed: str, count: int) -> None:
    """Count a search that found so many things, if somebody has just made it. No query."""
    if is_counted(request, "search", typed):
        note_search(typed, get_language(), count)


def note_click_of(request, typed: str) -> None:
    """Count that somebody opened a result of a search. No query."""
    if is_counted(request, "click", typed):
        note_click(typed, get_language())


def is_counted(request, what: str, typed: str) -> bool:
    """Is it a person's own act, and the first of its kind within an hour?"""
    if request.method == "HEAD" or is_prefetch(request) or _MACHINE.search(request.headers.get("User-Agent", "")):
        return False
    address = client_address(request)
    return is_first(hash((what, address, get_language(), fold(typed)))) and count_try(
        f"note_{what}", address, limit=MOST_IN_AN_HOUR, seconds=HOUR
    )


def is_prefetch(request) -> bool:
    """A browser fetches what somebody may open next."""
    return any("prefetch" in request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))


def is_first(visit: int) -> bool:
    now = time.monotonic()
    with _looking:
        if now - _seen.pop(visit, -HOUR) < HOUR:
            _seen[visit] = now
            return False
        _seen[visit] = now
        while len(_seen) > MOST_REMEMBERED:
            del _seen[next(iter(_seen))]
        return True
