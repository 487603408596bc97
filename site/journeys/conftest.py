"""Lai Châu as it is after the first start: the built-in data, loaded once a run, and servers that show it."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings


@pytest.fixture(scope="session")
def kept_lai_chau(django_db_setup, kept_database, django_db_blocker):
    """A copy of the database with the built-in data; `put_back()` makes it the tests' database."""
    kept = kept_database.another("lai_chau")
    with django_db_blocker.unblock(), override_settings(VAR_DIR=settings.TEST_DIR):
        call_command("load_built_in", stdout=StringIO())
        kept.keep()
        kept_database.put_back()
    return kept


@pytest.fixture
def lai_chau(transactional_db, kept_lai_chau):
    """The built-in data, for one test that may change it."""
    kept_lai_chau.put_back()


@pytest.fixture
def lai_chau_server(lai_chau, live_server_process):
    """The address of a server on the built-in data, for one test that may change it."""
    return live_server_process


@pytest.fixture(scope="module")
def lai_chau_shown(kept_lai_chau, kept_database, server_process, django_db_blocker):
    """The address of one server on the built-in data for all tests of a file, which look and do not write."""
    with django_db_blocker.unblock():
        kept_lai_chau.put_back()
        with server_process() as address:
            yield address
        kept_database.put_back()
