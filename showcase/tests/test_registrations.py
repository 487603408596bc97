"""Visitors register for an activity of a fair, wait, move up and cancel."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outbox.models import Mail
from showcase.loading import load_pages
from showcase.models import Activity, FairPage, Registration
from showcase.registrations import Refused, cancel, place_in_line, register
from showcase.tests.fairs import come, key_of, make_fair, states, typed, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    load_pages()
    return make_fair()


def letters() -> list[tuple[str, str]]:
    return [(mail.key.partition(":")[0], mail.to) for mail in Mail.objects.order_by("pk")]


def form_at(fair, language="") -> str:
    return f"/en/fairs/register/{key_of(fair)}/" if language == "en" else f"/hoi-cho/dang-ky/{key_of(fair)}/"


def test_within_the_capacity_people_are_confirmed_and_then_wait_in_their_order(fair):
    rows = come(fair, 3, 2, 1, 1)

    assert states(fair) == ["confirmed", "confirmed", "waiting", "waiting"]
    assert [place_in_line(row) for row in rows[2:]] == [1, 2]
    assert letters() == [
        ("registration_confirmed", "khach1@vidu.vn"),
        ("registration_confirmed", "khach2@vidu.vn"),
        ("registration_waiting", "khach3@vidu.vn"),
        ("registration_waiting", "khach4@vidu.vn"),
    ]


def test_whoever_cancels_is_erased_and_the_first_who_fits_moves_up_and_is_told(fair):
    two, three, four_wait, one_waits, another = come(fair, 2, 3, 4, 1, 1)

    cancel(two)
    cancel(two)

    assert states(fair) == ["cancelled", "confirmed", "waiting", "confirmed", "confirmed"]
    two.refresh_from_db()
    assert (two.name, two.phone, two.email) == ("", "", "")
    assert letters()[5:] == [("registration_moved_up", one_waits.email), ("registration_moved_up", another.email)]


def test_whoever_waits_and_cancels_frees_nothing(fair):
    *_rows, waiting, behind = come(fair, 5, 1, 1)

    cancel(waiting)

    assert states(fair) == ["confirmed", "cancelled", "waiting"]
    assert place_in_line(behind) == 1


def test_the_form_of_one_activity_may_be_sent_at_another(fair):
    once, other = wish(), make_fair(slug="hoi-cho-khac")

    rows = [register(key_of(each), once) for each in (fair, other)]

    assert states(fair) == states(other) == ["confirmed"] and rows[0].form_key != rows[1].form_key


def test_the_same_form_sent_twice_is_one_registration(fair):
    once = wish()

    first, second = register(key_of(fair), once), register(key_of(fair), once)

    assert first == second and Registration.objects.count() == 1
    assert len(letters()) == 1


@pytest.mark.parametrize("other", [{"phone": ""}, {"email": ""}])
def test_the_same_person_in_another_form_is_refused_and_told_by_mail_alone(fair, other):
    first = register(key_of(fair), wish())

    for _ in range(2):
        with pytest.raises(Refused, match="đã đăng ký hoạt động này rồi"):
            register(key_of(fair), wish(**{**other, "name": "Ai Khác"}))

    assert Registration.objects.get() == first
    assert letters() == [("registration_confirmed", first.email)] * 2
    assert first.key in Mail.objects.latest("pk").text


def test_whoever_has_cancelled_may_register_again(fair):
    cancel(register(key_of(fair), wish()))

    register(key_of(fair), wish())

    assert states(fair) == ["cancelled", "confirmed"]


@pytest.mark.parametrize("field", ["phone", "email"])
def test_the_database_keeps_a_second_row_of_one_person_out(fair, field):
    row = register(key_of(fair), wish())
    fields = asdict(wish(2)) | {field: getattr(row, field)}

    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(desk=row.desk, activity_key=row.activity_key, state="waiting", key="x", **fields)


@pytest.mark.parametrize("people", [0, 11])
def test_the_database_knows_no_registration_of_nobody_or_of_a_crowd(fair, people):
    row = register(key_of(fair), wish())

    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=row.pk).update(people=people)


def test_more_people_than_there_are_places_never_wait(fair):
    with pytest.raises(Refused, match="chỉ có 5 chỗ"):
        register(key_of(fair), wish(people=6))

    assert states(fair) == [] and letters() == []


CLOSED = {
    "cancelled": "Hội chợ đã bị hủy nên không nhận đăng ký nữa.",
    "over": "Hội chợ đã kết thúc nên không nhận đăng ký nữa.",
    "begun": "Hoạt động đã bắt đầu nên không nhận đăng ký nữa.",
    "late": "Đã hết hạn đăng ký ngày ",
}


@pytest.mark.parametrize("how", CLOSED)
def test_a_closed_activity_says_why_and_takes_nobody(client, fair, how):
    yesterday = timezone.localdate() - timedelta(days=1)
    if how == "cancelled":
        FairPage.objects.update(is_cancelled=True, cancel_reason="Mưa lũ.")
    elif how == "over":
        FairPage.objects.update(starts_on=yesterday, ends_on=yesterday)
    elif how == "begun":
        Activity.objects.update(starts_at=timezone.now())
    else:
        Activity.objects.update(open_until=yesterday)

    answer = client.post(form_at(fair), typed())

    assert answer.status_code == 409 and CLOSED[how] in answer.content.decode()
    assert CLOSED[how] in client.get(fair.url).content.decode()
    assert states(fair) == []


def test_a_visitor_goes_from_the_fair_to_a_place_and_back(client, fair, jobs):
    page = client.get(fair.url).content.decode()
    assert form_at(fair) in page and "Còn 5 trong 5 chỗ." in page

    answer = client.post(form_at(fair), typed(email="khach@vidu.vn"), follow=True)

    row = Registration.objects.get()
    own = f"/hoi-cho/dang-ky-cua-toi/{row.key}/"
    assert answer.redirect_chain == [(own, 302)] and "Bạn đã có chỗ" in answer.content.decode()
    assert (row.phone, row.people, row.language) == ("+84912345678", 2, "vi")
    assert "xóa" in row.consent and "90 ngày" in row.consent and row.written_at
    [letter] = jobs.mails()
    assert own in letter.body and letter.to == ["khach@vidu.vn"]
    assert "Còn 3 trong 5 chỗ." in client.get(fair.url).content.decode()

    after = client.post(f"{own}huy/", follow=True).content.decode()

    assert "Đăng ký đã hủy" in after and "Lò Thị Mẫu" not in after
    assert "Còn 5 trong 5 chỗ." in client.get(fair.url).content.decode()


def test_whoever_waits_reads_their_place(client, fair):
    come(fair, 5, 1)

    page = client.post(form_at(fair), typed(), follow=True).content.decode()

    assert "Bạn đứng thứ 2 trong danh sách chờ." in page
    assert "Đã đủ chỗ." in client.get(fair.url).content.decode()


WRONG = {
    "name": ("", "Hãy điền mục này."),
    "phone": ("12", "Số điện thoại chưa đúng."),
    "email": ("khach@", "Địa chỉ thư chưa đúng."),
    "people": ("11", "Một lần đăng ký nhận nhiều nhất 10 người."),
    "consent": ("", "Cần bạn đồng ý mục này mới gửi được."),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_field_says_what_is_wrong_and_keeps_what_was_typed(client, fair, field):
    value, sentence = WRONG[field]
    sent = typed(email="khach@vidu.vn", people="3") | {field: value}

    page = client.post(form_at(fair), sent).content.decode()

    assert sentence in page and states(fair) == []
    assert all(f'value="{sent[name]}"' in page for name in ("name", "phone", "email", "people", "form_key"))


def test_one_of_phone_and_mail_is_enough_and_none_is_too_little(client, fair):
    page = client.post(form_at(fair), typed(phone="")).content.decode()
    assert "Hãy cho số điện thoại hoặc thư điện tử" in page

    client.post(form_at(fair), typed(phone="", email="KHACH@vidu.vn"))
    client.post(form_at(fair), typed(email=""))

    assert sorted(Registration.objects.values_list("phone", "email")) == [("", "khach@vidu.vn"), ("+84912345678", "")]


def test_a_network_that_sends_without_end_is_asked_to_wait(client, fair, monkeypatch):
    monkeypatch.setattr("showcase.fair_views.TRIES", 2)
    for _ in range(2):
        client.post(form_at(fair), {})

    answer = client.post(form_at(fair), typed())

    assert answer.status_code == 429 and "Lò Thị Mẫu" in answer.content.decode()
    assert states(fair) == []


def test_readers_of_both_languages_fill_the_same_places(client, fair):
    english = make_fair("en", twin=fair, capacity=99)
    come(fair, 4)

    page = client.get(english.url).content.decode()
    assert "Tea making" in page and "1 of 5 places left." in page
    client.post(form_at(fair, "en"), typed(people="1", email="guest@example.com"))
    answer = client.post(form_at(fair, "en"), typed(people="1", phone="0912 345 679"), follow=True)

    assert states(fair) == states(english) == ["confirmed", "confirmed", "waiting"]
    assert "You are number 1 on the waiting list." in answer.content.decode()
    letter = Mail.objects.latest("pk")
    assert (letter.language, "Tea making" in letter.subject, "/en/fairs/" in letter.text) == ("en", True, True)


def test_a_fair_that_is_cancelled_in_the_first_language_is_cancelled_in_all(client, fair):
    english = make_fair("en", twin=fair)
    FairPage.objects.filter(pk=fair.pk).update(is_cancelled=True, cancel_reason="Mưa lũ.")

    assert "This fair has been cancelled." in client.get(english.url).content.decode()
    assert "cancelled</span>" in client.get("/en/fairs/").content.decode()
    assert client.post(form_at(fair, "en"), typed()).status_code == 409


def test_what_is_no_longer_public_takes_nobody(client, fair):
    FairPage.objects.update(live=False)

    assert client.get(form_at(fair)).status_code == client.post(form_at(fair), typed()).status_code == 404
    assert client.get("/hoi-cho/dang-ky-cua-toi/khong-co/").status_code == 404


@pytest.mark.parametrize("wrong", ["%00", "{}%00", "{}0"])
def test_only_the_whole_secret_opens_a_registration(client, fair, wrong):
    own = f"/hoi-cho/dang-ky-cua-toi/{wrong.format(register(key_of(fair), wish()).key)}/"

    assert client.get(own).status_code == client.post(f"{own}huy/").status_code == 404
    assert states(fair) == ["confirmed"]


def test_a_stranger_reads_no_name_on_the_fairs_page(client, fair):
    register(key_of(fair), wish(name="Kanari"))

    assert not any("Kanari" in client.get(path).content.decode() for path in (fair.url, form_at(fair), "/hoi-cho/"))


@pytest.mark.parametrize("count", [1, 30])
def test_a_fairs_page_asks_the_same_number_of_questions_for_many_activities(fair, count):
    english = make_fair("en", twin=fair)
    for page in (fair, english):
        row = page.activities.get()
        Activity.objects.bulk_create(
            Activity(page=page, locale=page.locale, name=f"A {n}", starts_at=row.starts_at, open_until=row.open_until)
            for n in range(1, count)
        )
    come(fair, 1)
    for address, most in ((fair.url, 16), (english.url, 19)):
        Client().get(address)  # what a process asks once
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(address).content.decode().count('class="offer"') == count
        assert len(asked) <= most, [each["sql"][:200] for each in asked]
