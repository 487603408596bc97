"""How long it takes to find things, beside Wagtail's own search on the same rows, as Markdown:

    .venv/bin/python site/bench/searching.py --products 1000 20000
    DATABASE_URL=postgres://… ELASTICSEARCH_URL=http://… .venv/bin/python site/bench/searching.py     (as it is)

Pages are asked for as a stranger's browser does, without a network: one process, one at a time. Times are the clock's,
with what the database and Elasticsearch take, so the machine should have nothing else to do; where processor time is
wanted it is this process's. The entries are rebuilt on the way, to the same rows; what Wagtail writes is taken back.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

SITE_DIR = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(SITE_DIR), str(SITE_DIR.parent)]

from bench.figures import prepare  # noqa: E402 - the folder of sources must be on the path first
from config.env import read_env_file  # noqa: E402 - the folder of sources must be on the path first
from config.readiness import ENV_FILE, have_static_files  # noqa: E402 - the folder of sources must be on the path first

TIMES, PAGES = 100, 40
CARDS = 24


@dataclass(frozen=True)
class Figures:
    """What each of some acts took: ms on the clock, ms of this process; and the most questions to the database."""

    name: str
    clock: list[float]
    cpu: list[float]
    queries: int

    def __str__(self) -> str:
        cells = [cell for times in (self.clock, self.cpu) for cell in cuts(times)]
        return f"| {self.name} | {len(self.clock)} | " + " | ".join(cells) + f" | {self.queries:,} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, nargs="*", help="make a shop of so many products for each table")
    sizes = parser.parse_args().products or [None]
    # A process of its own for each: Django stays with the first database that it was told of.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        tables = list(pool.map(table_of, sizes))
    for table in tables:
        print(table)
    if len(tables) > 1:
        first, last = (table.rsplit("growth: ", 1)[1] for table in tables[:: len(tables) - 1])
        print(f"A list of {sizes[-1]:,} takes {float(last) / float(first):.2f} times the time of one of {sizes[0]:,}.")


def table_of(products: int | None) -> str:
    read_env_file(ENV_FILE)
    have_static_files()
    if products:
        prepare(products)
    else:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    return measure()


def measure() -> str:
    """All that is measured on this database, as a table."""
    from django.conf import settings
    from django.db import connection
    from django.urls import reverse

    from discovery.entries import rebuild, rebuild_all
    from discovery.models import Entry, Kind
    from discovery.tests.queries import NOTHING, WANTED

    typed = [query for queries in WANTED.values() for query in queries] + list(NOTHING)
    search, suggest = reverse("search"), reverse("suggestions")
    ask(search, q="zz")  # what is made once in a process's life
    ask(suggest, q="zz")
    common, count = most_common_word()

    products, lists = reverse("products"), list(facets())
    rows = [
        figures("search: what people type, never typed before", [partial(ask, search, q=words) for words in typed]),
        figures("search: typed again", [partial(ask, search, q=words) for words in typed]),
        figures("the same, without the page", [partial(first_cards, words) for words in typed]),
        figures(
            f"search: a word of {count:,} entries",
            [partial(ask, search, q=common, page=n) for n in range(1, PAGES + 1)],
        ),
        figures("search with five facets chosen", [partial(ask, search, q=common, **chosen) for chosen in lists]),
        figures("list", [partial(ask, products)] * TIMES),
        growing := figures("list with five facets chosen", [partial(ask, products, **chosen) for chosen in lists]),
        figures("suggestions while typing", [partial(ask, suggest, q=start) for start in beginnings(typed)]),
    ]
    keys = Entry.objects.filter(kind=Kind.PRODUCT).order_by("?").values_list("key", flat=True)[:TIMES]
    rows.append(figures("one entry built anew", [partial(rebuild, [key]) for key in keys]))
    if settings.ELASTICSEARCH_URL:
        from discovery.engines.elasticsearch.index import rebuild_index, write_entries

        some = Entry.objects.order_by("?").values_list("pk", flat=True)[:TIMES]
        rows.append(figures("one entry into the index", [partial(write_entries, [pk]) for pk in some]))
        rows.append(figures("the whole index", [rebuild_index]))
    rows.append(figures("all entries built anew", [rebuild_all]))
    rows += wagtails(typed, common)
    where = connection.vendor + (" and Elasticsearch" if settings.ELASTICSEARCH_URL else "")
    head = f"{Entry.objects.count():,} entries, {where}; ms\n\n"
    head += "| | times | clock p50 | p95 | CPU p50 | p95 | queries at most |\n|---|--:|--:|--:|--:|--:|--:|\n"
    return head + "\n".join(map(str, rows)) + f"\n\ngrowth: {median(growing.cpu):.3f}"


# --- What is asked for ----------------------------------------------------------------------------------------------


def figures(name: str, acts: Iterable[Callable]) -> Figures:
    """What these acts take, one after the other."""
    from django.db import connection

    clock, cpu, queries, questions = [], [], 0, 0

    def count(execute, *arguments):
        nonlocal questions
        questions += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        for act in acts:
            questions, began, used = 0, time.perf_counter(), time.process_time()
            act()
            clock.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - used) * 1000)
            queries = max(queries, questions)
    told = Figures(name, clock, cpu, queries)
    print(told, file=sys.stderr, flush=True)
    return told


@cache
def browser():
    """One for all pages: what a site makes when it starts is not a page's."""
    from django.test import Client

    return Client()


def ask(path: str, **asked) -> None:
    """A page, as a stranger asks for it."""
    browser().cookies.clear()
    response = browser().get(path, asked)
    if response.status_code != 200:
        raise SystemExit(f"{path} with {asked} answered {response.status_code}")


def first_cards(words: str) -> list:
    """The first page's entries and their number, as the search page asks for them."""
    from discovery.browsing import Wish, browse

    found = browse(Wish(typed=words), every_kind=True)
    return found.page(slice(0, CARDS)) if found.count else []


def most_common_word() -> tuple[str, int]:
    """The word that most names have, and in how many it stands."""
    from discovery.models import Entry

    names = Entry.objects.open_to_all().values_list("folded", flat=True)
    return Counter(word for name in names for word in set(name.split())).most_common(1)[0]


def facets() -> Iterable[dict]:
    """Wishes of five facets with several values each, none twice."""
    from discovery.tally import tally
    from producers.models import Producer

    held, chance = tally(), random.Random(2026)
    for _ in range(TIMES):
        yield {
            "group": chance.sample([group.slug for group in held.groups], 6),
            "commune": chance.sample([area.slug for area in held.communes], 8),
            "stars": chance.sample(["3", "4", "5"], 2),
            "maker": chance.sample(Producer.Kind.values, 2),
            "price_to": chance.randrange(100_000, 2_000_000, 1_000),
        }


def beginnings(typed: list[str]) -> list[str]:
    """What is asked while each of the queries is typed, letter by letter."""
    from discovery.suggesting import SHORTEST

    return list(dict.fromkeys(words[:end] for words in typed for end in range(SHORTEST, len(words) + 1)))


# --- Wagtail's own search -------------------------------------------------------------------------------------------


def wagtails(typed: list[str], common: str) -> list[Figures]:
    """The same rows indexed and searched by Wagtail: the first cards and their number, without facets or a page."""
    from django.conf import settings
    from django.db import transaction
    from wagtail.search import index
    from wagtail.search.backends import get_search_backend
    from wagtail.search.backends.elasticsearch8 import Elasticsearch8SearchBackend

    from discovery.models import Entry

    class Indexed(index.Indexed, Entry):
        """An entry as Wagtail would be told of it."""

        search_fields = [index.SearchField("title", boost=2), index.SearchField("folded")]

        class Meta:
            proxy = True
            app_label = "bench"

        title = property(lambda entry: entry.name)

    def cards(words: str, start: int = 0) -> list:
        found = backend.search(words, Indexed)
        return list(found[start : start + CARDS]) if found.count() else []

    if settings.ELASTICSEARCH_URL:
        backend = Elasticsearch8SearchBackend({"URLS": [settings.ELASTICSEARCH_URL], "INDEX_PREFIX": "bench_"})
    else:
        backend = get_search_backend()
    rows = list(Indexed.objects.order_by("pk"))
    with transaction.atomic():
        if settings.ELASTICSEARCH_URL:
            written = backend.get_index_for_model(Indexed)
            written.reset()
            written.add_model(Indexed)
        else:
            written = backend.get_index_for_model(Indexed)
        filling = figures("Wagtail: all rows into its index", [partial(written.add_items, Indexed, rows)])
        written.refresh()
        found = [
            figures("Wagtail: what people type", [partial(cards, words) for words in typed]),
            figures("Wagtail: the word of most entries", [partial(cards, common, n * CARDS) for n in range(PAGES)]),
            filling,
        ]
        transaction.set_rollback(True)
    if settings.ELASTICSEARCH_URL:
        written.delete()
    return found


def cuts(times: list[float]) -> tuple[str, str]:
    """The middle one, and the one that nineteen of twenty stay below."""
    if len(times) == 1:
        return f"{times[0]:,.0f}", "–"
    return f"{median(times):.1f}", f"{quantiles(times, n=20)[-1]:.1f}"


if __name__ == "__main__":
    main()
