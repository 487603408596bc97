"""{% stars standing %}: the stars of a product, or why there are none. Each is drawn once, for a page holds dozens."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from outbox.wording import day

register = template.Library()


@register.simple_tag
def stars(standing, size="", quiet=False) -> SafeString:
    """`quiet` leaves out the tag "dữ liệu mẫu" where it stands elsewhere."""
    recognition = standing.recognition
    return _drawn(
        get_language(),
        standing.state,
        standing.stars,
        day(recognition.expires_on) if recognition else "",
        day(recognition.holds_until) if recognition else "",
        standing.is_sample and not quiet,
        size or "",
    )


@lru_cache(maxsize=2048)
def _drawn(language, state, stars, expires, until, shows_sample, size) -> SafeString:
    values = {"state": state, "stars": stars, "expires": expires, "until": until, "size": size}
    return SafeString(render_to_string("parts/_stars_drawn.html", {**values, "shows_sample": shows_sample}).strip())
