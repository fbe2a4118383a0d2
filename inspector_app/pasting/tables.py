"""Pasted cells as a table block: trimmed, in rows of one length, with or without a header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block
from inspector_app.pasting.signs import clean_signs, collapse
from inspector_app.texts import clean_text, collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_COLUMNS = 63
"""The most columns that Word takes."""
_LONGEST_HEAD = 40
_NUMBER = re.compile(r"[-+£$€(]?\s*\d[\d,.:/\s]*%?\)?$")
_SENTENCE_END = re.compile(r"[.!?;]$")
_LIST_MARK = re.compile(
    r"(?:[•·●▪■◦‣⁃∙○➢\uf0b7\uf0a7§o*–—-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})[.)])?$"
)


def make_table(
    rows: Sequence[Sequence[str]],
    *,
    marked: bool = False,
    bold: Sequence[bool] = (),
    fewest: tuple[int, int] = (2, 2),
) -> WantedBlock | None:
    """Return cells as a new table block; None where they are no table, or too wide for one.

    Empty rows and columns at the end are left out. A single cell is no table.

    Args:
        rows: The cells, row by row; short rows are filled up.
        marked: The first row was said to be the header.
        bold: Whether all of a row is bold, row by row.
        fewest: The rows and columns that make a table.
    """
    cells = square(rows)
    height, width = len(cells), len(cells[0]) if cells else 0
    if height < fewest[0] or not fewest[1] <= width <= MOST_COLUMNS or height * width < 2:
        return None
    header = height > 1 and (marked or _is_set_apart(bold, height) or is_header(cells))
    first, rest = (cells[0], cells[1:]) if header else ((), cells)
    return WantedBlock("table", "", like=Block(id="new", kind="table", header=first, rows=rest))


def square(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return rows of one length, without the empty rows and columns at the end."""
    cells = [[_clean(cell) for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    width = max((_width(row) for row in cells), default=0)
    return tuple(tuple((row + [""] * width)[:width]) for row in cells)


def is_header(cells: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row of a table looks like its header.

    It does where it names every column, and
    - there are only texts in it, with numbers alone in some column below; or
    - its texts are short, all different and no sentences, and there are three columns or more.
      Of two columns the first often names the rows (“Name”, “Role”): there it must also be
      plainly shorter than what stands below.
    """
    first, rest = cells[0], cells[1:]
    if not all(first) or any(_NUMBER.match(cell) for cell in first):
        return False
    for column in range(len(first)):
        below = [row[column] for row in rest if row[column]]
        if below and all(_NUMBER.match(cell) for cell in below):
            return True
    if (
        len(first) == 1
        or len({cell.casefold() for cell in first}) < len(first)
        or any(len(cell) > _LONGEST_HEAD or _SENTENCE_END.search(cell) for cell in first)
        or any(character.isdigit() for cell in first for character in cell)
    ):
        return False
    if len(first) > 2:
        return True
    below = [row[1] for row in rest]
    return sum(map(len, below)) >= 2 * len(below) * len(first[1])


def find_tables(lines: Sequence[str]) -> dict[int, tuple[int, WantedBlock]]:
    """Return the tables in plain text: by first line, the line behind the last and the table.

    Neighbouring lines with tabs are one, unless they are a list: a mark, a tab, a text.
    """
    found: dict[int, tuple[int, WantedBlock]] = {}
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and "\t" in lines[end]:
            end += 1
        rows = square([line.split("\t") for line in lines[start:end]])
        is_list = rows and len(rows[0]) == 2 and all(_LIST_MARK.match(row[0]) for row in rows)
        table = make_table(rows) if rows and not is_list else None
        if table is not None:
            found[start] = (end, table)
        start = max(end, start + 1)
    return found


def are_too_wide(lines: Sequence[WantedBlock]) -> bool:
    """Tell whether pasted lines would be a table but for too many columns."""
    return sum(line.text.count("\t") >= MOST_COLUMNS for line in lines) > 1


def as_rows(block: Block) -> list[list[str]]:
    """Return all rows of a table, the header in front."""
    header = [list(block.header)] if block.header else []
    return header + [list(row) for row in block.rows]


def as_text(block: Block) -> str:
    """Return a table as spreadsheets take it: a line a row, tabs between the cells."""
    return "\n".join(
        "\t".join(collapse_spaces(clean_text(cell)) for cell in row) for row in as_rows(block)
    )


def _is_set_apart(bold: Sequence[bool], count: int) -> bool:
    return bool(bold) and bold[0] and not all(bold[:count])


def _clean(cell: str) -> str:
    return "\n".join(filter(None, map(collapse, clean_signs(cell).split("\n"))))


def _width(row: Sequence[str]) -> int:
    return max((index + 1 for index, cell in enumerate(row) if cell), default=0)
