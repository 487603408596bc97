"""Suggestions while one types: products, groups, communes under old and new names, producers, pages of editors.

Groups and communes are looked through here; entries come from the sets of the tally.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, zip_longest

from django.urls import reverse
from django.utils.translation import gettext as _

from areas.folding import fold
from areas.kinds import split_typed
from areas.models import Area
from discovery.models import Entry, Kind
from discovery.searching import Matches, match
from discovery.synonyms import synonyms
from discovery.tally import Tally, tally
from outbox.wording import is_english

GROUP, COMMUNE = "group", "commune"
ORDER = (Kind.PRODUCT, GROUP, COMMUNE, Kind.VILLAGE, Kind.STORY, Kind.FAIR, Kind.GUIDE, Kind.PRODUCER)
MOST, MOST_PRODUCTS, MOST_OF_OTHERS = 8, 5, 3
PAGES_READ = 6  # of which some may be written in the other language alone
SHORTEST, LONGEST = 2, 100  # letters typed; signs of it that are read
SHORTEST_RUN = 4  # letters of words written as one
COLUMNS = {  # of an entry, by whether the reader's language is English
    False: ("path", "name", "producer_name", "area_name"),
    True: ("path_en", "name_en", "producer_name_en", "area_name_en"),
}


@dataclass(frozen=True)
class Suggestion:
    kind: str  # an entry's, GROUP or COMMUNE
    name: str  # in the reader's language; names in another may be marked (outbox.wording.marked)
    note: str  # what tells it from another of the same name
    address: str


@dataclass(frozen=True)
class Suggestions:
    looked_for: str  # what was typed, without accents, as it was understood
    rows: list[Suggestion]


def read_typed(text: str) -> str:
    """What of a text is looked for; empty where it is too little to suggest anything by."""
    typed = text.replace("\0", "")[:LONGEST].strip()
    return typed if len(fold(typed).replace(" ", "")) >= SHORTEST else ""


def suggest(typed: str) -> Suggestions:
    """At most eight things that what was typed may be the beginning of, in the reader's language. Never alcohol.
    Two queries, and one more a plan for words that nobody has typed in this process."""
    typed = read_typed(typed)
    if not typed:
        return Suggestions("", [])
    held = tally()
    matches = match(typed, held, held.everything, unfinished=True)
    looked_for = fold(matches.spelling or typed)
    products, pages, producers = entries_of(matches, held)
    others = [groups_named(looked_for, held), communes_named(looked_for, held), pages, producers]
    in_turn = (each for turn in zip_longest(*others) for each in turn if each)
    rows = [*products, *list(in_turn)[: MOST - len(products)]]
    return Suggestions(looked_for, sorted(rows, key=lambda each: ORDER.index(each.kind)))


# --- Entries --------------------------------------------------------------------------------------------------------


def entries_of(matches: Matches, held: Tally) -> list[list[Suggestion]]:
    """Products, pages and producers among the matches, the nearest of each first. One query."""
    products, producers = (held.having("kind", kind) for kind in (Kind.PRODUCT, Kind.PRODUCER))
    wanted = (
        (products, MOST_PRODUCTS, MOST_PRODUCTS),
        (held.everything & ~products & ~producers, PAGES_READ, MOST_OF_OTHERS),
        (producers, MOST_OF_OTHERS, MOST_OF_OTHERS),
    )
    keys = [first_keys(matches, among, read, held) for among, read, _most in wanted]
    found = Entry.objects.filter(is_alcohol=False, pk__in=list(chain(*keys)))
    rows = {row["pk"]: row for row in found.values("pk", "kind", "slug", *COLUMNS[is_english()])}
    return [
        [each for key in some if key in rows and (each := suggestion_of(rows[key]))][:most]
        for some, (_among, _read, most) in zip(keys, wanted, strict=True)
    ]


def first_keys(matches: Matches, among: int, most: int, held: Tally) -> list[int]:
    """The keys of the nearest matches among these entries; of one rank the newest. Faster than a tally's page where few
    are wanted: sets are not gone through."""
    found = []
    for entries in matches.ranks.values():
        entries &= among
        while entries and len(found) < most:
            lowest = entries & -entries
            found.append(held.keys[lowest.bit_length() - 1])
            entries ^= lowest
    return found


def suggestion_of(row: dict) -> Suggestion | None:
    """An entry's row in the reader's language; None where nobody has written it in that."""
    kind, slug = row["kind"], row["slug"]
    path, name, maker, area = (row[column] for column in COLUMNS[is_english()])
    address = reverse(kind, args=[slug]) if kind in (Kind.PRODUCT, Kind.PRODUCER) else path
    return Suggestion(kind, name, maker if kind == Kind.PRODUCT else area, address) if address else None


# --- Groups and communes --------------------------------------------------------------------------------------------


def groups_named(looked_for: str, held: Tally) -> list[Suggestion]:
    """Groups of products with this name in either language, or one that means the same, as far as anything in them is
    open to everybody."""
    same = (fold(" ".join(name)) for name in synonyms().of(tuple(looked_for.split())))
    rows = nearest([looked_for, *same], named(held)[GROUP])
    found = [group for group in rows if held.open_to_all & held.having("group", group.pk)]
    return [
        Suggestion(
            GROUP, group.name_en if is_english() else group.name, "", reverse("product_group", args=[group.slug])
        )
        for group in found[:MOST_OF_OTHERS]
    ]


def communes_named(looked_for: str, held: Tally) -> list[Suggestion]:
    """Present communes with this name, and those that hold most of a former unit's land with it."""
    name, _kinds = split_typed(looked_for)
    return [
        Suggestion(
            COMMUNE, unit.title, "" if unit is present else now(present), reverse("commune", args=[present.slug])
        )
        for present, unit in nearest([name], named(held)[COMMUNE])[:MOST_OF_OTHERS]
    ]


@lru_cache(1)
def named(held: Tally) -> dict[str, list[tuple[object, list[tuple[str, str]]]]]:
    """Groups and communes with their names, without accents, each as it is and as one word: made once a tally."""
    groups = ((group, [fold(group.name), fold(group.name_en)]) for group in held.groups)
    communes = ((pair, pair[1].folded.strip("|").split("|")) for pair in units_of(held))
    return {
        kind: [(row, [(name, name.replace(" ", "")) for name in names]) for row, names in rows]
        for kind, rows in ((GROUP, groups), (COMMUNE, communes))
    }


def units_of(held: Tally) -> Iterator[tuple[Area, Area]]:
    """Each present commune with itself, then with the former ones whose land is mostly in it; but those of its name."""
    yield from ((present, present) for present in held.communes)
    for present in held.communes:
        for origin in present.origins.all():
            if origin.is_main and origin.former.folded != present.folded:
                yield present, origin.former


def now(present: Area) -> str:
    """Where a former commune is today: "nay thuộc xã Thu Lũm"."""
    title = present.title if is_english() else present.title[:1].lower() + present.title[1:]
    return _("nay thuộc %(commune)s") % {"commune": title}


def nearest(typed: list[str], rows: Iterable[tuple[object, list[tuple[str, str]]]]) -> list:
    """The rows that have a name in which words begin as in one of these: those of just this name first, then those
    whose name begins so."""
    runs = [(each, each.replace(" ", "")) for each in typed]
    ranked = []
    for row, names in rows:
        tried = (rank_of(each, run, name, name_run) for each, run in runs for name, name_run in names)
        ranks = [rank for rank in tried if rank is not None]
        if ranks:
            ranked.append((min(ranks), row))
    ranked.sort(key=lambda each: each[0])
    return [row for _rank, row in ranked]


def rank_of(typed: str, run: str, name: str, name_run: str) -> int | None:
    """0: the very name; 1: it begins so, be it written as one word (`run`); 2: a later word of it begins so."""
    if name == typed:
        return 0
    if name.startswith(typed) or (len(run) >= SHORTEST_RUN and name_run.startswith(run)):
        return 1
    return 2 if f" {typed}" in name else None
