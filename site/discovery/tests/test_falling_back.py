"""When Elasticsearch is down, slow or empty, the database answers; staff are told; it comes back by itself."""

import socket
import time
from contextlib import contextmanager

import pytest
from django.utils import timezone

from config.stage import free_port
from discovery.engines.falling_back import failing_since, find, from_database
from discovery.filters import Filters
from discovery.models import Edition, Entry, Kind
from discovery.tally import NEWEST

pytestmark = pytest.mark.django_db
ASKED = ("", Filters(), NEWEST, slice(0, 24))


@pytest.fixture(autouse=True)
def three_entries(settings):
    settings.SEARCH_TIMEOUT = 0.8
    Entry.objects.bulk_create(
        Entry(kind=Kind.STORY, key=str(number), slug=f"s{number}", listed_at=timezone.now()) for number in range(3)
    )
    Edition.renew()


@pytest.fixture
def nobody_there(settings):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"


@contextmanager
def a_server_that_never_answers():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def timed():
    began = time.monotonic()
    answered = find(*ASKED, english=False)
    return answered, time.monotonic() - began


def test_without_elasticsearch_the_database_answers_and_nobody_is_told(settings):
    settings.ELASTICSEARCH_URL = ""

    assert find(*ASKED, english=False).count == 3
    assert failing_since() is None


def test_the_database_answers_while_nobody_is_there(nobody_there):
    assert failing_since() is not None
    assert find(*ASKED, english=False) == from_database(*ASKED, english=False)
    assert find(*ASKED, english=False).count == 3


def test_who_never_answers_is_waited_for_once_and_not_long(settings):
    with a_server_that_never_answers() as settings.ELASTICSEARCH_URL:
        answered, seconds = timed()
        again, seconds_again = timed()

    assert answered == again == from_database(*ASKED, english=False)
    assert 0.75 < seconds < 1.3
    assert seconds_again < 0.3


def test_after_a_rest_one_reader_tries_it_again(settings):
    settings.SEARCH_REST = 0.2
    with a_server_that_never_answers() as settings.ELASTICSEARCH_URL:
        timed()
        time.sleep(0.2)
        _, seconds = timed()

    assert seconds > 0.75


@pytest.mark.parametrize("typed", ["", "số", "a" * 10_000])
def test_an_address_that_is_none_fails_like_one_where_nobody_is(settings, typed):
    settings.ELASTICSEARCH_URL = "not an address"

    assert find(typed, Filters(), NEWEST, slice(0, 24), english=False) == from_database(
        typed, Filters(), NEWEST, slice(0, 24), english=False
    )


@pytest.mark.elasticsearch
def test_an_index_with_nothing_in_it_is_not_believed(elasticsearch):
    rows = list(Entry.objects.all())
    Entry.objects.all().delete()
    elasticsearch()
    Entry.objects.bulk_create(rows)
    Edition.renew()

    assert find(*ASKED, english=False).count == 3
    assert failing_since() is not None


@pytest.mark.elasticsearch
def test_an_index_that_is_missing_is_one_that_does_not_answer(settings):
    settings.ELASTICSEARCH_PREFIX = "no-such-site"

    assert find(*ASKED, english=False).count == 3
    assert failing_since() is not None


@pytest.mark.elasticsearch
def test_a_question_that_is_refused_is_answered_and_makes_nothing_rest(elasticsearch):
    elasticsearch()
    refused = Filters(producers=(2**70,))  # no number that a document can hold

    assert find("", refused, NEWEST, slice(0, 24), english=False).count == 0
    assert failing_since() is None


@pytest.mark.elasticsearch
def test_a_site_with_nothing_in_it_is_not_in_trouble(elasticsearch):
    Entry.objects.all().delete()
    elasticsearch()

    assert find(*ASKED, english=False).count == 0
    assert failing_since() is None


@pytest.mark.elasticsearch
def test_it_comes_back_by_itself(elasticsearch, settings):
    elasticsearch()
    Entry.objects.first().delete()  # no job has told the index yet: by this the two are known apart
    Edition.renew()
    there, settings.SEARCH_REST = settings.ELASTICSEARCH_URL, 0.3
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{free_port()}"
    assert find(*ASKED, english=False).count == 2
    assert failing_since() is not None

    settings.ELASTICSEARCH_URL = there
    assert find(*ASKED, english=False).count == 2  # it rests
    time.sleep(0.3)
    assert find(*ASKED, english=False).count == 3
    assert failing_since() is None
