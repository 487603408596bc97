"""The Elasticsearch engine: answers as the database engine does, from the index."""

import time
from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.utils import timezone
from elasticsearch_dsl.query import MatchAll, Query

from areas.models import Area
from discovery.asking import plans
from discovery.engines import FACETS, Answer
from discovery.engines.elasticsearch.facets import EntrySearch, ask, counts_of, keys_of
from discovery.engines.elasticsearch.fairness import in_turn
from discovery.engines.elasticsearch.index import DEEPEST, client
from discovery.engines.elasticsearch.plan_query import query_of
from discovery.filters import Filters
from discovery.models import Entry
from discovery.spelling import vocabulary
from discovery.tally import FAIR
from discovery.words import folded_words

SHORTEST_WAIT = 0.05  # seconds; what is left for the last of several questions


class IndexIsEmpty(Exception):
    """There are entries, and the index has none of them."""


def find(typed: str, asked: Filters, sort: str, shown: slice, *, english: bool, commune: Area | None = None) -> Answer:
    """What was typed, among what is asked. Two requests at most, and one more for the fair order, all together within
    settings.SEARCH_TIMEOUT seconds.

    Raises IndexIsEmpty, and whatever the client raises when Elasticsearch does not answer as it should.
    """
    until, today = time.monotonic() + settings.SEARCH_TIMEOUT, timezone.localdate()
    start, stop = min(shown.start or 0, DEEPEST), min(DEEPEST if shown.stop is None else shown.stop, DEEPEST)
    page, is_empty = slice(start, max(start, stop)) if sort != FAIR else slice(0, 0), False
    for queries in _queries(typed):
        asking = client().options(request_timeout=max(until - time.monotonic(), SHORTEST_WAIT))
        searches = [
            EntrySearch(asking, query, asked, sort, commune=commune, today=today, english=english)
            for query, _spelling in queries
        ]
        for search, response, (_query, spelling) in zip(searches, ask(searches, page), queries, strict=True):
            if response.aggregations.matched.doc_count:
                keys = keys_of(response) if sort != FAIR else in_turn(search, response, range(start, stop), today)
                return Answer(keys, response.hits.total.value, counts_of(response), spelling)
            is_empty = not response.aggregations.every.doc_count
    if is_empty and Entry.objects.exists():
        raise IndexIsEmpty
    return Answer([], 0, {facet: {} for facet in FACETS})


def _queries(typed: str) -> Iterator[list[tuple[Query, str]]]:
    """The query of each plan with its spelling, in lists of what is asked at once: words that some entry holds are
    most often found as typed, and others seldom."""
    if not typed:
        yield [(MatchAll(), "")]
        return
    words = vocabulary()
    found = ((query_of(plan), plan.spelling) for plan in plans(typed, words))
    at_once = 1 if all(word in words for word in folded_words(typed)) else None
    while asked := list(islice(found, at_once)):
        yield asked
        at_once = None
