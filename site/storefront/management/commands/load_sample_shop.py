"""Load a large made-up shop, for measuring."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from catalogue.models import ProductSet
from discovery.entries import rebuild_all
from outbox.progress import Progress
from outbox.statistics import renew_statistics
from storefront.sample_shop import load_producers, load_products


class Command(BaseCommand):
    help = (
        "Add thousands of made-up producers and products, each called a sample, to measure how fast the site is. "
        "Not for a site with real buyers. A load that was broken off goes on where it stopped."
    )

    def add_arguments(self, parser):
        parser.add_argument("--products", type=int, default=20_000)
        parser.add_argument("--producers", type=int, default=9_000)

    def handle(self, *, products, producers, **options):
        if not ProductSet.objects.exists():
            call_command("load_built_in", stdout=self.stdout)
        with Progress("Sample producers", self.stdout) as progress:
            written = load_producers(producers, province_code=settings.PROVINCE_CODE, progress=progress)
        with Progress("Sample products", self.stdout) as progress:
            written += load_products(products, progress=progress)
        if written:
            with Progress("Entries", self.stdout) as progress:
                rebuild_all(progress)
            renew_statistics()
        self.stdout.write(f"{written} producers and products written")
