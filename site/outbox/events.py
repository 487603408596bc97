"""Who wants to know: lower apps tell what happened, higher apps subscribe a job to it."""

from collections import defaultdict

_subscribers = defaultdict(list)


def subscribe(event: str, job) -> None:
    """Have `job` (a django-tasks task) enqueued whenever `event` is told. Called from AppConfig.ready()."""
    if job not in _subscribers[event]:
        _subscribers[event].append(job)


def tell(event: str, **what) -> None:
    """Write a job for each subscriber in the caller's transaction: it runs if that commits, and then at least once."""
    for job in _subscribers[event]:
        job.enqueue(**what)
