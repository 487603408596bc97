"""The large made-up shop, in small."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from areas.models import Area
from catalogue.built_in import built_in
from catalogue.classification import load_classification
from catalogue.models import Listing, Product, Variant
from discovery.models import Entry
from factories import make_commune
from producers.models import Producer
from programme.models import Decision, Recognition
from programme.standing import standing_of
from shop.partner.models import StockRecord

pytestmark = pytest.mark.django_db
TABLES = (Producer, Product, Listing, Variant, StockRecord, Decision, Recognition)


@pytest.fixture(autouse=True)
def places():
    load_classification(built_in())
    for name in ("Xã Một", "Xã Hai"):
        make_commune(name)


def load(products, producers=3):
    call_command("load_sample_shop", "--products", str(products), "--producers", str(producers), stdout=StringIO())


def counts():
    return {model: model.objects.count() for model in TABLES}


def test_as_many_as_asked_for_each_with_stock_and_an_entry():
    load(60)
    assert (Producer.objects.count(), Listing.objects.count(), Entry.objects.filter(kind="product").count()) == (
        3,
        60,
        60,
    )
    assert StockRecord.objects.count() == Variant.objects.count() > 60
    assert {producer.listings.count() for producer in Producer.objects.all()} == {20}
    assert Area.objects.filter(producers__isnull=False).distinct().count() == 2


def test_the_same_size_again_changes_nothing_and_a_larger_one_goes_on():
    load(20)
    before, names = counts(), list(Listing.objects.order_by("pk").values_list("product__title", flat=True))
    load(20)
    assert counts() == before
    load(30, producers=5)
    assert (Producer.objects.count(), Listing.objects.count()) == (5, 30)
    assert list(Listing.objects.order_by("pk").values_list("product__title", flat=True))[:20] == names


def test_all_of_it_is_called_a_sample():
    load(60)
    assert all(producer.is_sample and "mẫu" in producer.name for producer in Producer.objects.all())
    assert all(listing.price_is_sample and "mẫu" in listing.product.title for listing in Listing.objects.all())
    assert {decision.source for decision in Decision.objects.all()} == {"sample"}
    held = [standing_of(one.product, on=timezone.localdate()) for one in Recognition.objects.all()]
    assert held and all(standing.is_sample for standing in held)
    assert len({standing.state for standing in held}) > 1
