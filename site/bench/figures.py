"""How much of the server's time each page takes, as Markdown: `make bench`, or

    .venv/bin/python site/bench/figures.py --products 1000 20000
    DATABASE_URL=postgres://… .venv/bin/python site/bench/figures.py        (as it is: nothing is loaded)

Time is what the processes used (user and system, as the kernel counts it), not what passed on the clock, and each
page's is given as a multiple of a bare view's, 30 kB with nothing around it, taken in the same rounds: so that figures
of different machines, and of busy ones, can be compared. Beside them stand those of stock Oscar 4.2.1, whose
milliseconds are divided by its machine's bare view.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

SITE_DIR = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(SITE_DIR), str(SITE_DIR.parent)]

from bench.served import Served  # noqa: E402 - the folder of sources must be on the path first
from config.env import read_env_file  # noqa: E402 - the folder of sources must be on the path first
from config.readiness import (  # noqa: E402 - the folder of sources must be on the path first
    ENV_FILE,
    have_built_in_data,
    have_sample_shop,
    have_tables,
    use_sample_database,
)

OSCAR_BARE = 0.38  # ms; the view of 30 kB on the machine where the figures below were taken
OSCAR = {  # ms of CPU on SQLite with 1,000 products: stock django-oscar 4.2.1, Django 5.2, gunicorn, two cores
    "list": (513, 130),
    "group, filtered and sorted": (785, 127),
    "product": (52, 16),
    "basket of ten lines": (66, 43),
    "add to basket": (33, 32),
    "a whole guest purchase": (None, 404),
}
ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, nargs="*", help="make a shop of so many products for each figure")
    parser.add_argument("--requests", type=int, default=10, help="to each page in each of five rounds")
    wanted = parser.parse_args()
    sizes = wanted.products or [None]
    # A process of its own for each: Django stays with the first database that it was told of.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        taken = pool.map(figures_of, sizes, [wanted.requests] * len(sizes))
        print(markdown({size or "here": figures for size, figures in zip(sizes, taken, strict=True)}))


def figures_of(products: int | None, requests: int) -> dict[str, tuple[float, int]]:
    """Each page's figures in a shop of so many products, or in this database."""
    read_env_file(ENV_FILE)
    if products:
        prepare(products)
    return measure(requests)


def prepare(products: int) -> None:
    """A database of its own, kept for the next time."""
    use_sample_database(products)
    have_tables()
    have_built_in_data()
    have_sample_shop(products)


def measure(requests: int) -> dict[str, tuple[float, int]]:
    """For each page: its time as a multiple of the bare view's, and its queries.

    The least of the rounds counts: what others on the machine take away is only ever added.
    """
    with Served() as server:
        from bench.pages import acts_on  # asks the database, whose address is known only now

        acts = acts_on(server)
        queries = {name: act.count_queries() for name, act in acts.items()}
        bare, spent = [], {name: [] for name in acts}
        for _ in range(ROUNDS):
            bare.append(server.cpu_ms(server.bare, requests * 20))
            for name, act in acts.items():
                spent[name].append(server.cpu_ms(act, max(requests // act.weight, 1)))
        print(f"bare view: {min(bare):.2f} ms of CPU on this machine now", file=sys.stderr)
    return {name: (min(times) / min(bare), queries[name]) for name, times in spent.items()}


def markdown(tables: dict) -> str:
    sizes = [f"{size:,} products" if isinstance(size, int) else "this database" for size in tables]
    lines = [
        f"| page | {' | '.join(f'{size}: × bare (ms at {OSCAR_BARE}) | queries' for size in sizes)} "
        "| Oscar, 1,000 products: × bare | queries |",
        "|---|" + "---:|---:|" * (len(sizes) + 1),
    ]
    for name in next(iter(tables.values())):
        ours = " | ".join(
            f"{ratio:.0f} ({ratio * OSCAR_BARE:.1f}) | {count}" for ratio, count in (t[name] for t in tables.values())
        )
        milliseconds, count = OSCAR.get(name, (None, None))
        theirs = f"{milliseconds / OSCAR_BARE:.0f}" if milliseconds else "–"
        lines.append(f"| {name} | {ours} | {theirs} | {count or '–'} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
