"""Run what is due, once: for those who have a clock of their own, and for trying out."""

from django.core.management.base import BaseCommand

from outbox.timers import run_due_timers


class Command(BaseCommand):
    help = "Run every timer whose interval is over."

    def handle(self, **options):
        for name in run_due_timers():
            self.stdout.write(name)
