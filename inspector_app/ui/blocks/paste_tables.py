"""A table of HTML while it is being read: cells that span others, bold rows, tables in tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.ui.blocks.tables import MOST_COLUMNS, make_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.domain.block_edits import WantedBlock

_BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_BOLD_CLASS = re.compile(
    r"\.([\w-]+)\s*\{[^{}]*font-weight:\s*(?:bold|[6-9]00)[^{}]*\}", re.IGNORECASE
)
_NESTING = {"b", "strong", "span", "p", "div", "font", "a", "em", "i", "u", "td", "th"}
_MOST_ROWS_SPANNED = 10_000


class BoldText:
    """Whether what is read is bold, by tags, styles and the classes that spreadsheets write."""

    def __init__(self, html: str) -> None:
        self._classes = set(_BOLD_CLASS.findall(html))
        self._open: list[tuple[str, bool]] = []

    def __bool__(self) -> bool:
        return any(bold for _, bold in self._open)

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """Note a start tag."""
        if tag in _NESTING:
            classes = self._classes.intersection(attrs.get("class", "").split())
            style = _BOLD_STYLE.search(attrs.get("style", ""))
            self._open.append((tag, bool(classes or style) or tag in {"b", "strong"}))

    def end(self, tag: str) -> None:
        """Note an end tag; it also ends tags within that were left open."""
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass


class OpenTable:
    """The rows of one table, as far as they have been read."""

    def __init__(self) -> None:
        self.is_layout = False
        """Whether it holds another table, and is there for layout."""
        self.in_cell = False
        self._rows: list[list[str]] = []
        self._bold: list[bool] = []
        self._heads: list[bool] = []
        self._in_head = False
        self._spanned: dict[int, int] = {}
        """By column: the number of rows below that a cell spans."""
        self._across = 1
        self._down = 1
        self._cell: list[str] = []
        self._plain = False

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """Take a tag of a table: thead, tbody, tr, td, th."""
        if tag in {"thead", "tbody", "tfoot"}:
            self.end_cell()
            self._in_head = tag == "thead"
        elif tag == "tr":
            self.end_cell()
            self._start_row()
        elif tag in {"td", "th"}:
            self.end_cell()
            if not self._rows:
                self._start_row()
            self.in_cell = True
            self._across = _number(attrs.get("colspan", ""), MOST_COLUMNS + 1)
            self._down = _number(attrs.get("rowspan", ""), _MOST_ROWS_SPANNED)
            self._heads[-1] = self._heads[-1] and (tag == "th" or self._in_head)

    def add_text(self, text: str, *, bold: bool) -> None:
        """Take text of the open cell."""
        self._cell.append(text)
        if text.strip():
            self._plain = self._plain or not bold

    def end_cell(self) -> None:
        """Add the open cell to its row, with empty cells where it spans columns."""
        if not self.in_cell:
            return
        self.in_cell = False
        row = self._rows[-1]
        self._skip_spanned(row)
        for index in range(self._across):
            if self._down > 1:
                self._spanned[len(row)] = self._down - 1
            row.append("" if index else "".join(self._cell))
        if self._plain:
            self._bold[-1] = False
        self._cell.clear()

    def _start_row(self) -> None:
        if self._rows:
            self._skip_spanned(self._rows[-1])
        self._rows.append([])
        self._bold.append(True)
        self._heads.append(True)

    def _skip_spanned(self, row: list[str]) -> None:
        """Add empty cells for those above that span this row."""
        while self._spanned.get(len(row), 0):
            self._spanned[len(row)] -= 1
            row.append("")

    def get_rows(self) -> list[list[str]]:
        """Return the cells, as they were written."""
        self.end_cell()
        return self._rows

    def finish(self) -> WantedBlock | None:
        """Return the table block; None where the rows make no table."""
        rows = self.get_rows()
        filled = [index for index, row in enumerate(rows) if any(cell.strip() for cell in row)]
        if not filled:
            return None
        return make_table(
            [rows[index] for index in filled],
            marked=self._heads[filled[0]] and not all(self._heads[index] for index in filled),
            bold=[self._bold[index] for index in filled],
        )


def _number(text: str, most: int) -> int:
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() else 1
