"""The index of a site's entries: it stands behind an alias, and a new one is filled beside it before it takes over.

Meanwhile jobs write what changes into every index there is. Filling never overwrites what they wrote, and what they
deleted is deleted again at the end, so that no moment is missed and nothing old comes back.
"""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils import timezone
from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk
from elasticsearch_dsl import Index

from discovery.engines.elasticsearch.documents import EntryDocument, documents_of
from discovery.models import Entry

BATCH = 500
WRITING_TIMEOUT = 30  # seconds
DEEPEST = 100_000  # results that pages may reach
SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "1s",
    "max_result_window": DEEPEST,
}
ABSENT, FRESHER = 404, 409


class NotWritten(Exception):
    """Elasticsearch has refused a document."""


def client() -> Elasticsearch:
    """The client of this process; what it asks fails at once where it fails, so that the caller decides."""
    return _client(settings.ELASTICSEARCH_URL)


@cache
def _client(url: str) -> Elasticsearch:
    return Elasticsearch(url, max_retries=0, retry_on_timeout=False)


def alias() -> str:
    """What searches ask; the index behind it changes."""
    return f"{settings.ELASTICSEARCH_PREFIX}-entries"


def indices() -> list[str]:
    """Every index of this site's entries, also one that is being filled."""
    return sorted(_for_writing().indices.get(index=f"{alias()}-*"))


def is_filled(within: float = WRITING_TIMEOUT) -> bool:
    """Is there an index that searches ask, and anything in it?"""
    asking = client().options(request_timeout=within)
    return bool(asking.indices.exists_alias(name=alias())) and asking.count(index=alias())["count"] > 0


def write_entries(keys: Iterable[int]) -> None:
    """Let every index say of these entries what their rows say now, that some are no more as well.

    Two of these may run at once for one entry: whoever wrote looks whether the rows are still what was written.
    """
    keys, written = list(keys), None
    while (documents := documents_of(keys)) != written:
        for index in indices():
            _write(index, "index", documents)
            _delete(index, set(keys) - documents.keys())
        written = documents


def rebuild_index(progress=lambda done, total: None) -> int:
    """Fill a new index and let it take the place of all older ones. Returns how many entries there were."""
    writer, name = _for_writing(), f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"
    _create(name)
    try:
        keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            _write(name, "create", documents_of(batch))
            progress(start + len(batch), len(keys))
        _delete(name, set(keys) - set(Entry.objects.values_list("pk", flat=True)))
        writer.indices.refresh(index=name)
        takes_over = {"add": {"index": name, "alias": alias()}}
        older = [{"remove_index": {"index": each}} for each in indices() if each < name]
        writer.indices.update_aliases(actions=[takes_over, *older])
    except BaseException:
        writer.options(ignore_status=ABSENT).indices.delete(index=name)
        raise
    return len(keys)


def _for_writing() -> Elasticsearch:
    return client().options(request_timeout=WRITING_TIMEOUT)


def _create(name: str) -> None:
    index = Index(name, using=_for_writing())
    index.document(EntryDocument)
    index.settings(**SETTINGS)
    index.aliases(**{_own_alias(name): {}})
    index.create()


def _own_alias(name: str) -> str:
    """What an index is written through: writing to a name would create an index anew that was dropped meanwhile."""
    return f"{name}-itself"


def _write(index: str, how: str, documents: dict[int, dict]) -> None:
    actions = [{"_op_type": how, "_id": str(key), "_source": document} for key, document in documents.items()]
    _send(actions, _own_alias(index), require_alias=True)


def _delete(index: str, keys: Iterable[int]) -> None:
    _send([{"_op_type": "delete", "_id": str(key)} for key in keys], index)


def _send(actions: list[dict], where: str, **how) -> None:
    for _, item in streaming_bulk(_for_writing(), actions, raise_on_error=False, yield_ok=False, index=where, **how):
        [answer] = item.values()
        if answer["status"] not in (ABSENT, FRESHER):
            raise NotWritten(f"{answer['_id']}: {answer.get('error')}")
