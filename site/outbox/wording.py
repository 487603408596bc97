"""Money, weights, days and names in words: the same in pages and in mails, in Vietnamese and in English.

Plain functions without Django's number formats: a page may show hundreds of prices.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARKED = re.compile(r"\[(vi|en):([^\[\]]+)\]")
_TAG = re.compile(r"(<[^>]*>)")
# A tag, so that what its attributes hold is passed over; or a mark, which may have tags among its words.
_TAG_OR_MARKED = re.compile(r"<[^>]*>|\[(vi|en):((?:[^\[\]<>]|<[^>]*>)+)\]")


def is_english() -> bool:
    """Is the reader's language English? Everybody else reads Vietnamese."""
    return (get_language() or "").startswith("en")


def days(first: int, last: int) -> str:
    """How long something takes: "1 ngày", "2–3 ngày"."""
    if first == last:
        return ngettext("%(days)s ngày", "%(days)s ngày", first) % {"days": first}
    return _("%(first)s–%(last)s ngày") % {"first": first, "last": last}


def dong(amount) -> str:
    """An amount in đồng: 160000 → "160.000 ₫", in English "₫160,000". Nothing for nothing.

    An average is rounded to the nearest đồng; prices are whole already.
    """
    if amount is None or amount == "":
        return ""
    whole = _whole(amount)
    digits = f"{abs(whole):,}"
    sign = "-" if whole < 0 else ""
    return f"{sign}₫{digits}" if is_english() else f"{sign}{digits.replace(',', '.')} ₫"


def grams(weight) -> str:
    """A weight in grams, from a kilogram on in kilograms: 290 → "290 g", 5040 → "5,04 kg", in English "5.04 kg"."""
    if weight is None or weight == "":
        return ""
    whole = _whole(weight)
    if abs(whole) < 1000:
        return f"{whole} g"
    kilograms = f"{whole / 1000:,.3f}".rstrip("0").rstrip(".")
    if not is_english():
        kilograms = kilograms.translate(_VIETNAMESE_POINTS)
    return f"{kilograms} kg"


def day(moment: date | datetime | None) -> str:
    """A day, of a moment the day in Vietnam: "24/11/2026", in English "24 Nov 2026". Nothing for nothing."""
    if not moment:
        return ""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    if is_english():
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{moment.day:02d}/{moment.month:02d}/{moment.year}"


def moment(when: datetime | None) -> str:
    """A moment by Vietnam's clock: "14:05, 24/11/2026", in English "14:05, 24 Nov 2026". Nothing for nothing."""
    if not when:
        return ""
    return f"{timezone.localtime(when):%H:%M}, {day(when)}"


def marked(text) -> SafeString:
    """Plain text as HTML, with names in another language marked for those who hear it.

    "The market of [vi:Sìn Hồ]" → 'The market of <span lang="vi">Sìn Hồ</span>'. Everything else is escaped, also
    text that calls itself safe.
    """
    return mark_safe(_MARKED.sub(r'<span lang="\1">\2</span>', escape(str(text or ""))))


def marks_in(html) -> SafeString:
    """HTML from an editor's text, already made safe, with its marked names as `marked` shows them. Addresses and other
    attributes stay as they are."""
    return mark_safe(_TAG_OR_MARKED.sub(_mark_words, str(html)))


def _mark_words(found: re.Match) -> str:
    if not found[1]:
        return found[0]
    pieces = _TAG.split(found[2])  # each second one is a tag
    return "".join(
        piece if number % 2 or not piece else f'<span lang="{found[1]}">{piece}</span>'
        for number, piece in enumerate(pieces)
    )


def anchor(text) -> str:
    """The name by which a heading is led to: "Bốn mùa" → "bon-mua"."""
    plain = without_accents(as_spelled(text)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def as_spelled(text) -> str:
    """The same text without its marks, each name with its accents: for what looks words up."""
    return _MARKED.sub(r"\2", str(text or ""))


def unmarked(text) -> str:
    """The same text without its marks, for titles, mails and feeds: "Chợ Sìn Hồ".

    Nothing tells an English voice there which words are Vietnamese, so they lose their accents: "The market of Sin Ho".
    """
    if is_english():
        return _MARKED.sub(lambda found: without_accents(found[2]) if found[1] == "vi" else found[2], str(text or ""))
    return as_spelled(text)


def without_accents(name: str) -> str:
    """A Vietnamese name as English newspapers print it: "Sìn Hồ" → "Sin Ho", "Đông Pao" → "Dong Pao"."""
    letters = unicodedata.normalize("NFD", name.translate(_BARRED))
    return unicodedata.normalize("NFC", "".join(sign for sign in letters if unicodedata.category(sign) != "Mn"))


_BARRED = str.maketrans("đĐ", "dD")
_VIETNAMESE_POINTS = str.maketrans(",.", ".,")


def _whole(number) -> int:
    if isinstance(number, int):
        return number
    return int(Decimal(str(number)).quantize(Decimal(1), ROUND_HALF_UP))
