"""Pages that an editor has closed: whom they let in, and where the others are led."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from accounts.roles import GROUPS
from showcase.loading import load_pages
from showcase.tests.working import client_of
from showcase.tests.writing import publish_story

pytestmark = pytest.mark.django_db
STORY = "/cau-chuyen/mat-ong/"


@pytest.fixture(autouse=True)
def pages(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_pages()


def close(kind: str) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=publish_story(), restriction_type=kind)


@pytest.mark.parametrize(("role", "status"), [("chief_editor", 200), ("editor", 404)])
def test_a_page_of_some_groups_is_there_for_them_alone(role, status):
    close("groups").groups.add(Group.objects.get(name=GROUPS["chief_editor"]))
    assert client_of(role).get(STORY).status_code == status


@pytest.mark.parametrize("kind", ["login", "groups"])
def test_a_stranger_is_led_to_the_log_in_and_back(client, kind):
    close(kind)
    answer = client.get(STORY)
    assert (answer.status_code, answer["Location"]) == (302, f"/dang-nhap/?next={STORY}")
