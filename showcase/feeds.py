"""RSS of stories and of news, in the language of the address."""

from datetime import datetime, time
from functools import lru_cache

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.files.storage import default_storage
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Enclosure
from django.utils.translation import get_language

from accounts.privacy import open_to_all
from discovery.structured import largest_jpeg, whole
from outbox.wording import unmarked
from pictures.renditions import names_of
from showcase.models import NewsIndexPage, StoryIndexPage

NEWEST = 30


class PagesFeed(Feed):
    """The newest pages of an index; the index is that of the active language."""

    index_model = None

    def get_object(self, request):
        pages = open_to_all(self.index_model.objects.select_related("locale"))
        return get_object_or_404(pages, locale__language_code=get_language())

    def title(self, index):
        return f"{unmarked(index.title)} · {settings.PROGRAMME_NAME}"

    def description(self, index):
        return unmarked(index.summary)

    def link(self, index):
        return whole(index.url)

    def feed_url(self, index):
        return f"{whole(index.url)}rss/"

    def items(self, index):
        return index.lists.listed(index).select_related("locale")[:NEWEST]

    def item_title(self, page):
        return unmarked(page.shown_title)

    def item_description(self, page):
        return unmarked(page.summary)

    def item_link(self, page):
        return whole(page.url)

    def item_pubdate(self, page):
        return page.first_published_at

    def item_updateddate(self, page):
        return page.last_published_at or page.first_published_at

    def item_enclosures(self, page):
        """The picture of the page."""
        file = largest_jpeg(page.picture.files) if page.picture else None
        if not file:
            return []
        name = names_of({"jpeg": [file]})[0]
        return [Enclosure(whole(file[2]), str(bytes_of(name)), "image/jpeg")]


class StoriesFeed(PagesFeed):
    index_model = StoryIndexPage


class NewsFeed(PagesFeed):
    index_model = NewsIndexPage

    def item_pubdate(self, page):
        """The day of the news, as its page says."""
        return timezone.make_aware(datetime.combine(page.day, time.min))


@lru_cache(maxsize=4096)
def bytes_of(name: str) -> int:
    """How long a stored file is: what lies under one name never changes. Raises OSError where there is none."""
    return default_storage.size(name)
