"""Texts as Qt counts and wraps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QTextEdit

_WRAP = QTextOption.WrapMode
_LONG_WORD = 20_000
"""Letters without a space."""


def choose_wrapping(area: QTextEdit, texts: Iterable[str]) -> None:
    """Have a text area break words anywhere if one of its texts has a very long one.

    Before an edit the texts are those before and after it: another wrapping lays out all of them.
    """
    # WORKAROUND: Qt looks for the end of the word anew in each line that a long one fills.
    is_long = any(_has_long_word(text) for text in texts)
    mode = _WRAP.WrapAnywhere if is_long else _WRAP.WrapAtWordBoundaryOrAnywhere
    if area.wordWrapMode() != mode:
        area.setWordWrapMode(mode)


def _has_long_word(text: str) -> bool:
    return len(text) > _LONG_WORD and max(map(len, text.split()), default=0) > _LONG_WORD


def skip_units(text: str, units: int) -> str:
    """Return a text without its first characters, as many as Qt counts."""
    return text.encode("utf-16-le", "surrogatepass")[2 * units :].decode("utf-16-le", "replace")
