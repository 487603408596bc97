"""What the public reads: Wagtail pages."""

from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "showcase"

    def ready(self):
        from showcase import fair_upkeep, scheduling  # noqa: F401 - register their timers; models must be loaded first
        from showcase.spreadsheets import guard_exports

        guard_exports()
