"""Who may use the shop managers' dashboard, and in which language it speaks."""

import pytest
from django.urls import reverse

from config.access import ALLOWED
from config.urls import urlpatterns
from factories import make_manager, make_purchase, make_user
from shop.models import IncomingTransfer, Purchase, Refund

pytestmark = pytest.mark.django_db
ADDRESSES = {
    "manage": {},
    "manage_delivery": {},
    "manage_transfers": {},
    "manage_transfer_received": {"code": "ABCDEFGHJK"},
    "manage_transfer_settle": {"pk": 1},
    "manage_purchases": {},
    "manage_purchase": {"code": "ABCDEFGHJK"},
    "manage_purchase_cancel": {"code": "ABCDEFGHJK"},
    "manage_parcel": {"pk": 1},
    "manage_refunds": {},
    "manage_refund": {"pk": 1},
}
ACTIONS = ["manage_transfer_settle", "manage_purchase_cancel", "manage_parcel", "manage_refund"]


def test_no_address_of_the_dashboard_is_forgotten_here():
    names = {pattern.name for pattern in urlpatterns if getattr(pattern, "name", "")}

    assert {name for name in names | set(ALLOWED) if name.startswith("manage")} == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_log_in(client, name, method):
    response = getattr(client, method)(reverse(name, kwargs=ADDRESSES[name]))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("role", ["", "editor", "chief_editor", "translator", "provincial_officer"])
def test_nobody_else_gets_in(client, name, role):
    client.force_login(make_user(role))

    assert client.post(reverse(name, kwargs=ADDRESSES[name])).status_code == 403


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name not in ACTIONS])
@pytest.mark.parametrize("role", ["shop_manager", "administrator"])
def test_a_manager_and_an_administrator_get_in(client, name, role):
    client.force_login(make_user(role))
    if "code" in ADDRESSES[name]:
        address = reverse(name, kwargs={"code": make_purchase(method="transfer").code})
    else:
        address = reverse(name)

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ACTIONS)
def test_looking_at_an_action_does_nothing(client, name):
    client.force_login(make_manager())
    make_purchase()

    assert client.get(reverse(name, kwargs=ADDRESSES[name])).status_code == 405

    assert list(Purchase.objects.values_list("state", flat=True)) == ["confirmed"]
    assert not IncomingTransfer.objects.exists()
    assert not Refund.objects.exists()


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name.endswith(("settle", "refund", "parcel"))])
def test_what_does_not_exist_is_not_found(client, name):
    client.force_login(make_manager())

    assert client.post(reverse(name, kwargs={"pk": 999_999})).status_code == 404


@pytest.mark.parametrize(("language", "title"), [("vi", "Việc đang chờ"), ("en", None)])
def test_the_dashboard_speaks_the_persons_language(client, language, title):
    client.force_login(make_manager(language=language))

    page = client.get("/quan-ly/").content.decode()

    assert f'<html lang="{language}">' in page
    if title:
        assert f"<h1>{title}</h1>" in page


def test_the_header_leads_to_where_the_language_is_chosen(client):
    client.force_login(make_manager(language="vi"))

    page = client.get("/quan-ly/").content.decode()

    assert 'href="/en/account/"' in page


def test_a_manager_reads_nothing_from_a_cache(client):
    client.force_login(make_manager())

    assert "no-store" in client.get("/quan-ly/").headers["Cache-Control"]
