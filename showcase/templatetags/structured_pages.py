"""What a page of Wagtail tells search engines, for its head: {% page_data %}, {% index_data %}."""

from django import template
from django.utils.safestring import SafeString

from discovery.structured import data_blocks
from showcase.structured import data_of, way_to_index

register = template.Library()


@register.simple_tag(takes_context=True)
def page_data(context) -> SafeString:
    return data_blocks(*data_of(context["page"], context["index"], context["request"].path))


@register.simple_tag(takes_context=True)
def index_data(context) -> SafeString:
    return data_blocks(way_to_index(context["page"], context["request"].path))
