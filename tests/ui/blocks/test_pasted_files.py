"""Files, screenshots and large texts, by Ctrl+V and by dropping, with real data."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QTextOption
from PySide6.QtWidgets import QApplication, QMainWindow, QProgressDialog, QPushButton

from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.evidence import adding
from inspector_app.ui.evidence.pictures import encode_picture
from tests.ui.blocks.making import blocks, check, clip, paragraph, place, put, reopen, seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.pictures.cleaning import CleanPicture
    from inspector_app.ui.blocks.editor import BlockEditor
    from tests.ui.conftest import RecordingPrompts

CONTROL = Qt.KeyboardModifier.ControlModifier
WAYS = {
    "paste": lambda editor, mime, qtbot: _paste(editor, mime, qtbot),
    "drop": lambda editor, mime, qtbot: _drop(editor, mime, qtbot),
}


@pytest.fixture
def editor(
    document: InspectionDocument, show: Callable[..., BlockEditor], prompts: RecordingPrompts
) -> BlockEditor:
    put(document, paragraph("First."), paragraph("Second."))
    editor = show(prompts=prompts)
    place(editor, 0, 6)
    return editor


def _paste(editor: BlockEditor, mime: QMimeData, qtbot: QtBot) -> None:
    put_on_clipboard(mime)
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)


def _drop(editor: BlockEditor, mime: QMimeData, qtbot: QtBot) -> None:
    del qtbot
    spot = QPointF(editor.cursorRect().center() + QPoint(2, 0))
    no_keys = Qt.KeyboardModifier.NoModifier
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(spot.toPoint(), copy, mime, left, no_keys)
    QApplication.sendEvent(editor.viewport(), enter)
    assert enter.isAccepted()
    event = QDropEvent(spot, copy, mime, left, no_keys)
    QApplication.sendEvent(editor.viewport(), event)


def _files(*paths: Path, text: bool = True) -> QMimeData:
    mime = QMimeData()
    urls = [QUrl.fromLocalFile(str(path)) for path in paths]
    mime.setUrls(urls)
    if text:
        mime.setText("\n".join(url.toString() for url in urls))
    return mime


def _save_picture(path: Path) -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(path))
    return path


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_becomes_a_picture_of_the_text(
    editor: BlockEditor,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
    qtbot: QtBot,
    way: str,
) -> None:
    prompts.chosen = "text"
    count = document.undo_stack.count()
    mime = _files(_save_picture(tmp_path / "ward.png"), _save_picture(tmp_path / "lift.jpg"))
    WAYS[way](editor, mime, qtbot)
    ((headline, message, _),) = prompts.choices
    assert "pictures" in headline
    assert "ward.png" in message
    check(editor, document)
    assert document.undo_stack.count() == count + 1
    found = blocks(reopen(document))
    assert [block.kind for block in found] == ["paragraph", "image", "image", "paragraph"]


def test_a_picture_goes_to_a_note_where_the_person_says_so(
    editor: BlockEditor,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    prompts.chosen = "note"
    before = seen(document.inspection)
    _paste(editor, _files(_save_picture(tmp_path / "ward.png")), qtbot)
    assert seen(document.inspection) == before
    note = list(document.inspection.all(EvidenceNote))[-1]
    assert document.inspection.get(note.attachments[0], Attachment).media_type == "image/png"


def test_a_picture_goes_nowhere_where_the_person_thinks_better_of_it(
    editor: BlockEditor, document: InspectionDocument, tmp_path: Path, qtbot: QtBot
) -> None:
    before = document.inspection
    _paste(editor, _files(_save_picture(tmp_path / "ward.png")), qtbot)
    assert document.inspection == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["policy.pdf", "rota.xlsx", "read me.txt", "film.mp4", "plain"])
def test_other_files_go_to_a_new_note(
    editor: BlockEditor,
    document: InspectionDocument,
    tmp_path: Path,
    qtbot: QtBot,
    name: str,
    way: str,
) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.4 or so")
    before = seen(document.inspection)
    WAYS[way](editor, _files(tmp_path / name), qtbot)
    found = reopen(document)
    assert seen(found) == before
    note = list(found.all(EvidenceNote))[-1]
    assert note.text == name
    assert [found.get(id_, Attachment).name for id_ in note.attachments] == [name]


def test_addresses_of_files_are_never_text(
    editor: BlockEditor, document: InspectionDocument, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "policy.pdf").write_bytes(b"x")
    clip(text=(tmp_path / "policy.pdf").as_uri() + "\r\n")
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert [text for _, _, text in seen(document.inspection)] == ["First.", "Second."]
    assert list(document.inspection.all(EvidenceNote))[-1].text == "policy.pdf"


def test_what_cannot_be_read_is_told(
    editor: BlockEditor,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    before = document.inspection
    (tmp_path / "folder").mkdir()
    _paste(editor, _files(tmp_path / "gone.pdf", tmp_path / "folder"), qtbot)
    assert [headline for headline, _ in prompts.problems] == ["The file was not added."] * 2
    assert document.inspection == before


@pytest.mark.parametrize("html", ["", "<img src='https://a.org/x.png'>"])
def test_a_screenshot_becomes_a_picture_beside_the_window(
    editor: BlockEditor,
    document: InspectionDocument,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    html: str,
) -> None:
    threads: list[threading.Thread] = []

    def encode(image: QImage) -> CleanPicture:
        threads.append(threading.current_thread())
        return encode_picture(image)

    monkeypatch.setattr(adding, "encode_picture", encode)
    mime = QMimeData()
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    mime.setImageData(image)
    if html:
        mime.setHtml(html)
    _paste(editor, mime, qtbot)
    check(editor, document)
    assert [kind for kind, _, _ in seen(document.inspection)] == ["paragraph", "image", "paragraph"]
    assert threads
    assert threading.main_thread() not in threads


def test_text_goes_before_the_picture_of_it(
    editor: BlockEditor, document: InspectionDocument, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    mime.setHtml("<table><tr><td>Ward<td>Falls</tr><tr><td>Elm<td>3</tr></table>")
    _paste(editor, mime, qtbot)
    assert [kind for kind, _, _ in seen(document.inspection)] == ["paragraph", "table", "paragraph"]


def test_what_was_left_out_is_told_in_the_status_bar(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    editor = show()
    window.setCentralWidget(editor)
    window.statusBar()
    window.show()
    qtbot.waitExposed(window)
    editor.setFocus()
    clip(html="<p>Seen <del>MARKER</del>text</p>", text="Seen text")
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert "deleted" in window.statusBar().currentMessage()
    window.takeCentralWidget()
    assert [text for _, _, text in seen(document.inspection)] == ["Seen text"]


# -- large texts

LARGE = {
    "lines": "\n".join(f"Line {number} of it." for number in range(2500)),
    "one_line": "x" * 300_000,
    "words": "word " * 60_000 + "end.",
    "table": "\n".join("\t".join(f"{row}.{n}" for n in range(50)) for row in range(2100)),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_text_is_asked_about_and_pasted_whole(
    editor: BlockEditor,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    qtbot: QtBot,
    name: str,
) -> None:
    prompts.confirms = True
    count = document.undo_stack.count()
    clip(text=LARGE[name])
    place(editor, 1, 7)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    ((headline, _, doing),) = prompts.questions
    assert "large" in headline
    assert doing == "&Paste"
    qtbot.waitUntil(lambda: document.undo_stack.undoText() == "Paste", timeout=60_000)
    check(editor, document)
    assert document.undo_stack.count() == count + 2
    pasted = blocks(document.inspection)[2:]
    if name == "table":
        assert [len(pasted[0].rows), len(pasted[0].rows[0])] == [2100, 50]
    else:
        assert "\n".join(block.text for block in pasted) == LARGE[name]
    qtbot.waitUntil(lambda: editor.window().findChild(QProgressDialog) is None)


def test_a_large_text_is_not_pasted_where_the_person_declines(
    editor: BlockEditor, document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    before = document.inspection
    clip(text=LARGE["lines"])
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    assert len(prompts.questions) == 1
    assert editor.window().findChild(QProgressDialog) is None
    assert document.inspection == before


@pytest.mark.parametrize("shown", [2, 600], ids=["while it is read", "while it is shown"])
def test_a_large_paste_is_cancelled(
    editor: BlockEditor,
    document: InspectionDocument,
    prompts: RecordingPrompts,
    qtbot: QtBot,
    shown: int,
) -> None:
    prompts.confirms = True
    before = document.inspection
    steps = document.undo_stack.count()
    clip(text=f"{LARGE['lines']}\n" * 8)
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    dialog = editor.window().findChild(QProgressDialog, "paste_progress")
    assert dialog is not None
    qtbot.waitUntil(lambda: editor.document().blockCount() >= shown)
    assert document.inspection == before
    qtbot.mouseClick(dialog.findChild(QPushButton), Qt.MouseButton.LeftButton)
    check(editor, document)
    qtbot.waitUntil(lambda: editor.window().findChild(QProgressDialog) is None)
    assert document.inspection == before
    assert document.undo_stack.count() == steps
    qtbot.keyClicks(editor, "!")
    assert seen(document.inspection)[0] == ("paragraph", 0, "First.!")
    check(editor, document)


def test_a_change_from_elsewhere_meets_a_large_paste(
    editor: BlockEditor, document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    prompts.confirms = True
    clip(text=LARGE["lines"])
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: editor.document().blockCount() > 2)
    last = blocks(document.inspection)[-1]
    document.set_field(last.id, "text", "Second, changed.", "Change")
    check(editor, document)
    qtbot.waitUntil(lambda: document.undo_stack.undoText() == "Paste", timeout=60_000)
    check(editor, document)
    assert len(blocks(document.inspection)) == 2501
    assert blocks(document.inspection)[-1].text == "Second, changed."


def test_a_long_word_breaks_anywhere_until_it_is_gone(
    editor: BlockEditor, document: InspectionDocument, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    prompts.confirms = True
    clip(text=LARGE["one_line"])
    qtbot.keyClick(editor, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: document.undo_stack.undoText() == "Paste")
    modes: list[QTextOption.WrapMode] = []
    editor.document().contentsChange.connect(lambda *_: modes.append(editor.wordWrapMode()))
    document.undo_stack.undo()
    document.undo_stack.redo()
    document.undo_stack.undo()
    assert set(modes) == {QTextOption.WrapMode.WrapAnywhere}
    assert editor.wordWrapMode() == QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
