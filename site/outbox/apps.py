"""What is told or done after a commit: mails, jobs, timers."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self):
        from outbox import upkeep  # noqa: F401 - registers its timers; models must be loaded first
