"""Rebuild the index of Elasticsearch; until it is whole, searches are answered by the one before."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from outbox.progress import Progress


class Command(BaseCommand):
    help = "Rebuild Elasticsearch's index of entries, without a gap."

    def handle(self, **options):
        if not settings.ELASTICSEARCH_URL:
            raise CommandError("ELASTICSEARCH_URL is not set: the database answers searches, and needs no index.")
        from discovery.engines.elasticsearch.index import rebuild_index  # for those who have set it up alone

        with Progress("Elasticsearch's index", self.stdout) as progress:
            count = rebuild_index(progress)
        self.stdout.write(f"{count} entries")
