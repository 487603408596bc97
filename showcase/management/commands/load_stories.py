"""Load the tree of pages, the editors' group and the built-in stories."""

from django.core.management.base import BaseCommand

from outbox.progress import Progress
from showcase.loading import load_editors, load_pages, load_stories


class Command(BaseCommand):
    help = "Load pages and stories in both languages. What is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--editor", metavar="E-MAIL", help="the first person of the editors' group, when it is made"
        )

    def handle(self, *, editor=None, **options):
        pages = load_pages()
        load_editors(editor)
        with Progress("Stories", self.stdout) as progress:
            stories = load_stories(progress=progress)
        if pages or stories:
            self.stdout.write(f"  {pages} pages, {stories} stories")
