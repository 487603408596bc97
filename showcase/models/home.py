"""The root of a language's pages. The home page itself is drawn by the storefront."""

from wagtail.models import Page
from wagtail.url_routing import RouteResult

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
        """Find a story by its whole address at once; Wagtail would ask for each level twice."""
        if len(path_components) == 2:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            story = StoryPage.objects.live().select_related("picture").filter(url_path=address).first()
            if story:
                return RouteResult(story)
        return super().route(request, path_components)
