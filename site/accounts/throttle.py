"""How often somebody may try: counted in the cache, whose loss lets people through rather than keeping them out."""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache


def count_try(name: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `name` ("find_purchase") by `who` (an address, a telephone); True while it is allowed.

    At most `limit` tries in `seconds`, reckoned from the first. Tries beyond the limit do not lengthen the wait.
    """
    key = _key(name, who)
    if cache.add(key, 1, seconds):
        return limit >= 1
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it ran out between the two
        cache.add(key, 1, seconds)
        return limit >= 1


def forget_try(name: str, who: str) -> None:
    """Take one counted try back: it was no guess."""
    try:
        cache.decr(_key(name, who))
    except ValueError:
        return


def client_address(request) -> str:
    """The network address that a request comes from.

    Behind our own proxy (the site then stands at an https address) it is the last entry of X-Forwarded-For, which the
    proxy wrote; what stands before it, and the whole header elsewhere, is the sender's invention.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    if not settings.IS_HTTPS:
        return direct
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or direct


def _key(name: str, who: str) -> str:
    return f"try:{name}:{sha256(who.encode()).hexdigest()[:32]}"
