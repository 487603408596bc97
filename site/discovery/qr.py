"""Addresses as QR codes."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=4096)
def qr_of(address: str) -> SafeString:
    """An address as a QR code, an SVG to stand in a page. It takes some milliseconds to draw, and never changes."""
    code = segno.make(address, error="m")
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))
