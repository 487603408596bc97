"""{% picture files alt sizes %}: a picture in the form, cut and width that the screen needs; {% preload_picture %}."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from outbox.wording import is_english, unmarked
from pictures.renditions import of_shape

register = template.Library()
SIZES = {  # how wide a picture is drawn in each place, for the browser to choose a file by
    "card": "(min-width: 75em) 17rem, (min-width: 48em) 25vw, 46vw",
    "tile": "(min-width: 77.5em) 19rem, (min-width: 48em) 23rem, 92vw",
    "small tile": "(min-width: 48em) 18rem, 46vw",
    "home lead": "(min-width: 60em) 32rem, 92vw",
    "lead": "(min-width: 60em) 30rem, 92vw",
    "product": "(min-width: 60em) 36rem, 92vw",
    "more of a product": "(min-width: 60em) 9rem, 22vw",
    "producer": "(min-width: 60em) 28rem, 92vw",
    "block": "(min-width: 48em) 40rem, 92vw",
    "gallery": "(min-width: 48em) 20rem, 92vw",
    "column": "(min-width: 48em) 20rem, 92vw",
    "maker": "7rem",
    "item": "6rem",
}
WHOLE = "whole"  # the shape of a picture that is shown with its own proportions


@register.simple_tag
def picture(files, alt="", sizes="100vw", eager=False, shape="") -> SafeString:
    """`files` are Picture.files; without any an empty frame stands there. `sizes` is a place of SIZES or its length.

    `eager` for the largest picture of a page, which {% preload_picture %} names with the same words in the head.
    """
    frame = f' data-shape="{escape(shape)}"' if shape else ""
    rows = _rows(files, shape)
    if not rows.get("jpeg"):
        return SafeString(f'<span class="picture" data-empty{frame}></span>')
    width, height, address = rows["jpeg"][-1]
    frame += " data-upright" if shape == WHOLE and height > width else ""
    size = escape(SIZES.get(sizes, sizes))
    haste = 'fetchpriority="high"' if eager else 'loading="lazy"'
    sources = "".join(
        f'<source type="image/{form}" srcset="{srcset(rows[form])}" sizes="{size}">'
        for form in ("avif", "webp")
        if rows.get(form)
    )
    return SafeString(
        f'<picture class="picture"{frame}>{sources}<img src="{escape(address)}" srcset="{srcset(rows["jpeg"])}" '
        f'sizes="{size}" width="{width}" height="{height}" alt="{escape(unmarked(alt))}" {haste} decoding="async">'
        "</picture>"
    )


@register.filter
def alternative(row) -> str:
    """What a picture shows, in the reader's language; in Vietnamese where there is no English yet."""
    return (is_english() and row.alt_en) or row.alt


@register.simple_tag
def preload_picture(files, sizes="100vw", shape="") -> SafeString:
    """For the head: has the browser fetch the page's largest picture first, in the best form that there is."""
    for form, rows in _rows(files, shape).items():
        if rows:
            return SafeString(
                f'<link rel="preload" as="image" type="image/{form}" imagesrcset="{srcset(rows)}" '
                f'imagesizes="{escape(SIZES.get(sizes, sizes))}" fetchpriority="high">'
            )
    return SafeString("")


def _rows(files, shape: str) -> dict:
    """By form, the best first. A picture whose cuts are not made yet is shown whole, and cut by its frame."""
    rows = of_shape(files, "" if shape == WHOLE else shape or "square")
    return {form: rows[form] for form in ("avif", "webp", "jpeg") if form in rows}


def srcset(rows) -> str:
    return escape(", ".join(f"{address} {width}w" for width, _height, address in rows))
