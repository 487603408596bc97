"""Offices and what they open; the administrators' screens for people."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from accounts.roles import GROUPS, give_role, roles_of, take_role
from factories import PASSWORD, make_member, make_producer, make_user

pytestmark = pytest.mark.django_db


def logged_in(user):
    client = Client()
    client.force_login(user, "accounts.login.EmailOrPhoneBackend")
    return client


def test_a_buyer_is_a_buyer_and_a_member_is_both():
    assert roles_of(make_user()) == {"buyer"}
    assert roles_of(make_member(make_producer())) == {"buyer", "member"}


def test_an_editor_enters_the_cms_and_an_office_taken_is_gone():
    user = make_user()

    give_role(user, "editor")
    assert User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")

    take_role(user, "editor")
    assert roles_of(user) == {"buyer"}
    assert not User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


def test_an_office_given_twice_is_held_once():
    user = make_user()
    give_role(user, "editor")
    give_role(user, "editor")

    assert user.roles.count() == 1
    assert User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("role", GROUPS)
def test_each_office_that_works_on_pages_is_in_the_group_of_its_name_alone(role):
    assert [group.name for group in make_user(role).groups.all()] == [GROUPS[role]]


def test_only_administrators_are_superusers():
    user = make_user("administrator")
    assert User.objects.get(pk=user.pk).is_superuser

    take_role(user, "administrator")
    assert not User.objects.get(pk=user.pk).is_superuser


def test_whoever_is_made_superuser_by_command_is_an_administrator():
    user = User.objects.create_superuser(email="goc@vidu.vn", password=PASSWORD)
    give_role(user, "editor")

    assert User.objects.get(pk=user.pk).is_superuser
    assert roles_of(user) == {"buyer", "administrator", "editor"}


def test_no_group_may_change_people_groups_or_roles():
    rights = Permission.objects.filter(group__isnull=False)

    names = set(Group.objects.values_list("name", flat=True))
    assert (names >= set(GROUPS.values()), names & {"Editors", "Moderators"}) == (True, set())
    assert rights.exists()
    assert not rights.filter(content_type__app_label__in=["accounts", "auth"]).exists()
    assert not rights.filter(content_type__app_label__in=["shop", "order", "programme", "producers"]).exists()


@pytest.mark.parametrize("role", GROUPS)
@pytest.mark.parametrize(
    "address", ["/cms/users/", "/cms/users/new/", "/cms/groups/", "/cms/groups/new/", "/cms/users/edit/1/"]
)
def test_even_an_editor_with_the_permission_reaches_no_screen_for_people(address, role):
    editor = make_user(role)
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label__in=["accounts", "auth"]))

    assert logged_in(editor).get(address).status_code == 403
    assert logged_in(editor).post(address, {"name": "Ai"}).status_code == 403


@pytest.mark.parametrize("role", ["", "shop_manager", "provincial_officer"])
def test_who_is_no_editor_gets_403_at_the_cms_not_a_circle(role):
    assert logged_in(make_user(role)).get("/cms/").status_code == 403


def test_a_role_without_wagtails_permission_gets_403_not_a_circle():
    user = make_user()
    user.roles.create(name="editor")

    assert logged_in(user).get("/cms/").status_code == 403


@pytest.mark.parametrize("address", ["/cms/", "/cms/users/", "/cms/users/new/", "/cms/groups/", "/cms/account/"])
def test_the_administrator_reaches_the_screens(address):
    assert logged_in(make_user("administrator")).get(address).status_code == 200


@pytest.mark.parametrize(
    "query", ["q=hoa", "ordering=name", "ordering=-name", "ordering=email", "role=editor", "is_active=true"]
)
def test_the_list_of_people_is_searched_and_sorted(query):
    make_user("editor", name="Hoa Lò", phone="+84912345678")

    page = logged_in(make_user("administrator")).get(f"/cms/users/?{query}").content.decode()

    assert "Hoa Lò" in page


def person(**changes):
    return {
        "name": "Vừ A Páo",
        "email": "Pao@Vidu.vn",
        "phone": "0912 345 678",
        "language": "en",
        "is_active": "on",
        "offices": ["shop_manager"],
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def test_a_person_is_made_with_name_telephone_and_office():
    answer = logged_in(make_user("administrator")).post("/cms/users/new/", person())

    made = User.objects.get(email="pao@vidu.vn")
    assert answer.status_code == 302
    assert (made.name, made.phone, made.language) == ("Vừ A Páo", "+84912345678", "en")
    assert made.check_password(PASSWORD)
    assert roles_of(made) == {"buyer", "shop_manager"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "", "phone": ""},
        {"phone": "12345"},
        {"name": ""},
        {"password2": "khac hoan toan"},
        {"password1": "ngan", "password2": "ngan"},
        {"email": "co-roi@vidu.vn"},
        {"offices": ["king"]},
    ],
)
def test_a_wrong_person_is_not_made(wrong):
    make_user(email="co-roi@vidu.vn")
    administrator = make_user("administrator")
    before = User.objects.count()

    answer = logged_in(administrator).post("/cms/users/new/", person(**wrong))

    assert answer.status_code == 200
    assert User.objects.count() == before


def test_a_person_with_a_telephone_alone_is_changed_and_keeps_the_password():
    lan = User.objects.create_user(name="Lan", phone="+84912345678", password=PASSWORD)
    give_role(lan, "editor")

    answer = logged_in(make_user("administrator")).post(
        f"/cms/users/edit/{lan.pk}/",
        person(name="Lan Anh", email="", offices=["shop_manager"], password1="", password2=""),
    )

    lan = User.objects.get(pk=lan.pk)
    assert answer.status_code == 302
    assert (lan.name, lan.email, lan.phone) == ("Lan Anh", None, "+84912345678")
    assert lan.check_password(PASSWORD)
    assert roles_of(lan) == {"buyer", "shop_manager"}


def test_administrators_neither_lock_themselves_out_nor_lay_their_office_down():
    administrator = make_user("administrator")
    client = logged_in(administrator)
    for wrong in ({"offices": []}, {"is_active": "", "offices": ["administrator"]}):
        answer = client.post(
            f"/cms/users/edit/{administrator.pk}/", person(email="x@vidu.vn", password1="", password2="", **wrong)
        )
        assert answer.status_code == 200

    administrator.refresh_from_db()
    assert administrator.is_active and administrator.is_superuser


def test_nobody_is_deleted():
    lan, administrator = make_user(name="Lan"), make_user("administrator")
    client = logged_in(administrator)

    for address in (f"/cms/users/delete/{lan.pk}/", f"/cms/bulk/accounts/user/delete/?id={lan.pk}"):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403

    assert User.objects.filter(pk=lan.pk).exists()
    assert "/cms/users/delete/" not in client.get("/cms/users/").content.decode()


@pytest.mark.parametrize(("language", "word"), [("vi", 'lang="vi"'), ("en", 'lang="en"')])
def test_the_screens_for_work_speak_the_persons_language(language, word):
    page = logged_in(make_user("editor", language=language)).get("/cms/").content.decode()

    assert word in page[:500]


def test_the_address_says_the_language_everywhere_else():
    page = logged_in(make_user(language="en")).get("/tai-khoan/").content.decode()

    assert '<html lang="vi">' in page


def test_the_database_itself_keeps_an_office_from_being_held_twice():
    user = make_user("editor")

    with pytest.raises(IntegrityError), transaction.atomic():
        user.roles.create(name="editor")

    assert user.roles.count() == 1
