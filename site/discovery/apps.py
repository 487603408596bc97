"""Finding: one entry a public product, kept true by jobs."""

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "discovery"

    def ready(self):
        from discovery import jobs  # the registry must be complete first
        from outbox.events import subscribe

        subscribe("product_changed", jobs.rebuild_entry_of_product)
        subscribe("producer_changed", jobs.rebuild_entries_of_producer)
        subscribe("picture_changed", jobs.rebuild_entries_of_picture)
