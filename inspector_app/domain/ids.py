"""Identifiers: letters and digits only, at most 32, so that they fit into Word's bookmarks."""

from __future__ import annotations

import hashlib
import re
import secrets

ID_PATTERN = re.compile(r"[a-z0-9]{1,32}")
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_SIGNS = bytes(ord(_ALPHABET[value % len(_ALPHABET)]) for value in range(256))
_LENGTH = 13  # 36^13 is 67 bits: two of a million blocks meet once in a hundred million inspections


def is_own_id(text: str) -> bool:
    """Tell whether a text has the form of our ids."""
    return ID_PATTERN.fullmatch(text) is not None


def new_id() -> str:
    """Return a fresh random id."""
    # Of 256 values each sign stands for 7, some for 8: that costs a thousandth of a bit, and a
    # pasted text needs thousands of ids at once.
    return secrets.token_bytes(_LENGTH).translate(_SIGNS).decode("ascii")


def id_from(seed: str) -> str:
    """Return the id that belongs to a seed: the same seed always gives the same id."""
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass")).digest()
    return _write(int.from_bytes(digest[:10]))


def _write(number: int) -> str:
    """Return the last digits of a number in base 36, the lowest in front."""
    digits = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, 36)
        digits.append(_ALPHABET[digit])
    return "".join(digits)
