"""Whichever engine answers: Elasticsearch where it is set up, and the database whenever Elasticsearch does not.

A process that Elasticsearch has failed asks the database alone for a while (settings.SEARCH_REST), then tries again by
itself. What is wrong is kept where staff's pages see it, until a search is answered again.
"""

import logging
import time
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from areas.models import Area
from discovery.engines import FACETS, Answer
from discovery.engines.answering import answer
from discovery.filters import Filters
from discovery.tally import NEWEST, tally

logger = logging.getLogger(__name__)

SINCE = "elasticsearch_fails_since"  # in the cache, where every process's pages find it

REFUSED = 400  # one question: no reader's typing makes it rest for the others

_rests_until = 0.0
_trying = Lock()


def find(typed: str, asked: Filters, sort: str, shown: slice, *, english: bool, commune: Area | None = None) -> Answer:
    """What was typed, among what is asked. `commune`: the reader's, to count what is sent there."""
    if settings.ELASTICSEARCH_URL and _may_be_asked():
        from discovery.engines.elasticsearch import engine  # 35 MB of client, for those who have set it up alone

        try:
            found = engine.find(typed, asked, sort, shown, english=english, commune=commune)
        except Exception as error:  # of the network, of the server or of the index: the reader gets an answer
            if _is_refusal(error):
                logger.error("Elasticsearch has refused what was asked: %.300s", error)
            else:
                _let_rest(error)
        else:
            _is_well()
            return found
    return from_database(typed, asked, sort, shown, english=english, commune=commune)


def from_database(
    typed: str, asked: Filters, sort: str, shown: slice, *, english: bool, commune: Area | None = None
) -> Answer:
    """The database engine's answer, all of it at once."""
    found = answer(typed, asked, tally(), asked.delivers_to or commune)
    keys = found.page(sort, shown, english=english)
    return Answer(keys, found.count, {facet: found.counts(facet) for facet in FACETS}, found.spelling)


def failing_since() -> datetime | None:
    """Since when the database answers in the place of Elasticsearch; None where nothing is wrong. Asks it itself, so
    that staff need not wait for a reader to find out."""
    if not settings.ELASTICSEARCH_URL:
        return None
    find("", Filters(), NEWEST, slice(0, 0), english=False)
    return cache.get(SINCE)


def forget() -> None:
    """Ask Elasticsearch again at once; for tests."""
    global _rests_until
    _rests_until = 0.0


def _may_be_asked() -> bool:
    """After a rest one reader tries it, while the others still go to the database."""
    global _rests_until
    if not _rests_until:
        return True
    with _trying:
        if time.monotonic() < _rests_until:
            return False
        _rests_until = time.monotonic() + 2 * settings.SEARCH_TIMEOUT
        return True


def _is_refusal(error: Exception) -> bool:
    """Was the question refused, alone or as one of several?"""
    body = getattr(error, "body", None)
    return isinstance(body, dict) and body.get("status") == REFUSED


def _is_well() -> None:
    global _rests_until
    if _rests_until:
        _rests_until = 0.0
        cache.delete(SINCE)


def _let_rest(error: Exception) -> None:
    global _rests_until
    _rests_until = time.monotonic() + settings.SEARCH_REST
    cache.set(SINCE, cache.get(SINCE) or timezone.now(), 4 * settings.SEARCH_REST)  # at each failure anew
    logger.warning("Elasticsearch does not answer, the database does for %s s: %.300s", settings.SEARCH_REST, error)
