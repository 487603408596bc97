"""What people type finds what they want, in every way of typing, on the built-in data, whichever engine answers."""

import pytest
from django.conf import settings
from django.test import override_settings

from areas.folding import without_marks
from catalogue.models import Variant
from discovery.browsing import Wish, browse
from discovery.engines.falling_back import failing_since
from discovery.entries import rebuild
from discovery.models import Entry
from discovery.tests.queries import GTINS, NOTHING, WANTED, wanted_of

ELASTICSEARCH = pytest.mark.elasticsearch


@pytest.fixture(scope="module", autouse=True)
def numbered_packets(kept_lai_chau, kept_database, django_db_blocker):
    """The built-in data, where six products bear numbers on their packets."""
    with django_db_blocker.unblock():
        kept_lai_chau.put_back()
        for slug, code in GTINS.items():
            variant = Variant.objects.filter(listing__product__slug=slug).order_by("position").first()
            variant.gtin = code
            variant.save()
        rebuild(Entry.objects.open_to_all().filter(slug__in=GTINS).values_list("product_id", flat=True))
        yield
        kept_database.put_back()


@pytest.fixture(scope="module", autouse=True, params=["database", pytest.param("elasticsearch", marks=ELASTICSEARCH)])
def engine(request, numbered_packets, django_db_blocker):
    """The engine that answers, and no other in its place."""
    if request.param == "elasticsearch":
        with django_db_blocker.unblock():
            request.getfixturevalue("elasticsearch")()
    with override_settings(ELASTICSEARCH_URL=settings.ELASTICSEARCH_URL if request.param == "elasticsearch" else ""):
        yield


@pytest.fixture(autouse=True)
def may_ask(django_db_blocker):
    with django_db_blocker.unblock():
        yield
        assert failing_since() is None


def found_by(typed: str) -> list[tuple[str, str]]:
    """Kind and slug of all that a search finds, the nearest first."""
    found = browse(Wish(typed=typed), every_kind=True) if Wish(typed=typed).words else None
    return [(card.entry.kind, card.entry.slug) for card in found.page(slice(0, 1000))] if found else []


def first_of(typed: str, kind: str) -> list[str]:
    return [slug for of_kind, slug in found_by(typed) if of_kind == kind]


@pytest.mark.parametrize(("way", "typed"), [(way, typed) for way, queries in WANTED.items() for typed in queries])
def test_it_is_found_first(way, typed):
    kind, wanted = wanted_of(way, typed)
    assert sorted(first_of(typed, kind)[: len(wanted)]) == sorted(wanted)


@pytest.mark.parametrize("typed", NOTHING)
def test_nothing_is_found(typed):
    assert found_by(typed) == []


@pytest.mark.parametrize("way", WANTED)
def test_without_accents_the_same_is_found(way):
    for typed in WANTED[way]:
        assert set(found_by(without_marks(typed))) == set(found_by(typed)), typed
