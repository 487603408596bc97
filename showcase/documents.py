"""Which files editors may put into the library of documents: known kinds, of a size that phones can bear, and truly
of the kind that their name says."""

import secrets
from pathlib import PurePosixPath

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from areas.folding import slugify_vi
from showcase.blocks.media import FILMS, SOUNDS

MEGABYTE = 1024 * 1024
MOST_OF_A_FILM, MOST_OF_OTHERS = 60 * MEGABYTE, 15 * MEGABYTE
ZIP = (0, b"PK\x03\x04")  # what Office's files are
FTYP = (4, b"ftyp")
BEGINNINGS = {  # of the file's kind: one of these signs at one of these places
    ".pdf": [(0, b"%PDF-")],
    ".docx": [ZIP],
    ".xlsx": [ZIP],
    ".mp4": [FTYP],
    ".m4a": [FTYP],
    ".webm": [(0, b"\x1a\x45\xdf\xa3")],
    ".ogg": [(0, b"OggS")],
    ".mp3": [(0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2"), (0, b"\xff\xfa")],
}
INSIDE = {".docx": b"word/", ".xlsx": b"xl/"}  # names of parts, which a zip file lists at its end
HEAD, TAIL = 16, 64 * 1024  # bytes that are looked at


class DocumentForm(BaseDocumentForm):
    """Named by WAGTAILDOCS_DOCUMENT_FORM_BASE: the base of every form in which Wagtail takes a document."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            check_document(file)
            file.name = stored_name(file.name)
        return file


def check_document(file) -> None:
    """Raises ValidationError, with a sentence for the editor, where a file is not to be stored."""
    ending = ending_of(file.name)
    if ending not in BEGINNINGS:
        raise forms.ValidationError(
            _("Thư viện nhận tệp %(kinds)s. Hãy đổi tệp này sang một trong các dạng đó; ảnh thì đưa vào thư viện ảnh.")
            % {"kinds": ", ".join(kind.removeprefix(".").upper() for kind in BEGINNINGS)}
        )
    most = MOST_OF_A_FILM if ending in FILMS else MOST_OF_OTHERS
    if file.size > most:
        raise forms.ValidationError(
            _("Tệp nặng %(size)s, nhiều nhất được %(most)s. Hãy nén lại, hoặc cắt ngắn rồi tải lên.")
            % {"size": filesizeformat(file.size), "most": filesizeformat(most)}
        )
    if not is_of_kind(file, ending):
        raise forms.ValidationError(
            _("Bên trong tệp này không phải %(kind)s như tên gọi. Hãy mở tệp bằng phần mềm của nó và lưu lại.")
            % {"kind": ending.removeprefix(".").upper()}
        )


def is_of_kind(file, ending: str) -> bool:
    """Does a file begin, and where it is of Office also end, as files of that ending do? Reads 64 kB at most."""
    file.seek(0)
    head = file.read(HEAD)
    is_begun = any(head[place : place + len(sign)] == sign for place, sign in BEGINNINGS[ending])
    tail = b""
    if ending in INSIDE:
        file.seek(max(0, file.size - TAIL))
        tail = file.read(TAIL)
    file.seek(0)
    return is_begun and INSIDE.get(ending, b"") in tail


def stored_name(name: str) -> str:
    """The name under which a file is stored. Films and sounds are served to be kept for a year, so theirs never
    comes twice."""
    ending, stem = ending_of(name), slugify_vi(PurePosixPath(name).stem)[:60] or "tep"
    return f"{stem}-{secrets.token_hex(8)}{ending}" if ending in (*FILMS, *SOUNDS) else f"{stem}{ending}"


def ending_of(name: str) -> str:
    return PurePosixPath(name or "").suffix.lower()
