"""The text of one paragraph or cell while it is being read."""

from __future__ import annotations

import re

BREAK = "\v"
"""A line break within a paragraph or cell."""
# What Word shows to programs that know no lists, no comments, no fields.
_HIDES = re.compile(
    r"!\s*support(?:lists|annotations|footnotes|endnotes)|supportfields|[^!]*\bvml\b"
)


class Run:
    """Gathers text; takes back what turns out to be the code of a field or a mark that was drawn.

    A condition or field that does not end takes nothing away.
    """

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._parts: list[str] = []
        self._conditions: list[tuple[str, int]] = []
        self._fields: list[int | None] = []
        """Where the code of each open field starts; None behind it."""
        self.is_bold = True
        """Whether nothing in it is not bold."""
        self.lost_mark = False
        """Whether a mark was taken back."""

    def add(self, text: str, *, bold: bool) -> None:
        """Add text."""
        if text:
            self._parts.append(text)
            self.is_bold = self.is_bold and (bold or not text.strip())

    def add_break(self) -> None:
        """Add a line break."""
        self._parts.append(BREAK)

    def start_condition(self, condition: str) -> None:
        """Note where something begins that is shown on a condition."""
        self._conditions.append((condition.lower(), len(self._parts)))

    def end_condition(self) -> None:
        """Take back what the last condition showed, if it shows what no reader of ours needs."""
        if self._conditions:
            condition, start = self._conditions.pop()
            if _HIDES.match(condition):
                del self._parts[start:]
                self.lost_mark = True

    def take_field(self, part: str) -> None:
        """Note where a field begins, where its code ends and where it ends itself."""
        if part == "field-begin":
            self._fields.append(len(self._parts))
        elif self._fields:
            start = self._fields.pop()
            if start is not None:
                del self._parts[start:]
            if part == "field-separator":
                self._fields.append(None)

    def take(self) -> str:
        """Return the text, and begin anew."""
        text = "".join(self._parts)
        self._reset()
        return text
