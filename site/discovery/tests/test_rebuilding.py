"""All entries built anew: what can be found meanwhile, and which words are known afterwards."""

import pytest

from discovery import entries
from discovery.entries import rebuild_all
from discovery.models import Edition, Entry, Word
from discovery.spelling import vocabulary
from discovery.suggesting import suggest
from discovery.tally import tally
from factories import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def products():
    found = [make_product(title=title) for title in ("Mật ong", "Mắc khén", "Chè dây")]
    rebuild_all()
    return found


def words_known() -> set[str]:
    return set(Word.objects.values_list("text", flat=True))


def test_meanwhile_beginnings_and_mistyped_words_lead_to_the_same(products, monkeypatch):
    monkeypatch.setattr(entries, "BATCH", 1)
    found = []

    def look(*progress):
        found.append([[row.name for row in suggest(typed).rows] for typed in ("mat o", "che da", "khesn")])

    rebuild_all(look)
    assert len(found) >= len(products)
    assert [["Mật ong"], ["Chè dây"], ["Mắc khén"]] == found[0]
    assert all(each == found[0] for each in found)


def test_words_that_no_entry_holds_are_forgotten_and_no_others(products):
    held = words_known()
    Word.objects.create(text="khongconai")
    edition = Edition.current()
    rebuild_all()
    assert words_known() == held
    assert "khongconai" not in vocabulary()
    assert Edition.current().words != edition.words


def test_where_nothing_has_changed_words_stay_known_to_every_process(products):
    rebuild_all()
    edition = Edition.current()
    rebuild_all()
    assert Edition.current().words == edition.words


def test_words_that_got_lost_come_back(products):
    held = words_known()
    Word.objects.all().delete()
    rebuild_all()
    assert words_known() == held


def test_what_is_no_more_leaves_every_list(products):
    before = tally().everything.bit_count()
    gone = Entry.objects.get(product=products[0])
    Entry.objects.filter(pk=gone.pk).update(product=None, key="999999")
    products[0].delete()
    rebuild_all()
    assert not Entry.objects.filter(pk=gone.pk).exists()
    assert tally().everything.bit_count() == before - 1
