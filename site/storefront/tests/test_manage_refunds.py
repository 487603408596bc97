"""Refunds on the managers' screens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_manager, make_product, make_purchase
from shop.models import Refund
from shop.workflow import note_refund_paid, owe
from storefront.views.manage import DUE_SHOWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_manager(name="Quản lý Mẫu")


@pytest.fixture(autouse=True)
def logged_in(client, manager):
    client.force_login(manager)


@pytest.fixture
def refund():
    return owed(make_purchase(), 50_000)


def owed(purchase, amount, cause="hàng vỡ") -> Refund:
    owe(purchase, amount, cause=cause, reason="Hủy kiện hàng")
    return purchase.refunds.get(cause=cause)


def pay(client, refund, reference):
    return client.post(f"/quan-ly/hoan-tien/{refund.pk}/", {f"refund-{refund.pk}-reference": reference})


def test_what_is_due_says_whom_to_call(client, refund):
    page = client.get("/quan-ly/hoan-tien/").content.decode()

    for shown in (refund.purchase.code, "Người Mua", "0912 345 678", "50.000 ₫", "Hủy kiện hàng"):
        assert shown in page


def test_a_refund_is_noted_with_its_number(client, refund, manager):
    response = pay(client, refund, "OUT 1")

    refund.refresh_from_db()
    page = client.get("/quan-ly/hoan-tien/").content.decode()
    assert response.headers["Location"] == "/quan-ly/hoan-tien/"
    assert (refund.paid_by, refund.reference, refund.paid_at is not None) == (manager, "OUT1", True)
    assert "Không có khoản nào phải hoàn." in page
    assert "OUT1" in page


def test_a_refund_without_a_number_is_refused(client, refund):
    response = pay(client, refund, " ")

    refund.refresh_from_db()
    assert (response.status_code, refund.paid_at) == (422, None)
    assert "Hãy điền mục này." in response.content.decode()


def test_a_second_manager_is_told_that_it_is_done(client, refund, manager):
    note_refund_paid(refund, by=manager, reference="OUT1")
    client.force_login(make_manager())

    pay(client, refund, "OUT2")

    refund.refresh_from_db()
    assert (refund.paid_by, refund.reference) == (manager, "OUT1")
    assert "đã được ghi là đã hoàn" in client.get("/quan-ly/").content.decode()


def test_the_oldest_stand_first_and_the_page_stays_short(client):
    purchase = make_purchase()
    for number in range(DUE_SHOWN + 1):
        owed(purchase, 1_000 + number, cause=f"{number}")

    response = client.get("/quan-ly/hoan-tien/")

    amounts = [row["refund"].amount for row in response.context["rows"]]
    assert amounts == [1_000 + number for number in range(DUE_SHOWN)]
    assert f"{DUE_SHOWN} khoản cũ nhất trong {DUE_SHOWN + 1} khoản" in response.content.decode()


def test_the_list_asks_as_much_for_thirty_as_for_one(client, manager):
    tea = make_product(in_stock=100)

    def one_due_and_one_paid():
        owed(make_purchase(tea), 1_000)
        note_refund_paid(owed(make_purchase(tea), 1_000), by=manager, reference="OUT")

    one_due_and_one_paid()
    with CaptureQueriesContext(connection) as one:
        client.get("/quan-ly/hoan-tien/")
    for _ in range(29):
        one_due_and_one_paid()

    with CaptureQueriesContext(connection) as thirty:
        client.get("/quan-ly/hoan-tien/")

    assert len(thirty) == len(one)
