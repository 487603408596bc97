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
            from elastic_transport import TransportError  # for those who have set it up alone

            try:
                call_command("index_entries", stdout=self.stdout)
            except TransportError as error:  # the site runs without it; jobs write each entry when it is back
                self.stderr.write(f"Elasticsearch does not answer, its index is as it was: {error}")
