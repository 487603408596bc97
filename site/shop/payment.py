"""How a purchase can be paid, and what the bank transfer must say."""

from django.conf import settings
from django.utils.safestring import SafeString

from shop import vietqr
from shop.models import PaymentAttempt, Purchase

# The account of NAPAS's own example: with sample data the page shows it and says that no money is to be sent.
SAMPLE_ACCOUNT = {"bin": "970403", "number": "0011012345678", "holder": "TAI KHOAN MAU"}


def account() -> dict | None:
    """The programme's account for transfers: bin, number, holder. None: no transfer is offered."""
    if settings.TRANSFER_ACCOUNT["bin"] and settings.TRANSFER_ACCOUNT["number"]:
        return {
            **settings.TRANSFER_ACCOUNT,
            "is_sample": False,
            "bank": vietqr.BANKS.get(settings.TRANSFER_ACCOUNT["bin"], ""),
        }
    if settings.SAMPLE_DATA:
        return {**SAMPLE_ACCOUNT, "is_sample": True, "bank": vietqr.BANKS[SAMPLE_ACCOUNT["bin"]]}
    return None


def methods_for(has_alcohol: bool) -> list[str]:
    """Cash on delivery and transfer; alcohol is never paid in cash (Decree 17/2020, online sale)."""
    methods = [] if has_alcohol else [Purchase.Method.CASH]
    if account():
        methods.append(Purchase.Method.TRANSFER)
    return methods


def memo_of(code: str) -> str:
    """What the transfer must say, so that it can be matched."""
    return vietqr.purpose_text(f"OCOP {code}")


def transfer_qr(attempt: PaymentAttempt, title: str) -> SafeString | None:
    """The VietQR code of an open attempt, as SVG."""
    to = account()
    if to is None:
        return None
    payload = vietqr.build(bin=to["bin"], account=to["number"], amount=attempt.amount, purpose=attempt.memo)
    return vietqr.qr_svg(payload, title)
