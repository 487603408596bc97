"""What must be there before the site can run, each made only when it is missing or its sources have changed.

A stamp in var/stamps/ holds the digest of what a step was last done with. Nothing here needs more than Python itself.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import sys
from pathlib import Path

from config.telling import Stop, run_quietly, step
from config.translations import stale_catalogs

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VENV = Path(os.environ.get("VENV", BASE_DIR / ".venv"))
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = BASE_DIR / "requirements.txt"
ENV_FILE = BASE_DIR / ".env"
MAX_CONTENT = 1_000_000  # bytes; of larger files the size is looked at


def var_dir() -> Path:
    return Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))


def database_url() -> str:
    return os.environ.get("DATABASE_URL", f"sqlite:///{var_dir() / 'ocop.sqlite3'}")


def logins_file() -> Path:
    """Where the passwords of the sample people are kept: each database has its own people."""
    return Path(os.environ.get("SAMPLE_LOGINS_FILE", var_dir() / "sample-logins.txt"))


def use_sample_database(products: int) -> None:
    """From here on a database file, and sample people, of its own: the large shop is nobody's real one."""
    os.environ["DATABASE_URL"] = f"sqlite:///{var_dir() / f'sample-{products}.sqlite3'}"
    os.environ["SAMPLE_LOGINS_FILE"] = str(var_dir() / f"sample-{products}-logins.txt")


def sqlite_file() -> Path | None:
    url = database_url()
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


# --- Stamps ---------------------------------------------------------------------------------------------------------


def digest_of(*paths: Path, also: str = "") -> str:
    """A digest of files, and of folders with all in them; `also` is anything else that matters."""
    digest = hashlib.sha256(also.encode())
    for path in paths:
        files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
        for file in files:
            if "__pycache__" in file.parts or file.suffix == ".pyc":
                continue
            digest.update(str(file.relative_to(BASE_DIR)).encode())
            size = file.stat().st_size
            digest.update(file.read_bytes() if size < MAX_CONTENT else str(size).encode())
    return digest.hexdigest()


class Stamp:
    def __init__(self, path: Path, digest: str):
        self.path, self.digest = path, digest

    def fits(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.digest

    def set(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.digest)


def stamp(name: str, digest: str) -> Stamp:
    return Stamp(var_dir() / "stamps" / name, digest)


def database_stamp(name: str, digest: str) -> Stamp:
    """A stamp about this very database: another one has its own."""
    which = hashlib.sha256(database_url().encode()).hexdigest()[:8]
    return stamp(f"{name}-{which}", digest)


# --- Python and packages --------------------------------------------------------------------------------------------


def have_environment() -> None:
    """A virtual environment in .venv, made with the Python that runs this."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    try:
        import ensurepip  # noqa: F401 - Debian keeps it in a package of its own
        import venv
    except ImportError:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stop(
            f"Python {version} is here, but without its part for virtual environments. On Debian and Ubuntu:\n"
            f"    sudo apt install python3-venv        (or python{version}-venv)"
        ) from None
    with step("Python environment in .venv"):
        venv.create(VENV, with_pip=True, clear=True)


def have_packages() -> None:
    """Everything in requirements.txt, each file checked against its hash."""
    installed = Stamp(VENV / "packages.stamp", digest_of(REQUIREMENTS))
    if installed.fits():
        return
    total = sum("==" in line for line in REQUIREMENTS.read_text().splitlines())
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "-r", REQUIREMENTS]
    # Compiling all modules here takes longer than compiling the used ones at the first start.
    quiet = ["--no-compile", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    with step("Packages") as telling:
        telling.note = f"{total} packages"
        run_quietly(command + quiet, telling, lambda line: line.startswith("Collecting "), total)
    installed.set()


# --- Settings, words, files -----------------------------------------------------------------------------------------


def have_secret() -> None:
    """A secret key in .env, written once and readable for its owner alone."""
    if os.environ.get("SECRET_KEY"):
        return
    with step("Secret key in .env"):
        old = ENV_FILE.read_text() if ENV_FILE.exists() else ""
        if old and not old.endswith("\n"):
            old += "\n"
        secret = secrets.token_urlsafe(50)
        file = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w") as target:
            target.write(f"{old}SECRET_KEY={secret}\n")
        ENV_FILE.chmod(0o600)
    os.environ["SECRET_KEY"] = secret


def have_translations() -> None:
    if stale_catalogs():
        with step("Translations") as telling:
            run_quietly([PYTHON, BASE_DIR / "site/config/translations.py"], telling, lambda line: False, 1)


def static_sources_digest() -> str:
    """Changes with whatever `collectstatic` would collect."""
    return digest_of(BASE_DIR / "site/static", BASE_DIR / "site/config/static.py", REQUIREMENTS)


def have_static_files() -> None:
    collected = stamp("static", static_sources_digest())
    if collected.fits() and (var_dir() / "static/staticfiles.json").exists():
        return
    with step("Static files"):
        manage("collectstatic", "--noinput", "--verbosity=0")
    collected.set()


# --- The database ---------------------------------------------------------------------------------------------------


def manage(*arguments, telling=None, counts=lambda line: False, total=1) -> str:
    """A command of the project. With a `telling` its words are kept to ourselves; else they are shown."""
    command = [PYTHON, BASE_DIR / "manage.py", *arguments]
    if telling:
        return run_quietly(command, telling, counts, total, cwd=BASE_DIR)
    if subprocess.run(command, cwd=BASE_DIR).returncode:
        raise Stop(f"This command failed: manage.py {' '.join(map(str, arguments))}")
    return ""


def have_tables() -> None:
    """All migrations. A database file that is gone, or a server's database, is always looked at."""
    folders = [path for name in ("site", "catalogue", "showcase") for path in (BASE_DIR / name).rglob("migrations")]
    migrated = database_stamp("migrations", digest_of(*sorted(folders), REQUIREMENTS))
    file = sqlite_file()
    if migrated.fits() and file is not None and file.exists():
        return
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    with step("Tables") as telling:
        plan = manage("showmigrations", "--plan", telling=telling)
        total = plan.count("[ ]")
        if "[X]" not in plan:  # a new database: what was loaded went into another one
            for name in ("built-in", "sample"):
                database_stamp(name, "").path.unlink(missing_ok=True)
            entries_stamp().set()  # what is loaded makes its own
            logins_file().unlink(missing_ok=True)
        if total:
            manage("migrate", "--noinput", telling=telling, counts=lambda line: "Applying " in line, total=total)
        telling.note = f"{total} migrations"
    migrated.set()


def entries_stamp() -> Stamp:
    """Changes with the code that says what an entry is."""
    others = ("showcase/finding.py", "showcase/found.py", "site/areas/folding.py", "site/outbox/wording.py")
    files = [*(BASE_DIR / "site/discovery").glob("*.py"), *(BASE_DIR / name for name in others)]
    return database_stamp("entries", digest_of(*sorted(files)))


def have_entries() -> None:
    """Entries as the code that is here makes them: newer code may say more of the same things."""
    if not entries_stamp().fits():
        with step("Entries") as telling:
            manage("rebuild_entries", telling=telling)
        entries_stamp().set()


def have_built_in_data() -> None:
    """Areas, products, producers, stories and pages: what the project brings along."""
    sources = ("catalogue/data", "showcase/content", "site/areas/data", "site/pictures/motifs")
    loaded = database_stamp("built-in", digest_of(*(BASE_DIR / path for path in sources)))
    if loaded.fits():
        return
    print("  Built-in data", flush=True)
    manage("load_built_in")
    loaded.set()


def have_sample_shop(products: int) -> None:
    """A large made-up shop, for trying out and for measuring: 9 producers for every 20 products."""
    producers = max(products * 9 // 20, 1)
    loaded = database_stamp("sample", str(products))
    if loaded.fits():
        return
    print(f"  Sample shop of {products} products", flush=True)
    manage("load_sample_shop", "--products", str(products), "--producers", str(producers))
    loaded.set()
