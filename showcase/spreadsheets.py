"""Spreadsheets that Wagtail's reports give out run nothing of what somebody typed as a formula."""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What spreadsheets read as the beginning of a formula; also in their wide form, and behind blanks, which some drop.
BEGINNINGS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BREAKS = ("\t", "\r", "\n")


def guarded(value):
    """A cell's value with an apostrophe before a text that would be run (OWASP, CSV injection). Numbers and moments
    stay what they are."""
    is_run = isinstance(value, str) and (value.lstrip().startswith(BEGINNINGS) or value.startswith(BREAKS))
    return f"'{value}" if is_run else value


def guard_exports() -> None:
    """Guard the cells and heads of every export there is: Wagtail's own reports leave it to the project, and offer no
    setting for it. Each comes out of one of two methods of the class they have in common."""
    for name in ("preprocess_field_value", "get_heading"):
        setattr(SpreadsheetExportMixin, name, _guarding(getattr(SpreadsheetExportMixin, name)))


def _guarding(method):
    def guarding(*arguments, **named):
        return guarded(method(*arguments, **named))

    return guarding
