from time import monotonic

from django.core.management.base import BaseCommand

from areas.loading import load_areas


class Command(BaseCommand):
    help = "Load the administrative units of the whole country and their history. Running it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--only", metavar="CODE", help="load the communes of one present province, by its code")

    def handle(self, *, only=None, **options):
        began = monotonic()
        counts = load_areas(only=only, say=self.stdout.write)
        self.stdout.write(
            f"done in {monotonic() - began:.1f} s: {counts['created']} created, {counts['changed']} changed"
        )
