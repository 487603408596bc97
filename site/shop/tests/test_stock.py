"""Stock is truth in the database: all or none, never more than there is, never lost by a stale object."""

import pytest
from django.db import IntegrityError, transaction

from factories import make_product, make_purchase, stock_of
from shop.partner.models import StockRecord
from shop.stock import OutOfStock, hand_out, release, reserve

pytestmark = pytest.mark.django_db


def test_reserving_answers_the_rows_as_they_were():
    tea = stock_of(make_product(price=160_000, in_stock=5))

    rows = reserve({tea.pk: 2})

    tea.refresh_from_db()
    assert (rows[tea.pk].num_allocated, int(rows[tea.pk].price)) == (0, 160_000)
    assert tea.num_allocated == 2


def test_what_is_short_is_named_and_nothing_is_reserved():
    tea, rice, honey = (stock_of(make_product(in_stock=number)) for number in (5, 2, 0))

    with pytest.raises(OutOfStock) as short:
        reserve({tea.pk: 5, rice.pk: 3, honey.pk: 1})

    assert short.value.available == {rice.pk: 2, honey.pk: 0}
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {0}


def test_the_last_piece_is_reserved_once():
    tea = stock_of(make_product(in_stock=1))
    reserve({tea.pk: 1})

    with pytest.raises(OutOfStock) as short:
        reserve({tea.pk: 1})

    assert short.value.available == {tea.pk: 0}


def test_a_stock_record_that_is_gone_is_out_of_stock():
    with pytest.raises(OutOfStock) as short:
        reserve({123_456: 1})

    assert short.value.available == {123_456: 0}


def test_the_database_itself_refuses_to_promise_what_is_not_there():
    tea = stock_of(make_product(in_stock=1))

    with pytest.raises(IntegrityError), transaction.atomic():
        StockRecord.objects.filter(pk=tea.pk).update(num_allocated=2)

    tea.refresh_from_db()
    assert tea.num_allocated == 0


def test_released_pieces_are_free_again_and_handed_out_ones_are_gone():
    tea = stock_of(make_product(in_stock=5))
    reserve({tea.pk: 3})

    release({tea.pk: 1})
    hand_out({tea.pk: 2})

    tea.refresh_from_db()
    assert (tea.num_in_stock, tea.num_allocated) == (3, 0)


def test_a_price_changed_through_a_stale_object_loses_no_promise():
    tea = make_product(price=100_000, in_stock=5)
    stale = stock_of(tea)
    make_purchase((tea, 4))

    stale.price = 120_000
    stale.save(update_fields=["price"])

    now = stock_of(tea)
    assert (int(now.price), now.num_in_stock, now.num_allocated) == (120_000, 5, 4)


def test_stock_cannot_be_set_below_what_is_promised():
    tea = make_product(in_stock=5)
    make_purchase((tea, 4))
    stock = stock_of(tea)

    stock.num_in_stock = 3
    with pytest.raises(IntegrityError), transaction.atomic():
        stock.save(update_fields=["num_in_stock"])

    assert (stock_of(tea).num_in_stock, stock_of(tea).num_allocated) == (5, 4)
