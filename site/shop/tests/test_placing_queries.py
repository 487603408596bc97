"""Placing reads no more for many lines than for one: a column missing in `baskets.READ` costs a question a line."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_basket, make_buyer, make_producer, make_product, make_rates, preview_of
from shop.placing import place

pytestmark = pytest.mark.django_db(transaction=True)


def questions_for(lines: int) -> int:
    """How often placing a basket of so many lines of one producer selects."""
    producer, buyer = make_producer(), make_buyer()
    basket = make_basket(*(make_product(producer) for _ in range(lines)))
    preview = preview_of(basket, buyer)
    with CaptureQueriesContext(connection) as asked:
        place(basket, buyer, preview)
    return sum(query["sql"].startswith("SELECT") for query in asked)


def test_a_purchase_of_nine_lines_selects_as_often_as_one_of_one():
    make_rates()
    assert questions_for(9) == questions_for(1)
