"""An entry as Elasticsearch keeps it: what lists and searches ask for. What pages show is read from the table."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from elasticsearch_dsl import Boolean, Date, Document, Integer, Keyword, Long, MetaField

from discovery.filters import people_named
from discovery.models import Entry

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class EntryDocument(Document):
    key = Long()  # the entry's; what stands in _id cannot be sorted by
    kind = Keyword()
    words = Keyword(multi=True, doc_values=False)
    branch = Long()
    group = Long()
    product_set = Long()
    area = Long()
    producer = Long()
    producer_kind = Keyword()
    reach = Keyword()
    sent_from = Long()  # the producer's commune, its province, and that one's region
    sent_from_province = Long()
    sent_from_region = Keyword()
    stars = Integer()
    holds_until = Date()  # the last day on which the stars may be printed; none where they were withdrawn
    price = Long()
    in_stock = Boolean()
    is_alcohol = Boolean()
    season = Integer(multi=True)  # the months
    people = Keyword(multi=True)
    listed_at = Long()  # microseconds, as exact as the table
    folded = Keyword(index=False)  # the two names to sort by
    name_en = Keyword(index=False)

    class Meta:
        dynamic = MetaField("strict")


def documents_of(keys: Iterable[int]) -> dict[int, dict]:
    """The documents of those of these entries that there are, by their keys. One query."""
    rows = Entry.objects.filter(pk__in=list(keys)).select_related("recognition__line", "producer_area__parent")
    return {entry.pk: _document_of(entry) for entry in rows.order_by("pk")}


def _document_of(entry: Entry) -> dict:
    recognition, sent_from = entry.recognition, entry.producer_area
    has_stars = recognition is not None and recognition.withdrawn_on is None
    return {
        "key": entry.pk,
        "kind": entry.kind,
        "words": entry.words.split(),
        "branch": entry.branch_id,
        "group": entry.group_id,
        "product_set": entry.product_set_id,
        "area": entry.area_id,
        "producer": entry.producer_id,
        "producer_kind": entry.producer_kind or None,
        "reach": entry.reach or None,
        "sent_from": entry.producer_area_id,
        "sent_from_province": sent_from.parent_id if sent_from else None,
        "sent_from_region": sent_from.parent.region if sent_from and sent_from.parent else None,
        "stars": recognition.line.stars if has_stars else None,
        "holds_until": recognition.holds_until.isoformat() if has_stars else None,
        "price": entry.price,
        "in_stock": entry.in_stock,
        "is_alcohol": entry.is_alcohol,
        "season": _months(entry.season_from, entry.season_to),
        "people": people_named(entry.people),
        "listed_at": (entry.listed_at - _BEGINNING) // timedelta(microseconds=1),
        "folded": entry.folded,
        "name_en": entry.name_en,
    }


def _months(first: int | None, last: int | None) -> list[int]:
    """The months of a season, which may run over the new year."""
    if not first or not last:
        return []
    return [*range(first, last + 1)] if first <= last else [*range(first, 13), *range(1, last + 1)]
