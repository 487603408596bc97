"""What a page of Wagtail tells machines, for its head: {% page_data %}, {% index_data %}, and its share card."""

from django import template
from django.utils.safestring import SafeString

from discovery.structured import data_blocks
from pictures.cards import ShareCard
from showcase.share_cards import card_of_home, card_of_index, card_of_page
from showcase.structured import data_of, way_to_index

register = template.Library()


@register.simple_tag(takes_context=True)
def page_data(context) -> SafeString:
    return data_blocks(*data_of(context["page"], context["index"], context["request"].path))


@register.simple_tag(takes_context=True)
def index_data(context) -> SafeString:
    return data_blocks(way_to_index(context["page"], context["request"].path))


@register.simple_tag(takes_context=True)
def page_card(context) -> ShareCard | None:
    """For {% shared_picture %}; none for a page that is not kept yet."""
    page = context["page"]
    return card_of_page(page, context["index"]) if page.pk else None


@register.simple_tag(takes_context=True)
def index_card(context) -> ShareCard | None:
    return card_of_index(context["page"]) if context["page"].pk else None


@register.simple_tag(takes_context=True)
def home_card(context) -> ShareCard:
    return card_of_home(context["page"])
