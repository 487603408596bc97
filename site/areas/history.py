"""What became of a unit, and what a unit was made of."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from areas.models import Area, Level, Succession


def today(area: Area) -> list[Area]:
    """The present units on the land of a unit, whichever time it is from.

    A present unit answers itself. A former commune answers its successors, the main one first; a former district
    the successors of all its communes, by name; a former province its present province. Units come with `parent`.
    """
    return today_of([area])[area.pk]


def today_of(areas: Iterable[Area]) -> dict[int, list[Area]]:
    """`today` for many units by their keys, in two queries (none where all are present)."""
    day = timezone.localdate()
    answers: dict[int, list[Area]] = {}
    former, districts = [], []
    for area in areas:
        answers[area.pk] = [area] if area.holds(day) else []
        if not answers[area.pk]:
            (districts if area.level == Level.DISTRICT else former).append(area.pk)
    if not former and not districts:
        return answers
    # Each row speaks of a unit asked for, or of one commune of a district asked for.
    units = Area.objects.filter(Q(pk__in=former) | Q(parent__in=districts))
    told = Succession.objects.filter(former__in=units.values("pk")).order_by("-is_main", "pk")
    rows = list(told.values_list("former_id", "former__parent_id", "present_id"))
    present = Area.objects.select_related("parent").in_bulk({row[2] for row in rows})
    for former_id, parent_id, present_id in rows:
        for key in (former_id, parent_id):
            if key in answers and present[present_id] not in answers[key]:
                answers[key].append(present[present_id])
    for key in districts:
        answers[key].sort(key=lambda unit: (unit.folded, unit.name, unit.code or ""))
    return answers


def former_names(area: Area) -> list[Area]:
    """The former units that went into a unit, wholly or in part, by name, with `parent`; none for a former unit."""
    return list(Area.objects.filter(successions__present=area).select_related("parent").by_name())
