"""How long it takes to find things, beside Wagtail's own search on the same rows, as Markdown:

    .venv/bin/python site/bench/searching.py --products 1000 20000
    DATABASE_URL=postgres://… ELASTICSEARCH_URL=http://… .venv/bin/python site/bench/searching.py     (as it is)

Pages are asked for as a stranger's browser does, without a network: one process, one at a time. Times are the clock's,
with what the database and Elasticsearch take, so the machine should have nothing else to do; where processor time is
wanted it is this process's. As machines differ, and one machine from minute to minute, p95 is also told for one where
a bare view takes 0.38 ms (as `make bench` has it): each row has its own bare view, taken before and after it. The
entries are rebuilt on the way, to the same rows; what Wagtail writes is taken back.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from statistics import median, quantiles
from threading import Timer

SITE_DIR = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(SITE_DIR), str(SITE_DIR.parent)]

from bench.figures import OSCAR_BARE, prepare  # noqa: E402 - the folder of sources must be on the path first
from bench.served import Served  # noqa: E402 - the folder of sources must be on the path first
from config.env import read_env_file  # noqa: E402 - the folder of sources must be on the path first
from config.readiness import ENV_FILE, have_static_files  # noqa: E402 - the folder of sources must be on the path first

TIMES, PAGES = 100, 40
MIDDLE = "A list takes as long as so many bare views: "
PATIENCE = 60  # seconds for one search
WAGTAILS = 20  # every so manieth is asked of Wagtail: on SQLite one takes seconds
CARDS = 24


@dataclass(frozen=True)
class Figures:
    """What each of some acts took: ms on the clock, ms of this process; the most questions to the database; and what a
    bare view took about that time."""

    name: str
    clock: list[float]
    cpu: list[float]
    queries: int
    bare: float

    @property
    def cells(self) -> str:
        """As a row of the table."""
        cells = [cell for times in (self.clock, self.cpu) for cell in cuts(times, OSCAR_BARE / self.bare)]
        return f"| {self.name} | {len(self.clock)} | " + " | ".join(cells) + f" | {self.queries:,} | {self.bare:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, nargs="*", help="make a shop of so many products for each table")
    sizes = parser.parse_args().products or []
    if len(sizes) <= 1:
        print(table_of(*sizes))
        return
    tables = []
    for size in sizes:  # a process of its own for each: Django stays with the first database that it was told of
        command = [sys.executable, __file__, "--products", str(size)]
        tables.append(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout)
        print(tables[-1])
    first, last = (float(table.rsplit(MIDDLE, 1)[1]) for table in (tables[0], tables[-1]))
    print(f"Of {sizes[-1]:,} products a list takes {last / first:.2f} times the time of {sizes[0]:,}.")


def table_of(products: int | None = None) -> str:
    read_env_file(ENV_FILE)
    have_static_files()
    if products:
        prepare(products)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

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

    products, lists, begun = reverse("products"), list(facets()), beginnings(typed)
    rows = [
        figures("search: what people type, never typed before", [partial(ask, search, q=words) for words in typed]),
        figures("search: typed again", [partial(ask, search, q=words) for words in typed]),
        figures("the same, without the page", [partial(first_cards, words) for words in typed]),
        figures(
            f"search: a word of {count:,} entries",
            [partial(ask, search, q=common, page=n) for n in range(1, PAGES + 1)],
        ),
        figures("search with five facets chosen", [partial(ask, search, q=common, **chosen) for chosen in lists]),
        growing := figures("list", [partial(ask, products)] * TIMES),
        figures("list with five facets chosen", [partial(ask, products, **chosen) for chosen in lists]),
        figures("suggestions, never typed before", [partial(ask, suggest, q=start) for start in begun]),
        figures("suggestions, typed again", [partial(ask, suggest, q=start) for start in begun]),
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
    scaled = f"p50 | p95 | p95 at {OSCAR_BARE}"
    lines = [
        f"{Entry.objects.count():,} entries, {where}; ms",
        "",
        f"| | times | clock {scaled} | CPU {scaled} | queries at most | bare view |",
        "|---|" + "--:|" * 9,
        *(row.cells for row in rows),
    ]
    return "\n".join(lines) + f"\n\n{MIDDLE}{median(growing.cpu) / growing.bare:.2f}"


# --- What is asked for ----------------------------------------------------------------------------------------------


def figures(name: str, acts: Iterable[Callable]) -> Figures:
    """What these acts take, one after the other."""
    from django.db import connection

    clock, cpu, queries, questions, bare = [], [], 0, 0, bare_view()

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
    told = Figures(name, clock, cpu, queries, (bare + bare_view()) / 2)
    print(told.cells, file=sys.stderr, flush=True)
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
            "group": chance.sample([group.slug for group in held.groups], 2),
            "commune": chance.sample([area.slug for area in held.communes], 2),
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
    from django.db import connection, transaction
    from modelsearch.abstract_models import TextIDGenericRelation
    from wagtail.search import index
    from wagtail.search.backends import get_search_backend
    from wagtail.search.backends.elasticsearch8 import Elasticsearch8SearchBackend
    from wagtail.search.models import IndexEntry

    from discovery.models import Entry

    class Indexed(index.Indexed, Entry):
        """An entry as Wagtail would be told of it."""

        search_fields = [index.SearchField("title", boost=2), index.SearchField("folded")]

        class Meta:
            proxy = True
            app_label = "bench"

        title = property(lambda entry: entry.name)

    TextIDGenericRelation(IndexEntry).contribute_to_class(Indexed, "index_entries")  # as is done where a site starts

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
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # or the database would look for words row by row
        found = [
            figures("Wagtail: what people type", [partial(cards, words) for words in typed[::WAGTAILS]]),
            figures("Wagtail: the word of most entries", [at_most(PATIENCE, partial(cards, common))]),
            filling,
        ]
        transaction.set_rollback(True)
    if settings.ELASTICSEARCH_URL:
        written.delete()
    return found


def at_most(seconds: int, act: Callable) -> Callable:
    """The act, ended after so many seconds; SQLite alone takes as long as it wants."""
    from django.db import OperationalError, connection

    def ended() -> None:
        timer = Timer(seconds, connection.connection.interrupt)
        timer.start()
        try:
            act()
        except OperationalError:
            print(f"ended after {seconds} s", file=sys.stderr)
        finally:
            timer.cancel()

    return ended if connection.vendor == "sqlite" else act


def cuts(times: list[float], speed: float) -> tuple[str, ...]:
    """The middle one, and the one that nineteen of twenty stay below, here and on the other machine."""
    if len(times) == 1:
        return f"{times[0]:,.0f}", "–", f"{times[0] * speed:,.0f}"
    p95 = quantiles(times, n=20)[-1]
    return f"{median(times):.1f}", f"{p95:.1f}", f"{p95 * speed:.1f}"


def bare_view() -> float:
    """ms of processor time for a view of 30 kB with nothing around it, on this machine now."""
    with Served() as server:
        return median(server.cpu_ms(server.bare, 500, of_database=False) for _ in range(3))


if __name__ == "__main__":
    main()
