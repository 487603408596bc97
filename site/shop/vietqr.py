"""VietQR: a bank transfer as a QR code that every Vietnamese banking app reads.

A payload is a row of objects, each two digits of id, two digits of length and a value of so many characters. The
text follows NAPAS, "Định dạng mã VietQR trong dịch vụ chuyển nhanh NAPAS247", 1.0 (09/2021), and EMVCo's QR codes
presented by the merchant. A code only asks for a transfer: nothing in it says that the money came.
"""

import binascii
import re
from dataclasses import dataclass
from enum import StrEnum

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from areas.folding import without_marks

# Bank identification numbers, letter 1589/NHNN-TT of the State Bank, 05/03/2024.
BANKS = {
    "970403": "Sacombank",
    "970405": "Agribank",
    "970407": "Techcombank",
    "970412": "PVcomBank",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970419": "NCB",
    "970422": "MB",
    "970423": "TPBank",
    "970426": "MSB",
    "970432": "VPBank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970440": "SeABank",
    "970441": "VIB",
    "970443": "SHB",
    "970446": "Co-opBank",
    "970448": "OCB",
    "970449": "LPBank",
}
LONGEST_TEXT = 25  # characters of a purpose or a bill number

_NAPAS = "A000000727"
_SERVICES = {"account": "QRIBFTTA", "card": "QRIBFTTC"}
_STATIC, _DYNAMIC = "11", "12"
_DONG = "704"
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_BILL = re.compile(r"[0-9A-Za-z-]{1,25}")
_PURPOSE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z ]{0,23}[0-9A-Za-z])?")
_AMOUNT = re.compile(r"([0-9]{1,13})(?:\.0*)?")
_NOT_PLAIN = re.compile(r"[^0-9A-Za-z]+")


class Reason(StrEnum):
    """Why a payload is refused."""

    CHARACTERS = "characters outside printable ASCII"
    LENGTH = "a length that does not fit its value"
    FIRST = "object 00 with value 01 does not come first"
    LAST = "object 63 does not come last"
    CHECKSUM = "wrong checksum"
    TWICE = "one object given twice"
    GUID = "not a transfer through NAPAS"
    POINT = "neither static nor dynamic"
    ACCOUNT = "no bank or no account"
    SERVICE = "unknown service"
    CURRENCY = "not in đồng"
    COUNTRY = "not in Vietnam"
    AMOUNT = "not a whole, positive amount"
    TEXT = "a purpose or bill number that is too long"


class BadPayload(ValueError):
    """This text is no VietQR code we would pay by; `reason` says why."""

    def __init__(self, reason: Reason):
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Payload:
    """What a VietQR code asks for. `amount` is in whole đồng; None lets the payer type it."""

    bin: str
    account: str
    to: str  # "account" or "card"
    amount: int | None = None
    purpose: str = ""
    bill: str = ""
    for_one_payment: bool = False

    @property
    def bank(self) -> str:
        """The bank's short name, empty where we do not know its number."""
        return BANKS.get(self.bin, "")


def build(
    *, bin: str, account: str, to: str = "account", amount: int | None = None, purpose: str = "", bill: str = ""
) -> str:
    """The payload that asks for a transfer: dynamic (one payment) with an amount in whole đồng, static without one.

    `purpose` is what the bank statement will show; make it with `purpose_text`. Raises ValueError where a value
    cannot stand in the payload: nothing is cut or changed in silence, it is somebody's money.
    """
    if not _BIN.fullmatch(bin):
        raise ValueError(f"A bank number has six digits, not {bin!r}")
    if not _ACCOUNT.fullmatch(account):
        raise ValueError(f"An account number has 1 to 19 letters and digits, not {account!r}")
    if to not in _SERVICES:
        raise ValueError(f"Money goes to an account or to a card, not to {to!r}")
    if purpose and not _PURPOSE.fullmatch(purpose):
        raise ValueError(f"{purpose!r} is not plain text of at most 25 characters: use purpose_text")
    if bill and not _BILL.fullmatch(bill):
        raise ValueError(f"A bill number has 1 to 25 letters, digits and hyphens, not {bill!r}")

    beneficiary = _object("00", bin) + _object("01", account)
    transfer = _object("00", _NAPAS) + _object("01", beneficiary) + _object("02", _SERVICES[to])
    more = (_object("01", bill) if bill else "") + (_object("08", purpose) if purpose else "")
    text = (
        _object("00", "01")
        + _object("01", _STATIC if amount is None else _DYNAMIC)
        + _object("38", transfer)
        + _object("53", _DONG)
        + ("" if amount is None else _object("54", _amount_text(amount)))
        + _object("58", "VN")
        + (_object("62", more) if more else "")
        + "6304"
    )
    return text + checksum(text)


def parse(payload: str) -> Payload:
    """Read a payload as strictly as a bank does. Raises BadPayload; objects that we have no use for are passed over."""
    if not (payload.isascii() and payload.isprintable()):
        raise BadPayload(Reason.CHARACTERS)
    objects = _objects(payload)
    if next(iter(objects.items())) != ("00", "01"):
        raise BadPayload(Reason.FIRST)
    if next(reversed(objects)) != "63":
        raise BadPayload(Reason.LAST)
    if objects["63"] != checksum(payload[:-4]):
        raise BadPayload(Reason.CHECKSUM)
    if objects.get("53") != _DONG:
        raise BadPayload(Reason.CURRENCY)
    if objects.get("58") != "VN":
        raise BadPayload(Reason.COUNTRY)
    if objects.get("01") not in (_STATIC, _DYNAMIC):
        raise BadPayload(Reason.POINT)
    bin, account, to = _read_transfer(objects.get("38", ""))
    more = _objects(objects["62"]) if "62" in objects else {}
    purpose, bill = more.get("08", ""), more.get("01", "")
    if max(len(purpose), len(bill)) > LONGEST_TEXT:
        raise BadPayload(Reason.TEXT)
    return Payload(
        bin=bin,
        account=account,
        to=to,
        amount=_read_amount(objects["54"]) if "54" in objects else None,
        purpose=purpose,
        bill=bill,
        for_one_payment=objects["01"] == _DYNAMIC,
    )


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, first value 0xFFFF) of ASCII text, as four capital hex digits."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def purpose_text(text: str) -> str:
    """Any text as a transfer's purpose: A–Z a–z 0–9 and single spaces, at most 25, since banks drop or spoil the rest.

    "Đơn hàng ABCDE-FGHJK" → "Don hang ABCDE FGHJK".
    """
    return _NOT_PLAIN.sub(" ", without_marks(text)).strip()[:LONGEST_TEXT].rstrip()


def qr_svg(payload: str, title: str = "") -> SafeString:
    """The code as an inline SVG with a title for those who do not see it; its size is the style sheet's matter.

    Black on white in the dark theme too, with the four modules of quiet the standard asks for: cameras need both.
    """
    svg = segno.make(payload, error="m", micro=False).svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None, title=title or _("Mã VietQR")
    )
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))  # segno escapes the title; the rest is its own


def _object(id: str, value: str) -> str:
    return f"{id}{len(value):02d}{value}"


def _objects(text: str) -> dict[str, str]:
    """The objects of a payload or of one of its templates, in their order."""
    found = {}
    rest = text
    while rest:
        head, rest = rest[:4], rest[4:]
        if len(head) < 4 or not head.isdecimal():
            raise BadPayload(Reason.LENGTH)
        id, length = head[:2], int(head[2:])
        if not 0 < length <= len(rest):
            raise BadPayload(Reason.LENGTH)
        if id in found:
            raise BadPayload(Reason.TWICE)
        found[id], rest = rest[:length], rest[length:]
    if not found:
        raise BadPayload(Reason.LENGTH)
    return found


def _read_transfer(template: str) -> tuple[str, str, str]:
    """Bank, account and kind ("account" or "card") from object 38."""
    transfer = _objects(template) if template else {}
    if transfer.get("00") != _NAPAS:
        raise BadPayload(Reason.GUID)
    beneficiary = _objects(transfer["01"]) if "01" in transfer else {}
    bin, account = beneficiary.get("00", ""), beneficiary.get("01", "")
    if not (_BIN.fullmatch(bin) and _ACCOUNT.fullmatch(account)):
        raise BadPayload(Reason.ACCOUNT)
    for to, service in _SERVICES.items():
        if transfer.get("02") == service:
            return bin, account, to
    raise BadPayload(Reason.SERVICE)


def _read_amount(text: str) -> int:
    digits = _AMOUNT.fullmatch(text) if len(text) <= 13 else None
    if digits is None or int(digits[1]) == 0:
        raise BadPayload(Reason.AMOUNT)
    return int(digits[1])


def _amount_text(amount: int) -> str:
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 < amount < 10**13:
        raise ValueError(f"An amount is a whole number of đồng from 1 to 13 digits, not {amount!r}")
    return str(amount)
