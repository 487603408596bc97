"""Everything that cannot be made again, in one file: the database and the media, with a list to check them by.

    database.sqlite3 or database.dump     as of one moment, while the site runs
    media/…                               read after it: a file may be there that the database does not know yet
    manifest.json                         rows of each table, size and SHA-256 of each file

A restore checks all of it first and touches nothing if anything is wrong. Then the database changes in one
transaction, which running processes see as any other, and the media by renaming. `.env` is in no backup.
"""

import gzip
import hashlib
import json
import os
import shutil
import sys
import tarfile
import tempfile
import time
import zlib
from datetime import datetime
from pathlib import Path

from config.databases import Broken, database_of

CHUNK = 1 << 20
MANIFEST = "manifest.json"
OURS = ".restoring-", ".replaced-"  # folders in the media folder during a restore


# --- Backing up -----------------------------------------------------------------------------------------------------


def back_up(database, media: Path, archive: Path) -> None:
    """Write the archive; it has its name only when it is whole."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    part = archive.with_name(archive.name + ".part")
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder, tarfile.open(part, "w:gz", compresslevel=5) as tar:
        dump = Path(folder) / database.file_name
        rows = database.dump(dump)
        files = {database.file_name: dump}
        files.update((f"media/{path.relative_to(media).as_posix()}", path) for path in media_files(media))
        manifest = {"version": 1, "made_at": datetime.now().astimezone().isoformat(), "rows": rows, "files": {}}
        for name, path in files.items():
            try:
                manifest["files"][name] = add(tar, name, path)
            except FileNotFoundError:
                continue  # a picture deleted a moment ago
        listing = Path(folder) / MANIFEST
        listing.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        tar.add(listing, MANIFEST)
    part.chmod(0o600)
    part.rename(archive)


def media_files(media: Path) -> list[Path]:
    found = sorted(path for path in media.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in found if not path.relative_to(media).parts[0].startswith(".")]


def add(tar: tarfile.TarFile, name: str, path: Path) -> dict:
    """Add a file and return what the manifest says of it: of the bytes that went in, not of those on the disk."""
    with path.open("rb") as source:
        entry = tar.gettarinfo(arcname=name, fileobj=source)
        reading = Reading(source)
        tar.addfile(entry, reading)
    return {"size": entry.size, "sha256": reading.digest.hexdigest()}


class Reading:
    """A file that digests what is read from it."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size=-1):
        data = self.file.read(size)
        self.digest.update(data)
        return data


# --- Restoring ------------------------------------------------------------------------------------------------------


def restore(database, media: Path, archive: Path, maintenance: Path) -> dict:
    """Put the archive's state in place of the present one; return its manifest.

    Raises Broken, with everything as it was, when the archive is damaged, incomplete or of the other database.
    """
    media.mkdir(parents=True, exist_ok=True)
    clear_remains(media)
    new = Path(tempfile.mkdtemp(prefix=OURS[0], dir=media))  # on the media's own disk, so that renaming is possible
    try:
        manifest = unpack(archive, new)
        check(manifest, new, database)
        was_closed = maintenance.exists()
        maintenance.parent.mkdir(parents=True, exist_ok=True)
        maintenance.touch()
        try:
            database.load(new / database.file_name)
            swap(media, new / "media")
        finally:
            if not was_closed:
                maintenance.unlink(missing_ok=True)
        return manifest
    finally:
        shutil.rmtree(new, ignore_errors=True)
        clear_remains(media)


def unpack(archive: Path, folder: Path) -> dict:
    """Write out the archive's files below the folder and return its manifest."""
    found = {}
    try:
        with gzip.open(archive) as unzipped, tarfile.open(fileobj=unzipped, mode="r:") as tar:
            for entry in tar:
                path = (folder / entry.name).resolve()
                if not entry.isreg() or not path.is_relative_to(folder.resolve()) or entry.name in found:
                    raise Broken(f"“{entry.name}” does not belong in a backup")
                path.parent.mkdir(parents=True, exist_ok=True)
                found[entry.name] = unpack_file(tar.extractfile(entry), path)
            while unzipped.read(CHUNK):  # to the very end, where the checksum of the whole stands
                pass
    except FileNotFoundError:
        raise Broken(f"there is no file {archive}") from None
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise Broken(f"the archive is damaged ({error})") from error
    if MANIFEST not in found:
        raise Broken("its manifest is missing: this is no backup, or not all of one")
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        expected = manifest["files"]
        rows = manifest["rows"]
    except (ValueError, KeyError, TypeError) as error:
        raise Broken(f"its manifest cannot be read ({error})") from error
    del found[MANIFEST]
    if found != expected or not isinstance(rows, dict):
        wrong = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
        raise Broken(f"these files differ from the manifest: {', '.join(wrong[:5])}")
    return manifest


def unpack_file(source, path: Path) -> dict:
    reading = Reading(source)
    size = 0
    with path.open("wb") as target:
        while data := reading.read(CHUNK):
            size += target.write(data)
    return {"size": size, "sha256": reading.digest.hexdigest()}


def check(manifest: dict, folder: Path, database) -> None:
    """The database in the archive must be of the kind in use, readable, and have the rows that the manifest says."""
    dump = folder / database.file_name
    if not dump.exists():
        raise Broken(f"it holds no {database.file_name}: it was made with the other kind of database")
    rows = database.rows_in(dump)
    if rows is not None and rows != manifest["rows"]:
        raise Broken("the rows of its database differ from the manifest")


def swap(media: Path, new: Path) -> None:
    """Put the new folders and files where the old are. Names that begin with a dot, as .gitignore, stay."""
    old = Path(tempfile.mkdtemp(prefix=OURS[1], dir=media))
    for path in list(media.iterdir()):
        if not path.name.startswith("."):
            path.rename(old / path.name)
    for path in list(new.iterdir()) if new.exists() else []:
        path.rename(media / path.name)


def clear_remains(media: Path) -> None:
    for path in media.iterdir():
        if path.name.startswith(OURS):
            shutil.rmtree(path, ignore_errors=True)


# --- As commands ----------------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings  # reads .env; not needed where the functions above are used

    database = database_of(settings.DATABASES["default"])
    backups = settings.VAR_DIR / "backups"
    if arguments[0] == "backup":
        archive = backups / f"{time.strftime('%Y-%m-%d-%H%M%S')}.tar.gz"
        try:
            back_up(database, settings.MEDIA_ROOT, archive)
        except Broken as error:
            sys.exit(f"  No backup: {error}.")
        print(archive)
        return
    keep_present_state(database, settings.MEDIA_ROOT, backups)
    try:
        manifest = restore(database, settings.MEDIA_ROOT, Path(arguments[1]), settings.MAINTENANCE_FILE)
    except Broken as error:
        sys.exit(f"  Not restored, and nothing touched: {error}.")
    rows, files = sum(manifest["rows"].values()), len(manifest["files"]) - 1
    print(f"  Restored the state of {manifest['made_at']}: {rows} rows, {files} files of media.")


def keep_present_state(database, media: Path, backups: Path) -> None:
    """A restore asks nothing, so what it replaces is kept; what cannot be read any more cannot be kept."""
    kept = backups / f"{time.strftime('%Y-%m-%d-%H%M%S')}-before-restore.tar.gz"
    try:
        if database.exists():
            back_up(database, media, kept)
            print(f"  What was here until now is kept in {kept}")
    except (Broken, OSError) as error:
        print(f"  What was here until now could not be kept: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
