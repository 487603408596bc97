"""Lighthouse on a simulated cheap telephone gives the public pages at least 95 of 100, in each of its categories."""

import itertools
import json
import os
import subprocess
import urllib.request
from statistics import median

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

LEAST = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = 3  # the median counts: another process on the same machine may slow one of them down
MOST_TRIES = 4  # Chromium now and then loses the trace of a page load; then there is no mark, and Lighthouse says so
LOST = "Please run Lighthouse again"
SAMPLE_FAIR = "/hoi-cho/hoi-cho-mau-che-mat-ong/"
MOST_ROUNDS = 2  # or all of them: whoever shares the processors only ever lowers a mark, so it is weighed once more


def marks(node_modules, chromium: str, address: str, report) -> dict[str, int]:
    """One run of Lighthouse; its report stays among the files of the run."""
    command = [
        node_modules / ".bin" / "lighthouse",
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox",
        "--no-enable-error-reporting",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium}
    for _ in range(MOST_TRIES):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
        if LOST not in done.stderr:
            break
    assert done.returncode == 0, done.stderr
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(categories[name]["score"] * 100) for name in CATEGORIES}


@pytest.mark.parametrize(
    ("name", "path"),
    [("home", "/"), ("list", "/san-pham/"), ("product", "/san-pham/tra-shan-co-thu-mo-si-san/")],
)
def test_every_mark_is_at_least_95(lai_chau_shown, chromium, tools_of_npm, name, path):
    weigh = weigher(tools_of_npm, chromium, lai_chau_shown + path, name)
    for _ in range(MOST_ROUNDS):
        low = too_low([weigh() for _ in range(TIMES)])
        if not low:
            break
    assert low == {}


@pytest.mark.parametrize(
    "path",
    [
        "/cau-chuyen/",
        "/cau-chuyen/cham-cheo-mac-khen-hat-doi/",
        "/chuyen-de/bep-lua-va-rung/",
        "/tin-tuc/lai-chau-con-38-xa-phuong/",
        SAMPLE_FAIR,
        "/ban-lang/ban-tham/",
        "/cam-nang/doc-sao-va-giay-chung-nhan/",
        "/lien-he/",
    ],
)
def test_every_mark_of_each_kind_of_editors_page_is_at_least_95(lai_chau_shown, chromium, tools_of_npm, path):
    weigh = weigher(tools_of_npm, chromium, lai_chau_shown + path, path.strip("/").replace("/", "-"))
    kept_from_search = {"seo"} if path == SAMPLE_FAIR else set()  # what is made up asks search engines to pass by
    runs = [weigh()]  # one is enough where it is good, as a busy machine never raises a mark
    while set(too_low(runs)) - kept_from_search and len(runs) < TIMES * MOST_ROUNDS:
        runs += [weigh(), weigh()]
    assert set(too_low(runs)) == kept_from_search


def weigher(node_modules, chromium: str, address: str, name: str):
    """A function that runs Lighthouse once more on an address."""
    folder = settings.TEST_DIR / "lighthouse"
    folder.mkdir(exist_ok=True)
    assert urllib.request.urlopen(address).status == 200
    numbers = itertools.count(1)
    return lambda: marks(node_modules, chromium, address, folder / f"{name}-{next(numbers)}.json")


def too_low(runs: list[dict[str, int]]) -> dict[str, int]:
    """The categories whose mark in the middle run is not good enough."""
    middle = {category: median(run[category] for run in runs) for category in CATEGORIES}
    return {category: mark for category, mark in middle.items() if mark < LEAST}
