"""Long texts on one line."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")


def make_one_line(text: str, longest: int = 240) -> str:
    """Return a text as one line that a row or a button can hold."""
    line = _SPACES.sub(" ", text[: 4 * longest]).strip()
    return f"{line[: longest - 1]}…" if len(line) > longest else line
