"""Tries are counted for each name and person, for a time."""

import threading
import time

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from accounts.throttle import client_address, count_try, forget_try


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def tries(number, name="find", who="10.0.0.1", limit=3, seconds=60):
    return [count_try(name, who, limit=limit, seconds=seconds) for _ in range(number)]


def test_the_fourth_try_of_three_is_refused():
    assert tries(5) == [True, True, True, False, False]


def test_another_person_and_another_thing_have_counts_of_their_own():
    tries(4)

    assert tries(1, who="10.0.0.2") == [True]
    assert tries(1, name="contact") == [True]


def test_a_limit_of_none_allows_nothing():
    assert tries(2, limit=0) == [False, False]


def test_the_count_ends_with_its_time_and_further_tries_do_not_lengthen_it():
    tries(1, limit=1, seconds=1)
    time.sleep(0.6)
    assert tries(1, limit=1, seconds=1) == [False]
    time.sleep(0.6)

    assert tries(1, limit=1, seconds=1) == [True]


def test_a_try_taken_back_leaves_its_place_to_the_next():
    tries(3)
    forget_try("find", "10.0.0.1")

    assert tries(2) == [True, False]


def test_taking_back_what_was_never_tried_does_nothing():
    forget_try("find", "nobody")

    assert tries(4, who="nobody") == [True, True, True, False]


def test_twenty_at_once_get_five_places():
    allowed = []
    threads = [threading.Thread(target=lambda: allowed.extend(tries(1, limit=5))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(allowed) == [False] * 15 + [True] * 5


def test_any_text_names_a_person():
    assert tries(4, who="ô kìa\n" + "x" * 500) == [True, True, True, False]


def request(forwarded=None):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", **headers)


@pytest.mark.parametrize(
    ("is_https", "forwarded", "address"),
    [
        (False, None, "127.0.0.1"),
        (False, "203.0.113.9", "127.0.0.1"),
        (True, None, "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
    ],
)
def test_only_our_own_proxy_says_where_a_request_comes_from(settings, is_https, forwarded, address):
    settings.IS_HTTPS = is_https

    assert client_address(request(forwarded)) == address
