"""A report as Qt's text, put together from pieces; a piece that changes is changed in place.

Qt reads HTML of a whole report in a tenth of a second and lays it out in another, at ten times the
usual size in a whole one. A piece takes some milliseconds, whatever the size of the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextListFormat,
    QTextTable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QTextList, QTextTableCell, QTextTableFormat

    from inspector_app.report.pieces import Hunk, Piece

_BLOCK = re.compile(r'<(?P<tag>\w+) data-id="(?P<id>[^"]*)"[^>]*>')
_NEIGHBOUR = "<li>.</li>"
_LONGEST_LIST = 16
"""Bullets that Qt keeps as one list: it lays out the whole list when one of them comes or goes."""


def put_anchors(html: str) -> str:
    """Return HTML whose blocks have their ids as anchors.

    Qt keeps names of anchors, not attributes of its own making.
    """
    return _BLOCK.sub(_put_anchor, html)


def _put_anchor(found: re.Match[str]) -> str:
    anchor = f'<a name="{found["id"]}"></a>'
    return anchor + found[0] if found["tag"] == "table" else found[0] + anchor


class ReportText:
    """Keeps a text document in step with the pieces of a report."""

    def __init__(self, document: QTextDocument, name_pictures: Callable[[str], str] = str) -> None:
        self._document = document
        self._name_pictures = name_pictures
        self._document.setUndoRedoEnabled(False)
        self._scratch = QTextDocument()
        self._scratch.setUndoRedoEnabled(False)
        self.pieces: list[Piece] = []
        self._sizes: list[int] = []
        """How many of Qt's blocks each piece has, an empty one before a table included."""
        self._is_open = True
        """Whether the document ends with an empty block that nothing stands in yet."""

    def clear(self, style: str) -> None:
        """Start again with nothing, in another style sheet."""
        self._document.clear()
        self._scratch.setDefaultFont(self._document.defaultFont())
        self._scratch.setDefaultStyleSheet(style)
        self.pieces.clear()
        self._sizes.clear()
        self._is_open = True

    def append(self, pieces: Iterable[Piece]) -> None:
        """Put pieces at the end."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for piece in pieces:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            self.pieces.append(piece)
            self._sizes.append(self._append(cursor, piece))
        cursor.endEditBlock()

    def replace(self, hunk: Hunk) -> bool:
        """Put pieces in the place of others; False: it takes building the text anew."""
        start, end, pieces = hunk.start, hunk.start + hunk.removed, list(hunk.pieces)
        if end == start or not pieces:
            # Something always stays, whose place the rest can be put beside.
            if end < len(self.pieces) and not self.pieces[end].is_table:
                pieces.append(self.pieces[end])
                end += 1
            elif start and not self.pieces[start - 1].is_table:
                start -= 1
                pieces.insert(0, self.pieces[start])
            else:
                return False
        first = sum(self._sizes[:start])
        block = self._document.findBlockByNumber(first)
        if any(piece.is_table for piece in (*pieces, *self.pieces[start:end])):
            if end - start != 1 or len(pieces) != 1:
                return False
            last = self._document.findBlockByNumber(first + self._sizes[start] - 1)
            return self._replace_table(start, last, pieces[0])
        count = sum(self._sizes[start:end])
        last = self._document.findBlockByNumber(first + count - 1)
        cursor = QTextCursor(block)
        cursor.beginEditBlock()
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        sizes = []
        for index, piece in enumerate(pieces):
            if index:
                cursor.insertBlock()
            blocks = self._read(piece)
            _put_blocks(cursor, blocks, begins_list=piece.place not in {"middle", "last"})
            sizes.append(len(blocks))
        cursor.endEditBlock()
        self.pieces[start:end] = pieces
        self._sizes[start:end] = sizes
        return True

    def _append(self, cursor: QTextCursor, piece: Piece) -> int:
        if piece.is_table:
            table = self._read_table(piece)
            if table is not None:
                before = self._document.blockCount()
                lead = int(self._is_open)
                new = cursor.insertTable(table.rows(), table.columns(), _widen(table))
                _put_cells(new, table, merge=True)
                self._is_open = True
                # The block behind the table is the next piece's.
                return self._document.blockCount() - before - 1 + lead
        if not self._is_open:
            cursor.insertBlock()
        self._is_open = False
        blocks = self._read(piece)
        _put_blocks(cursor, blocks, begins_list=piece.place not in {"middle", "last"})
        return len(blocks)

    def _replace_table(self, index: int, block: QTextBlock, piece: Piece) -> bool:
        old = _get_table(block)
        new = self._read_table(piece)
        if old is None or new is None or _shape(old) != _shape(new):
            return False
        cursor = QTextCursor(block)
        cursor.beginEditBlock()
        before = self._document.blockCount()
        _put_cells(old, new, merge=False)
        cursor.endEditBlock()
        self.pieces[index] = piece
        self._sizes[index] += self._document.blockCount() - before
        return True

    def _read(self, piece: Piece) -> list[QTextBlock]:
        """Return the blocks that Qt makes of a piece; good until the next is read."""
        # The first and the last of a list have other margins than those between.
        before = _NEIGHBOUR if piece.place in {"middle", "last"} else ""
        after = _NEIGHBOUR if piece.place in {"first", "middle"} else ""
        inner = self._name_pictures(put_anchors(piece.html))
        self._scratch.setHtml(f"{piece.opening}{before}{inner}{after}{piece.closing}")
        blocks = []
        block = self._scratch.begin()
        while block.isValid():
            blocks.append(block)
            block = block.next()
        return blocks[bool(before) : len(blocks) - bool(after)]

    def _read_table(self, piece: Piece) -> QTextTable | None:
        self._read(piece)
        frames = self._scratch.rootFrame().childFrames()
        return frames[0] if frames and isinstance(frames[0], QTextTable) else None


def _put_blocks(cursor: QTextCursor, blocks: Sequence[QTextBlock], *, begins_list: bool) -> None:
    """Write blocks of another document over the empty one in which the cursor is."""
    for index, block in enumerate(blocks):
        if index:
            cursor.insertBlock()
        shape = block.blockFormat()
        items = _get_list(block)
        begins = begins_list and index == 0
        found = (
            _find_list(cursor.block(), items.format(), begins=begins) if items is not None else None
        )
        shape.setObjectIndex(found.objectIndex() if found is not None else -1)
        cursor.setBlockFormat(shape)
        cursor.setBlockCharFormat(block.charFormat())
        part = block.begin()
        while not part.atEnd():
            fragment = part.fragment()
            cursor.insertText(fragment.text(), fragment.charFormat())
            part += 1
        if items is not None and found is None:
            cursor.createList(items.format())


def _find_list(block: QTextBlock, shape: QTextListFormat, *, begins: bool) -> QTextList | None:
    """Return the list that a line is in or goes on with; None: it begins one."""
    is_numbered = shape.style().value <= QTextListFormat.Style.ListDecimal.value
    current = _get_list(block)
    if current is not None and current.format() == shape and not (begins and is_numbered):
        if is_numbered or current.count() <= _LONGEST_LIST:
            return current
        return None
    above = block.previous()
    while not begins and above.isValid() and (found := _get_list(above)) is not None:
        if found.format() == shape and (is_numbered or found.count() < _LONGEST_LIST):
            return found
        if found.format().indent() <= shape.indent():
            return None
        above = above.previous()
    return None


def _get_list(block: QTextBlock) -> QTextList | None:
    """Return the list of a line. Qt's types do not say that there may be none."""
    return block.textList()


def _get_table(block: QTextBlock) -> QTextTable | None:
    return QTextCursor(block).currentTable()


def _widen(table: QTextTable) -> QTextTableFormat:
    """Return a table's format with the whole width, as in print."""
    shape = table.format()
    shape.setObjectIndex(-1)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return shape


def _put_cells(target: QTextTable, source: QTextTable, *, merge: bool) -> None:
    for row in range(source.rows()):
        for column in range(source.columns()):
            cell = source.cellAt(row, column)
            if (cell.row(), cell.column()) != (row, column):
                continue
            if merge and (cell.rowSpan() > 1 or cell.columnSpan() > 1):
                target.mergeCells(row, column, cell.rowSpan(), cell.columnSpan())
            _put_cell(target.cellAt(row, column), cell)


def _put_cell(target: QTextTableCell, source: QTextTableCell) -> None:
    shape = source.format()
    shape.setObjectIndex(-1)
    target.setFormat(shape)
    cursor = target.firstCursorPosition()
    cursor.setPosition(target.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    blocks = []
    block = source.firstCursorPosition().block()
    last = source.lastCursorPosition().block()
    while block.isValid():
        blocks.append(block)
        if block == last:
            break
        block = block.next()
    _put_blocks(cursor, blocks, begins_list=False)


def _shape(table: QTextTable) -> list[tuple[int, int, int, int]]:
    cells = (
        table.cellAt(row, column)
        for row in range(table.rows())
        for column in range(table.columns())
    )
    return [(cell.row(), cell.column(), cell.rowSpan(), cell.columnSpan()) for cell in cells]
