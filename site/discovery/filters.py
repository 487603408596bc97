"""What is asked of a list, beside words: keys and numbers, as engines read them. Empty parts ask for nothing."""

from dataclasses import dataclass, fields

from areas.models import Area

CERTIFIED_MONTHS = (6, 12, 24)
CLASSES = ("branches", "groups", "product_sets")  # one facet: an entry of any of them is wanted


@dataclass(frozen=True)
class Filters:
    is_alcohol: bool = False  # alcohol alone; otherwise never alcohol
    kinds: tuple[str, ...] = ()
    branches: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    product_sets: tuple[int, ...] = ()
    areas: tuple[int, ...] = ()
    producers: tuple[int, ...] = ()
    stars: tuple[int, ...] = ()  # that may be printed today
    producer_kinds: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # of the village, as `people_named` gives them
    price_from: int | None = None  # ₫
    price_to: int | None = None
    in_stock: bool = False
    in_season: bool = False  # this month
    certified: int | None = None  # months from today for which the stars hold at least
    delivers_to: Area | None = None  # a present commune, with its parent

    @property
    def chosen(self) -> list[str]:
        """The names of the parts that ask for something."""
        names = (field.name for field in fields(self) if field.name != "is_alcohol")
        return [name for name in names if getattr(self, name) not in ((), None, False)]


def people_named(text: str) -> list[str]:
    """The peoples that a village's row names: "Hà Nhì, La Hủ" → ["Hà Nhì", "La Hủ"]."""
    return [name for part in text.split(",") if (name := part.strip())]
