"""What other programs put on the clipboard becomes clean blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt

from inspector_app.pasting.reading_html import blocks_from_html
from inspector_app.pasting.reading_text import blocks_from_text
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from tests.ui.blocks.making import blocks, bullet, check, place, put, reopen, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.block_edits import WantedBlock
    from inspector_app.ui.blocks.editor import BlockEditor

CONTROL = Qt.KeyboardModifier.ControlModifier
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p {color:red}
--></style><xml><w:WordDocument>junk</w:WordDocument></xml></head><body lang=EN-GB>
<!--StartFragment-->
<h2>Medicines<o:p></o:p></h2>
<p class=MsoNormal>We found <b>three</b> of
five <span style='color:red'>records</span> complete.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>\u00b7<span style='font:7.0pt'>&nbsp;&nbsp;
</span></span></span><![endif]>First &amp; foremost<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span>o&nbsp;
</span><![endif]>Nested<o:p></o:p></p>
<script>alert(1)</script><img src="file:///x.png">
<!--EndFragment--></body></html>"""
WEB = "<ul><li>One<ul><li>One a</li></ul></li><li><p>Two</p><p>more</p></li></ul><div>End<br>of it"
PDF = """The service had systems to manage and store medicines, including
vaccines, emergency medicines and equipment. Staff kept
prescription stationery securely.
\u2022 Staff prescribed medicines to patients and gave advice on
medicines in line with legal requirements.
o nested
- another

A new paragraph.
"""


def plain(lines: list[WantedBlock]) -> list[tuple[str, int, str]]:
    return [(line.kind, line.level, line.text) for line in lines]


def test_word() -> None:
    assert plain(blocks_from_html(WORD).blocks) == [
        ("heading", 0, "Medicines"),
        ("paragraph", 0, "We found three of five records complete."),
        ("bullet", 0, "First & foremost"),
        ("bullet", 1, "Nested"),
    ]


def test_web() -> None:
    assert plain(blocks_from_html(WEB).blocks) == [
        ("bullet", 0, "One"),
        ("bullet", 1, "One a"),
        ("bullet", 0, "Two"),
        ("paragraph", 0, "more"),
        ("paragraph", 0, "End\nof it"),
    ]


def test_pdf() -> None:
    assert plain(blocks_from_text(PDF).blocks) == [
        (
            "paragraph",
            0,
            "The service had systems to manage and store medicines, including vaccines, emergency "
            "medicines and equipment. Staff kept prescription stationery securely.",
        ),
        (
            "bullet",
            0,
            "Staff prescribed medicines to patients and gave advice on medicines in line with "
            "legal requirements.",
        ),
        ("bullet", 1, "nested"),
        ("bullet", 0, "another"),
        ("paragraph", 0, "A new paragraph."),
    ]


def test_control_characters() -> None:
    dirty = "One\x0btwo\x00\x07\ud800 three\r\nFour\ufffc"
    assert plain(blocks_from_text("A\x00\x07\ud800B\ufffc").blocks) == [("paragraph", 0, "AB")]
    assert plain(blocks_from_html(f"<p>{dirty}</p>").blocks)[0][2] == "One two three Four"


def paste(editor: BlockEditor, qtbot: QtBot, *, text: str = "", html: str = "") -> None:
    mime = QMimeData()
    mime.setText(text)
    if html:
        mime.setHtml(html)
    put_on_clipboard(mime)
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)


def test_a_paste_is_one_step_and_the_cursor_stands_behind_it(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    (id_,) = put(document, bullet("Before after", 0, "n1"))
    place(editor := show(), 0, 7)
    count = document.undo_stack.count()
    paste(editor, qtbot, text="fallback", html=WORD)
    check(editor, document)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Paste"
    qtbot.keyClicks(editor, "!")
    found = reopen(document)
    assert blocks(found)[0].id == id_
    assert seen(found) == [
        ("bullet", 0, "Before "),
        ("heading", 0, "Medicines"),
        ("paragraph", 0, "We found three of five records complete."),
        ("bullet", 0, "First & foremost"),
        ("bullet", 1, "Nested!"),
        ("bullet", 0, "after"),
    ]


def test_words_within_a_sentence(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, bullet("Before after"))
    place(editor := show(), 0, 7)
    paste(editor, qtbot, html="<b>bold</b> ", text="bold ")
    assert seen(document.inspection) == [("bullet", 0, "Before boldafter")]
    place(editor, 0, 0, to=(0, 6))
    paste(editor, qtbot, text="Behind")
    assert seen(document.inspection) == [("bullet", 0, "Behind boldafter")]


def test_twenty_thousand_words(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, bullet("x"))
    place(editor := show(), 0, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    count = document.undo_stack.count()
    text = "\n".join(f"• Bullet {n} " + "word " * 18 + "." for n in range(1000))
    paste(editor, qtbot, text=text)
    check(editor, document)
    assert document.undo_stack.count() == count + 1
    assert len(blocks(document.inspection)) == 1001
    qtbot.keyClicks(editor, "!")
    document.undo_stack.undo()
    document.undo_stack.undo()
    check(editor, document)
    document.undo_stack.redo()
    check(editor, document)
    assert len(blocks(reopen(document))) == 1001
