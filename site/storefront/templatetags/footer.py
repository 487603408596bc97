"""{% footer %}: the foot of every page, error pages too. It is the same for all readers of a language: drawn once."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from outbox.wording import is_english

register = template.Library()


@register.simple_tag
def footer() -> SafeString:
    return _drawn(is_english(), tuple(settings.OPERATOR.items()), settings.SAMPLE_DATA)


@lru_cache
def _drawn(english: bool, operator: tuple, sample_data: bool) -> SafeString:
    values = {"is_english": english, "operator": dict(operator), "sample_data": sample_data}
    return SafeString(render_to_string("parts/_footer.html", values))
