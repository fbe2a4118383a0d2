"""Pictures of the report: put in, with caption and alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.domain.entities import Attachment, Block
from inspector_app.ui.blocks.lines import describe_embedded
from inspector_app.ui.blocks.picture_editor import PictureEditor
from inspector_app.ui.evidence.picture_picker import PicturePicker
from tests.systems import make_possible
from tests.ui.blocks.making import blocks, check, paragraph, place, put, reopen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.editor import BlockEditor
    from tests.ui.conftest import RecordingPrompts

FROM_A_FILE = "From a file"


def make_picture(folder: Path) -> Path:
    path = folder / make_possible("ward <1>.png")
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    image.setText("Place", "51.5, -0.1")
    assert image.save(str(path))
    return path


def pick(editor: BlockEditor, words: str, qtbot: QtBot) -> None:
    action = next(a for a in editor.make_menu().actions() if "icture…" in a.text())
    action.trigger()
    dialog = editor.window().findChild(PicturePicker)
    if words == FROM_A_FILE:
        qtbot.mouseClick(dialog.findChild(QPushButton, "picture_file"), Qt.MouseButton.LeftButton)
        return
    line = dialog.findChild(QLineEdit, "picture_search")
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_picture_from_a_file_with_its_texts(
    document: InspectionDocument,
    show: Callable[..., BlockEditor],
    qtbot: QtBot,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    put(document, paragraph("One"))
    editor = show(prompts=prompts)
    place(editor, 0, 3)
    prompts.files = [make_picture(tmp_path)]
    count = document.undo_stack.count()
    pick(editor, FROM_A_FILE, qtbot)
    check(editor, document)
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Insert picture"
    before = document.inspection
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert document.inspection == before
    # What it shows is asked for at once.
    dialog = editor.window().findChild(PictureEditor)
    qtbot.waitExposed(dialog)
    assert dialog.focusWidget() is dialog.alternative.text
    qtbot.keyClicks(dialog.alternative.text, "A green ward")
    qtbot.keyClicks(dialog.caption.text, "The ward")
    dialog.reject()
    check(editor, document)
    assert describe_embedded(blocks(document.inspection)[1]) == "Picture: The ward"
    stored = document.read_attachment(
        document.inspection.get(blocks(document.inspection)[1].attachment, Attachment).sha256
    )
    assert stored is not None
    image = QImage.fromData(stored)
    assert (image.width(), image.textKeys()) == (20, [])
    found = blocks(reopen(document))[1]
    assert (found.kind, found.caption, found.text) == ("image", "The ward", "A green ward")


def test_a_picture_that_the_inspection_has(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    draft = document.draft()
    for name, kind in (("hall", "image/png"), ("policy", "application/pdf")):
        attachment = Attachment(
            id=f"a-{name}", parent=draft.result.id, position="zz", name=name, media_type=kind
        )
        draft.create(attachment)
    document.apply_draft(draft, "Add files")
    put(document, paragraph("One"))
    editor = show()
    place(editor, 0, 3)
    pick(editor, "hall", qtbot)
    check(editor, document)
    assert blocks(document.inspection)[1].attachment == "a-hall"
    dialog = editor.window().findChild(PictureEditor)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "The picture is missing." in texts
    dialog.reject()


@pytest.mark.parametrize("steps", range(4))
def test_the_width_is_chosen(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot, steps: int
) -> None:
    put(document, WantedBlock("image", "", like=Block(id="i", kind="image", caption="Hall")))
    editor = show()
    place(editor, 0, 1)
    qtbot.keyClick(editor, Qt.Key.Key_F2)
    dialog = editor.window().findChild(PictureEditor)
    qtbot.waitExposed(dialog)
    combo = dialog.width_choice.combo
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_End)
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(steps):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    dialog.reject()
    wanted = ("full", "half", "third", "pair")[steps]
    assert blocks(document.inspection)[0].width == wanted
    assert blocks(reopen(document))[0].width == wanted


def test_what_is_no_picture_is_refused(
    document: InspectionDocument,
    show: Callable[..., BlockEditor],
    qtbot: QtBot,
    prompts: RecordingPrompts,
    tmp_path: Path,
) -> None:
    (tmp_path / "policy.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    names = ("policy.pdf", "nowhere.png", "broken.jpg")
    prompts.files = [tmp_path / name for name in names]
    put(document, paragraph("One"))
    editor = show(prompts=prompts)
    before = document.inspection
    pick(editor, FROM_A_FILE, qtbot)
    assert document.inspection == before
    assert [headline for headline, _ in prompts.problems] == ["The picture was not inserted."] * 3
    told = [text for _, text in prompts.problems]
    assert all(name in text for name, text in zip(names, told, strict=True))
    assert "it is damaged" in told[2]


def test_writing_goes_on_in_front_of_and_below_a_picture(
    document: InspectionDocument, show: Callable[..., BlockEditor], qtbot: QtBot
) -> None:
    put(document, WantedBlock("image", "", like=Block(id="i", kind="image", caption="Hall")))
    editor = show()
    place(editor, 0, 1)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(editor, "below")
    place(editor, 0, 0)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(editor, "above")
    check(editor, document)
    assert [block.text or block.caption for block in blocks(document.inspection)] == [
        "above",
        "Hall",
        "below",
    ]
