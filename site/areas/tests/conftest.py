"""Units from the built-in data. Loading takes longer than a test, so a module loads once and cleans up after itself."""

from contextlib import contextmanager

import pytest

from areas.loading import load_areas
from areas.models import Area, Level, Succession


@contextmanager
def loaded(blocker, only):
    with blocker.unblock():
        clear()  # what a run that was cut off left in a database that is used again
        load_areas(only=only)
    yield
    with blocker.unblock():
        clear()


def clear():
    Succession.objects.all().delete()
    for level in (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE):
        Area.objects.filter(level=level).delete()


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """The whole country."""
    with loaded(django_db_blocker, only=None):
        yield


@pytest.fixture(scope="module")
def lai_chau_units(django_db_setup, django_db_blocker):
    with loaded(django_db_blocker, only="12"):
        yield


@pytest.fixture
def lai_chau(lai_chau_units, db) -> Area:
    """The province with its present and former units."""
    return Area.objects.present().provinces().get(code="12")


@pytest.fixture
def present(lai_chau):
    """present("Xã Bình Lư") is the commune of Lai Châu that bears this name now."""
    return lambda full_name: Area.objects.present().get(full_name=full_name, parent=lai_chau)


@pytest.fixture
def former(lai_chau):
    """former("Xã Mường Than") is the unit that bore this name until 2025."""
    return lambda full_name: Area.objects.former().get(full_name=full_name)


@pytest.fixture
def names():
    return lambda areas: [area.full_name for area in areas]
