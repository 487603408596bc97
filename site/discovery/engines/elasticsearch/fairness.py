"""The fair order: every producer's newest before anybody's second, and another producer begins each day.

The first answer says how many entries each producer has among those found; who stands on a page follows from that, and
a second request brings their entries.
"""

from datetime import date
from random import Random

from elasticsearch_dsl import MultiSearch
from elasticsearch_dsl.query import Bool, Exists, Term

from discovery.engines.elasticsearch.facets import NEWEST_FIRST, NOBODY, EntrySearch, keys_of


def in_turn(search: EntrySearch, response, shown: range, today: date) -> list[int]:
    """The keys of the entries on a page in the fair order."""
    made = {bucket["key"]: bucket["doc_count"] for bucket in response.aggregations.found.makers}
    everybody = sorted(bucket["key"] for bucket in response.aggregations.every.makers)
    Random(today.toordinal()).shuffle(everybody)  # as the tally does
    makers = [maker for maker in everybody if maker in made]
    page = turns(makers, made, shown)
    of_maker: dict[int, list[int]] = {}
    for maker, turn in page:
        of_maker.setdefault(maker, []).append(turn)
    asking = MultiSearch(using=search.using, index=search.index)
    for maker, its in of_maker.items():
        asking = asking.add(newest_of(search, maker)[its[0] : its[-1] + 1])
    answers = asking.execute() if of_maker else ()
    keys = {maker: iter(keys_of(answer)) for maker, answer in zip(of_maker, answers, strict=True)}
    found = (next(keys[maker], None) for maker, _ in page)
    return [key for key in found if key is not None]  # None: gone since the first answer


def turns(makers: list[int], made: dict[int, int], shown: range) -> list[tuple[int, int]]:
    """Who stands in these places of the fair order, and with how manieth entry."""
    page, place, turn, left = [], 0, 0, makers
    while left and place < shown.stop:
        for at in range(max(shown.start - place, 0), min(shown.stop - place, len(left))):
            page.append((left[at], turn))
        place, turn = place + len(left), turn + 1
        left = [maker for maker in left if made[maker] > turn]
    return page


def newest_of(search: EntrySearch, maker: int):
    of_maker = Bool(must_not=[Exists(field="producer")]) if maker == NOBODY else Term(producer=maker)
    return search.narrowed().filter(search.chosen).filter(of_maker).sort(*NEWEST_FIRST)
