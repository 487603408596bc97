"""Translations as the program reads them: each .po compiled to a .mo, without the gettext tools."""

from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def stale_catalogs() -> list[Path]:
    """The .po files that are newer than their .mo."""
    return [
        path
        for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
        if not path.with_suffix(".mo").exists() or path.with_suffix(".mo").stat().st_mtime < path.stat().st_mtime
    ]


def compile_translations() -> None:
    """Compile what is stale. A reader meanwhile finds the old file or the new one, never half of one."""
    stale = stale_catalogs()
    if not stale:
        return
    from babel.messages.mofile import write_mo  # not needed, and not loaded, on most starts
    from babel.messages.pofile import read_po

    for path in stale:
        with path.open("rb") as source:
            catalog = read_po(source, locale=path.parent.parent.name)
        part = path.with_suffix(".part")
        with part.open("wb") as target:
            write_mo(target, catalog)
        part.rename(path.with_suffix(".mo"))


if __name__ == "__main__":
    compile_translations()
