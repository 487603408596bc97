"""{% picture files alt sizes %}: a picture in the width that the screen needs, WebP first."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from outbox.wording import unmarked

register = template.Library()


@register.simple_tag
def picture(files, alt="", sizes="100vw", eager=False, shape="") -> SafeString:
    """`files` are Picture.files; without any an empty frame stands there. `eager` for the first picture of a page."""
    frame = f' data-shape="{escape(shape)}"' if shape else ""
    if not files or not files.get("jpeg"):
        return SafeString(f'<span class="picture" data-empty{frame}></span>')
    width, height, address = files["jpeg"][-1]
    size = escape(sizes)
    haste = 'fetchpriority="high"' if eager else 'loading="lazy"'
    webp = f'<source type="image/webp" srcset="{srcset(files["webp"])}" sizes="{size}">' if files.get("webp") else ""
    return SafeString(
        f'<picture class="picture"{frame}>{webp}<img src="{escape(address)}" srcset="{srcset(files["jpeg"])}" '
        f'sizes="{size}" width="{width}" height="{height}" alt="{escape(unmarked(alt))}" {haste} decoding="async">'
        "</picture>"
    )


def srcset(rows) -> str:
    return escape(", ".join(f"{address} {width}w" for width, _height, address in rows))
