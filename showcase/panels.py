"""Panels of the edit screens that are read, not filled in."""

from wagtail.admin.panels import Panel

from showcase.checklist import checklist
from showcase.originals import original_of, parts_of


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


class OriginalPanel(Panel):
    """What the original of a translation says, beside the translation as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "showcase/cms/original.html"

        def __init__(self, **arguments):
            super().__init__(**arguments)
            self.original = original_of(self.instance)

        def is_shown(self):
            return self.original is not None and super().is_shown()

        def get_context_data(self, parent_context=None):
            parts = parts_of(self.instance, self.original)
            return super().get_context_data(parent_context) | {
                "original": self.original,
                "parts": parts,
                "changed": sum(part.is_changed for part in parts),
            }
