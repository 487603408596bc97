"""Vietnamese telephone numbers: as people type them, as we keep them (E.164), as we show them."""

import re
import unicodedata

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

_REGION, _COUNTRY_CODE = "VN", 84
_CALLED_BY_PEOPLE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
# Letters would be read as keys of the dial pad, and an extension would be lost.
_TYPED = re.compile(r"[\d\s+().\-\u2010-\u2015]{1,40}")


class BadPhone(ValueError):
    """This is no Vietnamese number that somebody can call; `message` tells a person what to do."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


def parse_phone(text: str) -> str:
    """The E.164 form of a Vietnamese mobile or land line number: "0912 345 678" → "+84912345678".

    Takes what people type: 0…, 84…, +84…, 0084…, +84 (0)…, with spaces, dots, hyphens and brackets. Raises BadPhone,
    also for foreign numbers, short numbers and hot lines (1800, 1900): nobody is called back on those.
    """
    # Numbers copied from a contact list bring invisible direction marks.
    typed = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()
    if not typed:
        raise BadPhone(_("Hãy nhập số điện thoại."))
    wrong = BadPhone(_("Số điện thoại chưa đúng. Hãy nhập số Việt Nam, ví dụ 0912 345 678 hoặc 0213 3876 543."))
    if not _TYPED.fullmatch(typed):
        raise wrong
    try:
        number = phonenumbers.parse(typed, _REGION)
    except NumberParseException:
        raise wrong from None
    if number.country_code != _COUNTRY_CODE or phonenumbers.number_type(number) not in _CALLED_BY_PEOPLE:
        raise wrong
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def display_phone(phone: str) -> str:
    """A number as it is written in Vietnam: "+84912345678" → "0912 345 678". Anything else is shown as it is."""
    if not phone.startswith("+84"):
        return phone
    try:
        number = phonenumbers.parse(phone)
    except NumberParseException:
        return phone
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def mask_phone(phone: str) -> str:
    """Enough of a number for its owner to know it: "+84912345678" → "09** *** 678"."""
    shown = display_phone(phone)
    digits = sum(sign.isdigit() for sign in shown)
    seen = {1, 2, digits - 2, digits - 1, digits} if digits > 5 else set()
    masked, place = "", 0
    for sign in shown:
        place += sign.isdigit()
        masked += "*" if sign.isdigit() and place not in seen else sign
    return masked
