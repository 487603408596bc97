"""The index says what the rows say, whatever changes while it is filled; searches never meet half of it."""

import pytest
from django.utils import timezone
from elasticsearch import NotFoundError

from discovery.engines.falling_back import find
from discovery.filters import Filters
from discovery.models import Entry, Kind
from discovery.tally import NEWEST
from factories import make_product, show

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def index(monkeypatch):
    from discovery.engines.elasticsearch import index

    monkeypatch.setattr(index, "BATCH", 3)
    yield index
    for name in index.indices():
        index.client().indices.delete(index=name)


@pytest.fixture
def entries():
    """Ten entries."""
    return Entry.objects.bulk_create(
        Entry(kind=Kind.STORY, key=str(number), slug=f"s{number}", name=f"Số {number}", listed_at=timezone.now())
        for number in range(10)
    )


def held(index, name="") -> dict[int, dict]:
    """The documents that searches of an index meet."""
    asked = name or index.alias()
    index.client().indices.refresh(index=asked)
    hits = index.client().search(index=asked, size=1000)["hits"]["hits"]
    return {int(hit["_id"]): hit["_source"] for hit in hits}


def rows(index) -> dict[int, dict]:
    return index.documents_of(Entry.objects.values_list("pk", flat=True))


def test_a_new_index_takes_the_place_of_the_old_one(index, entries):
    index.rebuild_index()
    [old] = index.indices()
    Entry.objects.filter(pk=entries[0].pk).update(price=5)

    index.rebuild_index()

    [new] = index.indices()
    assert new != old
    assert held(index) == rows(index)
    assert held(index)[entries[0].pk]["price"] == 5


def test_until_it_is_whole_the_old_one_answers(index, entries):
    index.rebuild_index()
    met = []

    index.rebuild_index(lambda done, total: met.append((done, len(held(index)))))

    assert met == [(3, 10), (6, 10), (9, 10), (10, 10)]


def test_what_changes_while_it_is_filled_is_in_it(index, entries):
    first, second, last = entries[0], entries[1], entries[9]

    def change(done, total):
        if done == 6:
            Entry.objects.filter(pk__in=[first.pk, last.pk]).update(price=7)
            Entry.objects.filter(pk=second.pk).delete()
            [new] = Entry.objects.bulk_create([Entry(kind=Kind.STORY, key="new", slug="n", listed_at=timezone.now())])
            index.write_entries([first.pk, second.pk, last.pk, new.pk])

    index.rebuild_index(change)

    assert held(index) == rows(index)
    assert len(rows(index)) == 10


def test_what_was_read_before_a_change_is_not_written_after_it(index, entries, monkeypatch):
    """The worst moment: rows are read, then change and are indexed, and only then what was read is written."""
    read, changed, gone = index.documents_of, entries[4], entries[5]

    def read_and_be_overtaken(keys):
        documents = read(keys)
        if changed.pk in documents and documents[changed.pk]["price"] is None:
            monkeypatch.setattr(index, "documents_of", read)
            Entry.objects.filter(pk=changed.pk).update(price=9)
            Entry.objects.filter(pk=gone.pk).delete()
            index.write_entries([changed.pk, gone.pk])
        return documents

    monkeypatch.setattr(index, "documents_of", read_and_be_overtaken)
    index.rebuild_index()

    assert held(index) == rows(index)
    assert held(index)[changed.pk]["price"] == 9
    assert gone.pk not in held(index)


def test_two_jobs_for_one_entry_leave_what_is_true_now(index, entries, monkeypatch):
    """A slow job writes old values over those of a quick one, sees that they are old, and writes again."""
    index.rebuild_index()
    read, changed = index.documents_of, entries[4]

    def read_and_be_overtaken(keys):
        documents = read(keys)
        monkeypatch.setattr(index, "documents_of", read)
        Entry.objects.filter(pk=changed.pk).update(price=9)
        index.write_entries([changed.pk])
        return documents

    monkeypatch.setattr(index, "documents_of", read_and_be_overtaken)
    index.write_entries([changed.pk])

    assert held(index)[changed.pk]["price"] == 9


def test_a_filling_that_fails_leaves_everything_as_it_was(index, entries):
    index.rebuild_index()
    before = index.indices()

    def fail(done, total):
        raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        index.rebuild_index(fail)

    assert index.indices() == before
    assert held(index) == rows(index)


def test_a_filling_that_is_overtaken_by_a_newer_one_gives_way(index, entries):
    def begin_another(done, total):
        if done == 3:
            index.rebuild_index()

    with pytest.raises(NotFoundError):  # the newer one has taken over, and dropped what was older
        index.rebuild_index(begin_another)

    assert len(index.indices()) == 1
    assert held(index) == rows(index)


def test_a_late_writer_brings_no_dropped_index_back(index, entries):
    index.rebuild_index()
    [old] = index.indices()
    index.rebuild_index()

    [new] = index.indices()

    index._write(old, "index", rows(index))
    index._delete(old, [entries[0].pk])

    assert index.indices() == [new]


def test_a_change_is_indexed_by_a_job(index, jobs):
    product = make_product(price=100_000)
    show(product)
    index.rebuild_index()
    jobs()

    product.listing.variants.get().product.stockrecords.update(price=120_000)
    show(product)
    jobs()

    [document] = [document for document in held(index).values() if document["kind"] == Kind.PRODUCT]
    assert document["price"] == 120_000


def test_what_is_hidden_leaves_the_index_by_a_job(index, jobs):
    product = make_product()
    show(product)
    index.rebuild_index()
    hidden = Entry.objects.get(product=product).pk
    assert hidden in held(index)

    type(product).objects.filter(pk=product.pk).update(is_public=False)
    show(product)
    jobs()

    assert hidden not in held(index)


def test_a_site_without_an_index_gets_one_by_itself(index, entries):
    from discovery.engines.elasticsearch.jobs import have_an_index

    have_an_index()
    assert held(index) == rows(index)

    before = index.indices()
    have_an_index()
    assert index.indices() == before


def test_two_sites_share_a_cluster(index, entries, settings):
    index.rebuild_index()
    ours = index.indices()

    settings.ELASTICSEARCH_PREFIX += "-other"
    index.rebuild_index()
    theirs = index.indices()
    Entry.objects.all().delete()
    index.rebuild_index()

    assert not set(ours) & {*theirs, *index.indices()}
    for name in index.indices():
        index.client().indices.delete(index=name)
    settings.ELASTICSEARCH_PREFIX = settings.ELASTICSEARCH_PREFIX.removesuffix("-other")
    assert index.indices() == ours
    assert len(held(index)) == 10


def test_a_page_beyond_the_deepest_is_empty(index, entries):
    index.rebuild_index()

    answered = find("", Filters(), NEWEST, slice(200_000, 200_024), english=False)

    assert (answered.keys, answered.count) == ([], 10)
