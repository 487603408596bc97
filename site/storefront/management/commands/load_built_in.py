"""Fill a new site: areas, classification, pictures, producers, products, stars, people, stories."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.loading import OFFICERS, OWNER, load_people
from accounts.models import User
from areas.models import Area
from areas.villages import load_villages
from catalogue.built_in import built_in
from catalogue.classification import load_classification
from catalogue.loading import load_products
from discovery.entries import rebuild_all
from outbox.progress import Progress
from outbox.statistics import renew_statistics
from pictures.loading import load_motifs
from producers.loading import load_producers, make_owner
from producers.models import Producer
from programme.register import load_register, officer
from programme.samples import load_sample_decisions
from shop.loading import load_delivery, load_stock

OWNED_BY_SAMPLE_OWNER = "mien-dong-binh-lu"
FRESH_MEAT_AND_FISH, FRESH_FRUIT = 2, 1  # sets: what spoils does not travel far


class Command(BaseCommand):
    help = (
        "Load the built-in data of Lai Châu. What is there already stays as it is: running it again changes nothing. "
        "The passwords of the sample people are told once, and kept in var/sample-logins.txt."
    )

    def handle(self, **options):
        self.data = built_in()
        written = sum((self.load_places(), self.load_catalogue(), self.load_people(), self.load_stars()))
        call_command("load_pages", stdout=self.stdout)  # showcase stands beside this app
        if written:
            with Progress("Entries", self.stdout) as progress:
                rebuild_all(progress)
            renew_statistics()
        self.stdout.write("The built-in data is complete." if written else "The built-in data was complete already.")

    def load_places(self) -> int:
        if not Area.objects.present().communes().exists():
            call_command("load_areas", stdout=self.stdout)
        with Progress("Pictures", self.stdout) as progress:
            pictures = load_motifs(progress=progress)
        return self.told(
            pictures=pictures,
            rows_of_the_classification=load_classification(self.data),
            villages=load_villages(self.data["villages"]),
            producers=load_producers(self.data["producers"], reaches=self.reaches()),
        )

    def load_catalogue(self) -> int:
        with Progress("Products", self.stdout) as progress:
            products = load_products(self.data, progress=progress)
        return self.told(
            products=products, stock_records=load_stock(self.data["products"]), delivery_rates=load_delivery()
        )

    @transaction.atomic
    def load_people(self) -> int:
        province = Area.objects.present().provinces().get(code=settings.PROVINCE_CODE)
        lines = load_people(province, kept_in=settings.SAMPLE_LOGINS_FILE)
        if lines:
            make_owner(User.objects.get(email=OWNER), Producer.objects.get(slug=OWNED_BY_SAMPLE_OWNER))
        for line in lines:
            self.stdout.write(line)
        return self.told(sample_people=len(lines))

    def load_stars(self) -> int:
        one, other = OFFICERS
        with Progress("Register", self.stdout) as progress:
            register = load_register(
                self.data["products"], by=officer(one), confirmed_by=officer(other), progress=progress
            )
        return self.told(
            lines_of_the_register=register, sample_recognitions=load_sample_decisions(timezone.localdate())
        )

    def reaches(self) -> dict[str, str]:
        """How far each producer of fresh goods delivers."""
        far = {FRESH_FRUIT: Producer.Reach.REGION, FRESH_MEAT_AND_FISH: Producer.Reach.PROVINCE}
        return {row["producer"]: far[row["set"]] for row in self.data["products"] if row["set"] in far}

    def told(self, **counts: int) -> int:
        """Say what was written; the sum."""
        for name, count in counts.items():
            if count:
                self.stdout.write(f"  {count} {name.replace('_', ' ')}")
        return sum(counts.values())
