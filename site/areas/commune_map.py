"""A small map drawn by the server: a dot for each commune, without tiles from anywhere."""

from dataclasses import dataclass
from math import cos, pi, radians, sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString

from areas.models import Area

WIDTH, MARGIN = 320, 16  # units of the drawing
KM_OF_A_DEGREE = 111.2  # from south to north


@dataclass(frozen=True)
class Dot:
    area: Area
    x: int
    y: int
    is_here: bool

    @property
    def degrees(self) -> str:
        """Latitude and longitude, for the map that moves."""
        return f"{self.area.latitude:.4f} {self.area.longitude:.4f}"


@dataclass(frozen=True)
class CommuneMap:
    width: int
    height: int
    dots: list[Dot]
    units_of_a_km: float

    @property
    def circles(self) -> SafeString:
        """The dots as SVG. Each says where it is in degrees too, for the map that moves."""
        return SafeString("".join(_circle(dot) for dot in self.dots))

    @property
    def ground(self) -> SafeString:
        """A disc around each dot, as large as its commune: together they show about where the province lies. No line
        of it is a border."""
        return SafeString("".join(map(self._disc, self.dots)))

    def _disc(self, dot: Dot) -> str:
        km = sqrt((dot.area.area_km2 or 0) / pi)
        radius = f'r="{km * self.units_of_a_km:.1f}" data-km="{km:.1f}"'
        told = f'data-at="{dot.degrees}" data-name="{escape(dot.area.short_title)}"'
        return f'<circle cx="{dot.x}" cy="{dot.y}" {radius} {told}/>'

    @property
    def here(self) -> Dot | None:
        """The one place that the map is about; none where there are several."""
        found = [dot for dot in self.dots if dot.is_here]
        return found[0] if len(found) == 1 else None

    @property
    def is_here_at_the_right(self) -> bool:
        """So that the name stands on the side that has room."""
        return self.here is not None and self.here.x > self.width / 2


def _circle(dot: Dot) -> str:
    look = 'r="9" class="map__here"' if dot.is_here else 'r="4"'
    name = f"<title>{escape(dot.area.title)}</title>"
    return f'<circle cx="{dot.x}" cy="{dot.y}" {look} data-at="{dot.degrees}">{name}</circle>'


def map_of(communes, *here: Area | None, margin: int = MARGIN) -> CommuneMap | None:
    """The map of communes with coordinates (WGS84 degrees), some of them marked; None where none has any. `margin` is
    the room around them, in units of the drawing."""
    marked = {area.pk for area in here if area is not None}
    placed = [area for area in communes if area.latitude is not None and area.longitude is not None]
    if not placed:
        return None
    south, north = min(area.latitude for area in placed), max(area.latitude for area in placed)
    west, east = min(area.longitude for area in placed), max(area.longitude for area in placed)
    narrowing = cos(radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    scale = (WIDTH - 2 * margin) / max((east - west) * narrowing, 0.01)
    dots = [
        Dot(
            area,
            round(margin + (area.longitude - west) * narrowing * scale),
            round(margin + (north - area.latitude) * scale),
            area.pk in marked,
        )
        for area in placed
    ]
    dots.sort(key=lambda dot: dot.is_here)  # what is looked for lies on top
    return CommuneMap(WIDTH, round(2 * margin + (north - south) * scale), dots, scale / KM_OF_A_DEGREE)
