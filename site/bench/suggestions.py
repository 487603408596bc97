"""How much of the server's time suggestions take, as Markdown, on the database of the settings:

    PYTHONPATH=site:. DATABASE_URL=… .venv/bin/python site/bench/suggestions.py

Every beginning, from two letters on, of what the tests say that people type: first where the process has met none of
them, then again. Time is what the process used; on PostgreSQL the database's own comes on top, so the clock's is told
beside it.
"""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import quantiles

SITE_DIR = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(SITE_DIR), str(SITE_DIR.parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django  # noqa: E402 - the settings must be named first

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.test import Client  # noqa: E402 - Django must be set up first
from django.urls import reverse  # noqa: E402 - Django must be set up first

from discovery.models import Entry  # noqa: E402 - Django must be set up first
from discovery.spelling import vocabulary  # noqa: E402 - Django must be set up first
from discovery.suggesting import SHORTEST  # noqa: E402 - Django must be set up first
from discovery.tally import tally  # noqa: E402 - Django must be set up first
from discovery.tests.queries import WANTED  # noqa: E402 - Django must be set up first


def beginnings() -> list[str]:
    """What is asked while each of the queries is typed, letter by letter, in their order."""
    return [typed[:end] for queries in WANTED.values() for typed in queries for end in range(SHORTEST, len(typed) + 1)]


def measured(client: Client, asked: Iterable[str]) -> list[tuple[float, float]]:
    """CPU time and clock time of each, in ms."""
    path, taken = reverse("suggestions"), []
    for typed in asked:
        cpu, clock = time.process_time(), time.perf_counter()
        response = client.get(path, {"q": typed})
        taken.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000))
        if response.status_code != 200:
            raise SystemExit(f"{typed!r} answered {response.status_code}")
    return taken


def row(name: str, taken: list[tuple[float, float]]) -> str:
    cells = []
    for times in zip(*taken, strict=True):
        cuts = quantiles(times, n=100)
        cells += [cuts[49], cuts[94], max(times)]
    return f"| {name} | {len(taken)} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |"


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    client, asked = Client(), beginnings()
    client.get(reverse("suggestions"), {"q": "zz"})  # what is made once in a process's life
    tally(), vocabulary().near("zzzz")
    print(f"{Entry.objects.count()} entries; ms\n")
    print("| | asked | CPU p50 | p95 | most | clock p50 | p95 | most |\n|---|--:|--:|--:|--:|--:|--:|--:|")
    print(row("never typed before", measured(client, dict.fromkeys(asked))))
    print(row("as people type", measured(client, asked)))


if __name__ == "__main__":
    main()
