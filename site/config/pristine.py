"""The tests' database as the migrations leave it: kept aside once, and put back after each test that commits.

Django would empty every table after such a test, and what migrations wrote (the home page's root, permissions) would
be gone for the next one and, with `--reuse-db`, for the next day. The copy is named after the migrations, so that a
changed migration makes a new database by itself.
"""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase


def migrations_digest() -> str:
    """Twelve letters that change with any migration of ours or any release of the packages."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for folder in ("site", "catalogue", "showcase"):
        for path in sorted((settings.BASE_DIR / folder).glob("**/migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


class PristineFile:
    """On SQLite: a second file."""

    def __init__(self, name: str, what: str = "", digest: str = ""):
        self.path = Path(name)
        self.prefix = what or self.path.stem
        self.kept = self.path.with_name(f"{self.prefix}-{digest or migrations_digest()}.sqlite3")

    def another(self, what: str, digest: str) -> "PristineFile":
        """A copy of the same database with something in it, which the digest stands for."""
        return PristineFile(str(self.path), what, digest)

    def is_used(self) -> bool:
        """Whether the connection leads to the tests' database, not to the one of daily use."""
        return connection.settings_dict["NAME"] == str(self.path)

    def prepare(self) -> None:
        """Put the kept database back, if there is one; what is left of older ones goes."""
        for path in self.path.parent.glob(f"{self.prefix}*.sqlite3*"):
            if path != self.kept:
                path.unlink()
        if self.kept.exists():
            self.put_back()

    def keep(self) -> None:
        if not self.kept.exists():
            part = self.kept.with_suffix(".part")
            part.unlink(missing_ok=True)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(part)])
            part.rename(self.kept)

    def forget(self) -> None:
        self.kept.unlink(missing_ok=True)

    def put_back(self) -> None:
        connections.close_all()
        with closing(sqlite3.connect(self.kept)) as kept, closing(sqlite3.connect(self.path, timeout=30)) as ours:
            kept.backup(ours)


class PristineTemplate:
    """On PostgreSQL: a second database, from which the first is created anew."""

    def __init__(self, name: str, what: str = "", digest: str = ""):
        self.name = name
        self.prefix = f"{what}_{name}" if what else name
        self.kept = f"{self.prefix}_{digest or migrations_digest()}"

    def another(self, what: str, digest: str) -> "PristineTemplate":
        """A copy of the same database with something in it, which the digest stands for."""
        return PristineTemplate(self.name, what, digest)

    def is_used(self) -> bool:
        """Whether the connection leads to the tests' database, not to the one of daily use."""
        return connection.settings_dict["NAME"] == self.name

    def prepare(self) -> None:
        """Put the kept database back, if there is one; what is left of older ones goes."""
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix])
            names = {row[0] for row in cursor.fetchall()}
            for name in names - {self.kept}:
                drop_database(cursor, name)
        if self.kept in names:
            self.put_back()

    def keep(self) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.kept])
            is_kept = cursor.fetchone()
        if not is_kept:
            self._leave_statistics()
            connections.close_all()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{self.kept}" TEMPLATE "{self.name}"')
        connections.close_all()

    def _leave_statistics(self) -> None:
        """Tests write thousands of rows and take them back. If the server counted between two of them it would plan as
        if the tables were always empty, and a search among the areas would take a minute."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'")
            for (table,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")

    def forget(self) -> None:
        with connection._nodb_cursor() as cursor:
            drop_database(cursor, self.kept)

    def put_back(self) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            drop_database(cursor, self.name)
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.kept}"')


def drop_database(cursor, name: str) -> None:
    """Our own sessions are ended by us, and those of the server itself (its vacuum) by the server as it drops:
    WITH (FORCE) would end both, and is refused to a role that may not signal the server's."""
    end_our_sessions(cursor, name)
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def end_our_sessions(cursor, name: str) -> None:
    """All sessions of this role in the database but the asking one; the server's own (its vacuum) are not ours."""
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
        [name],
    )


def pristine() -> PristineFile | PristineTemplate:
    """The kept database of this run, found by the settings before Django has made the tests' own."""
    ours = connection.settings_dict
    name = ours["TEST"]["NAME"] or f"test_{ours['NAME']}"
    return PristineFile(name) if connection.vendor == "sqlite" else PristineTemplate(name)


def put_back_after_tests_that_commit(kept: PristineFile | PristineTemplate) -> None:
    TransactionTestCase._fixture_teardown = lambda test: kept.put_back()
