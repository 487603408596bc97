"""Editors arrange the activities of a fair, cancel it, and translate it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from showcase.loading import load_pages
from showcase.models import Activity, FairIndexPage, FairPage, Registration
from showcase.tests.fairs import come, key_of, make_fair, states
from showcase.tests.working import PUBLISH, client_of
from showcase.tests.writing import index_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree():
    load_pages()


def day_in(days: int):
    return timezone.localdate() + timedelta(days=days)


def activity(**fields) -> dict:
    told = {"name": "Buổi pha trà", "starts_at": f"{day_in(10)} 09:00", "open_until": f"{day_in(9)}", "capacity": "5"}
    return {**told, **fields}


def filled_in(*activities, kept=(), **fields) -> dict:
    return nested_form_data(
        {
            "title": "Hội chợ chè",
            "slug": "hoi-cho-che",
            "marked_title": "",
            "summary": "Ba ngày chè.",
            "picture": "",
            "starts_on": f"{day_in(10)}",
            "ends_on": f"{day_in(11)}",
            "place": "Sân chợ",
            "commune": "",
            "booth_places": "4",
            "cancel_reason": "",
            "body": streamfield([]),
            "activities": inline_formset([*kept, *activities], initial=len(kept)),
            "booths": inline_formset([]),
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            **fields,
        }
    )


def add(client, *activities, **fields):
    address = f"/cms/pages/add/showcase/fairpage/{index_of(FairIndexPage).pk}/"
    return client.post(address, filled_in(*activities, **fields, **PUBLISH))


def change(client, fair, *activities, **fields):
    return client.post(f"/cms/pages/{fair.pk}/edit/", filled_in(*activities, **fields))


def as_it_is(fair) -> dict:
    row = fair.activities.get()
    return activity(id=str(row.pk), name=row.name, capacity=str(row.capacity))


def test_an_editor_adds_an_activity_and_visitors_find_it(client):
    add(client_of("chief_editor"), activity())

    fair = FairPage.objects.get()
    row = fair.activities.get()
    assert (row.name, row.capacity, row.open_until, row.locale) == ("Buổi pha trà", 5, day_in(9), fair.locale)
    assert "Còn 5 trong 5 chỗ." in client.get(fair.url).content.decode()


WRONG = {  # days are counted when the test runs: it may have become midnight since this file was read
    "outside the fair": (
        lambda: {"starts_at": f"{day_in(12)} 09:00"},
        "Hoạt động phải diễn ra trong những ngày hội chợ.",
    ),
    "open too long": (
        lambda: {"open_until": f"{day_in(11)}"},
        "Ngày cuối nhận đăng ký không thể sau ngày diễn ra.",
    ),
    "for nobody": (lambda: {"capacity": "0"}, "1"),
}


@pytest.mark.parametrize("how", WRONG)
def test_an_activity_that_cannot_be_is_refused_with_the_reason(how):
    fields, sentence = WRONG[how]

    answer = add(client_of("chief_editor"), activity(**fields()))

    page = answer.content.decode()
    assert answer.status_code == 200 and sentence in page and "Buổi pha trà" in page
    assert not FairPage.objects.exists()


def test_registrations_outlive_every_further_publication(client, jobs):
    editor, fair = client_of("chief_editor"), make_fair()
    come(fair, 5, 1)

    for capacity in ("5", "6"):
        kept = [{**as_it_is(fair), "capacity": capacity}]
        assert change(editor, fair, kept=kept, **PUBLISH).status_code == 302
    jobs()

    assert states(fair) == ["confirmed", "confirmed"]
    assert FairPage.objects.get().activities.get().translation_key == Registration.objects.first().activity_key


def test_a_new_activity_keeps_its_people_when_a_later_draft_is_published(client):
    """Wagtail keeps drafts without the keys of rows that the first publication made."""
    editor = client_of("chief_editor")
    add(editor)
    fair = FairPage.objects.get()
    change(editor, fair, activity(), **PUBLISH)
    come(fair, 2)

    fair.get_latest_revision_as_object().save_revision().publish()

    assert "Còn 3 trong 5 chỗ." in client.get(fair.url).content.decode()


def test_a_fair_is_cancelled_with_a_reason_or_not_at_all(client, jobs):
    editor, fair = client_of("chief_editor"), make_fair()
    come(fair, 1)
    kept = {"kept": [as_it_is(fair)], "is_cancelled": "on", **PUBLISH}

    refused = change(editor, fair, **kept)
    assert "Hãy viết vì sao hủy" in refused.content.decode()
    assert "bị hủy" not in client.get(fair.url).content.decode()

    change(editor, fair, cancel_reason="Đường sạt lở.", **kept)
    page = client.get(fair.url).content.decode()
    assert "Hội chợ này đã bị hủy." in page and "Đường sạt lở." in page
    assert "đã hủy</span>" in client.get("/hoi-cho/").content.decode()
    jobs()
    assert any(letter.subject == "Hội chợ bị hủy: Hội chợ chè" for letter in jobs.mails())


def test_a_translation_shares_the_places_of_its_original(client):
    editor, fair = client_of("chief_editor"), make_fair()
    english = Locale.objects.get(language_code="en")

    editor.post(f"/cms/localize/submit/page/{fair.pk}/", {"locales": [english.pk]})

    copy = FairPage.objects.get(locale=english)
    assert copy.translation_key == fair.translation_key
    assert key_of(copy) == key_of(fair)
    assert Activity.objects.get(page=copy).locale == english
    form = editor.get(f"/cms/pages/{copy.pk}/edit/")
    assert form.status_code == 200 and "Bản dịch, theo bản lưu gần nhất" in form.content.decode()
