"""A document with some blocks, and an editor on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData

from inspector_app.domain.block_edits import WantedBlock, draft_blocks
from inspector_app.domain.entities import Block, EvidenceNote, KeyQuestion, Topic
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.blocks.lines import line_id, line_text, shown_text

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.inspection import Inspection
    from inspector_app.ui.blocks.editor import BlockEditor

TOPIC = "topic1"
OTHER = "topic2"
Shown = list[tuple[str, int, str]]
EXCEL = """<html><head><style>
.xl65 {color:black; font-weight:700;}
.xl66 {color:black; font-weight:400;}
</style></head><body><!--StartFragment--><table><col width=64>
<tr><td class=xl65>Area</td><td class=xl65>Lead\u00a0nurse</td></tr>
<tr><td class=xl66>Ward 1</td><td>  Two
lines </td></tr><tr><td></td><td></td></tr></table><!--EndFragment--></body></html>"""


def fill(document: InspectionDocument) -> None:
    """Add two topics, and notes n1, n2, n3."""
    draft = document.draft()
    root = draft.result.id
    draft.create(KeyQuestion(id="kq", parent=root, position="V", key_question="effective"))
    draft.create(Topic(id=TOPIC, parent="kq", position="V", title="Medicines"))
    draft.create(Topic(id=OTHER, parent="kq", position="k", title="Other"))
    draft.create_all([EvidenceNote(id=f"n{n}", parent=root, position=f"{n}V") for n in (1, 2, 3)])
    document.apply_draft(draft, "Fill")


def put(document: InspectionDocument, *lines: WantedBlock, parent: str = TOPIC) -> list[str]:
    """Make the blocks of a topic those lines."""
    draft = document.draft()
    ids = draft_blocks(draft, parent, lines)
    document.apply_draft(draft, "Put")
    return ids


def bullet(text: str, level: int = 0, *notes: str) -> WantedBlock:
    return WantedBlock("bullet", text, level=level, evidence=notes)


def paragraph(text: str, *notes: str) -> WantedBlock:
    return WantedBlock("paragraph", text, evidence=notes)


def blocks(inspection: Inspection, parent: str = TOPIC) -> list[Block]:
    return list(inspection.children(parent, Block))


def seen(inspection: Inspection, parent: str = TOPIC) -> Shown:
    return [(b.kind, b.level, b.text) for b in blocks(inspection, parent)]


def check(editor: BlockEditor, document: InspectionDocument) -> None:
    """Assert that the lines are the blocks, one for one."""
    text = editor.document()
    lines = [text.findBlockByNumber(n) for n in range(text.blockCount())]
    found = blocks(document.inspection, editor.parent_id)
    if not found:
        assert [line.text() for line in lines] == [""]
        return
    texts = [line_text(line) for line in lines]
    expected = [shown_text(block) for block in found]
    assert texts == expected, (texts, expected)
    assert [line_id(line) for line in lines] == [block.id for block in found]


def reopen(document: InspectionDocument) -> Inspection:
    document.close()
    with open_for_reading(document.path) as reader:
        return reader.inspection


def place(editor: BlockEditor, line: int, offset: int = 0, **to: Any) -> None:
    """Put the cursor into a line; `to` = (line, offset) selects up to there."""
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().findBlockByNumber(line).position() + offset)
    if to:
        end_line, end_offset = to["to"]
        end = editor.document().findBlockByNumber(end_line).position() + end_offset
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def clip(text: str = "", html: str = "") -> None:
    """Put a text, or HTML, on the clipboard."""
    mime = QMimeData()
    mime.setText(text)
    if html:
        mime.setHtml(html)
    put_on_clipboard(mime)
