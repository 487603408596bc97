"""How long to wait before something that failed is tried again: 1, 5, 30 minutes, 2 hours, then every 12 hours."""

from datetime import timedelta

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
LAST_WAIT = timedelta(hours=12)


def wait_after(attempts: int) -> timedelta:
    """The pause after so many attempts have failed (1 = the first one)."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else LAST_WAIT
