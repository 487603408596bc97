"""Load the tree of pages and the built-in stories."""

from django.core.management.base import BaseCommand

from outbox.progress import Progress
from showcase.loading import load_pages, load_stories


class Command(BaseCommand):
    help = "Load pages and stories in both languages. What is there already stays as it is."

    def handle(self, **options):
        pages = load_pages()
        with Progress("Stories", self.stdout) as progress:
            stories = load_stories(progress=progress)
        if pages or stories:
            self.stdout.write(f"  {pages} pages, {stories} stories")
