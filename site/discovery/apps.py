"""Finding: one entry a thing that the public may see, kept true by jobs."""

from django.apps import AppConfig
from django.conf import settings
from django.core.signals import request_finished


class DiscoveryConfig(AppConfig):
    name = "discovery"

    def ready(self):
        from discovery import jobs, looked_for  # the registry must be complete first
        from discovery.entries import register
        from discovery.following import follow
        from discovery.of_producers import OF_PRODUCERS
        from discovery.of_products import OF_PRODUCTS
        from outbox.events import subscribe

        register(OF_PRODUCTS)
        register(OF_PRODUCERS)
        subscribe("product_changed", jobs.rebuild_entry_of_product)
        subscribe("producer_changed", jobs.rebuild_entries_of_producer)
        subscribe("picture_changed", jobs.rebuild_entries_of_picture)
        subscribe("village_changed", jobs.rebuild_entries_of_village)
        subscribe("areas_changed", jobs.rebuild_every_entry)
        subscribe("classification_changed", jobs.rebuild_every_entry)
        follow()
        if settings.ELASTICSEARCH_URL:
            from discovery.engines.elasticsearch.jobs import index_entries  # a large client, for those who use it

            subscribe("entries_changed", index_entries)
        request_finished.connect(looked_for.write_due_notes, dispatch_uid="write_due_notes")
