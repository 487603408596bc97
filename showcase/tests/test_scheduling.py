"""Editors set an hour, and the worker keeps it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.timers import run_due_timers
from showcase.loading import load_pages
from showcase.models import StoryIndexPage, StoryPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    load_pages()
    return StoryIndexPage.objects.get(locale__language_code="vi")


def write_story(index, **fields) -> StoryPage:
    story = StoryPage(title="Mật ong", slug="mat-ong", summary="Ba nhãn mật.", locale=index.locale, **fields)
    return index.add_child(instance=story)


@pytest.mark.parametrize(("minutes", "is_live"), [(-1, True), (5, False)])
def test_a_story_appears_at_its_hour_and_not_before(index, minutes, is_live):
    go_live_at = timezone.now() + timedelta(minutes=minutes)
    story = write_story(index, live=False, go_live_at=go_live_at)
    revision = story.save_revision()
    revision.approved_go_live_at = go_live_at
    revision.save()

    run_due_timers()

    assert StoryPage.objects.get().live is is_live


@pytest.mark.parametrize(("minutes", "is_live"), [(-1, False), (5, True)])
def test_a_story_disappears_at_its_hour_and_not_before(index, minutes, is_live):
    write_story(index, live=True, expire_at=timezone.now() + timedelta(minutes=minutes))

    run_due_timers()

    assert StoryPage.objects.get().live is is_live
