"""Stars are written by the commands of the register alone: every other command of ours leaves them as they are."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command, get_commands

from factories import make_product, make_recognition, show
from programme.models import Decision, DecisionLine, Recognition

OURS = ("accounts", "areas", "catalogue", "config", "discovery", "outbox", "pictures", "producers", "programme", "shop")
OURS += ("showcase", "storefront")
OF_THE_REGISTER = {"load_register", "load_sample_decision"}
ELSEWHERE = {"index_entries"}  # writes to Elasticsearch alone
TOGETHER = {"load_built_in", "load_sample_shop"}  # call those of the register; the built-in data has its own tests
OTHERS = {
    "load_areas": ["--only", "12"],
    "load_pages": [],
    "rebuild_entries": [],
    "run_timers": [],
    "work": ["--once"],
}


def test_every_command_is_known_here():
    ours = {name for name, app in get_commands().items() if isinstance(app, str) and app.split(".")[0] in OURS}
    assert ours == OF_THE_REGISTER | TOGETHER | ELSEWHERE | OTHERS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("command", OTHERS)
def test_other_commands_leave_stars_as_they_are(command):
    rated, ended = make_product(), make_product()
    make_recognition(rated, stars=4)
    make_recognition(ended, stars=3, issued_on=date.today() - timedelta(days=2000))
    show(rated, ended)
    before = everything_about_stars()
    call_command(command, *OTHERS[command], stdout=StringIO())
    assert everything_about_stars() == before


def everything_about_stars() -> list:
    return [sorted(model.objects.values_list()) for model in (Decision, DecisionLine, Recognition)]
