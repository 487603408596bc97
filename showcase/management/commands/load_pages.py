"""Load the tree of pages and the built-in ones."""

from django.core.management.base import BaseCommand

from outbox.progress import Progress
from showcase import loading


class Command(BaseCommand):
    help = "Load the built-in pages in both languages. What is there already stays as it is."

    def handle(self, **options):
        pages = loading.load_pages()
        with Progress("Stories and news", self.stdout) as progress:
            contents = loading.load_content(progress=progress)
        if pages or contents:
            self.stdout.write(f"  {pages + contents} pages")
