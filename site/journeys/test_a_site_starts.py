"""`make run`: ready by itself, the second time at once and without changing a row, and nothing stays behind."""

import hashlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest
from django.conf import settings

from config import readiness
from config.readiness import Stamp, digest_of, have_secret
from config.serving import refuse_a_taken_port
from config.telling import Stop

RUN = ["-m", "config.run", "run"]
SERVE = ["-c", "import os; from config.serving import serve; serve(int(os.environ['PORT']))"]


class Started:
    """`make run`, or only its last step, in a process, its words in a file."""

    def __init__(self, folder, what, number, **environment):
        self.log = folder / f"run-{number}.log"
        command = [sys.executable, *what]
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=self.log.open("w"), stderr=subprocess.STDOUT
        )

    def is_up(self, seconds=240):
        """Wait for the line with the address; return the seconds it took."""
        while time.monotonic() < self.begun + seconds and self.process.poll() is None:
            if "The site is at" in self.log.read_text():
                return time.monotonic() - self.begun
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def children(self):
        listed = subprocess.run(["ps", "-e", "-o", "ppid=,pid=,args="], capture_output=True, text=True).stdout
        found = re.findall(rf"^ *{self.process.pid} +(\d+) (.*)$", listed, re.MULTILINE)
        return {("worker" if "manage.py work" in args else "server"): int(pid) for pid, args in found}

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(40)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


CLOCKS = "outbox_timer", "sqlite_sequence"  # when timers ran; numbers given to rows that are gone again


def tables(path):
    """A digest of the rows of each table."""
    with closing(sqlite3.connect(path)) as there:
        names = [name for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        return {
            name: hashlib.sha256(repr(sorted(map(repr, there.execute(f'SELECT * FROM "{name}"')))).encode()).hexdigest()
            for name in names
            if name not in CLOCKS
        }


def wait_for_the_jobs(path, seconds=120):
    """What loading leaves to the worker is done once."""
    until = time.monotonic() + seconds
    ready = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status != 'SUCCESSFUL'"
    while time.monotonic() < until:
        with closing(sqlite3.connect(path, timeout=20)) as there:
            if there.execute(ready).fetchone() == (0,):
                return
        time.sleep(0.5)
    raise AssertionError("jobs are left")


@pytest.fixture
def place(tmp_path, kept_lai_chau):
    """The environment of a new site with the built-in data in it: drawing its pictures takes a minute."""
    with (
        closing(sqlite3.connect(kept_lai_chau.kept)) as kept,
        closing(sqlite3.connect(tmp_path / "ocop.sqlite3")) as new,
    ):
        kept.backup(new)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **own,
        "PYTHONPATH": str(settings.SITE_DIR),
        "VENV": sys.prefix,
        "ENV_FILE": "/nonexistent",
        "SECRET_KEY": "x" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz",
        "VAR_DIR": str(tmp_path),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PORT": str(port),
    }


@pytest.mark.sqlite
def test_a_site_is_made_ready_then_starts_at_once_and_stops_whole(tmp_path, place):
    database = tmp_path / "ocop.sqlite3"
    first = Started(tmp_path, RUN, 1, **place)
    first.is_up()
    home = urllib.request.urlopen(f"http://localhost:{place['PORT']}/", timeout=30).read().decode()
    processes = first.children()
    wait_for_the_jobs(database)
    first.stop()
    before = tables(database)

    second = Started(tmp_path, RUN, 2, **place)
    seconds = second.is_up()
    second_processes = second.children()
    second.stop()

    assert '<html lang="vi">' in home and "The built-in data was complete already." in first.log.read_text()
    assert set(processes) == {"server", "worker"} and not any(map(is_alive, processes.values()))
    assert [name for name, digest in tables(database).items() if before.get(name) != digest] == []
    again = second.log.read_text()
    assert [step for step in ("Packages", "Tables", "Built-in data", "Static files") if step in again] == []
    assert not any(map(is_alive, second_processes.values()))
    assert seconds < 30  # a few seconds on a machine that does nothing else


@pytest.mark.sqlite
def test_when_the_worker_dies_the_server_does_not_go_on_alone(tmp_path, place):
    started = Started(tmp_path, SERVE, 1, **place, SITE_URL=f"http://localhost:{place['PORT']}")
    started.is_up()
    processes = started.children()

    os.kill(processes["worker"], signal.SIGKILL)
    started.process.wait(40)

    assert "The worker ended by itself (code -9), so everything was stopped." in started.log.read_text()
    assert not is_alive(processes["server"])


def test_a_taken_port_is_told_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()

        with pytest.raises(Stop, match="make run PORT=8001"):
            refuse_a_taken_port(taken.getsockname()[1])


def test_the_secret_is_written_once_for_its_owner_alone_beside_what_is_there(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("PORT=9000")
    file.chmod(0o644)
    monkeypatch.setattr(readiness, "ENV_FILE", file)
    monkeypatch.delenv("SECRET_KEY", raising=False)

    have_secret()
    once = file.read_text()
    have_secret()

    assert re.fullmatch(r"PORT=9000\nSECRET_KEY=\S{60,}\n", once)
    assert (file.read_text(), file.stat().st_mode & 0o777) == (once, 0o600)


def test_a_stamp_fits_until_a_source_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(readiness, "BASE_DIR", tmp_path)
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a")
    Stamp(tmp_path / "stamps/files", digest_of(source)).set()

    assert Stamp(tmp_path / "stamps/files", digest_of(source)).fits()
    (source / "a.css").write_text("b")
    assert not Stamp(tmp_path / "stamps/files", digest_of(source)).fits()
