"""Places in a text as Qt counts them."""

from __future__ import annotations


def count_units(text: str) -> int:
    """Return how many of Qt's characters a text is: emoji are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
