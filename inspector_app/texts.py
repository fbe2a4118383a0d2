"""What is done to texts in every layer: spaces collapsed, ends cut off, things counted in words."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# U+FDD0, U+FDD1 and U+FFFC mean frames and objects inside a text area.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Return a text without the characters that no text area or report can hold."""
    if text.isprintable() and "\ufffc" not in text:
        return text
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text))


def collapse_spaces(text: str) -> str:
    """Return a text as one line: each run of spaces, tabs and breaks is one space."""
    return " ".join(text.split())


def shorten(text: str, longest: int = 240) -> str:
    """Return the beginning of a text as one line of so many characters at most.

    The last is an ellipsis where something is cut off. Of a long text only the beginning is
    looked at.
    """
    line = " ".join(text.split(maxsplit=longest)[:longest])
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def pluralise(number: int, one: str, many: str = "") -> str:
    """Return how many there are of something: “1 note”, “2,000 notes”.

    Args:
        number: How many.
        one: What one of them is called.
        many: What several are called, where that is not `one` and an “s”.
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def count_units(text: str) -> int:
    """Return how many of Qt's characters a text is: emoji are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
