"""A table of HTML while it is being read: cells that span others, hidden columns, bold rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.pasting.tables import MOST_COLUMNS, make_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from inspector_app.domain.block_edits import WantedBlock

_MOST_ROWS_SPANNED = 10_000


class Cell(NamedTuple):
    """A cell as it was written; only the first of the places that it spans has the text."""

    text: str
    is_bold: bool
    is_hidden: bool
    is_spanned: bool = False
    """It belongs to the cell at its left, or above."""


class Row:
    """A row of a table, as far as it has been read."""

    def __init__(self, *, in_head: bool, is_hidden: bool) -> None:
        self.cells: list[Cell] = []
        self.is_head = in_head
        """Whether all of its cells are said to be of the header."""
        self.in_head = in_head
        self.is_hidden = is_hidden


class Grid:
    """The rows of one table.

    Args:
        table: The element.
        is_spreadsheet: A single column is a table, too.
    """

    def __init__(self, table: etree._Element, *, is_spreadsheet: bool) -> None:
        self._rows: list[Row] = []
        self._spanned: dict[int, tuple[int, bool]] = {}
        """By column: the number of rows below that a cell spans, and whether it is hidden."""
        self._columns = list(_read_columns(table))
        """Whether each column is hidden, as far as the table says so."""
        self._fewest = (1, 1) if is_spreadsheet else (1, 2)
        """Rows and columns that make a table."""

    def start_row(self, *, in_head: bool, is_hidden: bool) -> None:
        """Begin a row."""
        self._end_row()
        self._rows.append(Row(in_head=in_head, is_hidden=is_hidden))

    def add_cell(self, element: etree._Element, text: str, *, is_bold: bool) -> None:
        """Add a cell that was read, with empty cells where it spans others."""
        row = self._rows[-1]
        if not row.cells:
            row.is_head = True
        row.is_head = row.is_head and (element.tag == "th" or row.in_head)
        self._skip_spanned(row)
        down = _number(element.get("rowspan"), _MOST_ROWS_SPANNED)
        hidden = element.get("hidden") is not None
        for index in range(_number(element.get("colspan"), MOST_COLUMNS + 1)):
            if down > 1:
                self._spanned[len(row.cells)] = (down - 1, hidden)
            cell = Cell("" if index else text, is_bold or not text, hidden, bool(index))
            row.cells.append(cell)

    def get_rows(self) -> list[list[str]]:
        """Return the cells that are seen, as they were written."""
        self._end_row()
        return [[cell.text for cell in row.cells] for row in self._seen()]

    def make_block(self) -> WantedBlock | None:
        """Return the table block; None where the cells make no table."""
        self._end_row()
        rows = [row for row in self._seen() if any(cell.text for cell in row.cells)]
        if not rows:
            return None
        return make_table(
            [[cell.text for cell in row.cells] for row in rows],
            marked=rows[0].is_head and not all(row.is_head for row in rows),
            bold=[all(cell.is_bold for cell in row.cells) for row in rows],
            fewest=self._fewest,
        )

    def _seen(self) -> Iterator[Row]:
        """Yield the rows without what is hidden."""
        hidden = self._find_hidden_columns()
        for row in self._rows:
            if not row.is_hidden:
                seen = Row(in_head=row.in_head, is_hidden=False)
                seen.is_head = row.is_head
                seen.cells = list(_drop(row.cells, hidden))
                yield seen

    def _find_hidden_columns(self) -> set[int]:
        width = max((len(row.cells) for row in self._rows), default=0)
        # Some programs say that a column is hidden and leave its cells out.
        has_all = width > self._columns.count(False)
        hidden = {index for index, gone in enumerate(self._columns) if gone and has_all}
        shown: set[int] = set()
        gone: set[int] = set()
        for row in self._rows:
            for index, cell in enumerate(row.cells if not row.is_hidden else ()):
                if not cell.is_spanned:
                    (gone if cell.is_hidden else shown).add(index)
        return hidden | (gone - shown)

    def _end_row(self) -> None:
        if self._rows:
            self._skip_spanned(self._rows[-1])

    def _skip_spanned(self, row: Row) -> None:
        """Add empty cells for those above that span this row."""
        while (at := len(row.cells)) in self._spanned:
            left, hidden = self._spanned.pop(at)
            if left > 1:
                self._spanned[at] = (left - 1, hidden)
            row.cells.append(Cell("", is_bold=True, is_hidden=hidden, is_spanned=True))


def _drop(cells: list[Cell], hidden: set[int]) -> Iterator[Cell]:
    """Yield the cells that are seen; the text of a merged one stands in the first of these."""
    carried = ""
    for index, cell in enumerate(cells):
        if not cell.is_spanned:
            carried = ""
        text, carried = cell.text or carried, ""
        if cell.is_hidden:
            continue
        if index in hidden:
            carried = text
            continue
        yield cell._replace(text=text)


def _read_columns(table: etree._Element) -> Iterator[bool]:
    for child in table:
        if child.tag == "col":
            yield from _read_column(child)
        elif child.tag == "colgroup":
            columns = [inner for inner in child if inner.tag == "col"]
            for column in columns or [child]:
                yield from _read_column(column)


def _read_column(column: etree._Element) -> Iterator[bool]:
    for _ in range(_number(column.get("span"), MOST_COLUMNS + 1)):
        yield column.get("hidden") is not None


def _number(text: str | None, most: int) -> int:
    return max(1, min(int(text[:9]), most)) if text and text.isascii() and text.isdigit() else 1
