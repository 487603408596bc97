"""The database engine: which entries hold a word is asked of FTS5 or tsvector, and kept as sets of the tally."""

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
    wanted = set(words)
    asked = sorted(wanted - held.words.keys())
    for start in range(0, len(asked), WORDS_A_QUERY):
        batch = asked[start : start + WORDS_A_QUERY]
        held.keep_words(dict.fromkeys(batch, 0) | {word: held.among(keys) for word, keys in _keys_with(batch)})
    return {word: held.words.get(word, 0) for word in wanted}


def _keys_with(words: list[str]) -> list[tuple[str, Iterable[int]]]:
    if connection.vendor == "postgresql":
        one = "SELECT %s, discovery_keys_with(%s::tsquery)"
        asked = ["'{}'{}".format(word.rstrip("*"), ":*" if word.endswith("*") else "") for word in words]
    else:
        one = "SELECT %s, group_concat(rowid, ',') FROM discovery_words WHERE discovery_words MATCH %s"
        asked = ['"{}"{}'.format(word.rstrip("*"), " *" if word.endswith("*") else "") for word in words]
    with connection.cursor() as cursor:
        parameters = [each for pair in enumerate(asked) for each in pair]
        cursor.execute(" UNION ALL ".join([one] * len(words)), parameters)
        found = [(words[place], keys) for place, keys in cursor.fetchall() if keys]
    return [(word, map(int, keys.split(",")) if isinstance(keys, str) else keys) for word, keys in found]
