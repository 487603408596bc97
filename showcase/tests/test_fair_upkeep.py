"""What follows when a fair's page is published, and when it is long over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factories import make_producer, make_user
from outbox.models import Mail
from outbox.timers import registered_timers
from shop.codes import new_key
from showcase import fair_upkeep, registrations
from showcase.booths import accept, ask
from showcase.fair_upkeep import erase_people_of_past_fairs
from showcase.loading import load_pages
from showcase.models import Activity, BoothRequest, Desk, FairPage, Registration
from showcase.registrations import Refused, cancel, register
from showcase.tests.fairs import come, key_of, make_fair, states, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    load_pages()
    return make_fair(booth_places=5)


def asked(fair, **fields) -> BoothRequest:
    told = {"name": "Kanari", "phone": "+84912345678", "email": "mau@vidu.vn", "note": "Kanari ở xa", "language": "vi"}
    return ask(fair, make_producer(), consent="Tôi đồng ý.", form_key=new_key(), **{**told, **fields})


def publish(fair, **fields) -> None:
    page = FairPage.objects.get(pk=fair.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def letters(template: str) -> list[str]:
    return list(Mail.objects.filter(key__startswith=f"{template}:").order_by("pk").values_list("to", flat=True))


def test_a_cancelled_fair_is_told_to_everybody_who_comes_once(fair, jobs):
    gone, comes, waits = come(fair, 2, 5, 1)
    cancel(gone)
    request = asked(fair)

    for _ in range(2):
        publish(fair, is_cancelled=True, cancel_reason="Đường sạt lở.")
        jobs()

    assert letters("fair_cancelled") == [comes.email, waits.email, request.email]
    assert "Đường sạt lở." in Mail.objects.latest("pk").text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_list_of_fairs_says_cancelled_where_the_fairs_page_does(fair, language):
    pages = {"vi": fair, "en": make_fair("en", twin=fair)}
    FairPage.objects.filter(pk=pages[language].pk).update(is_cancelled=True, cancel_reason="Mưa.")

    said = {row.pk: row.is_called_off for row in FairPage.with_cancellations(FairPage.objects.filter(pk__gt=0))}

    assert said == {row.pk: row.is_called_off for row in FairPage.objects.all()}
    assert said[fair.pk] == (language == "vi") and said[pages["en"].pk]


def test_visitors_of_the_english_page_are_told_in_english(fair, jobs):
    make_fair("en", twin=fair)
    row = come(fair, 1)[0]
    Registration.objects.filter(pk=row.pk).update(language="en")

    publish(fair, is_cancelled=True, cancel_reason="Landslide.")
    jobs()

    letter = Mail.objects.get(key__startswith="fair_cancelled")
    assert (letter.language, letter.subject) == ("en", "Cancelled: Tea fair")


def test_in_a_cancelled_fair_nobody_moves_up(fair):
    first, _second = come(fair, 5, 5)
    FairPage.objects.update(is_cancelled=True, cancel_reason="Mưa.")

    cancel(first)

    assert states(fair) == ["cancelled", "waiting"]


def test_more_places_let_those_who_wait_move_up(fair, jobs):
    come(fair, 5, 2, 1)
    Activity.objects.update(capacity=7)

    publish(fair)
    jobs()

    assert states(fair) == ["confirmed", "confirmed", "waiting"]
    assert len(letters("registration_moved_up")) == 1


def test_nobody_new_takes_the_place_an_editor_made_for_those_who_wait(fair):
    come(fair, 5, 2)
    Activity.objects.update(capacity=7)

    come(fair, 2)

    assert states(fair) == ["confirmed", "confirmed", "waiting"]


@pytest.mark.parametrize("gone", [True, False])
def test_what_an_editor_changed_while_a_visitor_waited_for_the_desk_counts(fair, gone, monkeypatch):
    lock_desk = registrations.lock_desk

    def change_and_lock(page):
        FairPage.objects.update(live=False) if gone else Activity.objects.update(capacity=1)
        return lock_desk(page)

    monkeypatch.setattr(registrations, "lock_desk", change_and_lock)

    with pytest.raises(Refused, match="không còn nữa" if gone else "chỉ có 1 chỗ"):
        register(key_of(fair), wish(people=2))


def test_fewer_places_take_no_place_from_anybody(fair, jobs):
    come(fair, 3, 2)
    Activity.objects.update(capacity=2)

    publish(fair)
    jobs()

    assert states(fair) == ["confirmed", "confirmed"]


def test_a_fair_put_off_keeps_its_people_longer(fair, jobs):
    come(fair, 1)
    later = fair.ends_on + timedelta(days=30)

    publish(fair, ends_on=later)
    jobs()

    assert Desk.objects.get().ends_on == later


@pytest.mark.parametrize(("days", "kept"), [(89, True), (90, False)])
def test_ninety_days_after_the_last_day_nothing_tells_who_came(fair, days, kept, monkeypatch):
    monkeypatch.setattr(fair_upkeep, "BATCH", 2)
    come(fair, 2, 2, 2, 2, 2)
    waiting, accepted = asked(fair), asked(fair)
    accept(accepted, "B1", by=make_user("editor"))
    Desk.objects.update(ends_on=timezone.localdate() - timedelta(days=days))

    changed = [erase_people_of_past_fairs() for _ in range(2)]

    assert changed == ([0, 0] if kept else [7, 0])
    assert Registration.objects.count() == (5 if kept else 0)
    assert BoothRequest.objects.filter(pk=waiting.pk).exists() == kept
    accepted.refresh_from_db()
    told = (accepted.name, accepted.phone, accepted.email, accepted.note)
    assert told == (("Kanari", "+84912345678", "mau@vidu.vn", "Kanari ở xa") if kept else ("", "", "", ""))
    assert (accepted.state, accepted.number) == ("accepted", "B1")


def test_the_people_of_a_deleted_fair_are_erased_all_the_same(fair):
    come(fair, 1)
    fair.delete()
    Desk.objects.update(ends_on=timezone.localdate() - timedelta(days=90))

    assert erase_people_of_past_fairs() == 1 and not Registration.objects.exists()


def test_the_worker_knows_the_timer():
    assert "showcase.fair_upkeep.erase_people_of_past_fairs" in [each.name for each in registered_timers()]
