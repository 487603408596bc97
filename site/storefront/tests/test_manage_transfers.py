"""Money on the managers' screens: written down as typed, differing amounts asked for twice, decided once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import make_manager, make_product, make_purchase, stock_of
from shop.models import IncomingTransfer, Purchase, Refund
from shop.transfers import end_run_out_purchases, record_transfer
from storefront.manage_shown import time_left

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_manager()


@pytest.fixture(autouse=True)
def logged_in(client, manager):
    client.force_login(manager)


@pytest.fixture
def waiting():
    """125,000 ₫, waiting for its transfer."""
    return make_purchase(method="transfer")


def receive(client, purchase, **typed):
    return client.post(f"/quan-ly/chuyen-khoan/{purchase.code}/da-nhan/", typed)


def state_of(purchase) -> str:
    return Purchase.objects.get(pk=purchase.pk).state


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_a_statement_is_compared_with(client, waiting):
    Purchase.objects.filter(pk=waiting.pk).update(pay_before=timezone.now() + timedelta(hours=5, minutes=10))

    page = client.get("/quan-ly/chuyen-khoan/").content.decode()

    for shown in (waiting.code, f"OCOP {waiting.code}", "125.000 ₫", "Người Mua", "0912 345 678", "còn 5 giờ"):
        assert shown in page


def test_the_soonest_stands_first(client):
    later, sooner = make_purchase(method="transfer"), make_purchase(method="transfer")
    Purchase.objects.filter(pk=sooner.pk).update(pay_before=timezone.now() + timedelta(minutes=5))

    page = client.get("/quan-ly/chuyen-khoan/").content.decode()

    assert page.index(sooner.code) < page.index(later.code)


def test_no_amount_is_filled_in_beforehand(client, waiting):
    page = client.get("/quan-ly/chuyen-khoan/").content.decode()

    field = re.search(r'<input id="amount-[^>]*>', page)[0]
    assert "value=" not in field


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-3, "hết giờ"), (0, "hết giờ"), (1, "còn 1 phút"), (59, "còn 59 phút"), (60, "còn 1 giờ"), (1439, "còn 23 giờ")],
)
def test_time_left_in_words(minutes, words):
    now = timezone.now()

    assert time_left(now + timedelta(minutes=minutes), now) == words


def test_the_list_asks_as_much_for_thirty_as_for_one(client, django_assert_max_num_queries):
    tea = make_product(in_stock=100)
    make_purchase(tea, method="transfer")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/quan-ly/chuyen-khoan/")
    for number in range(29):
        purchase = make_purchase(tea, method="transfer")
        if number % 2:
            record_transfer(purchase, amount=1_000, reference=f"FT{number}")
    record_transfer(Purchase.objects.first(), amount=1_000, reference="FT-A")

    with CaptureQueriesContext(connection) as thirty:
        client.get("/quan-ly/chuyen-khoan/")

    assert len(thirty) <= len(one) + 1  # the transfers that are there now


# --- Writing money down -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["125000", "125.000", "125,000", "125 000", "125.000 ₫", "₫125,000", "125000đ", " 125.000 VND "]
)
def test_the_exact_sum_confirms_at_once(client, waiting, manager, typed):
    response = receive(client, waiting, amount=typed, reference="FT 1")

    transfer = IncomingTransfer.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, "/quan-ly/chuyen-khoan/")
    assert state_of(waiting) == "confirmed"
    assert (transfer.amount, transfer.reference, transfer.entered_by) == (125_000, "FT1", manager)


@pytest.mark.parametrize(
    "typed", ["", "0", "-125000", "125.5", "1.25.000", "12.50", "abc", "125000 usd", "١٢٥٠٠٠", "3000000000", "1e6"]
)
def test_what_is_no_whole_amount_is_refused_and_kept(client, waiting, typed):
    response = receive(client, waiting, amount=typed, reference="FT1")

    page = response.content.decode()
    assert response.status_code == 422
    assert f'value="{typed}"' in page
    assert 'value="FT1"' in page
    assert (state_of(waiting), IncomingTransfer.objects.count()) == ("waiting", 0)


def test_money_without_its_number_is_refused(client, waiting):
    response = receive(client, waiting, amount="125000", reference="  ")

    assert response.status_code == 422
    assert 'value="125000"' in response.content.decode()
    assert (state_of(waiting), IncomingTransfer.objects.count()) == ("waiting", 0)


@pytest.mark.parametrize(("amount", "says"), [("100.000", "thiếu 25.000 ₫"), ("200.000", "thừa 75.000 ₫")])
def test_an_amount_that_differs_is_asked_for_again_with_what_it_will_do(client, waiting, amount, says):
    response = receive(client, waiting, amount=amount, reference="FT1")

    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "chưa được xác nhận" in page
    assert 'value="FT1"' in page
    assert (state_of(waiting), IncomingTransfer.objects.count()) == ("waiting", 0)


def test_saying_it_twice_writes_it_down_and_leaves_it_to_a_person(client, waiting):
    receive(client, waiting, amount="100.000", reference="FT1", confirmed="100000")

    transfer = IncomingTransfer.objects.get()
    assert (transfer.amount, transfer.outcome, transfer.settled_at) == (100_000, "too_little", None)
    assert state_of(waiting) == "waiting"


def test_the_confirmation_holds_for_the_amount_that_was_shown_alone(client, waiting):
    response = receive(client, waiting, amount="90.000", reference="FT1", confirmed="100000")

    assert response.status_code == 422
    assert "thiếu 35.000 ₫" in response.content.decode()
    assert not IncomingTransfer.objects.exists()


def test_the_rest_of_the_sum_is_no_difference(client, waiting):
    record_transfer(waiting, amount=100_000, reference="FT1")

    receive(client, waiting, amount="25000", reference="FT2")

    assert state_of(waiting) == "confirmed"


def test_a_second_click_counts_nothing_twice(client, waiting):
    for _ in range(2):
        response = receive(client, waiting, amount="125000", reference="FT1")

    assert response.status_code == 302
    assert (IncomingTransfer.objects.count(), Refund.objects.count()) == (1, 0)
    assert "không ghi lần hai" in client.get("/quan-ly/").content.decode()


def test_the_same_number_with_another_amount_is_told(client, waiting):
    record_transfer(waiting, amount=125_000, reference="FT1")

    receive(client, waiting, amount="100000", reference="FT1")

    assert "đã được ghi với số tiền 125.000 ₫" in client.get("/quan-ly/").content.decode()
    assert IncomingTransfer.objects.count() == 1


def test_a_number_of_another_purchase_is_refused_and_kept(client, waiting):
    other = make_purchase(method="transfer")
    record_transfer(other, amount=other.total, reference="FT1")

    response = receive(client, waiting, amount="125000", reference="ft1")

    page = response.content.decode()
    assert response.status_code == 422
    assert "đã được ghi cho lần mua khác" in page
    assert 'value="ft1"' in page
    assert state_of(waiting) == "waiting"


def test_late_money_is_entered_at_the_purchase(client, waiting):
    Purchase.objects.filter(pk=waiting.pk).update(pay_before=timezone.now())
    end_run_out_purchases()

    response = receive(client, waiting, amount="125000", reference="FT1")

    assert response.headers["Location"] == f"/quan-ly/lan-mua/{waiting.code}/"
    assert state_of(waiting) == "confirmed"


def test_money_that_will_go_back_is_announced_first(client, waiting):
    record_transfer(waiting, amount=125_000, reference="FT1")

    response = receive(client, waiting, amount="125000", reference="FT2")

    assert response.status_code == 422
    assert "phải hoàn cho người mua" in response.content.decode()
    assert not Refund.objects.exists()


# --- Deciding ---------------------------------------------------------------------------------------------------------


def decide(client, transfer, decision):
    return client.post(f"/quan-ly/chuyen-khoan/xu-ly/{transfer.pk}/", {"decision": decision})


def test_what_differs_stands_first_with_its_buttons(client, waiting):
    record_transfer(waiting, amount=100_000, reference="FT1")

    page = client.get("/quan-ly/chuyen-khoan/").content.decode()

    assert "Chấp nhận thiếu 25.000 ₫" in page
    assert "Hủy lần mua và hoàn 100.000 ₫" in page
    assert page.index("Cần xử lý") < page.index("Đang chờ tiền")


def test_too_little_is_accepted(client, waiting, manager):
    transfer = record_transfer(waiting, amount=100_000, reference="FT1")

    decide(client, transfer, "accept")

    assert (state_of(waiting), waiting.events.last().by) == ("confirmed", manager)
    assert not Refund.objects.exists()


def test_money_is_returned(client, waiting):
    transfer = record_transfer(waiting, amount=100_000, reference="FT1")

    decide(client, transfer, "return")

    assert (state_of(waiting), Refund.objects.get().amount) == ("cancelled", 100_000)


def test_the_second_decision_is_told_that_it_is_late(client, waiting):
    transfer = record_transfer(waiting, amount=200_000, reference="FT1")
    decide(client, transfer, "accept")
    client.get("/quan-ly/")

    decide(client, transfer, "return")

    assert "đã được xử lý" in client.get("/quan-ly/").content.decode()
    assert (state_of(waiting), Refund.objects.get().amount) == ("confirmed", 75_000)


def test_no_decision_decides_nothing(client, waiting):
    transfer = record_transfer(waiting, amount=100_000, reference="FT1")

    decide(client, transfer, "")

    transfer.refresh_from_db()
    assert (state_of(waiting), transfer.settled_at) == ("waiting", None)
    assert stock_of(waiting.parcels.get().producer.listings.get().product).num_allocated == 1
