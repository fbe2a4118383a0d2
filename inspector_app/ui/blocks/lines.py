"""A block as a line of a text area: what the line shows, and what it remembers of its block.

Id, kind, level and evidence are properties of the line's block format. Qt copies a format to both
halves when a line is split and keeps the front one's when two are joined, which is just what blocks
need; user data would be lost at either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.spelling.places import TextPlace
from inspector_app.texts import clean_text, collapse_spaces, count_units, pluralise, shorten

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock

    from inspector_app.domain.entities import Block, BlockKind

_FIRST = int(QTextFormat.Property.UserProperty)
_ID, _KIND, _LEVEL, _EVIDENCE, _CONTENT = range(_FIRST + 1, _FIRST + 6)
LINE_BREAK = "\u2028"
"""Qt's character for a line break within a block."""
EMBEDDED_KINDS = frozenset({"table", "image"})
"""Kinds of embedded objects: their line is moved and deleted, not typed into."""
EMBEDDED_OBJECT = int(QTextFormat.ObjectTypes.UserObject) + 1
"""What paints the character of an embedded object; see `embedded`."""
_OBJECT = "\ufffc"
"""Qt's character for an object in the text."""
BOLD_KINDS = frozenset({"heading", "breach", "recommendation"})
_LONGEST_CELLS = 60


def shown_text(block: Block) -> str:
    """Return the text that the line of a block has, line breaks as newlines."""
    return _OBJECT if block.kind in EMBEDDED_KINDS else clean_text(block.text)


def describe_embedded(block: Block) -> str:
    """Return a table or picture in words, for who does not see it."""
    if block.kind == "table":
        return _summarise_table(block)
    return f"Picture: {collapse_spaces(clean_text(block.caption or block.text or 'no caption'))}"


def _summarise_table(table: Block) -> str:
    first = table.header or (table.rows[0] if table.rows else ())
    cells = " | ".join(collapse_spaces(clean_text(cell)) for cell in first).strip(" |")
    rows = f"Table, {pluralise(len(table.rows) + bool(table.header), 'row')}"
    return f"{rows}: {shorten(cells, _LONGEST_CELLS)}" if cells else rows


def wanted_block(block: Block) -> WantedBlock:
    """Return the line that stands for a block as it is."""
    return WantedBlock(block.kind, block.text, block.id, block.level, block.evidence)


def is_shown(line: QTextBlock, block: Block) -> bool:
    """Tell whether a line shows all of a block."""
    shape = line.blockFormat()
    return (
        line_text(line) == shown_text(block)
        and line_id(line) == block.id
        and _kind(shape) == block.kind
        and _level(shape) == block.level
        and _evidence(shape) == block.evidence
        and str(shape.property(_CONTENT) or "") == _content(block)
    )


def line_text(line: QTextBlock) -> str:
    """Return the text of a line, line breaks as newlines."""
    return line.text().replace(LINE_BREAK, "\n")


def line_id(line: QTextBlock) -> str:
    """Return the id of the block that a line shows, or ""."""
    return str(line.blockFormat().property(_ID) or "")


def line_kind(line: QTextBlock) -> BlockKind:
    """Return the kind of a line."""
    return _kind(line.blockFormat())


def is_embedded(line: QTextBlock) -> bool:
    """Tell whether a line names an embedded object: a table or a picture."""
    return line_kind(line) in EMBEDDED_KINDS


def line_level(line: QTextBlock) -> int:
    """Return how deep a bullet is nested."""
    return _level(line.blockFormat())


def line_evidence(line: QTextBlock) -> tuple[str, ...]:
    """Return the ids of the notes behind a line."""
    return _evidence(line.blockFormat())


def place_of_line(line: QTextBlock) -> TextPlace | None:
    """Return the field that holds the text of a line; None for an embedded object."""
    return None if is_embedded(line) else TextPlace(line_id(line), "text")


def read_line(line: QTextBlock) -> WantedBlock:
    """Return the block that a line asks for."""
    shape = line.blockFormat()
    return WantedBlock(
        _kind(shape),
        clean_text(line_text(line)),
        str(shape.property(_ID) or ""),
        _level(shape),
        _evidence(shape),
    )


def line_format(line: WantedBlock, block: Block | None = None) -> QTextBlockFormat:
    """Return the block format of a line, which shows a block if there is one already."""
    shape = QTextBlockFormat()
    shape.setProperty(_ID, line.id)
    shape.setProperty(_KIND, line.kind)
    shape.setProperty(_LEVEL, line.level)
    shape.setProperty(_EVIDENCE, ",".join(line.evidence))
    if block is not None and (content := _content(block)):
        shape.setProperty(_CONTENT, content)
    if line.kind == "bullet":
        shape.setIndent(1 + line.level)
    shape.setTopMargin(8 if line.kind in BOLD_KINDS else 2)
    shape.setBottomMargin(4 if line.kind == "bullet" else 8)
    return shape


def char_format(kind: str) -> QTextCharFormat:
    """Return the character format of a kind."""
    shape = QTextCharFormat()
    if kind in BOLD_KINDS:
        shape.setFontWeight(QFont.Weight.Bold)
    elif kind in EMBEDDED_KINDS:
        shape.setObjectType(EMBEDDED_OBJECT)
    return shape


def apply_line_format(there: QTextBlock, line: WantedBlock, block: Block | None = None) -> None:
    """Give a line another kind, level, id or evidence; its text stays."""
    cursor = QTextCursor(there)
    cursor.setBlockFormat(line_format(line, block))
    letters = char_format(line.kind)
    cursor.setBlockCharFormat(letters)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(letters)


def replace_text(line: QTextBlock, old: str, new: str) -> None:
    """Give a line another text, editing only what differs."""
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    start = line.position()
    cursor = QTextCursor(line)
    cursor.setPosition(start + count_units(old[:head]))
    cursor.setPosition(start + count_units(old[: len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(new[head : len(new) - tail].replace("\n", LINE_BREAK))


def _kind(shape: QTextBlockFormat) -> BlockKind:
    return cast("BlockKind", str(shape.property(_KIND) or "paragraph"))


def _level(shape: QTextBlockFormat) -> int:
    return int(shape.property(_LEVEL) or 0)


def _evidence(shape: QTextBlockFormat) -> tuple[str, ...]:
    ids = str(shape.property(_EVIDENCE) or "")
    return tuple(ids.split(",")) if ids else ()


def _content(block: Block) -> str:
    """Return what makes a line be laid out again when the object in it has changed."""
    return str(hash(block)) if block.kind in EMBEDDED_KINDS else ""
