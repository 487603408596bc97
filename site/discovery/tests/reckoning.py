"""The answer to a wish, reckoned from the rows one by one as the engines' contract says it: slowly and plainly."""

from collections import Counter, defaultdict
from datetime import date
from functools import partial

from areas.models import Area
from discovery.asking import Plan, plans
from discovery.engines import FACETS, Answer
from discovery.filters import CERTIFIED_MONTHS, Filters, people_named
from discovery.models import Entry, Kind
from discovery.spelling import vocabulary
from discovery.tally import BY_NAME, CHEAPEST, DEAREST, MOST_STARS, RELEVANCE
from programme.recognition import months_after
from shop.delivery import reaches

CLASS = ("branch", "group", "product_set")


def reckon(
    typed: str, asked: Filters, sort: str, shown: slice, *, english: bool, commune: Area | None = None
) -> Answer:
    rows = Entry.objects.filter(is_alcohol=asked.is_alcohol).select_related(
        "recognition__line", "producer__area__parent", "producer_area__parent"
    )
    costs, spelling = found_by(typed, list(rows))
    facts = {entry: values_of(entry, asked.delivers_to or commune) for entry in costs}
    wanted = wishes(asked)
    found = [entry for entry in costs if all(is_wanted(entry) for is_wanted in wanted.values())]
    counts = {facet: Counter() for facet in FACETS}
    for facet in FACETS:
        part = "class" if facet in CLASS else facet
        for entry in costs:
            if all(is_wanted(entry) for name, is_wanted in wanted.items() if name != part):
                counts[facet].update(facts[entry][facet])
    found.sort(key=lambda entry: (entry.listed_at, entry.pk), reverse=True)
    found.sort(key=partial(place_of, sort, english, costs))
    return Answer([entry.pk for entry in found[shown]], len(found), {f: dict(c) for f, c in counts.items()}, spelling)


def place_of(sort: str, english: bool, costs: dict, entry: Entry):
    return {
        RELEVANCE: (costs[entry], entry.kind != Kind.PRODUCT),
        MOST_STARS: -(stars_of(entry) or 0),
        CHEAPEST: (entry.price is None, entry.price or 0),
        DEAREST: (entry.price is None, -(entry.price or 0)),
        BY_NAME: entry.name_en if english else entry.folded,
    }.get(sort, 0)


def found_by(typed: str, rows: list[Entry]) -> tuple[dict[Entry, int], str]:
    """What the first plan finds that finds anything, with its cost; and what it looked for instead."""
    if not typed:
        return dict.fromkeys(rows, 0), ""
    for plan in plans(typed, vocabulary()):
        costs = {entry: cost_of(set(entry.words.split()), plan) for entry in rows}
        if found := {entry: cost for entry, cost in costs.items() if cost is not None}:
            return found, plan.spelling
    return {}, ""


def cost_of(words: set[str], plan: Plan) -> int | None:
    """The cost of the cheapest way to find all typed words in an entry; None where there is no way."""
    if plan.code in words:
        return -1
    cheapest = defaultdict(lambda: float("inf"), {0: 0})
    for part in sorted(plan.parts, key=lambda part: part.start):
        cost = min((cost for word, cost in part.words if holds(words, word)), default=float("inf"))
        cheapest[part.end] = min(cheapest[part.end], cheapest[part.start] + cost)
    if cheapest[plan.length] == float("inf"):
        return None
    return cheapest[plan.length] + sum(not holds(words, word) for word in plan.bonuses)


def holds(words: set[str], word: str) -> bool:
    return any(each.startswith(word[:-1]) for each in words) if word.endswith("*") else word in words


def stars_of(entry: Entry, on: date | None = None) -> int | None:
    found = entry.recognition
    holds_then = found and found.withdrawn_on is None and found.holds_until >= (on or date.today())
    return found.line.stars if holds_then else None


def is_in_season(entry: Entry) -> bool:
    month, first, last = date.today().month, entry.season_from, entry.season_to
    if first is None:
        return False
    return first <= month <= last if first <= last else month >= first or month <= last


def is_delivered(entry: Entry, commune: Area | None) -> bool:
    return bool(commune and entry.reach) and reaches(entry.producer, commune)


def is_certified(entry: Entry, months: int) -> bool:
    return stars_of(entry, months_after(date.today(), months)) is not None


def values_of(entry: Entry, commune: Area | None) -> dict[str, list]:
    """What an entry counts under in each facet."""
    return {
        "kind": [entry.kind],
        "branch": list(filter(None, [entry.branch_id])),
        "group": list(filter(None, [entry.group_id])),
        "product_set": list(filter(None, [entry.product_set_id])),
        "area": list(filter(None, [entry.area_id])),
        "stars": list(filter(None, [stars_of(entry)])),
        "producer_kind": list(filter(None, [entry.producer_kind])),
        "people": people_named(entry.people),
        "in_stock": [1] if entry.in_stock else [],
        "in_season": [1] if is_in_season(entry) else [],
        "certified": [months for months in CERTIFIED_MONTHS if is_certified(entry, months)],
        "delivers_to": [1] if is_delivered(entry, commune) else [],
    }


def wishes(asked: Filters) -> dict:
    """What each part of a wish asks of an entry; empty parts are left out."""
    lowest, highest = asked.price_from, asked.price_to
    chosen = {
        "kind": (asked.kinds, lambda e: e.kind in asked.kinds),
        "class": (
            asked.branches + asked.groups + asked.product_sets,
            lambda e: (
                e.branch_id in asked.branches or e.group_id in asked.groups or e.product_set_id in asked.product_sets
            ),
        ),
        "area": (asked.areas, lambda e: e.area_id in asked.areas),
        "producer": (asked.producers, lambda e: e.producer_id in asked.producers),
        "stars": (asked.stars, lambda e: stars_of(e) in asked.stars),
        "producer_kind": (asked.producer_kinds, lambda e: e.producer_kind in asked.producer_kinds),
        "people": (asked.people, lambda e: set(people_named(e.people)) & set(asked.people)),
        "lowest": (lowest is not None, lambda e: e.price is not None and e.price >= lowest),
        "highest": (highest is not None, lambda e: e.price is not None and e.price <= highest),
        "in_stock": (asked.in_stock, lambda e: e.in_stock),
        "in_season": (asked.in_season, is_in_season),
        "certified": (asked.certified, lambda e: is_certified(e, asked.certified)),
        "delivers_to": (asked.delivers_to, lambda e: is_delivered(e, asked.delivers_to)),
    }
    return {name: is_wanted for name, (is_asked, is_wanted) in chosen.items() if is_asked}
