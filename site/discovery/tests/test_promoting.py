"""What editors set above results is shown while the public may see it, and never alcohol."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue.models import Product
from discovery.models import PromotedThing, PromotedWord, Promotion
from discovery.promoting import promoted
from factories import make_producer, make_product, show
from producers.suspension import suspend

pytestmark = pytest.mark.django_db


def promote(*things, words=("Mắc ca",), **days) -> Promotion:
    """Things are products, or fields of a thing."""
    promotion = Promotion.objects.create(**days)
    for place, thing in enumerate(things):
        fields = thing if isinstance(thing, dict) else {"product": thing}
        PromotedThing.objects.create(promotion=promotion, sort_order=place, **fields)
    for word in words:
        PromotedWord.objects.create(promotion=promotion, typed=word.lower().replace("ắ", "a"), text=word)
    return promotion


def shown(*products):
    made = [make_product() for _ in range(3)] if not products else products
    show(*made)
    return made


def names(typed="mắc ca") -> list[str]:
    return [card.name for card in promoted(typed)]


def test_things_of_a_word_come_in_the_editors_order():
    one, two, three = shown()
    promote(three, one, two)

    assert names() == [three.title, one.title, two.title]


@pytest.mark.parametrize("typed", ["mac ca", "MẮC  CA", "mac-ca", " mắc ca! "])
def test_a_word_is_read_as_the_search_reads_it(typed):
    one, *_ = shown()
    promote(one)

    assert names(typed) == [one.title]


@pytest.mark.parametrize("typed", ["", "?", "mac", "mac ca lai chau", "\0"])
def test_another_word_shows_nothing(typed):
    one, *_ = shown()
    promote(one)

    assert names(typed) == []


def test_three_at_most():
    promote(*shown(*(make_product() for _ in range(5))))

    assert len(names()) == 3


@pytest.mark.parametrize(
    ("start", "end", "is_shown"),
    [(None, None, True), (0, 0, True), (-5, 5, True), (1, None, False), (None, -1, False), (-9, -1, False)],
)
def test_a_promotion_stands_in_its_days(start, end, is_shown):
    one, *_ = shown()
    today = timezone.localdate()
    days = [None if each is None else today + timedelta(days=each) for each in (start, end)]
    promote(one, starts_on=days[0], ends_on=days[1])

    assert bool(names()) == is_shown


def test_what_is_hidden_leaves_and_comes_back():
    one, two, _ = shown()
    promote(one, two)
    Product.objects.filter(pk=one.pk).update(is_public=False)
    show(one)
    assert names() == [two.title]

    Product.objects.filter(pk=one.pk).update(is_public=True)
    show(one)

    assert names() == [one.title, two.title]


def test_what_is_deleted_takes_its_place_along():
    one, two, _ = shown()
    promotion = promote(one, two)

    one.delete()

    assert names() == [two.title]
    assert promotion.things.count() == 1


def test_a_suspended_producer_leaves_with_all_products(jobs):
    producer = make_producer()
    one = make_product(producer)
    show(one)
    promote(one, {"producer": producer})
    jobs()
    assert names() == [one.title, producer.name]

    suspend(producer, reason="Hết giấy")
    jobs()

    assert names() == []


def test_alcohol_is_never_promoted():
    spirits = make_product(set_number=14)
    show(spirits)
    promote(spirits)

    assert names() == []


def test_nothing_set_costs_one_query_and_many_things_two(django_assert_num_queries):
    promote(*shown())
    with django_assert_num_queries(1):
        promoted("gạo")
    with django_assert_num_queries(2):
        for card in promoted("mắc ca"):
            assert not card.standing.holds
    with django_assert_num_queries(0):
        promoted("?!")


@pytest.mark.parametrize("fields", [{}, {"product", "producer"}])
def test_the_database_keeps_a_thing_to_one(fields):
    product = make_product()
    given = {"product": product, "producer": product.listing.producer}
    promotion = Promotion.objects.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        PromotedThing.objects.create(promotion=promotion, **{name: given[name] for name in fields})


def test_the_database_gives_a_word_to_one_promotion():
    promote()

    with pytest.raises(IntegrityError), transaction.atomic():
        promote()
    assert PromotedWord.objects.count() == 1
