"""The root of a language's pages. The home page itself is drawn by the storefront."""

from wagtail.models import Page
from wagtail.url_routing import RouteResult

from showcase.models.plain import BodyPage
from showcase.models.story import StoryPage


class HomePage(Page):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "showcase.StoryIndexPage",
        "showcase.FeatureIndexPage",
        "showcase.NewsIndexPage",
        "showcase.FairIndexPage",
        "showcase.VillageIndexPage",
        "showcase.GuideIndexPage",
    ]

    class Meta:
        verbose_name = "trang chủ"

    def route(self, request, path_components):
        """Find a page below an index by its whole address at once; Wagtail would ask for each level twice."""
        if len(path_components) == 2:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            page = StoryPage.objects.live().select_related("picture").filter(url_path=address).first()
            page = page or other_page_at(address)
            if page:
                return RouteResult(page)
        return super().route(request, path_components)


def other_page_at(address: str) -> BodyPage | None:
    """The published page that is no story at an address below the root; None for an index."""
    found = Page.objects.live().filter(url_path=address).first()
    kind = found and found.specific_class
    if kind is None or not issubclass(kind, BodyPage):
        return None
    return kind.objects.select_related("picture").get(pk=found.pk)
