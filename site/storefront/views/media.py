"""Pictures, films and sounds from the store: only what the libraries keep, with what browsers and caches need to ask
for it once."""

import re
from datetime import UTC
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe, quote_etag
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

from accounts.privacy import way_in

TYPES = {
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".avif": "image/avif",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
}
# Names are random or follow from the content, so what lies under one never changes.
CACHING = "public, max-age=31536000, immutable"
FOR_SOME_ALONE = "private, no-store"
IN_COLLECTIONS = ("video/", "audio/")  # which an editor may open to some alone, as the library of documents holds them
CHUNK = 64 * 1024
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def media(request, name):
    """A stored picture, film or sound, whole or in part (RFC 9110, 14). Everything else in the store is a 404."""
    content_type = TYPES.get(PurePosixPath(name).suffix.lower())
    if content_type is None:
        raise Http404
    size, changed = measure(name)
    restrictions = restrictions_on(name) if content_type.startswith(IN_COLLECTIONS) else []
    if refusal := way_in(request, restrictions):
        return refusal
    etag = quote_etag(f"{int(changed):x}-{size:x}")
    response = get_conditional_response(request, etag=etag, last_modified=int(changed))
    if response is None:
        response = answer(request, name, size, asked_range(request, size, etag, int(changed)))
        response["Content-Type"] = content_type
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = FOR_SOME_ALONE if restrictions else CACHING
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def restrictions_on(name: str) -> list:
    """For whom alone a film or sound is: the restrictions on its collection. Raises Http404 where the library does not
    hold it, also under a name that only leads to it."""
    document = get_document_model().objects.filter(file=name).select_related("collection").first()
    if document is None:
        raise Http404
    return list(document.collection.get_view_restrictions())


def measure(name: str) -> tuple[int, float]:
    """A stored file's size in bytes and the second it was last changed. Raises Http404."""
    if "\x00" in name or "\\" in name:
        raise Http404
    try:
        return default_storage.size(name), default_storage.get_modified_time(name).astimezone(UTC).timestamp()
    except (OSError, SuspiciousFileOperation, ValueError):  # a folder, a way out of the store, too long a name
        raise Http404 from None


def asked_range(request, size: int, etag: str, changed: int) -> tuple[int, int] | None:
    """First and last byte of what is asked for; (0, -1) where no byte of it exists; None for the whole file.

    Several ranges at once, and ranges of another state of the file, get the whole.
    """
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or not asked or asked[0] == "bytes=-":
        return None
    condition = request.headers.get("If-Range")
    if condition and condition != etag and parse_http_date_safe(condition) != changed:
        return None
    first, last = asked.groups()
    if not first:  # the last so many bytes
        count = min(int(last), size)
        return (size - count, size - 1) if count else (0, -1)
    if last and int(last) < int(first):
        return None
    return (int(first), min(int(last or size), size - 1)) if int(first) < size else (0, -1)


def answer(request, name: str, size: int, asked: tuple[int, int] | None) -> HttpResponseBase:
    if asked == (0, -1):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": size})
    if asked is None:
        return FileResponse(default_storage.open(name))
    first, last = asked
    response = StreamingHttpResponse(bytes_of(name, first, last - first + 1), status=206)
    response["Content-Length"] = last - first + 1
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def bytes_of(name: str, first: int, count: int):
    """So many bytes of a stored file from a position on, in pieces."""
    with default_storage.open(name) as file:
        file.seek(first)
        while count > 0 and (piece := file.read(min(CHUNK, count))):
            count -= len(piece)
            yield piece
