"""The list of what people type is long enough, and asks for nothing that the built-in data does not have."""

import json
from itertools import chain

import pytest
from django.conf import settings

from areas.folding import fold
from catalogue.gtin import is_valid_gtin
from discovery.tests.queries import GTINS, NOTHING, WANTED, wanted_of

CONTENT = {"story": "stories", "village": "villages"}


def slugs(kind: str) -> set[str]:
    if kind == "product":
        products = json.loads((settings.BASE_DIR / "catalogue/data/products.json").read_text("utf-8"))
        return {each["slug"] for each in products["products"]}
    return {path.name for path in (settings.BASE_DIR / "showcase/content" / CONTENT[kind]).iterdir()}


def test_there_are_enough_of_every_way_of_typing():
    assert min(len(typed) for typed in WANTED.values()) >= 10
    assert sum(len(typed) for typed in WANTED.values()) >= 150
    assert len(set(map(fold, NOTHING)) - {""}) >= 20


@pytest.mark.parametrize("way", WANTED)
def test_everything_that_is_wanted_is_there(way):
    for typed in WANTED[way]:
        kind, wanted = wanted_of(way, typed)
        assert wanted and set(wanted) <= slugs(kind), typed


def test_what_finds_nothing_is_wanted_nowhere():
    assert not set(NOTHING) & set(chain.from_iterable(WANTED.values()))


def test_the_codes_are_codes():
    assert all(is_valid_gtin(code) for code in GTINS.values())
    assert len(set(GTINS.values())) == len(GTINS)
