"""The help pages for the footer of every page, error pages too: {% help_pages as pages %}."""

from django import template

from storefront.help_pages import HELP_PAGES

register = template.Library()


@register.simple_tag
def help_pages():
    return HELP_PAGES
