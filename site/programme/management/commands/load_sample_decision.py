"""Load the sample decision and its like, one for each day of signing."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from programme.samples import load_sample_decisions


class Command(BaseCommand):
    help = "Load sample decisions with recognitions in every state. Running it again, on any day, changes nothing."

    def handle(self, **options):
        count = load_sample_decisions(timezone.localdate())
        self.stdout.write(f"{count} sample recognitions written")
