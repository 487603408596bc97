"""Panels of the edit screens that are read, not filled in."""

from wagtail.admin.panels import Panel

from showcase.checklist import checklist


class ChecklistPanel(Panel):
    """What a story still lacks, as it was when it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "showcase/cms/checklist.html"

        def is_shown(self):
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context=None):
            points = checklist(self.instance)
            return super().get_context_data(parent_context) | {
                "points": points,
                "met": sum(point.is_met for point in points),
            }
