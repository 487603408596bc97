"""What a page tells search engines: {{ data|data_block }}, {% site_data %}, {% way_to %}."""

from django import template
from django.utils.safestring import SafeString

from discovery import structured

register = template.Library()


@register.filter
def data_block(data: dict) -> SafeString:
    return structured.data_blocks(data)


@register.simple_tag
def site_data() -> SafeString:
    """For the home page: the site, and who stands behind it."""
    return structured.data_blocks(*structured.site())


@register.simple_tag
def way_to(*steps) -> SafeString:
    """The way to a page, as names and addresses in turn: {% way_to products_name products_address name address %}."""
    return structured.data_blocks(structured.way_to(*zip(steps[::2], steps[1::2], strict=True)))
