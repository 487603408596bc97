"""Everybody wants the last pieces at the same moment, over HTTP, against the server as `make run` starts it.

What only PostgreSQL does (many writers at once) is tried there with two hundred buyers; the tests without that mark
are tried on either database, so that SQLite, which lets one write at a time, has its own crowd.
"""

import random
import re
from functools import partial

import pytest

from factories import make_buyer, make_product, make_rates, stock_of
from journeys.crowd import Answer, Browser, ReadyBuyer, all_at_once, deadlocks, ready_buyers
from shop.models import Purchase
from shop.partner.models import StockRecord

PURCHASE_ADDRESS = re.compile(r"/don-mua/[0-9a-f]{32}/")
SOLD_OUT = re.compile(r"vừa hết hàng|chỉ còn \d")


@pytest.fixture
def server(live_server_process):
    make_rates()
    return live_server_process


@pytest.fixture
def buyer(server):
    return make_buyer()


@pytest.fixture
def form(buyer):
    return {
        "name": buyer.name,
        "phone": "0912 345 678",
        "commune": buyer.commune.full_name,
        "commune_code": buyer.commune.code,
        "street": "Bản 1",
        "method": "cash",
        "consent_terms": "on",
        "consent_privacy": "on",
    }


def send(server: str, form: dict, ready: ReadyBuyer) -> Answer:
    """The last step of a buyer, in a browser that has nothing but the basket's cookie."""
    return Browser(server, {"basket": ready.key}).post("/dat-hang/", {**form, "preview": ready.preview})


def send_all(server: str, form: dict, buyers: list[ReadyBuyer]) -> list[Answer]:
    return all_at_once(partial(send, server, form, ready) for ready in buyers)


def bought_and_refused(answers: list[Answer]) -> tuple[int, int]:
    """How many were led to a purchase of their own, and how many were told that all is sold; nothing else happened."""
    bought = [answer for answer in answers if answer.status == 302 and PURCHASE_ADDRESS.fullmatch(answer.location)]
    refused = [answer for answer in answers if answer.status == 409 and SOLD_OUT.search(answer.text)]
    others = [answer for answer in answers if answer not in bought and answer not in refused]
    assert not others, others[0]
    assert len({answer.location for answer in bought}) == len(bought)
    return len(bought), len(refused)


def see_total(server: str, form: dict, variant_id: int) -> tuple[Browser, dict]:
    """A buyer's way to the last step by the pages alone: the browser, and the form as the checkout sends it."""
    browser = Browser(server)
    assert browser.post("/gio-hang/them/", {"variant": variant_id}).status == 302
    assert browser.get("/dat-hang/").status == 200
    page = browser.post("/dat-hang/", form).text
    return browser, {**form, "preview": re.search(r'name="preview" value="([^"]+)"', page)[1]}


@pytest.mark.postgresql
def test_two_hundred_strangers_go_through_the_pages_and_ten_buy_ten_pieces(server, form):
    tea = make_product(in_stock=10)
    variant_id = tea.listing.variants.get().pk
    seen = all_at_once([partial(see_total, server, form, variant_id)] * 200)

    answers = all_at_once(partial(browser.post, "/dat-hang/", complete) for browser, complete in seen)

    assert bought_and_refused(answers) == (10, 190)
    assert Purchase.objects.count() == stock_of(tea).num_allocated == 10


@pytest.mark.postgresql
def test_ten_pieces_are_bought_ten_times_in_each_of_twenty_rushes(server, form, buyer):
    before = deadlocks()
    for _ in range(20):
        tea = make_product(in_stock=10)
        buyers = ready_buyers([[tea]] * 200, buyer)

        answers = send_all(server, form, buyers)

        assert bought_and_refused(answers) == (10, 190)
        assert stock_of(tea).num_allocated == 10
    assert Purchase.objects.count() == 200
    assert deadlocks() == before


@pytest.mark.postgresql
def test_three_products_taken_in_any_order_never_lock_each_other_out(server, form, buyer):
    before, products = deadlocks(), [make_product(in_stock=10) for _ in range(3)]
    buyers = ready_buyers([random.sample(products, 3) for _ in range(200)], buyer)

    answers = send_all(server, form, buyers)

    assert bought_and_refused(answers) == (10, 190)
    assert [stock_of(product).num_allocated for product in products] == [10, 10, 10]
    assert deadlocks() == before


def test_fifty_buyers_of_ten_pieces_buy_ten(server, form, buyer):
    for _ in range(3):
        tea = make_product(in_stock=10)
        buyers = ready_buyers([[tea]] * 50, buyer)

        answers = send_all(server, form, buyers)

        assert bought_and_refused(answers) == (10, 40)
        assert stock_of(tea).num_allocated == 10


def test_fifty_strangers_fill_their_baskets_at_once(server, form):
    variant_id = make_product(in_stock=10).listing.variants.get().pk

    seen = all_at_once([partial(see_total, server, form, variant_id)] * 50)

    assert len({browser.cookies["basket"] for browser, complete in seen}) == 50


def test_a_form_sent_twice_at_once_buys_once_and_leads_to_the_same_page(server, form, buyer):
    tea = make_product(in_stock=200)
    for ready in ready_buyers([[tea]] * 100, buyer):
        first, second = all_at_once([partial(send, server, form, ready)] * 2)

        purchase = Purchase.objects.get(basket=ready.basket)
        assert (first.status, second.status) == (302, 302)
        assert first.location == second.location == f"/don-mua/{purchase.key}/"
    assert Purchase.objects.count() == StockRecord.objects.get().num_allocated == 100
