"""Blocks on the clipboard: as plain text for other programs, whole for this one."""

from __future__ import annotations

import atexit
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import msgspec
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Block, EvidenceNote
from inspector_app.domain.inspection import entity_from_plain, entity_to_plain
from inspector_app.pasting.pasted import finish
from inspector_app.pasting.reading import is_large, read_pasted
from inspector_app.pasting.tables import MOST_COLUMNS, are_too_wide, as_text
from inspector_app.ui.blocks.large_paste import LargePaste
from inspector_app.ui.blocks.lines import EMBEDDED_KINDS, is_embedded, read_line
from inspector_app.ui.blocks.operations import selected_text
from inspector_app.ui.widgets.file_drops import find_paths
from inspector_app.ui.widgets.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTextEdit

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Plain
    from inspector_app.domain.inspection import Inspection
    from inspector_app.pasting.pasted import Pasted
    from inspector_app.ui.blocks.files import BlockFiles
    from inspector_app.ui.blocks.operations import BlockOperations
    from inspector_app.ui.prompts import Prompts

OWN_FORMAT = "application/x-inspector-blocks"
_TOO_WIDE = (
    f"A table of the report can have {MOST_COLUMNS} columns at most, as in Word. Nothing is lost. "
    "To get tables, undo, and paste it in two parts."
)


@dataclass(eq=False)
class BlockClipboard:
    """Cuts, copies and pastes the blocks of a text area."""

    _area: QTextEdit
    _document: InspectionDocument
    _operations: BlockOperations
    _files: BlockFiles
    _prompts: Prompts | None
    """Asks before a large paste, and says that a table was pasted as text."""

    def read_selection(self) -> QMimeData:
        """Return the selected blocks for the clipboard."""
        cursor = self._area.textCursor()
        lines: list[WantedBlock] = []
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        line = self._area.document().findBlock(start)
        while line.isValid() and line.position() <= end:
            part = QTextCursor(line)
            part.setPosition(max(start, line.position()))
            last = line.position() + line.length() - 1
            part.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
            # An object that the selection only touches is not selected.
            if part.hasSelection() or not is_embedded(line):
                lines.append(read_line(line)._replace(text=selected_text(part)))
            line = line.next()
        if len(lines) > 1 and not lines[-1].text and lines[-1].kind not in EMBEDDED_KINDS:
            lines.pop()
        return to_mime(lines, self._document.inspection)

    def copy(self) -> None:
        """Copy the selected blocks."""
        if self._area.textCursor().hasSelection():
            put_on_clipboard(self.read_selection())

    def cut(self) -> None:
        """Cut the selected blocks."""
        if self._area.textCursor().hasSelection():
            self.copy()
            self._operations.cut()

    def insert(self, mime: QMimeData) -> None:
        """Insert what was pasted or dropped as blocks, whatever program it comes from."""
        if self._area.isReadOnly():
            return
        own = from_mime(mime, self._document.inspection)
        paths = find_paths(mime)
        if own:
            self._operations.insert_blocks(own, "Paste")
        elif paths:
            self._files.take(paths)
        else:
            self._read(mime)

    def _read(self, mime: QMimeData) -> None:
        reading = read_pasted(mime.html(), mime.text())
        if is_large(mime.html(), mime.text()):
            large = LargePaste(self._area, self._operations, self._tell)
            if self._prompts is None or large.confirm(self._prompts, mime.text() or mime.html()):
                large.start(reading)
            return
        pasted = finish(reading)
        image = QImage(mime.imageData()) if not pasted.blocks and mime.hasImage() else QImage()
        if image.isNull():
            self._operations.insert_blocks(pasted.blocks, "Paste")
            self._tell(pasted)
        else:
            self._files.insert_image(image)

    def _tell(self, pasted: Pasted) -> None:
        if pasted.remarks:
            tell(self._area, " ".join(pasted.remarks))
        if are_too_wide(pasted.blocks) and self._prompts is not None:
            self._prompts.show_problem("The table was pasted as lines of text.", _TOO_WIDE)


class _Clip(msgspec.Struct):
    """A line on the clipboard, with the inspection that its notes are of."""

    inspection: str
    lines: list[dict[str, object]]


def put_on_clipboard(mime: QMimeData) -> None:
    """Put data on the clipboard, and leave only its text there when Python ends."""
    # WORKAROUND: Qt deletes what is on the clipboard after Python is gone; PySide crashes at that.
    atexit.unregister(_leave_text)
    atexit.register(_leave_text, mime.text())
    QGuiApplication.clipboard().setMimeData(mime)


def _leave_text(ours: str) -> None:
    # Not every platform knows who owns the clipboard; its text shows whether it is still ours.
    if QGuiApplication.instance() is not None:
        board = QGuiApplication.clipboard()
        if board.text() == ours:
            board.setText(ours)


def to_mime(lines: Sequence[WantedBlock], inspection: Inspection) -> QMimeData:
    """Return lines for the clipboard; their ids name the blocks that they are copies of."""
    mime = QMimeData()
    texts: list[str] = []
    clip: list[dict[str, object]] = []
    for line in lines:
        found = inspection.find(line.id)
        block = found if isinstance(found, Block) else Block(id="new", kind=line.kind)
        text = block.text if line.kind in EMBEDDED_KINDS else line.text
        is_table = block.kind == "table"
        texts.append(as_text(block) if is_table else _as_text(line, alone=len(lines) == 1))
        copy = msgspec.structs.replace(block, text=text, parent="", position="", external_id="")
        clip.append(cast("dict[str, object]", entity_to_plain(copy)))
    mime.setText("\n".join(texts))
    data = msgspec.json.encode(_Clip(inspection.id, clip))
    mime.setData(OWN_FORMAT, QByteArray(data))
    return mime


def from_mime(mime: QMimeData, inspection: Inspection) -> list[WantedBlock]:
    """Return the blocks of this program that the clipboard holds; none without."""
    if not mime.hasFormat(OWN_FORMAT):
        return []
    return _read_own(bytes(mime.data(OWN_FORMAT).data()), inspection)


def can_read(mime: QMimeData) -> bool:
    """Tell whether the clipboard holds text, files or a picture."""
    return (
        mime.hasFormat(OWN_FORMAT)
        or mime.hasHtml()
        or mime.hasText()
        or mime.hasImage()
        or mime.hasUrls()
    )


def _as_text(line: WantedBlock, *, alone: bool) -> str:
    if line.kind != "bullet" or alone:
        return line.text
    return f"    – {line.text}" if line.level else f"• {line.text}"


def _read_own(data: bytes, inspection: Inspection) -> list[WantedBlock]:
    try:
        clip = msgspec.json.decode(data, type=_Clip)
        blocks = [entity_from_plain(cast("Plain", line)) for line in clip.lines]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    lines: list[WantedBlock] = []
    for block in blocks:
        if not isinstance(block, Block):
            return []
        # Notes and pictures of another inspection are not here.
        if block.kind == "image" and inspection.find(block.attachment) is None:
            continue
        notes = tuple(
            note
            for note in block.evidence
            if isinstance(inspection.find(note), EvidenceNote) and clip.inspection == inspection.id
        )
        lines.append(WantedBlock(block.kind, block.text, "", block.level, notes, block))
    return lines
