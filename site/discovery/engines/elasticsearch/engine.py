"""The Elasticsearch engine: answers as the database engine does, from the index."""

import time
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from elasticsearch_dsl.query import MatchAll, Query

from areas.models import Area
from discovery.asking import plans
from discovery.engines import FACETS, Answer
from discovery.engines.elasticsearch.facets import EntrySearch, counts_of, keys_of
from discovery.engines.elasticsearch.fairness import in_turn
from discovery.engines.elasticsearch.index import DEEPEST, client, is_filled
from discovery.engines.elasticsearch.plan_query import query_of
from discovery.filters import Filters
from discovery.models import Entry
from discovery.spelling import vocabulary
from discovery.tally import FAIR

SHORTEST_WAIT = 0.05  # seconds; what is left for the last of several questions


class IndexIsEmpty(Exception):
    """There are entries, and the index has none of them."""


def find(typed: str, asked: Filters, sort: str, shown: slice, *, english: bool, commune: Area | None = None) -> Answer:
    """What was typed, among what is asked. One request a plan, all together within settings.SEARCH_TIMEOUT seconds.

    Raises IndexIsEmpty, and whatever the client raises when Elasticsearch does not answer as it should.
    """
    until, today = time.monotonic() + settings.SEARCH_TIMEOUT, timezone.localdate()
    start, stop = min(shown.start or 0, DEEPEST), min(DEEPEST if shown.stop is None else shown.stop, DEEPEST)
    for query, spelling in _queries(typed):
        asking = client().options(request_timeout=max(until - time.monotonic(), SHORTEST_WAIT))
        search = EntrySearch(asking, query, asked, sort, commune=commune, today=today, english=english)
        response = search[start : max(start, stop)].execute() if sort != FAIR else search[:0].execute()
        if response.aggregations.matched.doc_count:
            keys = keys_of(response) if sort != FAIR else in_turn(search, response, range(start, stop), today)
            return Answer(keys, response.hits.total.value, counts_of(response), spelling)
    if Entry.objects.exists() and not is_filled(within=max(until - time.monotonic(), SHORTEST_WAIT)):
        raise IndexIsEmpty
    return Answer([], 0, {facet: {} for facet in FACETS})


def _queries(typed: str) -> Iterator[tuple[Query, str]]:
    if not typed:
        yield MatchAll(), ""
        return
    for plan in plans(typed, vocabulary()):
        yield query_of(plan), plan.spelling
