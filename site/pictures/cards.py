"""Share cards: what stands for a page without a photograph where people share its address.

A card is drawn when it is first asked for and kept in the store under its digest, which follows from all that is drawn
on it: a new title is a new card with a new address, and a card that is kept is not drawn again.
"""

import hashlib
import json
from dataclasses import astuple, dataclass
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.timers import timer
from pictures import motifs
from pictures.card_drawing import as_png, drawn

FOLDER = "the"  # its files have no ending: /media/ serves none of them
VERSION = 1  # of the drawing: a higher number renews every card and its address
SIZE = (1200, 630)
KEPT = timedelta(days=30)
END = b"IEND\xaeB`\x82"  # of every whole PNG


@dataclass(frozen=True)
class ShareCard:
    """Everything that is drawn on one card, and whose it is: `kind` and `key` find it again."""

    kind: str
    key: str
    language: str
    title: str
    motif: str
    section: str = ""
    subtitle: str = ""
    stars: int | None = None
    note: str = ""  # that something on it is sample data

    @property
    def digest(self) -> str:
        shown = json.dumps(
            [VERSION, str(settings.PROGRAMME_NAME), *astuple(self), _grid(self.motif)], ensure_ascii=False
        )
        return hashlib.sha256(shown.encode()).hexdigest()[:20]

    @property
    def stars_in_words(self) -> str:
        return _("%(stars)s sao") % {"stars": self.stars}

    @property
    def alternative(self) -> str:
        """What the card shows, for those who do not see it."""
        stars = _("%(stars)s sao OCOP") % {"stars": self.stars} if self.stars else ""
        return " · ".join(word for word in (self.section, self.title, self.subtitle, stars, self.note) if word)

    @property
    def name(self) -> str:
        """Where it lies in the store."""
        return f"{FOLDER}/{self.digest}"


def kept(card: ShareCard) -> bytes:
    """The card as it was drawn before; nothing where it is not there, or not whole (yet)."""
    try:
        with default_storage.open(card.name) as file:
            data = file.read()
    except FileNotFoundError:  # never drawn, or forgotten this moment
        return b""
    return data if data.endswith(END) else b""


def png_of(card: ShareCard) -> bytes:
    """The card as a PNG, drawn where it is not kept yet."""
    if data := kept(card):
        return data
    data = as_png(drawn(card))
    default_storage.delete(card.name)  # what a try that was cut off has left
    name = default_storage.save(card.name, ContentFile(data))
    if name != card.name:  # another process was quicker, with the same bytes
        default_storage.delete(name)
    return data


@timer(every=24 * 3600)
def forget_old_cards() -> None:
    """Cards of a month ago go: most show what is no longer so, the others are drawn again when they are asked for."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # none was ever drawn
        return
    for name in names:
        if default_storage.get_modified_time(f"{FOLDER}/{name}") < timezone.now() - KEPT:
            default_storage.delete(f"{FOLDER}/{name}")


@lru_cache(maxsize=256)
def _grid(motif: str) -> str:
    return "".join(motifs.read(motif).rows)
