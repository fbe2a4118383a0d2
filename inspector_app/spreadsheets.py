"""Tables as CSV that no spreadsheet takes for formulas.

What a person typed may begin like a formula, and would be run by whoever opens the table. An
apostrophe in front makes it text, for Excel, LibreOffice and Google Sheets alike; numbers, negative
ones too, stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SIGNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b")
_HIDDEN = re.compile('[\\s"\x00-\x1f\u200b-\u200f\u2060\ufeff]*')
"""What spreadsheets pass over before they look at a cell."""
_SEPARATORS = re.compile("([;\t\r\n])")
_NUMBER = re.compile(r"[+\-\u2212]?(?:[\d.,]*\d%?(?:[eE][+\-]?\d+)?)?\s*")
"""A sign alone, as tables have it for “nothing”, counts as one."""


def make_cell_safe(text: str) -> str:
    """Return the text of a cell with an apostrophe before whatever would begin a formula.

    Where the list separator is the semicolon, a table with commas is split at semicolons and, since
    quotes within a line are no quotes then, at the ends of lines: what follows begins a cell there.
    """
    safe = "".join(
        f"'{piece}" if _begins_formula(piece) else piece for piece in _SEPARATORS.split(text)
    )
    return f"'{safe}" if safe.startswith(("\t", "\r", "\n")) else safe


def _begins_formula(piece: str) -> bool:
    hidden = _HIDDEN.match(piece)
    start = hidden.end() if hidden else 0
    return start < len(piece) and piece[start] in _SIGNS and not _NUMBER.fullmatch(piece, start)


def write_csv(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Return rows as CSV with safe cells; lines end in CR LF, as in RFC 4180."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([make_cell_safe(cell) for cell in row] for row in rows)
    return text.getvalue()
