"""How a found unit is written out, so that old and new names cannot be mixed up."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from areas.models import Area

# More present units than this are counted instead of named.
NAMED_AT_MOST = 3


def label(area: Area, today: list[Area], *, with_province: bool) -> str:
    """ "Xã Mường Than (cũ: Xã Phúc Than, huyện Than Uyên)", in the active language.

    With `with_province` the province of the first present unit is told too, for lists of the whole country. Both
    need `parent` loaded.
    """
    told = _with_province(today, with_province) if today else ""
    if today == [area]:
        return told
    past = _place(area.title, area.parent.title) if area.parent_id else area.title
    if not told:
        return past
    return _("%(today)s (cũ: %(former)s)") % {"today": told, "former": past}


def _with_province(today: list[Area], with_province: bool) -> str:
    named = ", ".join(area.title for area in today[:NAMED_AT_MOST])
    rest = len(today) - NAMED_AT_MOST
    if rest > 0:
        named = ngettext("%(named)s và %(count)d nơi nữa", "%(named)s và %(count)d nơi nữa", rest) % {
            "named": named,
            "count": rest,
        }
    return _place(named, today[0].parent.title) if with_province and today[0].parent_id else named


def _place(inner: str, outer: str) -> str:
    """One place within another. In Vietnamese the kind of the outer one is no longer a capital: ", huyện Than Uyên"."""
    is_english = (get_language() or "vi").startswith("en")
    return f"{inner}, {outer if is_english else outer[0].lower() + outer[1:]}"
