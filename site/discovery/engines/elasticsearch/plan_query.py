"""A plan (discovery.asking) as a query whose scores order entries exactly as their costs do.

The score of an entry is EACH_WORD for every word typed, less what its cheapest words cost: the best of all ways to
cover the words is the largest of sums, which `dis_max` and `bool` reckon.
"""

from elasticsearch_dsl.query import Bool, ConstantScore, DisMax, Prefix, Query, Term, Terms

from discovery.asking import Plan

EACH_WORD = 100  # more than a word can cost


def query_of(plan: Plan) -> Query:
    words: dict[tuple[int, int], list] = {}  # each run of typed words once: what follows it is written out behind each
    for part in plan.parts:
        words.setdefault((part.start, part.end), []).extend(part.words)
    queries: dict[int, Query | None] = {plan.length: None}
    for start in reversed(range(plan.length)):
        queries[start] = DisMax(
            queries=[
                Bool(must=[each for each in (_query_of_run(run, end - start), queries[end]) if each is not None])
                for (begun, end), run in words.items()
                if begun == start
            ]
        )
    bonuses = [ConstantScore(filter=filter, boost=1) for word in plan.bonuses for filter in _filters_of([word])]
    found = Bool(must=[queries[0]], should=bonuses)
    if not plan.code:
        return found
    best = plan.length * EACH_WORD + len(bonuses) + 1
    return DisMax(queries=[found, ConstantScore(filter=Term(words=plan.code), boost=best)])


def _query_of_run(run: list[tuple[str, int]], length: int) -> Query:
    by_cost: dict[int, list[str]] = {}
    for word, cost in run:
        by_cost.setdefault(cost, []).append(word)
    worth = length * EACH_WORD
    return DisMax(
        queries=[
            ConstantScore(filter=filter, boost=worth - cost)
            for cost, words in by_cost.items()
            for filter in _filters_of(words)
        ]
    )


def _filters_of(words: list[str]) -> list[Query]:
    whole = [word for word in words if not word.endswith("*")]
    begun = [Prefix(words=word.rstrip("*")) for word in words if word.endswith("*")]
    return [*([Terms(words=whole)] if whole else []), *begun]
