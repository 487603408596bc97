"""Jobs run once when all goes well, again when they or their worker fail, and are forgotten in the end."""

import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from outbox import events, upkeep
from outbox.jobs import run_one_job
from outbox.models import Mail, Timer

done = []


@task()
def note(what: str) -> None:
    done.append(what)


@task()
def fail() -> None:
    raise ValueError("broken")


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def make_older(**age):
    """Let all jobs have ended, or begun, that much earlier."""
    for job in DBTaskResult.objects.all():
        for field in ("started_at", "finished_at"):
            if getattr(job, field):
                setattr(job, field, getattr(job, field) - timedelta(**age))
        job.save()


def test_a_job_runs_once(db):
    note.enqueue("a")

    assert [run_one_job(), run_one_job()] == [True, False]
    assert done == ["a"]


def test_what_is_told_in_a_transaction_that_fails_was_never_told(db, monkeypatch):
    monkeypatch.setattr(events, "_subscribers", {"product_changed": [note]})
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.tell("product_changed", what="a")
        _ = 1 / 0

    assert not run_one_job()
    assert done == []


def test_a_job_that_fails_is_tried_five_times_more_ever_later(db):
    fail.enqueue()
    runs = 0
    for _ in range(20):
        runs += run_one_job()
        upkeep.mend_jobs()  # at once: too early for another try
        assert not run_one_job()
        make_older(hours=12, minutes=1)
        upkeep.mend_jobs()

    assert runs == 6
    assert DBTaskResult.objects.get().exception_class_path == "builtins.ValueError"


def test_a_job_whose_worker_died_is_run_again(db):
    note.enqueue("a")
    DBTaskResult.objects.get().claim("a worker that dies now")
    upkeep.mend_jobs()
    assert not run_one_job()  # it may still be at it

    make_older(minutes=16)
    upkeep.mend_jobs()

    assert run_one_job()
    assert done == ["a"]


def test_a_job_that_kills_every_worker_is_given_up(db, caplog):
    note.enqueue("a")
    for _ in range(6):
        DBTaskResult.objects.get().claim("a worker that dies now")
        make_older(minutes=16)
        upkeep.mend_jobs()

    assert not run_one_job()
    assert DBTaskResult.objects.get().status == "FAILED"
    assert "given up: its worker died 6 times" in caplog.text


def test_jobs_are_forgotten_a_day_after_they_went_well(db):
    note.enqueue("old")
    run_one_job()
    make_older(hours=25)
    note.enqueue("new")
    run_one_job()

    upkeep.forget_finished_jobs()

    assert [job.args_kwargs["args"] for job in DBTaskResult.objects.all()] == [["new"]]


def wait_until(true, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def two_workers(transactional_db, server_environment, tmp_path):
    """Two worker processes, both at work."""
    logs = [tmp_path / "one.log", tmp_path / "other.log"]
    environment = {**server_environment(), "LOG_LEVEL": "INFO"}
    command = [sys.executable, "manage.py", "work"]
    workers = [subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=log.open("w")) for log in logs]
    assert wait_until(lambda: all("the worker is at work" in log.read_text() for log in logs))
    yield workers
    for worker in workers:
        worker.kill()


def test_two_workers_send_mails_run_jobs_keep_timers_and_stop_when_told(two_workers):
    for number in range(20):
        Mail.objects.create(key=str(number), to="lan@example.com", language="vi", subject="Chào", text="Chào")
    for number in range(20):
        events.tell("product_changed", product_id=-number)  # no such product, nothing to rebuild

    finished = wait_until(
        lambda: not Mail.objects.waiting().exists() and DBTaskResult.objects.successful().count() == 20
    )
    for worker in two_workers:
        worker.send_signal(signal.SIGTERM)
    codes = [worker.wait(20) for worker in two_workers]

    assert finished and codes == [0, 0]
    assert set(Mail.objects.values_list("attempts", flat=True)) == {1}
    assert {len(job.worker_ids) for job in DBTaskResult.objects.all()} == {1}
    assert Timer.objects.get(name="outbox.upkeep.mend_jobs").last_run_at is not None
