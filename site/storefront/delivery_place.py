"""Where a reader wants things sent: what they typed, or the commune they chose before."""

import re
from dataclasses import dataclass, field

from django.conf import settings

from areas.finding import resolve_commune
from areas.models import Area

COMMUNE_COOKIE = "commune"  # the code of the commune last chosen; says nothing of the person
KEPT = 180 * 24 * 3600  # seconds
_CODE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class Place:
    """`one` present commune, or several `choices` for what was typed, or nothing."""

    typed: str = ""
    one: Area | None = None
    choices: list[Area] = field(default_factory=list)


def place_asked_for(request) -> Place:
    """The commune typed or chosen in the address, otherwise the remembered one. Four queries at most."""
    typed = request.GET.get("commune", "").replace("\0", "").strip()[:120]
    if typed:
        found = resolve_commune(typed)
        return Place(typed, found.one, found.choices)
    kept = request.COOKIES.get(COMMUNE_COOKIE, "")
    return Place(one=resolve_commune(kept).one) if _CODE.fullmatch(kept) else Place()


def remember_place(response, commune: Area) -> None:
    response.set_cookie(COMMUNE_COOKIE, commune.code, max_age=KEPT, samesite="Lax", secure=settings.IS_HTTPS)
