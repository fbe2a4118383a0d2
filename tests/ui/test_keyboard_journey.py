"""From nothing to the Word report with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from inspector_app.domain.entities import Block, EvidenceNote, KeyQuestion, Notice, Topic
from inspector_app.storage.reading import open_for_reading

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOST_STEPS = 200
_PATIENCE = 30_000
"""Milliseconds for an export, which a worker is started for."""
FINDING = "Medicines were stored safely & checked."


class Keyboard:
    """Keys that go where the cursor is, and nothing else."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self._window = window

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeWindow() or self._window

    @property
    def name(self) -> str:
        """What a screen reader says first."""
        focus = self.focus
        text = focus.text().replace("&", "") if isinstance(focus, QAbstractButton) else ""
        return focus.accessibleName() or text

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self._qtbot.keyClick(self.focus, key, modifiers)

    def type(self, text: str) -> None:
        for letter in text:
            self._qtbot.keyClicks(self.focus, letter)

    def tab_to(self, name: str) -> None:
        """Press Tab until a control has the cursor whose name begins so."""
        met = []
        for _ in range(_MOST_STEPS):
            if self.name.startswith(name):
                return
            met.append(self.name)
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to “{name}”, but to {met}")

    def go_to(self, words: str) -> None:
        """Go to a page or topic by typing some of its name."""
        self.press(Key.Key_K, CONTROL)
        self.wait_for("Go to")
        self.type(words)
        self.press(Key.Key_Return)
        self.wait_for_window()

    def wait_for_window(self) -> None:
        """Wait until a dialog has given the keys back."""
        self._qtbot.waitUntil(self._has_cursor, timeout=_PATIENCE)

    def _has_cursor(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and focus.window() is self._window

    def wait_for(self, name: str) -> None:
        self._qtbot.waitUntil(lambda: self.name == name, timeout=_PATIENCE)


def _export(keys: Keyboard, qtbot: QtBot, report: Path) -> None:
    """Export with the dialog: the place is typed over the proposed one."""
    keys.press(Key.Key_E, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: keys.focus.objectName() == "export_path")
    keys.press(Key.Key_A, CONTROL)
    keys.type(str(report))
    keys.press(Key.Key_Return)
    qtbot.waitUntil(report.exists, timeout=_PATIENCE)
    # The file is there a moment before the dialog says so; until then Escape would stop it.
    before = {"export_path", "export_stop"}
    qtbot.waitUntil(lambda: keys.focus.objectName() not in before, timeout=_PATIENCE)
    keys.press(Key.Key_Escape)
    keys.wait_for_window()


def test_the_whole_journey_by_keyboard(
    window: MainWindow, qtbot: QtBot, prompts: RecordingPrompts, tmp_path: Path
) -> None:
    prompts.new_inspection = path = tmp_path / "mill.inspection"
    report = tmp_path / "mill.docx"
    qtbot.waitUntil(window.isActiveWindow)
    keys = Keyboard(qtbot, window)

    keys.press(Key.Key_N, CONTROL)
    keys.wait_for("Location")
    keys.type("Mill Lane Clinic")
    keys.press(Key.Key_Return)
    assert keys.name == "Provider"
    keys.type("Mill Ltd")
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Mill Lane Clinic"))
    keys.wait_for_window()

    # Details: from the first field, as Ctrl+1 leaves the cursor, on with Tab.
    keys.press(Key.Key_1, CONTROL)
    keys.wait_for("Location name")
    keys.press(Key.Key_Tab)
    assert keys.name == "Location ID"
    keys.type("1-123456789")
    keys.tab_to("Type of inspection")
    keys.press(Key.Key_Down)
    # The page makes what is below the fold between the keys; a person is slower than that.
    qtbot.waitUntil(lambda: window.findChild(QWidget, "offer_signatory_title") is not None)
    keys.tab_to("Signatory")
    keys.type("A. Person")
    keys.press(Key.Key_Tab, SHIFT)
    keys.press(Key.Key_Tab)
    assert keys.name == "Signatory"

    # A note, from where one is.
    keys.press(Key.Key_E, CONTROL)
    keys.wait_for("Note")
    keys.type("The fridge was locked.")
    keys.tab_to("Source detail")
    keys.type("Nurse")
    keys.press(Key.Key_Return, CONTROL)
    keys.press(Key.Key_Escape)
    keys.wait_for("Signatory")

    # A finding: what a new inspection does not have yet is included with Space.
    keys.go_to("safe")
    if keys.name.startswith("Include"):
        keys.press(Key.Key_Space)
    keys.tab_to("Lead sentence")
    keys.type("People were safe.")
    keys.press(Key.Key_Tab)
    if keys.name.startswith("Suggested leads"):
        keys.press(Key.Key_Tab)
    assert keys.name.startswith("Text of ")
    keys.type(FINDING)
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Tab)
    keys.type("Nested.")
    keys.press(Key.Key_F6)
    assert not keys.name.startswith("Text of ")

    # The rating: arrows move, Space chooses.
    keys.press(Key.Key_2, CONTROL)
    assert keys.name.startswith("Safe: ")
    keys.press(Key.Key_Right)
    assert keys.name == "Safe: Good"
    keys.press(Key.Key_Space)

    # A notice.
    keys.go_to("notices")
    keys.tab_to("New breach")
    keys.press(Key.Key_Space)
    assert keys.name == "Regulation"
    keys.type("12 safe")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Tab)
    keys.tab_to("12(1)")
    keys.press(Key.Key_Space)
    keys.tab_to("Another regulated activity")
    keys.type("Nursing care")
    keys.press(Key.Key_Return)
    keys.tab_to("Text of ")
    keys.type("Risks were not assessed.")

    _export(keys, qtbot, report)
    keys.press(Key.Key_Q, CONTROL)
    assert not window.isVisible()
    assert not prompts.problems

    with open_for_reading(path) as reader:
        inspection = reader.inspection
    details = inspection.details
    assert (details.location_name, details.provider_name) == ("Mill Lane Clinic", "Mill Ltd")
    assert (details.location_id, details.signatory_name) == ("1-123456789", "A. Person")
    assert details.visit_type == "comprehensive"
    assert details.ratings == {"safe": "good"}
    (note,) = inspection.all(EvidenceNote)
    assert (note.text, note.source_detail) == ("The fridge was locked.", "Nurse")
    question = next(q for q in inspection.all(KeyQuestion) if q.key_question == "safe")
    first = next(inspection.children(question.id, Topic))
    assert first.lead == "People were safe."
    blocks = [(b.text, b.kind, b.level) for b in inspection.children(first.id, Block)]
    assert blocks == [(FINDING, "bullet", 0), ("Nested.", "bullet", 1)]
    (notice,) = inspection.all(Notice)
    assert (notice.regulation, notice.breached_paragraphs) == ("RA2014-12", ("12(1)",))
    assert notice.activities == ("Nursing care",)
    written = [block.text for block in inspection.children(notice.id, Block)]
    assert written == ["Risks were not assessed."]
    paragraphs = [paragraph.text for paragraph in docx.Document(str(report)).paragraphs]
    assert FINDING in paragraphs


def test_menus_open_by_their_letter(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.isActiveWindow)
    keys = Keyboard(qtbot, window)
    opened = []
    for key in (Key.Key_F, Key.Key_E, Key.Key_G, Key.Key_V, Key.Key_H):
        keys.press(key, Qt.KeyboardModifier.AltModifier)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        opened.append(menu.title().replace("&", ""))
        qtbot.keyClick(menu, Key.Key_Escape)
        menu.close()
    assert len(set(opened)) == len(opened)
