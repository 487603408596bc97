"""Logging in: by e-mail or telephone, the same answer for every miss, five tries."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/dang-nhap/"
MISSED = "Tên đăng nhập hoặc mật khẩu chưa đúng."


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def hoa(db):
    return make_user(name="Hoa", email="hoa@vidu.vn", phone="+84912345678")


def log_in(client, name, password=PASSWORD, **more):
    return client.post(LOGIN, {"name": name, "password": password, **more})


def person_in(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "typed",
    [
        "hoa@vidu.vn",
        " Hoa@Vidu.VN ",
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84 912 345 678",
        "84912345678",
        "(+84) 0912-345-678",
    ],
)
def test_every_way_to_write_a_name_logs_in(client, hoa, typed):
    answer = log_in(client, typed)

    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/")
    assert person_in(client) == str(hoa.pk)


def test_the_english_door_is_the_same(client, hoa):
    with override("en"):
        door, account = reverse("login"), reverse("account")

    answer = client.post(door, {"name": "hoa@vidu.vn", "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, account)
    assert account.startswith("/en/")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("hoa@vidu.vn", "sai mat khau roi"),
        ("0912345678", "sai mat khau roi"),
        ("khong-co@vidu.vn", PASSWORD),
        ("0987654321", PASSWORD),
        ("chẳng ai cả", PASSWORD),
        ("nghi@vidu.vn", PASSWORD),  # made inactive
        ("moi@vidu.vn", PASSWORD),  # has no password yet
    ],
)
def test_every_miss_has_the_same_answer(client, hoa, name, password):
    make_user(email="nghi@vidu.vn", is_active=False)
    User.objects.create_user(name="Mới", email="moi@vidu.vn")

    answer = log_in(client, name, password)

    assert answer.status_code == 200
    assert MISSED in answer.content.decode()
    assert password not in answer.content.decode()
    assert f'value="{name}"' in answer.content.decode()
    assert person_in(client) is None


@pytest.mark.parametrize(
    "name", ["hoa@vidu.vn", "0912345678", "khong-co@vidu.vn", "0987654321", "ai đó", "nghi@vidu.vn"]
)
def test_every_miss_takes_the_same_time(client, hoa, monkeypatch, name):
    """Nearly all of the time goes into one reckoning of a password's hash: each miss does exactly one."""
    make_user(email="nghi@vidu.vn", is_active=False)
    reckoned, reckon = [], MD5PasswordHasher.encode

    def counting(hasher, *what):
        reckoned.append(what)
        return reckon(hasher, *what)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)

    log_in(client, name, "sai mat khau roi")

    assert len(reckoned) == 1


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/gio-hang/?a=1", "/gio-hang/?a=1"),
        ("/cms/", "/cms/"),
        ("https://evil.example/", "/tai-khoan/"),
        ("//evil.example/", "/tai-khoan/"),
        ("/\\evil.example/", "/tai-khoan/"),
        ("javascript:alert(1)", "/tai-khoan/"),
        ("http:///evil.example", "/tai-khoan/"),
        ("/dang-nhap/", "/tai-khoan/"),
        ("", "/tai-khoan/"),
    ],
)
def test_the_way_on_stays_on_this_site(client, hoa, wanted, place):
    assert log_in(client, "hoa@vidu.vn", next=wanted)["Location"] == place


def test_the_page_keeps_a_safe_way_on_and_drops_another(client):
    kept = client.get(LOGIN, {"next": "/gio-hang/"}).content.decode()
    dropped = client.get(LOGIN, {"next": "https://evil.example/"}).content.decode()

    assert '<input type="hidden" name="next" value="/gio-hang/">' in kept
    assert "evil.example" not in dropped.partition("<main")[2].partition("</main")[0]


def test_who_is_logged_in_goes_on(client, hoa):
    client.force_login(hoa, "accounts.login.EmailOrPhoneBackend")

    assert client.get(LOGIN)["Location"] == "/tai-khoan/"
    assert client.get(LOGIN, {"next": "/gio-hang/"})["Location"] == "/gio-hang/"


def test_an_empty_form_says_what_is_missing(client):
    page = client.post(LOGIN, {}).content.decode()

    assert "Hãy nhập thư điện tử hoặc số điện thoại của bạn." in page
    assert "Hãy nhập mật khẩu." in page


def test_the_sixth_try_is_not_heard_even_with_the_right_password(client, hoa):
    answers = [log_in(client, "hoa@vidu.vn", "sai mat khau roi").status_code for _ in range(5)]
    right = log_in(client, "hoa@vidu.vn")

    assert answers == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    assert person_in(client) is None


def test_the_locked_page_repeats_nothing_and_says_when(client, hoa):
    for _ in range(6):
        answer = log_in(client, "hoa@vidu.vn", "sai mat khau roi")

    page = answer.content.decode()
    assert "hoa@vidu.vn" not in page and "sai mat khau roi" not in page
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("900", "no-store")


def test_writing_a_name_otherwise_gives_no_new_tries(client, hoa):
    names = ["0912345678", "0912 345 678", "+84912345678", "84912345678", "0912.345.678", "(0912) 345678"]
    answers = [log_in(client, name, "sai mat khau roi").status_code for name in names]

    assert answers == [200, 200, 200, 200, 429, 429]


def test_another_person_at_another_address_still_comes_in(client, hoa):
    lan = make_user(email="lan@vidu.vn")
    for _ in range(6):
        log_in(client, "hoa@vidu.vn", "sai mat khau roi")

    assert log_in(client, "lan@vidu.vn").status_code == 302
    client.logout()
    elsewhere = client.post(LOGIN, {"name": "hoa@vidu.vn", "password": PASSWORD}, REMOTE_ADDR="10.1.1.1")

    assert elsewhere.status_code == 302
    assert person_in(client) == str(hoa.pk) != str(lan.pk)


def test_one_address_guesses_at_twenty_names_and_no_more(client, hoa):
    answers = [log_in(client, f"ai{number}@vidu.vn", "sai mat khau roi").status_code for number in range(22)]

    assert answers == [200] * 20 + [429] * 2


def test_who_comes_in_does_not_use_up_the_tries_of_the_address(client, hoa):
    for _ in range(25):
        log_in(client, "hoa@vidu.vn")
        client.post("/dang-xuat/")

    assert log_in(client, "hoa@vidu.vn").status_code == 302


def test_the_lock_opens_after_a_quarter_of_an_hour(client, hoa):
    for _ in range(5):
        log_in(client, "hoa@vidu.vn", "sai mat khau roi")
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=16)
        attempt.save()

    assert log_in(client, "hoa@vidu.vn").status_code == 302


def test_no_password_is_kept_of_a_miss(client, hoa):
    log_in(client, "hoa@vidu.vn", "sai mat khau roi")

    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.failures_since_start) == ("hoa@vidu.vn", 1)
    assert "sai mat khau roi" not in attempt.post_data


def test_logging_in_makes_a_new_session(client, hoa):
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key

    log_in(client, "hoa@vidu.vn")

    assert client.cookies["sessionid"].value != session.session_key


def test_logging_out_is_a_post_and_ends_the_session(client, hoa):
    log_in(client, "hoa@vidu.vn")
    key = client.session.session_key

    assert client.get("/dang-xuat/").status_code == 405
    assert person_in(client) == str(hoa.pk)

    answer = client.post("/dang-xuat/")

    assert (answer.status_code, answer["Location"]) == (302, "/")
    client.cookies["sessionid"] = key
    assert client.get("/tai-khoan/").status_code == 302


def test_visitors_are_asked_to_log_in_and_come_back(client, hoa):
    answer = client.get("/tai-khoan/")

    assert answer["Location"] == "/dang-nhap/?next=/tai-khoan/"
    assert log_in(client, "hoa@vidu.vn", next="/tai-khoan/")["Location"] == "/tai-khoan/"


def test_wagtails_door_is_ours(client, hoa):
    answer = client.get("/cms/login/?next=/cms/pages/")

    assert answer["Location"] == "/dang-nhap/?next=/cms/pages/"
    assert client.post("/cms/login/", {"username": "hoa@vidu.vn", "password": PASSWORD})["Location"] == "/dang-nhap/"
    assert person_in(client) is None
    assert reverse("wagtailadmin_login") == "/cms/login/"


@pytest.mark.parametrize("address", ["/_util/login/", "/en/_util/login/", "/cms/password_reset/"])
def test_no_other_door_opens(client, hoa, address):
    for answer in (client.get(address), client.post(address, {"username": "hoa@vidu.vn", "password": PASSWORD})):
        assert answer.status_code == 403
    assert person_in(client) is None
