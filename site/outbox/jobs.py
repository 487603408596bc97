"""Jobs: functions marked with django-tasks' `@task()`, written as rows in the caller's transaction and run later.

Each may run any number of times with the same outcome: a job whose worker died is run again, and one that failed is
tried five times more, ever later.
"""

import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from outbox.backoff import wait_after

logger = logging.getLogger(__name__)

WORKER_ID = get_random_string(32)
STUCK_AFTER = timedelta(minutes=15)
MAX_RUNS = 6  # the first and five more

# Of django-tasks-db's worker only what runs a job is used; when it runs, and beside what, is our worker's business.
runner = Worker(
    queue_names=["*"],
    excluded_queue_names=[],
    interval=0,
    batch=True,
    backend_name="default",
    startup_delay=False,
    max_tasks=None,
    worker_id=WORKER_ID,
)


def run_one_job() -> bool:
    """Run the next job that is ready; False when there is none, or another worker was quicker."""
    ready = DBTaskResult.objects.ready()
    if not ready.exists():  # without this question, idling would lock the database each second
        return False
    with exclusive_transaction():
        job = ready.get_locked()
        if job is None:
            return False
        job.claim(WORKER_ID)
    runner.run_task(job)  # notes what came of it; never raises for a job
    return True


def requeue_stuck_jobs() -> None:
    """A job that has been running for a quarter of an hour has lost its worker: it is run again."""
    for job in DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - STUCK_AFTER):
        unchanged = DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)
        if len(job.worker_ids) < MAX_RUNS:
            unchanged.update(status=TaskResultStatus.READY, started_at=None, run_after=timezone.now())
        elif unchanged.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), traceback="Its worker died."):
            logger.error("job %s %s given up: its worker died %s times", job.task_path, job.pk, MAX_RUNS)


def retry_failed_jobs() -> None:
    """A job that failed is run again after a pause, until it has run six times."""
    given_up_at = timezone.now() - timedelta(days=2)  # the longest pause is twelve hours
    for job in DBTaskResult.objects.failed().filter(finished_at__gt=given_up_at):
        runs = len(job.worker_ids)
        if runs < MAX_RUNS and job.finished_at + wait_after(runs) <= timezone.now():
            unchanged = DBTaskResult.objects.failed().filter(pk=job.pk, finished_at=job.finished_at)
            unchanged.update(status=TaskResultStatus.READY, started_at=None, finished_at=None, run_after=timezone.now())


def forget_finished_jobs() -> None:
    """Jobs that went well are forgotten after a day, those given up after thirty."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - timedelta(days=1)).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - timedelta(days=30)).delete()
