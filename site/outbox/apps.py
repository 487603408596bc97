"""What is told or done after a commit: mails, jobs, timers."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"
