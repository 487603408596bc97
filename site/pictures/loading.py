"""The built-in pictures: every motif, drawn and taken in like any upload."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction

from pictures import motifs
from pictures.cleaning import CleanFile, clean
from pictures.models import Picture
from pictures.renditions import File, encoded, store

AT_ONCE = 2  # Pillow works outside Python's lock


def load_motifs(
    names: Iterable[str] | None = None, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Draw the motifs that the library lacks, all or those named, with all their files. Returns how many were drawn."""
    wanted = sorted(set(motifs.names() if names is None else names))
    missing = sorted(set(wanted) - set(Picture.objects.filter(motif__in=wanted).values_list("motif", flat=True)))
    if not missing:
        return 0
    alternatives = json.loads((motifs.FOLDER / "alt.json").read_text(encoding="utf-8"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, (name, (original, files)) in enumerate(zip(missing, pool.map(_drawn, missing), strict=True), 1):
            _keep(name, original, files, alternatives[name])
            progress(done, len(missing))
    return len(missing)


def _drawn(name: str) -> tuple[CleanFile, list[File]]:
    drawing = BytesIO()
    motifs.draw(motifs.read(name)).save(drawing, "PNG", compress_level=1)
    original = clean(ContentFile(drawing.getvalue(), name="motif.png"))
    return original, encoded(original.read(), is_drawing=True, shapes=())


@transaction.atomic
def _keep(name: str, original: CleanFile, files: list[File], alternative: dict[str, str]) -> None:
    about = alternative["vi"].partition(": ")[2].rstrip(".")  # "Hình thêu chữ thập: một con ong…"
    original.seek(0)
    picture = Picture(
        motif=name, title=about[:1].upper() + about[1:], alt=alternative["vi"], alt_en=alternative["en"], file=original
    )
    # The original goes into the store first: the files are named after it.
    picture.file.save(original.name, original, save=False)
    picture._set_image_file_metadata()
    store(picture, files)
    picture.save()
