"""The database engine: which entries hold a word is asked of FTS5 or tsvector, and kept as sets of the tally."""

import sys
from array import array
from collections.abc import Iterable

from django.db import connection

from discovery.asking import Plan
from discovery.tally import Tally

WORDS_A_QUERY = 200  # SQLite joins five hundred selections at most


def ranks(plan: Plan, held: Tally, among: int) -> dict[int, int]:
    """The entries of a set that a plan finds: cost → set, the cheapest first. One query, or none."""
    wanted = {word for part in plan.parts for word, _cost in part.words} | {*plan.bonuses} | ({plan.code} - {""})
    sets = entries_with(wanted, held)
    starting: dict[int, list] = {}
    for part in plan.parts:
        starting.setdefault(part.start, []).append((part.end, _by_cost(part.words, sets, among)))
    reached = [{} for _ in range(plan.length + 1)]  # for each number of words: cost → entries that hold them all
    reached[0] = {0: among}
    for start in range(plan.length):
        for end, costs in starting.get(start, ()):
            for before, entries in reached[start].items():
                for cost, having in costs.items():
                    if found := entries & having:
                        reached[end][before + cost] = reached[end].get(before + cost, 0) | found
    found = _cheapest(reached[plan.length])
    for word in plan.bonuses:
        nearer, having = {}, sets.get(word, 0)
        for cost, entries in found.items():
            nearer[cost] = nearer.get(cost, 0) | (entries & having)
            nearer[cost + 1] = nearer.get(cost + 1, 0) | (entries & ~having)
        found = nearer
    if plan.code:
        found = {-1: sets.get(plan.code, 0) & among} | found
    return _cheapest(found)


def _by_cost(words: Iterable[tuple[str, int]], sets: dict[str, int], among: int) -> dict[int, int]:
    costs: dict[int, int] = {}
    for word, cost in words:
        if entries := sets.get(word, 0) & among:
            costs[cost] = costs.get(cost, 0) | entries
    return _cheapest(costs)


def _cheapest(costs: dict[int, int]) -> dict[int, int]:
    """Each entry at its lowest cost alone, in the order of costs."""
    seen, found = 0, {}
    for cost in sorted(costs):
        if entries := costs[cost] & ~seen:
            found[cost] = entries
            seen |= entries
    return found


def entries_with(words: Iterable[str], held: Tally) -> dict[str, int]:
    """The entries that hold each of these words, as sets of the tally, which keeps them. One query for those that it
    does not know yet."""
    wanted, known = set(words), held.words  # which another thread may leave for a fuller one
    found = {word: known[word] for word in wanted & known.keys()}
    asked = sorted(wanted - known.keys())
    for start in range(0, len(asked), WORDS_A_QUERY):
        batch = asked[start : start + WORDS_A_QUERY]
        sets = dict.fromkeys(batch, 0) | {word: held.among(keys) for word, keys in _keys_with(batch)}
        held.keep_words(sets)
        found |= sets
    return found


def _keys_with(words: list[str]) -> list[tuple[str, Iterable[int]]]:
    if connection.vendor == "postgresql":
        asked = ["'{}'{}".format(word.rstrip("*"), ":*" if word.endswith("*") else "") for word in words]
        # Where the words are given as a list PostgreSQL asks its index for each; told one by itself that many entries
        # hold, it would rather read them all. Keys come packed, eight bytes each.
        statement = """SELECT place - 1, (SELECT string_agg(int8send(id), ''::bytea) FROM discovery_words
            WHERE lexemes @@ asked) FROM unnest(%s::tsquery[]) WITH ORDINALITY AS each (asked, place)"""
        parameters, unpacked = [asked], _unpacked
    else:
        asked = ['"{}"{}'.format(word.rstrip("*"), " *" if word.endswith("*") else "") for word in words]
        one = "SELECT %s, group_concat(rowid, ',') FROM discovery_words WHERE discovery_words MATCH %s"
        statement = " UNION ALL ".join([one] * len(words))
        parameters, unpacked = [each for pair in enumerate(asked) for each in pair], _split
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [(words[place], unpacked(keys)) for place, keys in cursor.fetchall() if keys]


def _split(keys: str) -> Iterable[int]:
    return map(int, keys.split(","))


def _unpacked(keys: bytes) -> array:
    """Eight bytes a key, the highest first."""
    found = array("q", bytes(keys))
    if sys.byteorder == "little":
        found.byteswap()
    return found
