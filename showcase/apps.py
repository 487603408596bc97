"""What the public reads: Wagtail pages."""

from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "showcase"

    def ready(self):
        from showcase import enquiries, fair_upkeep, scheduling  # noqa: F401 - register timers; models must be loaded
        from showcase.finding import let_pages_be_found
        from showcase.searching_in_cms import read_without_marks
        from showcase.spreadsheets import guard_exports

        guard_exports()
        read_without_marks()
        let_pages_be_found()
