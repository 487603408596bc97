"""The names by which a present commune is looked for."""

from django.db.models import Prefetch

from areas.models import Area, Succession


def with_former_units(path: str) -> Prefetch:
    """Bring along what `names_of_place` reads; `path` leads to the commune."""
    return Prefetch(f"{path}__origins", queryset=Succession.objects.select_related("former"))


def names_of_place(area: Area) -> list[str]:
    """A commune's names and other spellings."""
    return [area.full_name, area.full_name_en, *area.aliases]


def units_before(area: Area) -> list[Area]:
    """The units whose land is in a commune now, by name."""
    return sorted((succession.former for succession in area.origins.all()), key=lambda unit: (unit.full_name, unit.pk))


def names_before(area: Area) -> list[str]:
    return [unit.full_name for unit in units_before(area)]
