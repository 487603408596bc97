"""Load the register of older decisions, in the names of two officers."""

from django.core.management.base import BaseCommand, CommandError

from catalogue.built_in import built_in
from outbox.progress import Progress
from programme.register import NotTwoOfficers, load_register, officer


class Command(BaseCommand):
    help = (
        "Load the stars that products were given before this site kept the decisions. Two different provincial "
        "officers answer for it. Running it again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--by", metavar="E-MAIL", required=True, help="the officer who enters the register")
        parser.add_argument(
            "--and", metavar="E-MAIL", required=True, dest="confirmed_by", help="the officer who confirms it"
        )

    def handle(self, *, by, confirmed_by, **options):
        try:
            with Progress("Register", self.stdout) as progress:
                count = load_register(
                    built_in()["products"], by=officer(by), confirmed_by=officer(confirmed_by), progress=progress
                )
        except NotTwoOfficers as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} lines of the register written")
