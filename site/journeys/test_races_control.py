"""That the races of test_races.py are races: without the lock too much is sold, and without it the last wall holds.

Nothing in the product can switch the lock off, so each test replaces it in its own process, where many threads place
purchases, each on a connection of its own. SQLite lets one transaction write at a time, lock or no lock; there the same
crowd shows that this is so.
"""

import time
from functools import partial

import pytest
from django.db import connection, transaction

from factories import make_buyer, make_product, make_rates, stock_of
from journeys.crowd import all_at_once, deadlocks, outcomes, ready_buyers
from shop import stock
from shop.models import Purchase
from shop.partner.models import StockRecord
from shop.placing import place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rush():
    """A function: thirty buyers of one piece each of these products, all at once; how it ended for them."""
    make_rates()
    buyer = make_buyer()

    def rush_for(*orders) -> dict[str, int]:
        buyers = ready_buyers([orders[number % len(orders)] for number in range(30)], buyer)
        return outcomes(all_at_once(partial(place, each.basket, buyer, each.preview) for each in buyers))

    return rush_for


def look_without_locking(stock_ids) -> dict[int, StockRecord]:
    """What `stock.lock` does, but for the lock; and a moment passes before anything is written."""
    rows = {row.pk: row for row in StockRecord.objects.filter(pk__in=stock_ids)}
    time.sleep(0.1)
    return rows


def lock_in_any_order(stock_ids) -> dict[int, StockRecord]:
    """What `stock.lock` does, but for the order; and a moment passes between one and the next."""
    rows = {}
    for pk in stock_ids:
        rows[pk] = StockRecord.objects.select_for_update(no_key=True).get(pk=pk)
        time.sleep(0.1)
    return rows


def take_the_constraint_away() -> None:
    wall = next(each for each in StockRecord._meta.constraints if each.name == "stock_promised_is_there")
    with connection.schema_editor() as editor:
        editor.remove_constraint(StockRecord, wall)


@pytest.mark.postgresql
def test_without_lock_and_constraint_more_is_sold_than_is_there(rush, monkeypatch):
    tea = make_product(in_stock=10)
    take_the_constraint_away()
    monkeypatch.setattr(stock, "lock", look_without_locking)

    rush([tea])

    assert stock_of(tea).num_allocated == Purchase.objects.count() > 10


@pytest.mark.postgresql
def test_the_constraint_alone_lets_no_more_be_sold_than_is_there(rush, monkeypatch):
    tea = make_product(in_stock=10)
    monkeypatch.setattr(stock, "lock", look_without_locking)

    assert rush([tea]) == {"done": 10, "Refused": 20}

    assert stock_of(tea).num_allocated == Purchase.objects.count() == 10


@pytest.mark.postgresql
def test_the_lock_alone_lets_no_more_be_sold_than_is_there(rush):
    tea = make_product(in_stock=10)
    take_the_constraint_away()

    assert rush([tea]) == {"done": 10, "Refused": 20}

    assert stock_of(tea).num_allocated == Purchase.objects.count() == 10


@pytest.mark.postgresql
def test_locked_in_any_order_buyers_lock_each_other_out(monkeypatch):
    """So the counter of the tests that find no deadlock does count."""
    tea, honey = make_product(in_stock=100), make_product(in_stock=100)
    monkeypatch.setattr(stock, "lock", lock_in_any_order)
    before = deadlocks()

    ended = all_at_once(partial(reserve_and_go, order) for order in [(tea, honey), (honey, tea)])

    assert outcomes(ended) == {"done": 1, "OperationalError": 1}
    assert deadlocks() == before + 1


def reserve_and_go(products) -> None:
    with transaction.atomic():
        stock.reserve({stock_of(product).pk: 1 for product in products})


def test_thirty_threads_buy_ten_pieces(rush):
    tea, honey = make_product(in_stock=10), make_product(in_stock=10)

    assert rush([tea, honey], [honey, tea]) == {"done": 10, "Refused": 20}

    assert [stock_of(product).num_allocated for product in (tea, honey)] == [10, 10]
