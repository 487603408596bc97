"""The built-in pages: a folder for each kind, in it a folder for each page, with `vi.md` and `en.md`.

A file begins with lines `key: value` (title, slug, summary, motif, products and what the kind needs besides) up to the
first empty line. Then come paragraphs, `## headings`, `> slogans`, and at the end `## Nguồn` or `## Sources` with
lines `- source`.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.html import escape

FOLDER = Path(__file__).parent / "content"
SOURCES = ("## Nguồn", "## Sources")


@dataclass(frozen=True)
class ContentFile:
    """One page in one language. `title` and `summary` may hold marks like [vi:Séng Cù]; `body` is a stream's value;
    `told` is the whole head."""

    title: str
    slug: str
    summary: str
    motif: str
    products: tuple[str, ...]
    body: tuple[tuple[str, object], ...]
    told: dict[str, str] = field(default_factory=dict, compare=False)

    def list_of(self, key: str) -> tuple[str, ...]:
        """Slugs of a line of the head, separated by commas or spaces."""
        return tuple(slug for slug in re.split(r"[,\s]+", self.told.get(key, "")) if slug)


def names(kind: str) -> list[str]:
    """The names of the built-in pages of a kind ("stories", "news", …): their folders, in alphabetical order."""
    folder = FOLDER / kind
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def read(kind: str, name: str, language: str) -> ContentFile:
    """The page of this kind and name in "vi" or "en"."""
    return parse((FOLDER / kind / name / f"{language}.md").read_text(encoding="utf-8"))


def parse(text: str) -> ContentFile:
    """A page from its file's text. Raises KeyError where the head lacks a line."""
    head, _empty, rest = text.strip().partition("\n\n")
    told = {key.strip(): value.strip() for key, _colon, value in (line.partition(":") for line in head.splitlines())}
    return ContentFile(
        title=told["title"],
        slug=told["slug"],
        summary=told["summary"],
        motif=told["motif"],
        products=tuple(slug for slug in re.split(r"[,\s]+", told["products"]) if slug),
        body=tuple(_blocks(rest)),
        told=told,
    )


def _blocks(text: str):
    story, sources = _parted(text)
    for part in re.split(r"\n\s*\n", story.strip()):
        if part.startswith("## "):
            yield "heading", part.removeprefix("## ").strip()
        elif part.startswith("> "):
            yield "slogan", part.removeprefix("> ").strip()
        else:
            yield "text", f"<p>{escape(' '.join(part.split()))}</p>"
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
