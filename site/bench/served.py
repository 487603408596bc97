"""The web server as `make run` starts it, watched from outside: what its processes have used of the processors."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

SITE_DIR = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


class Served:
    """gunicorn with the site and the bare view, on the database of DATABASE_URL, while the block lasts."""

    def __enter__(self):
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))
            self.port = bound.getsockname()[1]
        environment = {**os.environ, "BIND": f"127.0.0.1:{self.port}", "SITE_URL": f"http://127.0.0.1:{self.port}"}
        command = [sys.executable, "-m", "gunicorn", "-c", str(SITE_DIR / "gunicorn.conf.py"), "bench.wsgi"]
        self.process = subprocess.Popen(command, cwd=SITE_DIR.parent, env=environment)
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for _ in range(600):
            try:
                self.bare()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                self.line.close()
                time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *error):
        self.line.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def send(self, method: str, path: str, body: str | None = None, headers: dict | None = None):
        """One request on the kept line, so that all go to one process; the response, read to its end, and its text."""
        self.line.request(method, path, body, headers or {})
        response = self.line.getresponse()
        return response, response.read().decode()

    def bare(self) -> None:
        response, text = self.send("GET", "/bare/")
        if (response.status, len(text)) != (200, 30_000):
            raise OSError(f"the bare view answered {response.status}")

    def cpu_ms(self, act, times: int, *, of_database: bool = True) -> float:
        """Milliseconds of user and system time that the web server's processes take for one act, and PostgreSQL's for
        this database where it is used."""
        act()
        before = self.used(of_database)
        for _ in range(times):
            act()
        return (self.used(of_database) - before) / times

    def used(self, of_database: bool = True) -> float:
        """Milliseconds that the server's processes, and maybe PostgreSQL's, have run."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return sum(ran(pid) for pid in [*children, *(database_processes() if of_database else ())])


def ran(pid) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS


def database_processes() -> list[int]:
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]
