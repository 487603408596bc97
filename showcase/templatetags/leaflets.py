"""{% qr_to_here %}: for a page on paper, the way back to it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from discovery.qr import qr_of
from discovery.structured import whole

register = template.Library()


@register.simple_tag(takes_context=True)
def qr_to_here(context) -> SafeString:
    address = whole(context["request"].path)
    return format_html("{}<span>{}</span>", qr_of(address), address.partition("://")[2])
