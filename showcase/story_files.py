"""The built-in stories: one folder each, with `vi.md` and `en.md`.

A file begins with lines `key: value` (title, slug, summary, motif, products) up to the first empty line. Then come
paragraphs, `## headings`, `> slogans`, and at the end `## Nguồn` or `## Sources` with lines `- source`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "content" / "stories"
SOURCES = ("## Nguồn", "## Sources")


@dataclass(frozen=True)
class StoryFile:
    """One story in one language. `title` and `summary` may hold marks like [vi:Séng Cù]; `body` is a stream's value."""

    title: str
    slug: str
    summary: str
    motif: str
    products: tuple[str, ...]
    body: tuple[tuple[str, object], ...]


def names() -> list[str]:
    """The names of the built-in stories: their folders, in alphabetical order."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def read(name: str, language: str) -> StoryFile:
    """The story of this name in "vi" or "en"."""
    return parse((FOLDER / name / f"{language}.md").read_text(encoding="utf-8"))


def parse(text: str) -> StoryFile:
    """A story from its file's text. Raises KeyError where the head lacks a line."""
    head, _empty, rest = text.strip().partition("\n\n")
    told = dict(re.split(r":\s*", line, maxsplit=1) for line in head.splitlines())
    return StoryFile(
        title=told["title"],
        slug=told["slug"],
        summary=told["summary"],
        motif=told["motif"],
        products=tuple(slug for slug in re.split(r"[,\s]+", told["products"]) if slug),
        body=tuple(_blocks(rest)),
    )


def _blocks(text: str):
    story, sources = _parted(text)
    for part in re.split(r"\n\s*\n", story.strip()):
        if part.startswith("## "):
            yield "heading", part.removeprefix("## ").strip()
        elif part.startswith("> "):
            yield "slogan", part.removeprefix("> ").strip()
        else:
            yield "text", " ".join(part.split())
    if sources:
        yield "sources", [{"text": source} for source in sources]


def _parted(text: str) -> tuple[str, list[str]]:
    """The story, and its sources."""
    for heading in SOURCES:
        story, found, rest = text.partition(f"\n{heading}\n")
        if found:
            lines = rest.strip().splitlines()
            return story, [line.removeprefix("- ").strip() for line in lines if line.startswith("- ")]
    return text, []
