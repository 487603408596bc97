"""Rebuild all entries."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from discovery.entries import rebuild_all
from outbox.progress import Progress


class Command(BaseCommand):
    help = "Rebuild the entry of everything that can be found."

    def handle(self, **options):
        with Progress("Entries", self.stdout) as progress:
            count = rebuild_all(progress)
        self.stdout.write(f"{count} things looked at")
        if settings.ELASTICSEARCH_URL:
            call_command("index_entries", stdout=self.stdout)
