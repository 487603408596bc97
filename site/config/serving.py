"""The web server and the worker, side by side: started together, stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from config.readiness import BASE_DIR, PYTHON, logins_file, var_dir
from config.telling import Stop, step

STOPPING = 25  # seconds that requests and jobs get to end
STARTING = 60  # seconds until the first answer


def serve(port: int) -> None:
    """Run until Ctrl-C, a signal, or the end of either of the two."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # SIGINT too: in the background shells ignore it
        signal.signal(number, interrupt)
    running = {}
    try:
        with step("Server and worker"):
            gunicorn = ["-m", "gunicorn", "-c", BASE_DIR / "site/gunicorn.conf.py", "config.wsgi"]
            running["server"] = start(gunicorn)
            running["worker"] = start([BASE_DIR / "manage.py", "work"])
            wait_for_answer(port, running)
        tell_where(port)
        name = first_that_ends(running)
        raise Stop(f"The {name} ended by itself (code {running[name].returncode}), so everything was stopped.")
    except KeyboardInterrupt:
        print("\n  Stopping …", flush=True)
    finally:
        stop(running)


def interrupt(number, frame) -> None:
    raise KeyboardInterrupt


def refuse_a_taken_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("0.0.0.0", port))
        except OSError as error:
            raise Stop(f"Port {port} cannot be used ({error.strerror}). Take another:  make run PORT=8001") from None


def start(arguments: list) -> subprocess.Popen:
    """A process in a session of its own: Ctrl-C reaches only us, and we ask it to end in peace."""
    command = [str(part) for part in (PYTHON, *arguments)]
    return subprocess.Popen(command, cwd=BASE_DIR, start_new_session=True, preexec_fn=end_with_us)


def end_with_us() -> None:
    """Have Linux end the process if we are killed outright; elsewhere that is left to its keeper."""
    try:
        pdeathsig = 1
        ctypes.CDLL(None).prctl(pdeathsig, signal.SIGTERM)
    except (OSError, AttributeError):
        pass


def wait_for_answer(port: int, running: dict) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        if any(process.poll() is not None for process in running.values()):
            raise Stop("The server or the worker did not start; the reason stands above.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/suc-khoe/", timeout=10)
            return
        except urllib.error.HTTPError:
            return  # it answers; what it says is the health page's business
        except OSError:
            time.sleep(0.1)
    raise Stop(f"The server did not answer within {STARTING} seconds.")


def tell_where(port: int) -> None:
    print(f"\n  The site is at  {os.environ['SITE_URL']}/\n", flush=True)
    if logins_file().exists():
        print(f"  Log in with ({shown(logins_file())}):")
        for line in logins_file().read_text(encoding="utf-8").splitlines():
            print(f"    {line}")
    mails = "" if os.environ.get("EMAIL_HOST") else f"  Mails are written to {shown(var_dir() / 'mails')}/.\n"
    print(f"\n{mails}  Stop with Ctrl-C.\n", flush=True)


def shown(path: Path) -> str:
    return str(path.relative_to(BASE_DIR) if path.is_relative_to(BASE_DIR) else path)


def first_that_ends(running: dict) -> str:
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                return name
        time.sleep(0.2)


def stop(running: dict) -> None:
    """Ask all to end, wait, and end those that do not."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # whoever is impatient waits with us
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + STOPPING
    for process in running.values():
        try:
            process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
