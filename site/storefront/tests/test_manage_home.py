"""The managers' first screen: what waits, as numbers."""

import re

import pytest

from factories import make_manager, make_product, make_purchase
from shop.transfers import record_transfer
from shop.workflow import cancel, pack

pytestmark = pytest.mark.django_db


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"<b>(\d+)</b>", page.split('class="tasks"')[1])]


def test_nothing_waits_in_an_empty_shop(client):
    client.force_login(make_manager())

    assert numbers(client.get("/quan-ly/").content.decode()) == [0, 0, 0, 0, 0]


def test_each_number_counts_what_waits(client):
    client.force_login(make_manager())
    tea = make_product(in_stock=50)
    waiting = [make_purchase(tea, method="transfer") for _ in range(6)]
    record_transfer(waiting[0], amount=1_000, reference="FT1")
    record_transfer(waiting[1], amount=waiting[1].total, reference="FT2")
    record_transfer(waiting[2], amount=waiting[2].total, reference="FT3")
    cancel(waiting[2], reason="hết hàng")
    for purchase in [make_purchase(tea) for _ in range(3)]:
        pack(purchase.parcels.get(), by=None)

    page = client.get("/quan-ly/").content.decode()

    # to settle, waiting, to pack, to send, refunds
    assert numbers(page) == [1, 4, 1, 3, 1]
    assert "tổng 125.000 ₫" in page


def test_what_is_wrong_with_the_search_is_told(client, settings):
    client.force_login(make_manager())
    settings.ELASTICSEARCH_URL = ""
    assert "Elasticsearch" not in client.get("/quan-ly/").content.decode()

    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"

    assert "Elasticsearch không trả lời" in client.get("/quan-ly/").content.decode()
    client.force_login(make_manager(language="en"))
    assert "Elasticsearch has not answered" in client.get("/quan-ly/").content.decode()
