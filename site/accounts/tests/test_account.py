"""A person's own page: what they bought, their name, language and password."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from factories import PASSWORD, make_purchase, make_user
from shop.codes import grouped

pytestmark = pytest.mark.django_db
ACCOUNT, CHANGE = "/tai-khoan/", "/tai-khoan/mat-khau/"
NEW = "mot cau that la dai"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def hoa(db):
    return make_user(name="Hoa Lò", email="hoa@vidu.vn", phone="+84912345678")


def logged_in(user):
    client = Client()
    client.force_login(user, "accounts.login.EmailOrPhoneBackend")
    return client


def test_the_page_shows_who_one_is_and_what_one_bought(hoa):
    mine = make_purchase()
    mine.user = hoa
    mine.save()
    anothers = make_purchase()
    anothers.user = make_user()
    anothers.save()
    guests = make_purchase()

    page = logged_in(hoa).get(ACCOUNT).content.decode()

    assert all(shown in page for shown in ("Hoa Lò", "hoa@vidu.vn", "0912 345 678"))
    assert grouped(mine.code) in page and f"/{mine.key}/" in page
    assert not any(
        hidden in page for hidden in (grouped(anothers.code), anothers.key, grouped(guests.code), guests.key)
    )


def test_many_purchases_take_no_more_questions_than_one(hoa):
    client = logged_in(hoa)

    def questions(number):
        for _ in range(number):
            purchase = make_purchase()
            purchase.user = hoa
            purchase.save()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ACCOUNT).status_code == 200
        return len(asked)

    assert questions(1) == questions(10)


def test_name_and_language_are_changed_and_the_answer_speaks_the_new_language(hoa):
    answer = logged_in(hoa).post(ACCOUNT, {"name": "Hoa Mới", "language": "en"})

    hoa.refresh_from_db()
    assert (hoa.name, hoa.language) == ("Hoa Mới", "en")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/")


def test_a_refused_change_keeps_what_was_typed_and_changes_nothing(hoa):
    page = logged_in(hoa).post(ACCOUNT, {"name": "", "language": "xx"}).content.decode()

    hoa.refresh_from_db()
    assert "Hãy nhập họ và tên của bạn." in page
    assert (hoa.name, hoa.language) == ("Hoa Lò", "vi")


@pytest.mark.parametrize(
    "field",
    ["email", "phone", "password", "is_superuser", "is_staff", "is_active", "groups", "roles", "user_permissions"],
)
def test_nothing_else_about_oneself_is_changed_by_a_post(hoa, field):
    def kept():
        return User.objects.filter(pk=hoa.pk).values().get() | {"last_login": None}

    before = kept()
    logged_in(hoa).post(ACCOUNT, {"name": "Hoa Lò", "language": "vi", field: "1"})

    assert kept() == before
    assert not hoa.groups.exists() and not hoa.roles.exists()


def change(client, old=PASSWORD, new=NEW, again=None):
    return client.post(CHANGE, {"old": old, "new": new, "again": new if again is None else again})


def test_a_new_password_keeps_this_session_and_ends_the_others(hoa):
    here, elsewhere = logged_in(hoa), logged_in(hoa)

    answer = change(here)

    hoa.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)
    assert hoa.check_password(NEW)
    assert here.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT)["Location"] == "/dang-nhap/?next=/tai-khoan/"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"old": "khong phai the"}, "Mật khẩu đang dùng chưa đúng."),
        ({"new": "ngan qua"}, "Mật khẩu quá ngắn: cần ít nhất 10 ký tự."),
        ({"new": "1234567890"}, "Mật khẩu này nhiều người dùng"),
        ({"again": "mot cau khac han"}, "Hai lần gõ mật khẩu mới không giống nhau."),
        ({"new": "", "again": ""}, "Hãy nhập mật khẩu mới."),
        ({"old": ""}, "Hãy nhập mật khẩu đang dùng."),
    ],
)
def test_a_refused_password_says_why_and_the_old_one_holds(hoa, wrong, sentence):
    answer = change(logged_in(hoa), **wrong)

    hoa.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert hoa.check_password(PASSWORD)
    assert not any(secret in page for secret in (PASSWORD, NEW, *filter(None, wrong.values())))


def test_a_borrowed_session_guesses_the_old_password_five_times(hoa):
    client = logged_in(hoa)
    answers = [change(client, old=f"khong phai {number}").status_code for number in range(6)]

    assert answers == [200] * 5 + [429]
    assert change(client).status_code == 429


def test_mistakes_in_the_new_password_are_no_guesses(hoa):
    client = logged_in(hoa)
    for _ in range(7):
        change(client, new="ngan")

    assert change(client).status_code == 302


def test_who_is_made_inactive_is_out_at_once(hoa):
    client = logged_in(hoa)
    hoa.is_active = False
    hoa.save()

    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        ("", []),
        ("provincial_officer", []),
        ("editor", ["/cms/"]),
        ("chief_editor", ["/cms/"]),
        ("translator", ["/cms/"]),
        ("shop_manager", ["/quan-ly/"]),
        ("administrator", ["/cms/", "/quan-ly/"]),
    ],
)
def test_the_page_leads_to_the_screens_of_ones_roles(role, addresses):
    page = logged_in(make_user(role)).get(ACCOUNT).content.decode()

    assert [address for address in ("/cms/", "/quan-ly/") if f'href="{address}"' in page] == addresses


def test_pages_of_a_person_are_kept_by_no_cache(hoa):
    for address in (ACCOUNT, CHANGE):
        assert "no-store" in logged_in(hoa).get(address)["Cache-Control"]
