"""Lai Châu as it is after the first start: the built-in data, loaded once a run, and servers that show it."""

import os
import shutil
import subprocess
from io import StringIO
from itertools import count

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import override_settings

from config.pristine import migrations_digest
from config.readiness import digest_of
from pictures.loading import load_motifs
from pictures.models import Picture
from pictures.renditions import names_of


@pytest.fixture(scope="session")
def kept_lai_chau(django_db_setup, kept_database, django_db_blocker):
    """A copy of the database with the built-in data; `put_back()` makes it the tests' database."""
    with django_db_blocker.unblock(), override_settings(VAR_DIR=settings.TEST_DIR):
        draw_pictures(kept_database)
        call_command("load_built_in", stdout=StringIO())
        kept = kept_database.another("lai_chau", "of_this_run")
        kept.forget()
        kept.keep()
        kept_database.put_back()
    return kept


def draw_pictures(kept_database) -> None:
    """Most of the time goes into drawing, so a database with the pictures is kept between runs."""
    folder = settings.SITE_DIR / "pictures"
    digest = digest_of(folder / "motifs", *sorted(folder.glob("*.py")), also=migrations_digest())[:12]
    kept = kept_database.another("drawn", digest)
    kept_database.put_back()  # what tests wrote and took back has left gaps in the tables, and statistics of them
    kept.prepare()
    names = [name for picture in Picture.objects.all() for name in (picture.file.name, *names_of(picture.files))]
    if not all(default_storage.exists(name) for name in names):
        kept.forget()
        kept_database.put_back()
    load_motifs()
    kept.keep()


@pytest.fixture
def lai_chau(transactional_db, kept_lai_chau):
    """The built-in data, for one test that may change it."""
    kept_lai_chau.put_back()


@pytest.fixture
def lai_chau_server(lai_chau, live_server_process):
    """The address of a server on the built-in data, for one test that may change it."""
    return live_server_process


@pytest.fixture(scope="module")
def lai_chau_shown(kept_lai_chau, kept_database, server_process, django_db_blocker):
    """The address of one server on the built-in data for all tests of a file, which look and do not write."""
    with django_db_blocker.unblock():
        kept_lai_chau.put_back()
        with server_process() as address:
            yield address
        kept_database.put_back()


@pytest.fixture
def picture(request):
    """`picture(page)` keeps the whole page, as it is seen now, among the files of the run: pictures/<test>-<n>.png."""
    folder = settings.TEST_DIR / "pictures"
    folder.mkdir(exist_ok=True)
    for old in folder.glob(f"{request.node.name}-*.png"):
        old.unlink()
    numbers = count(1)

    def keep(page) -> None:
        page.evaluate("document.querySelectorAll('img').forEach(each => { each.loading = 'eager' })")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{request.node.name}-{next(numbers)}.png", full_page=True)

    return keep


@pytest.fixture(scope="session")
def tools_of_npm():
    """Where axe-core, Lighthouse and TypeScript are; fetched when .ci/package-lock.json is newer. Where npm is missing,
    the tests that need them are left out and say so; the CI insists."""
    folder = settings.BASE_DIR / ".ci"
    installed, wanted = folder / "node_modules/.package-lock.json", folder / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
        npm = shutil.which("npm")
        if npm is None:
            reason = "npm is missing: accessibility, weight and data of pages were not tested (Debian: apt install npm)"
            pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
        quiet = ("--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run([npm, "ci", "--ignore-scripts", *quiet], cwd=folder, check=True)
    return folder / "node_modules"
