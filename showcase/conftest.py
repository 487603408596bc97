"""Tests here find on the stage what those in site/ find: the database as migrations left it, and nothing left over."""

from conftest import (  # noqa: F401 - fixtures; `conftest` is site/conftest.py, as site/ stands on the path
    django_db_modify_db_settings,
    django_db_setup,
    jobs,
    kept_database,
    nothing_left_over,
)
