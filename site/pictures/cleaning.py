"""A stranger's file becomes a picture of ours: what is no plain picture is refused, what is one is written anew."""

import json
import secrets
import subprocess
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from pictures import decoding

MAX_BYTES = 15 * 1024 * 1024
WAIT = 30  # seconds for a process that may use 10 of the processor's: machines are busy at times

SENTENCES = {
    "empty": _("Tệp này trống. Hãy chọn lại ảnh."),
    "too_big": _("Ảnh nặng quá 15 MB. Hãy lưu lại ở cỡ nhỏ hơn rồi gửi."),
    "too_many_pixels": _("Ảnh lớn quá 40 triệu điểm ảnh. Hãy thu nhỏ lại rồi gửi."),
    "too_heavy": _("Ảnh quá lớn, máy chủ không xử lý được. Hãy thu nhỏ lại rồi gửi."),
    "format": _("Tệp này không phải ảnh JPEG, PNG hay WebP. Hãy lưu ảnh sang một trong ba dạng ấy rồi gửi."),
    "extension": _("Phần đuôi của tên tệp không khớp với dạng ảnh bên trong. Hãy xuất lại ảnh từ máy rồi gửi."),
    "moving": _("Đây là ảnh động. Hãy chọn một ảnh tĩnh."),
    "broken": _("Tệp ảnh bị hỏng hoặc thiếu. Hãy chọn lại ảnh gốc."),
}


class BadPicture(ValidationError):
    """A file that the library refuses; `code` is a key of SENTENCES, the message its sentence."""

    def __init__(self, fault: str):
        super().__init__(SENTENCES[fault], code=fault)


class CleanFile(ContentFile):
    """A picture that `clean` has written anew, under a name of its own."""


def clean(file) -> CleanFile:
    """Write an uploaded file anew with its pixels alone, turned upright, in sRGB, at most 2,400 pixels a side.

    `file` has a name and can be read. What it says of itself is not believed: the content must be JPEG, PNG or WebP
    and the name must say the same. Raises BadPicture.
    """
    if isinstance(file, CleanFile):
        return file
    if file.size > MAX_BYTES:
        raise BadPicture("too_big")
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise BadPicture("empty")
    extension = Path(file.name or "").suffix.lower().lstrip(".")
    if extension not in decoding.EXTENSIONS:
        raise BadPicture("format")
    form, pixels = _decoded(data, extension)
    return CleanFile(pixels, name=f"{secrets.token_hex(10)}.{form.lower().replace('jpeg', 'jpg')}")


def _decoded(data: bytes, extension: str) -> tuple[str, bytes]:
    """Format and new bytes from the decoding process. A process that dies has met a file we do not want."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", decoding.__file__, extension], input=data, capture_output=True, timeout=WAIT, env={}
        )
    except subprocess.TimeoutExpired:
        raise BadPicture("too_heavy") from None
    head, _newline, pixels = done.stdout.partition(b"\n")
    if done.returncode < 0 or not head:
        raise BadPicture("too_heavy")
    answer = json.loads(head)
    if "fault" in answer:
        raise BadPicture(answer["fault"])
    return answer["format"], pixels
