"""The two kinds of database as a backup sees them: dumped at one moment, looked into, loaded in one transaction."""

import os
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

WAIT = 60  # seconds for whoever writes just now


class Broken(Exception):
    """A file is not what a backup holds; the text says in what."""


def database_of(settings: dict):
    """The database of an entry in Django's DATABASES."""
    if settings["ENGINE"].endswith("sqlite3"):
        return SQLite(Path(settings["NAME"]))
    return PostgreSQL(settings)


class SQLite:
    file_name = "database.sqlite3"

    def __init__(self, path: Path):
        self.path = path

    def exists(self) -> bool:
        return self.path.exists() and self.path.stat().st_size > 0

    def dump(self, target: Path) -> dict[str, int]:
        """Write its state of one moment to a file; return the rows of each table in it."""
        if not self.exists():
            raise Broken(f"there is no database {self.path}")
        with closing(sqlite3.connect(self.path, timeout=WAIT)) as ours, closing(sqlite3.connect(target)) as copy:
            ours.backup(copy)
        return self.rows_in(target)

    def rows_in(self, dump: Path) -> dict[str, int]:
        try:
            with closing(sqlite3.connect(dump)) as copy:
                names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
                return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in [*names]}
        except sqlite3.Error as error:
            raise Broken(f"its database cannot be read ({error})") from error

    def load(self, dump: Path) -> None:
        """Replace its content by the dump's, in one transaction; a file that is no database any more is put aside."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.copy_from(dump)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # it is locked, or the disk is full
                raise
            for path in (self.path, Path(f"{self.path}-wal"), Path(f"{self.path}-shm")):
                if path.exists():
                    path.rename(f"{path}.damaged-{time.strftime('%Y-%m-%d-%H%M%S')}")
            self.copy_from(dump)

    def copy_from(self, dump: Path) -> None:
        with closing(sqlite3.connect(dump)) as new, closing(sqlite3.connect(self.path, timeout=WAIT)) as ours:
            ours.execute("PRAGMA schema_version").fetchone()  # complains now if this is no database
            new.backup(ours)


class PostgreSQL:
    """By PostgreSQL's own pg_dump, pg_restore and psql, of the server's version or a later one."""

    file_name = "database.dump"
    EMPTY = """DO $$ DECLARE each text; BEGIN
        FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        LOOP EXECUTE format('DROP TABLE public.%I CASCADE', each); END LOOP;
    END $$;"""

    def __init__(self, settings: dict):
        self.settings = settings

    def exists(self) -> bool:
        with self.connect() as connection:
            return bool(self.tables(connection))

    def connect(self):
        import psycopg  # only where it is used: SQLite needs none of it

        names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
        return psycopg.connect(**{ours: self.settings[theirs] or None for ours, theirs in names.items()})

    def tables(self, connection) -> list[str]:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in found]

    def dump(self, target: Path) -> dict[str, int]:
        """Write its state of one moment to a file; return the rows of each table in that very state."""
        with self.connect() as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            [snapshot] = connection.execute("SELECT pg_export_snapshot()").fetchone()
            rows = {
                name: connection.execute(f'SELECT count(*) FROM public."{name}"').fetchone()[0]
                for name in self.tables(connection)
            }
            # The transaction must stay open: the snapshot lives as long as it does.
            self.run("pg_dump", "--format=custom", *PLAIN, f"--snapshot={snapshot}", f"--file={target}", self.name)
        return rows

    def rows_in(self, dump: Path) -> None:
        """Only loading tells; here it is enough that the list of contents can be read."""
        self.run("pg_restore", "--list", str(dump))

    def load(self, dump: Path) -> None:
        """Replace its content by the dump's, in one transaction."""
        empty, fill = dump.with_name("empty.sql"), dump.with_name("fill.sql")
        empty.write_text(self.EMPTY)
        self.run("pg_restore", "--clean", "--if-exists", *PLAIN, f"--file={fill}", str(dump))
        once = ["--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc", "--output=/dev/null"]
        self.run("psql", *once, f"--file={empty}", f"--file={fill}", self.name)

    @property
    def name(self) -> str:
        return f"--dbname={self.settings['NAME']}"

    def run(self, *command: str) -> None:
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        there = {ours: str(self.settings[theirs]) for ours, theirs in names.items() if self.settings[theirs]}
        try:
            done = subprocess.run(command, env={**os.environ, **there}, capture_output=True, text=True)
        except FileNotFoundError:
            raise Broken(f"{command[0]} is not installed (Debian: apt install postgresql-client)") from None
        if done.returncode:
            raise Broken(f"{command[0]}: {done.stderr.strip()[-500:]}")


PLAIN = ("--no-owner", "--no-privileges")
