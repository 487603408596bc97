"""What is to happen by itself, again and again: once in its interval, on one of however many machines.

    @timer(every=60)
    def release_unpaid_purchases(): ...

The module that holds it is imported in the ready() of its app. A timer may be cut off at any moment and runs again
after its interval, so it finds its work in the database and does it in steps that may be repeated.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from outbox.models import Timer

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RegisteredTimer:
    name: str
    every: timedelta
    function: Callable[[], object]


_timers: dict[str, RegisteredTimer] = {}


def timer(every: float):
    """Have the worker call the function every so many seconds. Its name is the module's and its own."""

    def register(function):
        name = f"{function.__module__}.{function.__name__}"
        _timers[name] = RegisteredTimer(name, timedelta(seconds=every), function)
        return function

    return register


def registered_timers() -> list[RegisteredTimer]:
    """All timers, by name."""
    return [_timers[name] for name in sorted(_timers)]


def run_due_timers() -> list[str]:
    """Run each timer whose interval is over and that no other worker has taken; return the names of those run.

    A timer that fails is logged and tried again after its interval; the others run all the same.
    """
    run = []
    last_runs = dict(Timer.objects.values_list("name", "last_run_at"))
    missing = [Timer(name=each.name) for each in registered_timers() if each.name not in last_runs]
    if missing:
        Timer.objects.bulk_create(missing, ignore_conflicts=True)
    for each in registered_timers():
        last_run_at = last_runs.get(each.name)
        if last_run_at is not None and last_run_at > timezone.now() - each.every:
            continue
        if take(each):
            run.append(each.name)
            try:
                each.function()
            except Exception:
                logger.exception("timer %s failed", each.name)
    return run


def take(each: RegisteredTimer) -> bool:
    """Claim this run: the one statement that changes the row decides which worker it is."""
    now = timezone.now()
    due = Q(last_run_at=None) | Q(last_run_at__lte=now - each.every)
    return Timer.objects.filter(due, name=each.name).update(last_run_at=now) == 1
