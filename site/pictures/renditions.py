"""The files that pages show of a picture: WebP and JPEG in three widths, made once by a job after the upload."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from PIL import Image, ImageChops, ImageStat

from outbox.events import tell
from pictures.models import WIDTHS, Picture

FOLDER = "anh"
VERSION = 1  # of the making: a higher number gives all files new names, and so new addresses
EXTENSIONS = {"webp": "webp", "jpeg": "jpg"}
QUALITY = {"webp": 72, "jpeg": 78}
PAPER = "#fbf7ee"  # what stands behind a transparent picture
FEW_COLOURS = 64  # enough for a drawing; a photograph in so few is larger, not smaller
LOOKS_THE_SAME = 10  # of 255: how far, on the square mean, the few colours may be from the true ones
OLD_FILES_STAY = timedelta(hours=1)  # pages that name them may lie in a cache


@dataclass(frozen=True)
class File:
    """One encoded file of a picture; width and height in pixels."""

    form: str
    width: int
    height: int
    data: bytes


def encoded(data: bytes, is_drawing: bool | None = None) -> list[File]:
    """All files of an original (which `cleaning.clean` has written), never wider than it.

    `is_drawing` says whether few colours are enough, where that is known.
    """
    image = _on_paper(Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")))
    files = []
    for width in sorted({min(width, image.width) for width in WIDTHS}):
        height = max(1, round(image.height * width / image.width))
        sized = image.resize((width, height), Image.Resampling.LANCZOS) if width < image.width else image
        if is_drawing is None:  # the smallest speaks for all
            is_drawing = _is_drawing(sized)
        files.append(File("webp", width, height, _drawing(sized) if is_drawing else _photograph(sized)))
        files.append(File("jpeg", width, height, _jpeg(sized)))
    return files


def store(picture: Picture, files: list[File]) -> None:
    """Write the files and note them on the picture; the row is not saved."""
    made = {form: [] for form in EXTENSIONS}
    for file in files:
        name = f"{FOLDER}/{_stem(picture)}-{file.width}.{EXTENSIONS[file.form]}"
        if default_storage.exists(name):  # an earlier try that got no further
            default_storage.delete(name)
        name = default_storage.save(name, ContentFile(file.data))
        made[file.form].append([file.width, file.height, default_storage.url(name)])
    picture.files = made


def is_made(picture: Picture) -> bool:
    """Whether the files that the picture names are made of the original it has now."""
    return bool(picture.files) and all(f"/{_stem(picture)}-" in name for name in names_of(picture.files))


def names_of(files: dict) -> list[str]:
    """The names in the store behind the addresses of `Picture.files`."""
    return [f"{FOLDER}/{address.rpartition('/')[2]}" for rows in files.values() for *_size, address in rows]


@task()
def make_renditions(picture_id: int) -> None:
    """Make the files of a picture. Does nothing when they are there, or when the picture is gone."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None or is_made(picture):
        return
    old = names_of(picture.files)
    with picture.file.open("rb") as original:
        files = encoded(original.read())
    store(picture, files)
    with transaction.atomic():
        Picture.objects.filter(pk=picture_id).update(files=picture.files)
        if old:
            discard.using(run_after=timezone.now() + OLD_FILES_STAY).enqueue(names=old)
        tell("picture_changed", picture_id=picture_id)


@task()
def discard(names: list[str]) -> None:
    """Delete files that no picture names any more."""
    for name in names:
        default_storage.delete(name)


def _stem(picture: Picture) -> str:
    """Names follow from the original's random name, so the same name always holds the same picture."""
    return hashlib.sha256(f"{VERSION}:{picture.file.name}".encode()).hexdigest()[:16]


def _on_paper(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, PAPER)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _is_drawing(image: Image.Image) -> bool:
    """Whether a few colours say the same, in a far smaller file."""
    few = _in_few_colours(image)
    if max(ImageStat.Stat(ImageChops.difference(image, few)).rms) > LOOKS_THE_SAME:
        return False
    return 2 * len(_drawing(image)) < len(_photograph(image))


def _in_few_colours(image: Image.Image) -> Image.Image:
    return image.quantize(FEW_COLOURS, dither=Image.Dither.NONE).convert("RGB")


def _drawing(image: Image.Image) -> bytes:
    return _saved(_in_few_colours(image), "WEBP", lossless=True, quality=70, method=2)


def _photograph(image: Image.Image) -> bytes:
    return _saved(image, "WEBP", quality=QUALITY["webp"], method=4)


def _jpeg(image: Image.Image) -> bytes:
    return _saved(image, "JPEG", quality=QUALITY["jpeg"], optimize=True, progressive=True)


def _saved(image: Image.Image, form: str, **options) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
