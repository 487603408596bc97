"""Tests here leave nothing over for each other, as those in site/ do."""

from conftest import nothing_left_over  # noqa: F401 - a fixture; `conftest` is site/conftest.py, for site/ is on the path
