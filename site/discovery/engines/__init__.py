"""Two engines, one contract: `find(typed, asked, sort, shown, *, english)` gives an Answer, the same from both.

What was typed is looked for by the first plan (discovery.asking) that finds anything at all, whatever else is asked.
"""

from dataclasses import dataclass

# Yes-or-no facets count under 1, `certified` under its months. Values that would show nothing are left out.
FACETS = (
    "kind", "branch", "group", "product_set", "area", "stars", "producer_kind", "people",
    "in_stock", "in_season", "certified", "delivers_to",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    keys: list[int]  # of the entries of the page, in order
    count: int  # entries on all pages
    counts: dict[str, dict]  # facet → value → entries that choosing it alone in this facet would show
    spelling: str = ""  # what was looked for, where it is not what was typed
