"""The home page: a story first, then what is made and where."""

from itertools import islice

from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from areas.models import Village
from discovery.browsing import STARS, branches_with_counts
from discovery.cards import cards_of
from discovery.models import Entry
from discovery.tally import tally
from storefront.product_list import title_of

STORIES, CARDS = 4, 8


@require_safe
def home(request):
    language = get_language() or "vi"
    stories = newest_stories(language)
    branches = [(branch, title_of(branch, language == "en"), count) for branch, count in branches_with_counts()]
    return render(
        request,
        "storefront/home.html",
        {
            "lead": stories[0] if stories else None,
            "stories": stories[1:],
            "branches": branches,
            "count": sum(count for *_, count in branches),
            "cards": newest_rated(),
            "villages": villages_with_addresses(language),
        },
    )


def villages_with_addresses(language: str) -> list[tuple[Village, str]]:
    """Villages with where more is told of each: an editor's page of it in the reader's language, or its commune's."""
    pages = Village._meta.get_field("pages").related_model.objects.live().filter(locale__language_code=language)
    pages = pages.defer_streamfields()
    addresses = {page.village_id: page.url for page in pages}
    villages = Village.objects.select_related("commune")
    return [
        (village, addresses.get(village.pk) or reverse("commune", args=[village.commune.slug])) for village in villages
    ]


def newest_stories(language: str) -> list:
    """Published stories of a language with their pictures, newest first."""
    pages = Page.objects.live().public().filter(content_type__model="storypage", locale__language_code=language)
    stories = list(pages.order_by("-first_published_at", "-pk").defer_streamfields().specific()[:STORIES])
    prefetch_related_objects(stories, "picture")
    return stories


def newest_rated() -> list:
    """Cards of products whose stars hold today, one of each producer, newest first."""
    held = tally()
    keys = list(islice(held.newest_of_each_producer(held.open_to_all & held.rated(STARS)), CARDS))
    rows = Entry.objects.open_to_all().with_standing().in_bulk(keys)
    return cards_of(rows[key] for key in keys if key in rows)
