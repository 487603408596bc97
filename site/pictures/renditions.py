"""The files that pages show of a picture, made once by a job after the upload.

AVIF, WebP and JPEG in three widths: of the whole picture, and of what each shape of a page cuts out of it around the
point that an editor has marked (Wagtail's focal point).
"""

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
from outbox.timers import timer
from pictures.models import SHAPES, WIDTHS, Picture

FOLDER = "anh"
VERSION = 2  # of the making: a higher number gives all files new names, and so new addresses
FORMS = ("avif", "webp", "jpeg")  # the smallest first
EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
QUALITY = {"avif": 58, "webp": 72, "jpeg": 78}
AVIF_SPEED = 7  # of 10: half a second for the largest file
PAPER = "#fbf7ee"  # what stands behind a transparent picture
FEW_COLOURS = 64  # enough for a drawing; a photograph in so few is larger, not smaller
LOOKS_THE_SAME = 10  # of 255: how far, on the square mean, the few colours may be from the true ones
OLD_FILES_STAY = timedelta(hours=1)  # pages that name them may lie in a cache


@dataclass(frozen=True)
class File:
    """One encoded file of a picture; width and height in pixels; `shape` is empty for the whole picture."""

    form: str
    width: int
    height: int
    data: bytes
    shape: str = ""


def encoded(data: bytes, is_drawing: bool | None = None, *, focus=None, shapes=SHAPES) -> list[File]:
    """All files of an original (which `cleaning.clean` has written), never wider than what they show of it.

    `is_drawing` says whether few colours are enough, where that is known; `focus` is the point (x, y) of the original
    that its cuts are to hold; a shape that the picture has already is not cut.
    """
    image = _on_paper(Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")))
    files = []
    for shape in ("", *shapes):
        box = cut(image.size, SHAPES[shape], focus) if shape else (0, 0, *image.size)
        if shape and box == (0, 0, *image.size):
            continue
        for width in _widths(shape, box[2] - box[0]):
            height = max(1, round((box[3] - box[1]) * width / (box[2] - box[0])))
            sized = image.resize((width, height), Image.Resampling.LANCZOS, box, reducing_gap=3)
            if is_drawing is None:  # the smallest speaks for all
                is_drawing = _is_drawing(sized)
            files += [File(form, width, height, made, shape) for form, made in _in_forms(sized, shape, is_drawing)]
    return files


def cut(size: tuple[int, int], ratio: float, focus: tuple[int, int] | None = None) -> tuple[int, int, int, int]:
    """The largest part of a picture of this size with this ratio of width to height: its box, as near to having the
    focus (the middle, where there is none) in its midst as the picture's edges let it."""
    width, height = size
    x, y = focus or (width / 2, height / 2)
    part_width, part_height = min(width, round(height * ratio)), min(height, round(width / ratio))
    left = round(min(max(x - part_width / 2, 0), width - part_width))
    top = round(min(max(y - part_height / 2, 0), height - part_height))
    return left, top, left + part_width, top + part_height


def store(picture: Picture, files: list[File]) -> None:
    """Write the files and note them on the picture; the row is not saved."""
    made = {}
    for file in files:
        ending = f"-{file.shape}" if file.shape else ""
        name = f"{FOLDER}/{_stem(picture)}-{file.width}{ending}.{EXTENSIONS[file.form]}"
        if not (default_storage.exists(name) and default_storage.size(name) == len(file.data)):
            default_storage.delete(name)  # what a try that was cut off has left
            name = default_storage.save(name, ContentFile(file.data))
        part = made.setdefault("cuts", {}).setdefault(file.shape, {}) if file.shape else made
        part.setdefault(file.form, []).append([file.width, file.height, default_storage.url(name)])
    picture.files = made


def is_made(picture: Picture) -> bool:
    """Whether the files that the picture names are made of the original it has now."""
    return bool(picture.files) and all(f"/{_stem(picture)}-" in name for name in names_of(picture.files))


def names_of(files: dict) -> list[str]:
    """The names in the store behind the addresses of `Picture.files`."""
    parts = [{form: files.get(form, []) for form in FORMS}, *files.get("cuts", {}).values()]
    rows = [row for part in parts for rows in part.values() for row in rows]
    return [f"{FOLDER}/{address.rpartition('/')[2]}" for *_size, address in rows]


def of_shape(files: dict, shape: str) -> dict:
    """The rows of a shape by their form, as they stand in `Picture.files`; the whole picture's where it has no cut."""
    return (files or {}).get("cuts", {}).get(shape) or {form: files[form] for form in FORMS if form in (files or {})}


@task()
def make_renditions(picture_id: int) -> None:
    """Make the files of a picture. Does nothing when they are there, or when the picture is gone."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None or is_made(picture):
        return
    old = names_of(picture.files)
    with picture.file.open("rb") as original:
        files = encoded(original.read(), focus=_focus(picture), shapes=shapes_of(picture))
    store(picture, files)
    with transaction.atomic():
        unchanged = Picture.objects.filter(pk=picture_id, file=picture.file.name, **_marked(picture))
        if not unchanged.update(files=picture.files):  # another file or point came meanwhile, and a job for it
            old = names_of(picture.files)
        if old:
            discard.using(run_after=timezone.now() + OLD_FILES_STAY).enqueue(names=old, picture_id=picture_id)
        tell("picture_changed", picture_id=picture_id)


@task()
def discard(names: list[str], picture_id: int | None = None) -> None:
    """Delete files that the picture no longer names (a point that was moved away may have been put back)."""
    picture = Picture.objects.filter(pk=picture_id).first()
    for name in set(names) - set(names_of(picture.files) if picture else ()):
        if not (picture and f"/{_stem(picture)}-" in name):  # a job may be making these again
            default_storage.delete(name)


@timer(every=24 * 3600)
def make_what_is_missing() -> None:
    """Files that a lost job, or an older making, owes."""
    for picture in Picture.objects.iterator(chunk_size=500):
        if not is_made(picture):
            make_renditions.enqueue(picture_id=picture.pk)


def shapes_of(picture: Picture):
    """Motifs are squares with a margin of cloth: no page needs files of a part of them."""
    return () if picture.motif else SHAPES


def _stem(picture: Picture) -> str:
    """Names follow from the original's random name and the marked point, so the same name always holds the same."""
    made_of = f"{VERSION}:{picture.file.name}:{_focus(picture) or ''}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def _marked(picture: Picture) -> dict:
    return {name: getattr(picture, name) for name in ("focal_point_x", "focal_point_y", "focal_point_width")}


def _focus(picture: Picture) -> tuple[int, int] | None:
    return (picture.focal_point_x, picture.focal_point_y) if picture.has_focal_point() else None


def _widths(shape: str, most: int) -> list[int]:
    """A card that is shared is one file; a page chooses among three."""
    return [min(WIDTHS[-1], most)] if shape == "share" else sorted({min(width, most) for width in WIDTHS})


def _in_forms(image: Image.Image, shape: str, is_drawing: bool):
    """The forms of one size with their bytes. A drawing is smaller in WebP without loss than in AVIF."""
    if shape != "share":  # those who make previews of links know JPEG
        if is_drawing:
            yield "webp", _drawing(image)
        else:
            yield "avif", _saved(image, "AVIF", quality=QUALITY["avif"], speed=AVIF_SPEED)
            yield "webp", _photograph(image)
    yield "jpeg", _jpeg(image)


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
