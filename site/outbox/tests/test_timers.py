"""Timers run once in their interval, on one of many workers, and none can stop the others."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from outbox import timers
from outbox.models import Timer
from outbox.timers import registered_timers, run_due_timers, timer


@pytest.fixture
def only_ours(monkeypatch):
    """A registry with nothing in it but what the test adds."""
    monkeypatch.setattr(timers, "_timers", {})


def test_a_timer_runs_once_in_its_interval(db, only_ours):
    runs = []

    @timer(every=60)
    def tick():
        runs.append(1)

    run_due_timers()
    run_due_timers()
    assert len(runs) == 1

    Timer.objects.update(last_run_at=timezone.now() - timedelta(seconds=61))
    run_due_timers()
    assert len(runs) == 2


def test_a_timer_that_fails_is_logged_and_stops_no_other(db, only_ours, caplog):
    runs = []

    @timer(every=60)
    def a_bad_one():
        raise ValueError("broken")

    @timer(every=60)
    def the_next_one():
        runs.append(1)

    names = run_due_timers()

    assert len(names) == 2 and runs == [1]
    assert "a_bad_one failed" in caplog.text and "ValueError: broken" in caplog.text


def test_among_eight_workers_a_timer_runs_once(transactional_db, only_ours):
    runs = []
    start = threading.Barrier(8)

    @timer(every=60)
    def tick():
        runs.append(1)

    def work():
        start.wait()
        run_due_timers()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert runs == [1]


def test_the_outbox_keeps_itself_in_order():
    names = {each.name for each in registered_timers()}

    assert names >= {
        "outbox.upkeep.mend_jobs",
        "outbox.upkeep.forget_finished_jobs",
        "outbox.upkeep.erase_old_mails",
        "outbox.upkeep.forget_ended_sessions",
    }
