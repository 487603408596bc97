"""The root of a language's pages. The home page itself is drawn by the storefront."""

from wagtail.models import Page


class HomePage(Page):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["showcase.StoryIndexPage"]

    class Meta:
        verbose_name = "trang chủ"
