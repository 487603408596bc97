"""Every address × every role: what the table allows opens, everything else stays shut. A GET changes nothing."""

import pytest
from django.db import transaction
from django.urls import get_resolver

from accounts.roles import EVERYONE, VISITOR
from config.access import ALLOWED, PREFIXES, allowed_roles
from config.tests.world import PEOPLE, changed_tables, names_of_addresses, rows_of_tables
from programme.models import Decision, DecisionLine, Recognition

POST_ALONE = {
    "basket_add",
    "basket_change",
    "logout",
    "manage_parcel",
    "manage_purchase_cancel",
    "manage_refund",
    "manage_transfer_settle",
    "purchase_cancel",
    "registration_cancel",
    "search_click",
}
NOTHING_THERE = {
    "/cms/hoi-cho/dang-ky/1/",  # the people of the world's fair may bear other numbers
    "/cms/hoi-cho/gian-hang/1/",
    "media",  # the world's file is no picture of the library
    "/cms/localize/update/1/",  # and no page of it is being translated
    "/cms/localize/page/1/convert_to_alias/",
}
OPENED = {200, 204, 301, 302, 304}
TO_LOG_IN = ("/dang-nhap/?next=", "/en/dang-nhap/?next=", "/en/login/?next=")
HARMLESS = {"django_session", "axes_accessattempt", "axes_accesslog"}  # that somebody came by
EDITORS_OWN = {"wagtailusers_userprofile", "wagtailadmin_editingsession"}  # Wagtail notes how one likes its screens


def roles_for(address) -> frozenset:
    return next(
        (roles for prefix, roles in PREFIXES.items() if address.path.startswith(prefix)), ALLOWED.get(address.name)
    )


def leads_to_log_in(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(TO_LOG_IN)


def fault(answer, method: str, address, is_allowed: bool, is_visitor: bool) -> str:
    """What is wrong with an answer; nothing where it is as the table says."""
    status = answer.status_code
    shown = f"{method.upper()} {address.path} ({address.name}): {status} {answer.get('Location', '')}"
    if not is_allowed:
        is_refused = status == 403 or (is_visitor and bool(roles_for(address)) and leads_to_log_in(answer))
        return "" if is_refused else f"{shown}, but it is refused by the table"
    if leads_to_log_in(answer) and address.path != "/cms/login/":
        return f"{shown}, but it is allowed by the table"
    if method == "post":
        expected = OPENED | {400, 404, 405, 409, 422}
    elif address.name in POST_ALONE:
        expected = {405}
    else:
        expected = OPENED | ({404} if "AAAAAAAAAA" in address.path or address.name in NOTHING_THERE else set())
    return "" if status in expected else f"{shown}, but it is allowed by the table"


def faults_of(world, who: str, method: str, answers: dict) -> list[str]:
    roles, is_visitor = world.roles(who), who == VISITOR
    found = [
        fault(answer, method, address, bool(roles & (roles_for(address) or set())), is_visitor)
        for address, answer in answers.items()
    ]
    return [each for each in found if each]


@pytest.mark.parametrize("who", PEOPLE)
def test_looking_opens_what_the_table_says_changes_no_row_and_tells_nothing_of_another(world, who):
    client, before = world.client(who), rows_of_tables()

    answers = {address: client.get(address.path) for address in world.addresses()}

    assert faults_of(world, who, "get", answers) == []
    noted = EDITORS_OWN if world.roles(who) & PREFIXES["/cms/"] else set()
    assert set(changed_tables(before, rows_of_tables())) - HARMLESS - noted == set()
    if who not in ("shop manager", "administrator"):
        assert told_of_another(world, answers) == {}


def told_of_another(world, answers: dict) -> dict:
    """The pages that tell another's name, place, code or key, but the one whose address is that key."""
    key, code = world.examples["purchase"][1][0], world.examples["manage_purchase"][1][0]
    visit = world.examples["registration"][0][0]
    told = {}
    for address, answer in answers.items():
        if address.path.startswith("/cms/hoi-cho/"):
            continue  # organisers read there who comes
        if not answer.streaming and not any(secret in address.path for secret in (key, code, visit)):
            text = answer.content.decode()
            told[address.path] = [secret for secret in ("Kanari", key, code, visit) if secret in text]
    return {path: secrets for path, secrets in told.items() if secrets}


@pytest.mark.parametrize("who", PEOPLE)
def test_sending_opens_what_the_table_says_and_never_writes_a_star(world, who):
    """Every field of decisions and recognitions is sent to every address; stars follow from decisions alone."""
    sent, before, answers, wrote = programme_fields(), rows_of_tables(is_programmes), {}, []

    for address in world.addresses():
        with transaction.atomic():  # each in a session and a state of its own
            answers[address] = world.client(who).post(address.path, sent)
            wrote += changed_tables(before, rows_of_tables(is_programmes))
            transaction.set_rollback(True)

    assert faults_of(world, who, "post", answers) == []
    assert (len(before) >= 4, wrote) == (True, [])


def is_programmes(table: str) -> bool:
    return table.startswith("programme_") or table == "discovery_entry"


def programme_fields() -> dict:
    fields = [field for model in (Decision, DecisionLine, Recognition) for field in model._meta.concrete_fields]
    line = DecisionLine.objects.get()
    sent = {field.name: "2030-01-01" if field.name.endswith(("_on", "_until")) else "5" for field in fields}
    return sent | {"product": line.product_id, "line": line.pk, "decision": line.decision_id, "check_code": "A" * 10}


def test_every_address_is_in_the_table_and_every_row_has_an_address():
    assert names_of_addresses() - set(ALLOWED) == set()
    assert set(ALLOWED) - names_of_addresses() == set()


def test_every_prefix_has_addresses_below_it(world):
    paths = {address.path for address in world.addresses()}

    assert [prefix for prefix in PREFIXES if not any(path.startswith(prefix) for path in paths)] == []


def test_an_address_that_the_table_does_not_know_is_open_to_nobody():
    class Match:
        url_name = "something new"

    assert allowed_roles(Match, "/something/") == frozenset()


def test_a_screen_of_wagtail_never_borrows_the_name_of_a_public_address():
    class Match:
        url_name = "home"

    assert allowed_roles(Match, "/cms/whatever/") == {"editor", "chief_editor", "translator", "administrator"}


def test_the_table_keeps_its_promises():
    """Said a second time by hand, so that a slip in the table itself is seen."""
    managers = {"shop_manager", "administrator"}
    lesser = {"visitor", "buyer", "member", "editor", "chief_editor", "translator", "provincial_officer"}
    for name, roles in ALLOWED.items():
        if name.startswith("manage"):
            assert roles == managers, name
            assert not roles & lesser, name
        elif name in ("logout", "account", "account_password"):
            assert roles == EVERYONE - {"visitor"}, name
        elif "authenticate" in name or name == "wagtailcore_login":
            assert roles == set(), name
        else:
            assert roles == EVERYONE, name
    for place in ("users", "groups", "workflows", "collections", "sites", "locales", "redirects"):
        assert PREFIXES[f"/cms/{place}/"] == {"administrator"}, place
    for place in ("update", "page"):
        assert PREFIXES[f"/cms/localize/{place}/"] == {"chief_editor", "administrator"}, place
    assert PREFIXES["/cms/hoi-cho/"] == {"editor", "chief_editor", "administrator"}
    assert PREFIXES["/cms/"] == {"editor", "chief_editor", "translator", "administrator"}


def test_wagtails_admin_has_no_screen_for_stars_or_money():
    routes = " ".join(route for route in _routes(get_resolver().url_patterns) if route.startswith("cms/"))

    assert "cms/pages/" in routes
    assert not [word for word in ("decision", "recognition", "purchase", "refund", "stockrecord") if word in routes]


def _routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        yield route.lower()
        yield from _routes(getattr(pattern, "url_patterns", []), route)


@pytest.mark.parametrize("who", ["visitor", "administrator"])
def test_every_post_without_a_token_is_refused_and_changes_nothing(world, who):
    client = world.client(who, enforce_csrf_checks=True)
    before = rows_of_tables()

    answers = {address.path: client.post(address.path, {"name": "x"}).status_code for address in world.addresses()}

    assert {path: status for path, status in answers.items() if status != 403} == {}
    assert set(changed_tables(before, rows_of_tables())) - HARMLESS == set()


def test_without_the_guard_the_walk_finds_the_open_doors(world, monkeypatch):
    """A control: the walk above can fail."""
    monkeypatch.setattr("config.access.AccessMiddleware.process_view", lambda *args: None)
    address = next(address for address in world.addresses() if address.name == "manage_purchases")

    answers = {address: world.client("buyer").get(address.path)}

    assert faults_of(world, "buyer", "get", answers) == [
        f"GET {address.path} (manage_purchases): 200 , but it is refused by the table"
    ]
    assert told_of_another(world, answers) != {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/cau-chuyen/che%00/",
        "/san-pham/che%00/",
        "/nha-san-xuat/che%00/",
        "/don-mua/che%00/",
        "/hoi-cho/dang-ky-cua-toi/che%00/",
        "/anh-chia-se/vi/product/che%00/0/",
        "/media/che%00.png",
        "/kiem-tra/ABCDEFGHJ%00/",
        "/cms/pages/1%00/",
    ],
)
def test_an_address_with_a_nul_sign_leads_nowhere(client, address):
    assert client.get(address).status_code == 404
