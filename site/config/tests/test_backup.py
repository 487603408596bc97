"""A backup brings back every row and every file; a broken one changes nothing."""

import shutil
import sqlite3
import tarfile
import threading
from contextlib import closing

import pytest
from django.db import connection

from config.backup import back_up, restore
from config.databases import Broken, PostgreSQL, SQLite
from config.pristine import drop_database

ROWS = [(1, "Chè Shan tuyết Mồ Sì San", None), (2, "Mắm & 'muối'\n", b"\x00\xff"), (3, "", b"")]
FILES = {"pictures/chè.webp": b"RIFF\x00\x01", "documents/a/b.pdf": b"%PDF" * 1000, "empty.txt": b""}


class Place:
    """A site's data in a folder of its own: `rows()` and `files()` say all that is there."""

    def __init__(self, folder):
        self.folder = folder
        self.media = folder / "media"
        self.maintenance = folder / "maintenance"
        self.archive = folder / "backups" / "today.tar.gz"

    def put_files(self, files):
        self.media.mkdir(exist_ok=True)
        (self.media / ".gitignore").write_text("*")
        for name, content in files.items():
            path = self.media / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def files(self):
        found = (path for path in self.media.rglob("*") if path.is_file())
        return {path.relative_to(self.media).as_posix(): path.read_bytes() for path in found}

    def back_up(self):
        back_up(self.database, self.media, self.archive)

    def restore(self, archive=None):
        return restore(self.database, self.media, archive or self.archive, self.maintenance)


class PlaceOnSQLite(Place):
    def __init__(self, folder):
        super().__init__(folder)
        self.path = folder / "shop.sqlite3"
        self.database = SQLite(self.path)

    def do(self, *statements):
        with closing(sqlite3.connect(self.path)) as there:
            for statement, *parameters in statements:
                there.execute(statement, parameters)
            there.commit()

    def rows(self):
        with closing(sqlite3.connect(self.path)) as there:
            found = there.execute("SELECT * FROM product UNION ALL SELECT rowid, name, NULL FROM word ORDER BY 1, 2")
            return found.fetchall()

    def fill(self):
        self.do(
            ("PRAGMA journal_mode=WAL",),
            ("CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT UNIQUE, photo BLOB)",),
            ("CREATE VIRTUAL TABLE word USING fts5(name)",),
            *(("INSERT INTO product VALUES (?, ?, ?)", *row) for row in ROWS),
            ("INSERT INTO word (name) VALUES ('che shan')",),
        )
        self.put_files(FILES)


@pytest.fixture
def place(tmp_path):
    place = PlaceOnSQLite(tmp_path)
    place.fill()
    return place


def test_what_is_destroyed_comes_back_row_for_row_and_file_for_file(place):
    rows, files = place.rows(), place.files()
    place.back_up()
    place.path.unlink()
    shutil.rmtree(place.media)

    place.restore()

    del files[".gitignore"]  # the project's own, not the site's
    assert (place.rows(), place.files()) == (rows, files)
    assert len(rows) == 4 and len(files) == 3


def test_what_came_after_the_backup_is_gone_again(place):
    rows, files = place.rows(), place.files()
    place.back_up()
    place.do(("DELETE FROM product",), ("INSERT INTO product VALUES (9, 'new', NULL)",), ("DROP TABLE word",))
    place.put_files({"pictures/chè.webp": b"changed", "new/file": b"new"})

    place.restore()

    assert (place.rows(), place.files()) == (rows, files)


def test_who_has_the_database_open_sees_the_restored_rows(place):
    place.back_up()
    place.do(("DELETE FROM product",))
    with closing(sqlite3.connect(place.path)) as open_since_long:
        assert open_since_long.execute("SELECT count(*) FROM product").fetchone() == (0,)

        place.restore()

        assert open_since_long.execute("SELECT count(*) FROM product").fetchone() == (3,)


def test_a_file_that_is_no_database_any_more_is_put_aside(place):
    rows = place.rows()
    place.back_up()
    place.path.write_bytes(b"nothing a database would say" * 100)

    place.restore()

    assert place.rows() == rows
    assert len(list(place.folder.glob("shop.sqlite3.damaged-*"))) == 1


def test_a_backup_made_while_others_write_is_of_one_moment(place):
    place.do(("CREATE TABLE half (id INTEGER)",), ("CREATE TABLE other_half (id INTEGER)",))
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            place.do(("INSERT INTO half VALUES (?)", number), ("INSERT INTO other_half VALUES (?)", number))

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(5):
        place.back_up()
        copy = PlaceOnSQLite(place.folder / "copy")
        manifest = copy.restore(place.archive)
        assert manifest["rows"]["half"] == manifest["rows"]["other_half"]
    stop.set()
    writer.join()


def cut(data):
    return data[: len(data) // 2]


def change_a_byte(place):
    return lambda data: data[:place] + bytes([data[place] ^ 255]) + data[place:][1:]


DAMAGE = {f"byte {place}": change_a_byte(place) for place in (60, 200, 400, -200, -5)}
DAMAGE |= {"half": cut, "nothing": lambda data: b"", "other": lambda data: b"no archive at all"}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_archive_is_refused_and_nothing_is_touched(place, damage):
    place.back_up()
    place.archive.write_bytes(damage(place.archive.read_bytes()))
    place.do(("DELETE FROM product WHERE id = 1",))
    rows, files = place.rows(), place.files()

    with pytest.raises(Broken):
        place.restore()

    assert (place.rows(), place.files()) == (rows, files)
    assert not place.maintenance.exists()


def repack(place, change):
    """The archive again, after `change(folder)` of what is in it."""
    folder = place.folder / "unpacked"
    with tarfile.open(place.archive) as tar:
        tar.extractall(folder, filter="data")
    change(folder)
    with tarfile.open(place.archive, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file() or path.is_symlink():
                tar.add(path, path.relative_to(folder).as_posix())


def lose_a_picture(folder):
    (folder / "media/pictures/chè.webp").unlink()


def change_a_picture(folder):
    (folder / "media/pictures/chè.webp").write_bytes(b"RIFF\x00\x02")


def lose_the_manifest(folder):
    (folder / "manifest.json").unlink()


def smuggle_a_link(folder):
    (folder / "media/link").symlink_to("/etc/passwd")


def take_rows_out(folder):
    with closing(sqlite3.connect(folder / "database.sqlite3")) as there:
        there.execute("DELETE FROM product")
        there.commit()


def bring_the_other_kind(folder):
    (folder / "database.sqlite3").rename(folder / "database.dump")


@pytest.mark.parametrize(
    "change",
    [lose_a_picture, change_a_picture, lose_the_manifest, smuggle_a_link, take_rows_out, bring_the_other_kind],
)
def test_an_archive_that_is_not_what_its_manifest_says_is_refused_and_nothing_is_touched(place, change):
    place.back_up()
    repack(place, change)
    place.do(("DELETE FROM product WHERE id = 1",))
    rows, files = place.rows(), place.files()

    with pytest.raises(Broken):
        place.restore()

    assert (place.rows(), place.files()) == (rows, files)


def test_a_name_that_leads_out_of_the_folder_is_refused(place):
    evil = place.folder / "evil.tar.gz"
    (place.folder / "payload").write_text("x")
    with tarfile.open(evil, "w:gz") as tar:
        tar.add(place.folder / "payload", "../../stolen")

    with pytest.raises(Broken, match="does not belong"):
        place.restore(evil)

    assert not (place.folder.parent / "stolen").exists()


def test_a_backup_is_for_its_owner_s_eyes(place):
    place.back_up()

    assert place.archive.stat().st_mode & 0o777 == 0o600


@pytest.mark.postgresql
def test_postgresql_comes_back_row_for_row_after_new_tables_and_lost_rows(db, tmp_path):
    place = Place(tmp_path)
    place.put_files(FILES)
    with connection._nodb_cursor() as cursor:
        drop_database(cursor, "backup_trial")
        cursor.execute("CREATE DATABASE backup_trial")
    place.database = PostgreSQL({**connection.settings_dict, "NAME": "backup_trial"})
    with place.database.connect() as there:
        there.execute("CREATE TABLE product (id serial PRIMARY KEY, name text UNIQUE, photo bytea)")
        for row in ROWS:
            there.execute("INSERT INTO product VALUES (%s, %s, %s)", row)
    place.back_up()
    with place.database.connect() as there:
        there.execute("DELETE FROM product WHERE id = 1")
        there.execute("CREATE TABLE newer (product_id integer REFERENCES product)")

    place.restore()

    with place.database.connect() as there:
        assert there.execute("SELECT id, name, photo FROM product ORDER BY id").fetchall() == ROWS
        assert place.database.tables(there) == ["product"]
    with connection._nodb_cursor() as cursor:
        drop_database(cursor, "backup_trial")
