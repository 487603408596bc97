"""Which entries hold a word is known by an index of the database that follows their table, and remembered while words
stay as they are."""

import pytest
from django.db import connection

from discovery import tally as tallies
from discovery.engines.database import entries_with
from discovery.entries import rebuild
from discovery.models import Edition, Entry
from discovery.tally import tally
from factories import make_producer, make_product, make_recognition, show
from shop.partner.models import StockRecord

pytestmark = pytest.mark.django_db


def holders(*words: str) -> list[set[int]]:
    """The entries that hold each of these words."""
    held = tally()
    sets = entries_with(words, held)
    return [{held.keys[place] for place in range(len(held.keys)) if sets[word] >> place & 1} for word in words]


@pytest.fixture
def tea():
    tea = make_product(make_producer(name="HTX Mây"), title="Chè dây", price=90_000)
    show(tea)
    return tea


def test_it_follows_what_is_added_changed_and_deleted(tea):
    other = make_product(title="Mật ong")
    show(other)
    che, ong = Entry.objects.get(product=tea), Entry.objects.get(product=other)
    assert holders("nche", "nong", "nche*", "nngo") == [{che.pk}, {ong.pk}, {che.pk}, set()]

    ong.words = "nngo"
    ong.save()
    che.delete()
    Edition.renew()

    assert holders("nche", "nong", "nche*", "nngo") == [set(), set(), set(), {ong.pk}]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_a_table_that_was_emptied():
    show(make_product(title="Chè dây"))
    with connection.cursor() as cursor:
        emptied = (
            "TRUNCATE discovery_entry CASCADE" if connection.vendor == "postgresql" else "DELETE FROM discovery_entry"
        )
        cursor.execute(emptied)
        cursor.execute("SELECT count(*) FROM discovery_words")
        assert cursor.fetchone() == (0,)


def test_words_stay_known_while_price_stock_and_stars_change(tea, django_assert_num_queries):
    held, token = tally(), Edition.current()
    entries_with(["nche"], held)

    StockRecord.objects.update(price=70_000, num_in_stock=0)
    make_recognition(tea, stars=4)
    rebuild([tea.pk])

    renewed = tally()
    assert renewed is not held and Edition.current().words == token.words
    with django_assert_num_queries(0):
        assert entries_with(["nche"], renewed)["nche"].bit_count() == 1


def test_words_are_asked_anew_when_one_of_them_changes(tea):
    held = tally()
    entries_with(["nche", "nkho"], held)

    tea.title = "Chè khô"
    tea.save()
    rebuild([tea.pk])

    assert entries_with(["nkho"], tally())["nkho"].bit_count() == 1


def test_words_are_asked_anew_when_entries_come_or_go(tea):
    entries_with(["nche"], tally())
    more = make_product(title="Chè xanh")
    show(more)
    assert entries_with(["nche"], tally())["nche"].bit_count() == 2

    entry = Entry.objects.get(product=more)
    type(more).objects.filter(pk=more.pk).update(is_public=False)
    rebuild([more.pk])

    assert not Entry.objects.filter(pk=entry.pk).exists()
    assert entries_with(["nche"], tally())["nche"].bit_count() == 1


def test_no_known_word_is_lost_when_there_is_room_for_no_more(tea, monkeypatch):
    monkeypatch.setattr(tallies, "WORDS_KEPT", 1)
    held = tally()
    entries_with(["nche"], held)

    sets = entries_with(["nche", "nday"], held)

    assert sets["nche"] == sets["nday"] != 0


def test_where_there_is_room_for_no_more_words_the_latest_stay(tea, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(tallies, "WORDS_KEPT", 2)
    held = tally()
    for word in ("nche", "nday", "ntra"):
        entries_with([word], held)

    with django_assert_num_queries(0):
        entries_with(["nday", "ntra"], held)
    with django_assert_num_queries(1):
        assert entries_with(["nche"], held)["nche"]
