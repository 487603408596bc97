"""The ten signs printed under a star, by which anybody can check it."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O, 1 I L and U, which are misread or misheard
LENGTH = 10


def new_check_code() -> str:
    """Ten random signs: 30^10 codes, so that nobody finds one by trying."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy_check_code(typed: str) -> str:
    """A code as somebody typed it: without spaces and dashes, in capitals."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:60]
