"""GTIN, the number under a bar code: 8, 12, 13 or 14 digits, the last of which checks the others (GS1)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LENGTHS = (8, 12, 13, 14)


def check_digit(body: str) -> int:
    """The digit that follows these digits: weights 3 and 1 in turn from the right, up to the next ten.

    Raises ValueError where the body has anything but the digits 0–9.
    """
    if not _has_digits_only(body):
        raise ValueError(f"The body of a GTIN has digits only, not {body!r}")
    return -sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(body))) % 10


def is_valid_gtin(text: str) -> bool:
    """Is this a whole GTIN, without spaces, with the right check digit? Zeros alone are none."""
    return _has_form(text) and _adds_up(text)


def validate_gtin(text: str) -> None:
    """A field's validator. Raises ValidationError with what to do about it."""
    if not _has_form(text):
        raise ValidationError(_("Mã vạch phải có 8, 12, 13 hoặc 14 chữ số, viết liền nhau."), code="gtin_form")
    if not _adds_up(text):
        raise ValidationError(
            _("Mã vạch có chữ số chưa đúng. Hãy nhập lại đúng dãy số dưới mã vạch trên bao bì."),
            code="gtin_check_digit",
        )


def _has_form(text: str) -> bool:
    return len(text) in LENGTHS and _has_digits_only(text) and text.strip("0") != ""


def _adds_up(text: str) -> bool:
    return check_digit(text[:-1]) == int(text[-1])


def _has_digits_only(text: str) -> bool:
    # isdecimal alone would let the digits of other scripts in.
    return text.isascii() and text.isdecimal()
