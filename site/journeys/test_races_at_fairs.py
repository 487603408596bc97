"""Many want the few places of an activity at the same moment, and leave at the same moment."""

import time
from functools import partial

import pytest

from journeys.crowd import all_at_once, outcomes
from outbox.models import Mail
from showcase import registrations
from showcase.loading import load_pages
from showcase.models import Desk, Registration
from showcase.registrations import cancel, place_in_line, register
from showcase.tests.fairs import key_of, make_fair, states, wish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fair():
    load_pages()
    return make_fair(capacity=5)


def test_twenty_want_five_places_and_fifteen_wait_in_order(fair):
    rows = all_at_once(partial(register, key_of(fair), wish(number)) for number in range(20))

    assert outcomes(rows) == {"done": 20}
    assert states(fair) == ["confirmed"] * 5 + ["waiting"] * 15
    waiting = Registration.objects.filter(state="waiting").order_by("pk")
    assert [place_in_line(row) for row in waiting] == list(range(1, 16))
    assert Mail.objects.filter(key__startswith="registration_confirmed:").count() == 5
    assert Mail.objects.filter(key__startswith="registration_waiting:").count() == 15


@pytest.mark.postgresql
def test_without_the_lock_more_are_confirmed_than_there_are_places(fair, monkeypatch):
    """So the test above is a race."""

    def look_without_locking(page) -> Desk:
        time.sleep(0.2)
        return Desk.objects.get_or_create(fair_key=page.translation_key, defaults={"ends_on": page.ends_on})[0]

    monkeypatch.setattr(registrations, "lock_desk", look_without_locking)

    all_at_once(partial(register, key_of(fair), wish(number)) for number in range(20))

    assert states(fair).count("confirmed") > 5


def test_five_who_leave_at_once_make_room_for_the_first_five_who_wait(fair):
    rows = [register(key_of(fair), wish(number)) for number in range(20)]

    ended = all_at_once(partial(cancel, row) for row in [*rows[:5], *rows[:5]])

    assert outcomes(ended) == {"done": 10}
    assert states(fair) == ["cancelled"] * 5 + ["confirmed"] * 5 + ["waiting"] * 10
    assert Mail.objects.filter(key__startswith="registration_moved_up:").count() == 5


def test_the_same_form_sent_ten_times_at_once_is_one_registration(fair):
    once = wish()

    rows = all_at_once([partial(register, key_of(fair), once)] * 10)

    assert {row.pk for row in rows} == {Registration.objects.get().pk}
    assert Mail.objects.count() == 1


def test_one_person_in_ten_forms_at_once_is_one_registration(fair):
    ended = all_at_once(partial(register, key_of(fair), wish(email=f"a{number}@vidu.vn")) for number in range(10))

    assert outcomes(ended) == {"done": 1, "Refused": 9}
    assert states(fair) == ["confirmed"]
