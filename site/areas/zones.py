"""How far a delivery goes, in four steps."""

from typing import Literal

from areas.models import Area, Level

Zone = Literal["commune", "province", "region", "country"]


def zone(from_area: Area, to_area: Area) -> Zone:
    """The smallest of commune, province, region and country that holds both present communes.

    Load both with `select_related("parent")` to spare two queries. Raises ValueError for anything but a present
    commune: `history.today` says which units a former one lies in.
    """
    for area in (from_area, to_area):
        if area.level != Level.COMMUNE or not area.is_present:
            raise ValueError(f"{area} is no present commune")
    if from_area.pk == to_area.pk:
        return "commune"
    if from_area.parent_id == to_area.parent_id:
        return "province"
    return "region" if from_area.parent.region == to_area.parent.region else "country"
