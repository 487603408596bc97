"""How our own code adds a picture to the library. Wagtail's forms go the same way (`forms.py`, `field.py`)."""

from pictures.cleaning import BadPicture, clean
from pictures.models import Picture

__all__ = ["BadPicture", "accept"]


def accept(file, *, title: str, alt: str, alt_en: str, credit: str) -> Picture:
    """Take an uploaded picture into the library. A job makes its files for the pages (`renditions.py`).

    `file` has a name and can be read. Raises BadPicture, whose sentence says what to do.
    """
    picture = Picture(title=title, alt=alt, alt_en=alt_en, credit=credit, file=clean(file))
    picture._set_image_file_metadata()  # Wagtail's own: size and hash
    picture.save()
    return picture
