"""Template filters for money, weights, days and marked names: {{ price|dong }}, {{ text|marked }}."""

from django import template

from outbox import wording

register = template.Library()

for _show in (
    wording.days,
    wording.dong,
    wording.grams,
    wording.day,
    wording.moment,
    wording.marked,
    wording.marks_in,
    wording.anchor,
    wording.unmarked,
):
    register.filter(_show.__name__, _show)
