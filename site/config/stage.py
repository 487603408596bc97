"""Whom and what tests find on the stage: the database as migrations left it, jobs, a real server, a browser."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import setup_databases
from django.utils import translation

from config.pristine import pristine, put_back_after_tests_that_commit
from discovery import looked_for, spelling, tally
from discovery.engines import falling_back


def pytest_collection_modifyitems(config, items):
    """Tests of what only the other database does, and of Elasticsearch where none is given, are left out; the last line
    counts them as deselected."""
    absent = {"sqlite" if connection.vendor == "postgresql" else "postgresql"}
    absent |= set() if settings.ELASTICSEARCH_URL else {"elasticsearch"}
    left_out = [item for item in items if absent & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


# --- The database ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def kept_database(django_db_modify_db_settings_parallel_suffix):
    return pristine()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(kept_database, django_db_blocker):
    with django_db_blocker.unblock():
        kept_database.prepare()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, kept_database, django_db_blocker):
    with django_db_blocker.unblock():
        if not kept_database.is_used():  # pytest-django looks for marked tests, not for what a file's fixture wants
            setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=True)
        kept_database.keep()
    put_back_after_tests_that_commit(kept_database)


@pytest.fixture(autouse=True)
def nothing_left_over():
    """No test finds what another has left in the cache, or speaks the language that another's last request chose."""
    cache.clear()
    tally.forget()
    spelling.forget()
    looked_for.forget()
    falling_back.forget()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def elasticsearch():
    """A function that fills the index of a real Elasticsearch with the entries there are now."""
    from discovery.engines.elasticsearch import index

    yield index.rebuild_index
    for name in index.indices():
        index.client().indices.delete(index=name)


# --- What happens afterwards ----------------------------------------------------------------------------------------


class Jobs:
    """`jobs()` does what the worker would do now; a job that fails fails the test. `jobs.mails()` sends what waits."""

    def __call__(self) -> int:
        from django_tasks_db.models import DBTaskResult

        from outbox.jobs import run_one_job

        count = 0
        while run_one_job():
            count += 1
        for job in DBTaskResult.objects.failed():
            raise AssertionError(f"{job.task_path} failed:\n{job.traceback}")
        return count

    def mails(self) -> list:
        from outbox.mails import send_waiting

        send_waiting()
        return mail.outbox


@pytest.fixture
def jobs(db) -> Jobs:
    return Jobs()


# --- A server as in use ---------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def settings_of_server() -> dict:
    """The environment for a process of its own that sees the rows of this test."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_served",
        "PYTHONPATH": f"{settings.SITE_DIR}:{settings.BASE_DIR}",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }


@pytest.fixture(scope="session")
def server_environment():
    return settings_of_server


@pytest.fixture(scope="session")
def collected_static_files():
    """Static files as served, by their names; collected once and kept between runs while their sources are the same."""
    from config.readiness import static_sources_digest

    folder, stamp = settings.TEST_DIR / "static", settings.TEST_DIR / "static.stamp"
    digest = static_sources_digest()
    if not (folder.exists() and stamp.exists() and stamp.read_text() == digest):
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=settings_of_server(), check=True)
        stamp.write_text(digest)
    return json.loads((folder / "staticfiles.json").read_text())["paths"]


@pytest.fixture(scope="session")
def server_process(collected_static_files, tmp_path_factory):
    """A function that runs gunicorn as `make run` starts it, two processes, on the tests' database: it gives the
    server's address for the time of a `with`. Only what has been committed is there."""

    @contextmanager
    def serving(**environment):
        address = f"http://localhost:{free_port()}"
        environment = {**settings_of_server(), "PORT": address.rpartition(":")[2], "SITE_URL": address, **environment}
        log = (tmp_path_factory.mktemp("server") / "log").open("w+")
        command = [sys.executable, "-m", "gunicorn", "-c", str(settings.SITE_DIR / "gunicorn.conf.py"), "config.wsgi"]
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"{address}/suc-khoe/", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(30)
            log.close()

    return serving


@pytest.fixture
def live_server_process(transactional_db, server_process):
    """The address of a server that sees what this test commits: for races over HTTP and for browsers."""
    with server_process() as address:
        yield address


def wait_for(address: str, server: subprocess.Popen, log) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=10)
            return
        except urllib.error.HTTPError:
            return  # it answers, and that is all that is asked here
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    log.seek(0)
    raise AssertionError(f"the server did not start:\n{log.read()}")


# --- A browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. Where there is none, its tests are left out and say so; the CI insists on one."""
    named = (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome", "google-chrome-stable")
    path = next((path for name in named if (path := shutil.which(name))), None)
    if path is None:
        reason = "Chromium is not installed: no browser test was run (Debian: apt install chromium)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser(chromium):
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def new_page(browser):
    """A function that opens a page in a fresh window, a telephone's by default."""
    contexts = []

    def open_page(width=390, height=844, **context):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", **context))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()
