"""The whole site, read in both languages: every page that links lead to, every error, every letter, every refusal."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from journeys.pages import Page, is_ours, is_page, path_of, read_page, walk
from journeys.unlinked import buy_and_be_told, read_errors, read_refusals, read_work

MOST_PAGES = 400
SHOWN = 60  # how many faults a failure lists
LANGUAGES = ("vi", "en")
LETTERS = {path.stem for path in Path(settings.BASE_DIR, "templates", "emails").glob("[a-z]*.txt")}


class Reading:
    """All that was read: `pages[language]` by links, `others[language]` by forms, errors and log-in, `letters`."""

    def __init__(self):
        self.pages, self.others, self.letters = {}, {}, {}

    def all(self, language: str) -> list[Page]:
        return [*self.pages[language].values(), *self.others[language]]


@pytest.fixture(scope="module")
def read(kept_lai_chau, kept_database, django_db_blocker):
    reading = Reading()
    with django_db_blocker.unblock():
        kept_lai_chau.put_back()
        try:
            for language in LANGUAGES:
                cache.clear()
                with translation.override(language):
                    home = reverse("home")
                reading.pages[language] = walk(Client(raise_request_exception=False), home, most=MOST_PAGES)
            for language in LANGUAGES:
                purchases, reading.letters[language] = buy_and_be_told(language)
                unlinked = read_errors(language), read_refusals(language, purchases), read_work(language)
                reading.others[language] = [page for pages in unlinked for page in pages]
        finally:
            kept_database.put_back()
    return reading


def expect_none(faults: list[str]) -> None:
    """Fails with the faults, each once; the message shows the first sixty."""
    each_once = list(dict.fromkeys(faults))
    more = f"\n… and {len(each_once) - SHOWN} more" if len(each_once) > SHOWN else ""
    if each_once:
        pytest.fail("\n".join(each_once[:SHOWN]) + more, pytrace=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_in_the_language_of_the_page(read, language):
    faults, told = [], set()
    for page in read.all(language):
        for said in page.foreign(language):
            if (said.text, said.place) not in told:
                told.add((said.text, said.place))
                faults.append(f"{path_of(page.address)} <{said.place}>: {said.text[:150]}")

    expect_none(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_in_the_language_of_its_reader(read, language):
    faults = []
    for template, mails in read.letters[language].items():
        for mail in mails:
            for line in [mail.subject, *mail.text.splitlines()]:
                page = read_page("http://testserver/", f"<html lang={language}><p>{line}</p>")
                faults += [f"{template}: {said.text}" for said in page.foreign(language)]

    assert set(read.letters[language]) == LETTERS
    expect_none(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere(read, language):
    pages = read.pages[language]
    faults = [f"{path}: {page.status}" for path, page in pages.items() if page.status >= 400]
    for page in read.all(language):
        here = path_of(page.address)
        for link in page.links:
            mark, target = urlsplit(link).fragment, pages.get(path_of(link))
            if mark and path_of(link) == here and mark not in page.ids:
                faults.append(f"{here}: there is no #{mark}")
            elif mark and path_of(link) != here and target and mark not in target.ids:
                faults.append(f"{here}: {path_of(link)} has no #{mark}")

    expect_none(faults)
    assert 30 < len(pages) <= MOST_PAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_stay_in_the_language_of_the_page(read, language):
    faults = []
    for page in read.all(language):
        for link in set(page.links) - set(page.ways_over):
            path = path_of(link)
            if is_ours(link) and is_page(path) and path.startswith("/en/") != (language == "en"):
                faults.append(f"{path_of(page.address)} → {path}")

    expect_none(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_language_a_title_and_one_first_heading(read, language):
    faults = []
    for page in read.all(language):
        here = path_of(page.address)
        if page.status == 200 and not page.html:
            continue  # a file: a fair for the calendar
        if page.language != language:
            faults.append(f"{here}: lang={page.language!r}")
        if not page.title.partition(" · ")[0].strip():
            faults.append(f"{here}: no title")
        if page.headings.count("h1") != 1:
            faults.append(f"{here}: {page.headings.count('h1')} h1")
        faults += [f"{here}: id {name!r} twice" for name in set(page.ids) if page.ids.count(name) > 1]
        levels = [int(heading[1]) for heading in page.headings]
        faults += [
            f"{here}: h{after} follows h{before}"
            for before, after in zip(levels, levels[1:], strict=False)
            if after > before + 1
        ]

    expect_none(faults)


def test_every_page_names_itself_in_the_other_language_and_is_named_there(read):
    faults = []
    for language, other in (("vi", "en"), ("en", "vi")):
        for path, page in read.pages[language].items():
            if page.status != 200 or not page.html or path_of(page.address) != path:
                continue
            named = {name: path_of(address) for name, address in page.alternates.items()}
            if set(named) != {"vi", "en", "x-default"} or named["x-default"] != named["vi"]:
                faults.append(f"{path}: {page.alternates}")
                continue
            twin = read.pages[other].get(named[other])
            if twin is None and "?" in path:
                continue  # of lists with parameters only some were read
            back = path_of(twin.alternates.get(language, "/?nowhere")) if twin else "nothing links there"
            if back != named[language]:
                faults.append(f"{path} → {named[other]} → {back}")

    expect_none(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_carries_styles_scripts_or_strange_hosts(read, language):
    faults = []
    for page in read.all(language):
        here = path_of(page.address)
        faults += [f"{here}: {shown}" for shown in page.inline]
        faults += [f"{here}: {file}" for file in page.files if not is_ours(file) and not file.startswith("data:")]

    expect_none(faults)


def test_every_file_that_a_page_asks_for_is_there(read):
    files = {path_of(file) for language in LANGUAGES for page in read.all(language) for file in page.files}
    static = {path for path in files if path.startswith("/static/")}
    media = {path for path in files if path.startswith("/media/")}

    missing = [path for path in sorted(static) if not finders.find(path.removeprefix("/static/"))]
    missing += [path for path in sorted(media) if not (settings.MEDIA_ROOT / path.removeprefix("/media/")).exists()]

    expect_none(missing)
    assert static and media
