"""The strings of the site: found in its sources and taken into the English catalogue, without the gettext tools.

    PYTHONPATH=site python -m config.messages

Vietnamese is written in the sources; site/locale/en/LC_MESSAGES/django.po holds the English of each.
"""

import ast
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.translations import LOCALE

TOP = LOCALE.parent.parent
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
FOLDERS = ("catalogue", "showcase", "site", "templates")
# Nothing of these is shown to a visitor.
LEFT_OUT = {"tests", "migrations", "bench", "journeys", "factories.py", "conftest.py", "stage.py"}
TEMPLATES = {".html", ".txt", ".subject", ".xml"}

WITH_PLURAL = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"} | WITH_PLURAL | WITH_CONTEXT
# Addresses wrap their words in a function of their own, which gives them this context.
ADDRESSES = Path("site/config/urls.py")
ADDRESS_CALL, ADDRESS_CONTEXT = "word", "address"

HEADER = """\
# The English of the site. The messages are the Vietnamese of its sources: python -m config.messages brings new ones
# in and takes away those that are gone.
#
msgid ""
msgstr ""
"Project-Id-Version: OCOP\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def sources() -> list[Path]:
    """The Python files and templates that can hold strings for visitors, in a fixed order."""
    found = [path for folder in FOLDERS for path in sorted((TOP / folder).rglob("*")) if path.is_file()]
    return [
        path
        for path in found
        if path.suffix in {".py", *TEMPLATES} and LEFT_OUT.isdisjoint(path.relative_to(TOP).parts)
    ]


def messages_in(path: Path) -> list[tuple[str | None, str | tuple[str, str]]]:
    """(context, message) of each string in a file; a message with a plural is a pair."""
    text = path.read_text(encoding="utf-8")
    calls = _calls_in_template(text, path) if path.suffix in TEMPLATES else _calls_in_python(text)
    found = []
    for call, said in calls:
        if call == ADDRESS_CALL and path == TOP / ADDRESSES:
            context, call = ADDRESS_CONTEXT, "gettext"
        elif call in WITH_CONTEXT:
            context, *said = said
        else:
            context = None
        message = tuple(said[: 2 if call in WITH_PLURAL else 1])
        # A variable in the place of a string is none: its strings are marked where they are written.
        if call in CALLS and all(message):
            found.append((context, message if call in WITH_PLURAL else message[0]))
    return found


def _calls_in_python(text: str):
    """The calls of names in a module, in order, each with its arguments; what is no plain string is None."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
        said = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args]
        yield name, [value if isinstance(value, str) else None for value in said]


def _calls_in_template(text: str, path: Path):
    """The same of a template: Django turns its tags into calls, amid what is no Python and may not look like it."""
    lines = templatize(text, origin=str(path)).splitlines()
    source = BytesIO("\n".join(line.strip() for line in lines).encode())
    for _line, call, said, _comments in extract_python(source, dict.fromkeys(CALLS), [], {"encoding": "utf-8"}):
        yield call, list(said) if isinstance(said, tuple) else [said]


def found_in_sources() -> Catalog:
    """All strings of the site, each once, in the order of the sources."""
    catalog = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for path in sources():
        for context, message in messages_in(path):
            catalog.add(message, context=context)
    return catalog


def english() -> Catalog:
    """The English catalogue as it stands."""
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en")


def bring_in() -> list[str]:
    """Bring the catalogue level with the sources: what is new stays empty, what is gone is dropped. Returns what is
    not translated."""
    catalog = found_in_sources()
    known = english()
    for message in catalog:
        old = message.id and known.get(message.id, message.context)
        if old and isinstance(old.string, tuple) == isinstance(message.id, tuple):
            message.string = old.string
    write_english(catalog)
    return [str(message.id) for message in catalog if message.id and not all(strings(message))]


def write_english(catalog: Catalog) -> None:
    """Without line numbers and dates, which would change when no string has."""
    written = BytesIO()
    write_po(written, catalog, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    ENGLISH.write_text(HEADER + written.getvalue().decode(), encoding="utf-8")


def strings(message) -> tuple[str, ...]:
    """The English of a message: one string, or one for each number."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


if __name__ == "__main__":
    for missing in bring_in():
        print("No English yet:", missing)
