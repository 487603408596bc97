"""What is wrong with the search, on the CMS's home page; nothing where nothing is."""

from wagtail.admin.ui.components import Component


class SearchTroublesPanel(Component):
    name = "search_troubles"
    order = 40
    template_name = "showcase/cms/search_troubles.html"

    def __init__(self, troubles: list[str]):
        self.troubles = troubles

    def get_context_data(self, parent_context):
        return {"troubles": self.troubles}
