"""What `make` calls: `run`, `test`, `pytest`, `bench`, `backup`, `restore`, `upgrade`. Starts with nothing but Python.

PYTHONPATH=site python3 -m config.run run
"""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
import time
from pathlib import Path

from config.env import read_env_file
from config.readiness import (
    BASE_DIR,
    ENV_FILE,
    PYTHON,
    entries_stamp,
    have_built_in_data,
    have_entries,
    have_environment,
    have_packages,
    have_sample_shop,
    have_secret,
    have_static_files,
    have_tables,
    have_translations,
    manage,
    use_sample_database,
    var_dir,
)
from config.serving import refuse_a_taken_port, serve
from config.telling import Stop

IN_MEMORY = "sqlite://:memory:"


def run() -> None:
    """Make ready what is not, then serve until Ctrl-C. `SAMPLE=20000` serves a large made-up shop of its own."""
    port = int(os.environ.setdefault("PORT", "8000"))
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    sample = int(os.environ.get("SAMPLE") or 0)
    if sample:
        use_sample_database(sample)
    refuse_a_taken_port(port)
    begun = time.monotonic()
    have_environment()
    have_packages()
    have_secret()
    have_translations()
    have_tables()
    have_entries()
    have_built_in_data()
    if sample:
        have_sample_shop(sample)
    have_static_files()
    print(f"  Ready after {time.monotonic() - begun:.1f} s", flush=True)
    serve(port)


def test() -> None:
    """Every check, then every test."""
    prepare()
    failed = [name for name, command, more in checks() if not passes(name, command, more)]
    if not passes("pytest", *tests()):
        failed.append("pytest")
    if failed:
        raise Stop(f"Failed: {', '.join(failed)}")


def pytest() -> None:
    """The tests alone: for another database, where the checks would say the same."""
    prepare()
    if not passes("pytest", *tests()):
        raise Stop("Failed: pytest")


def prepare() -> None:
    """What tests and figures need: packages and translations."""
    have_environment()
    have_packages()
    have_translations()


def checks() -> list[tuple[str, list, dict]]:
    served = {"SECRET_KEY": secrets.token_urlsafe(50), "SITE_URL": "https://ocop.example", "DATABASE_URL": IN_MEMORY}
    manage_py = [PYTHON, "manage.py"]
    return [
        ("ruff check", [PYTHON, "-m", "ruff", "check", "."], {}),
        ("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "."], {}),
        ("imports go down", [PYTHON.with_name("lint-imports"), "--no-logo"], {}),
        ("migrations", [*manage_py, "makemigrations", "--check", "--dry-run"], served),
        ("settings", [*manage_py, "check", "--deploy", "--fail-level", "WARNING"], served),
    ]


def tests() -> tuple[list, dict]:
    var_dir().mkdir(parents=True, exist_ok=True)
    return [PYTHON, "-m", "pytest", *shlex.split(os.environ.get("ARGS", ""))], {"TEST_DIR": str(var_dir())}


def passes(name: str, command: list, more: dict) -> bool:
    print(f"\n--- {name}", flush=True)
    environment = {**os.environ, "PYTHONPATH": f"{BASE_DIR / 'site'}:{BASE_DIR}", **more}
    return subprocess.run([str(part) for part in command], cwd=BASE_DIR, env=environment).returncode == 0


def bench() -> None:
    """What each page costs, as Markdown."""
    prepare()
    have_secret()
    have_static_files()
    command = [str(PYTHON), "site/bench/figures.py", *shlex.split(os.environ.get("ARGS", ""))]
    if subprocess.run(command, cwd=BASE_DIR).returncode:
        raise Stop("No figures; the reason stands above.")


def backup() -> None:
    have_environment()
    have_packages()
    keep()


def keep(*name: str) -> str:
    """Write a backup and return the file's name."""
    command = [str(PYTHON), "-m", "config.backup", "backup", *name]
    environment = {**os.environ, "PYTHONPATH": str(BASE_DIR / "site")}
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Stop("No backup was made; the reason stands above.")
    print(f"  Backup: {done.stdout.strip()}")
    return done.stdout.strip()


def restore() -> None:
    file = os.environ.get("FILE")
    if not file:
        raise Stop("Which backup?  make restore FILE=var/backups/….tar.gz")
    have_environment()
    have_packages()
    command = [str(PYTHON), "-m", "config.backup", "restore", str(Path(file).resolve())]
    environment = {**os.environ, "PYTHONPATH": str(BASE_DIR / "site")}
    if subprocess.run(command, cwd=BASE_DIR, env=environment).returncode:
        raise Stop("Nothing was restored; the reason stands above.")
    for path in (var_dir() / "stamps").glob("migrations-*"):  # an older backup may lack newer tables
        path.unlink()


def upgrade() -> None:
    """Take the code that is here now into use: keep everything, then packages, tables, files, entries, and what the
    search of the CMS reads."""
    have_environment()
    have_packages()
    kept = keep()
    closed = var_dir() / "maintenance"
    try:
        closed.touch()
        have_translations()
        have_tables()
        have_built_in_data()
        have_static_files()
        manage("rebuild_entries")
        entries_stamp().set()
        manage("update_index", "--verbosity=0")
    except BaseException:
        print(f"\n  The upgrade failed. Go back to the code from before, then:\n    make restore FILE={kept}\n")
        raise
    finally:
        closed.unlink(missing_ok=True)
    print("  Upgraded. Start the site again: make run")


COMMANDS = {
    "run": run,
    "prepare": prepare,
    "test": test,
    "pytest": pytest,
    "bench": bench,
    "backup": backup,
    "restore": restore,
    "upgrade": upgrade,
}


if __name__ == "__main__":
    read_env_file(Path(os.environ.get("ENV_FILE", ENV_FILE)))
    try:
        COMMANDS[sys.argv[1]]()
    except Stop as end:
        print(f"\n{end}\n", file=sys.stderr, flush=True)
        sys.exit(1)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        sys.exit(130)
