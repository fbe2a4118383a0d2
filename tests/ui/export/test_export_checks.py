"""What the checks have open, in the dialog that exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QTreeView

from inspector_app.checks.check_run import CheckRun
from inspector_app.document import inspection_document
from inspector_app.ui.widgets.theme import get_theme
from tests.document.jobs import work
from tests.report.making import bring_in
from tests.ui.checks.driving import CONTENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PATIENCE = 30_000


@pytest.fixture
def open_dialog(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> Callable[..., QDialog]:
    def open_dialog(**content: object) -> QDialog:
        window.open_file(make_file(imported=bring_in("rated", **content)))
        qtbot.keyClick(window, Qt.Key.Key_E, CONTROL | SHIFT)
        dialog = window.findChild(QDialog, "export_dialog")
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        return dialog

    return open_dialog


def text(dialog: QDialog, name: str) -> str:
    label = dialog.findChild(QLabel, f"export_check{name}")
    return label.text() if label.isVisible() else ""


def wait_for_count(qtbot: QtBot, dialog: QDialog, start: str) -> str:
    qtbot.waitUntil(lambda: text(dialog, "s_count").startswith(start), timeout=PATIENCE)
    return text(dialog, "s_count")


def test_errors_and_warnings_are_counted_and_the_first_are_quoted(
    open_dialog: Callable[..., QDialog], qtbot: QtBot
) -> None:
    dialog = open_dialog(**CONTENT)
    assert text(dialog, "s_count") == "The checks are still looking…"
    assert wait_for_count(qtbot, dialog, "Open in") == "Open in the checks: 7 errors, 24 warnings"
    assert text(dialog, "_1").startswith("The notice names “Flying kites”")
    accessible = dialog.findChild(QLabel, "export_check_1").accessibleName()
    assert accessible.startswith("error: The notice")
    assert text(dialog, "_3")
    assert text(dialog, "s_more") == "and 28 more"


@pytest.mark.parametrize("percent", [100, 150])
def test_every_line_is_read_whole_however_large_the_text_is(
    percent: int, open_dialog: Callable[..., QDialog], qapp: QApplication, qtbot: QtBot
) -> None:
    theme = get_theme(qapp)
    theme.apply("light")
    theme.set_text_size(percent)
    try:
        dialog = open_dialog(**CONTENT)
        wait_for_count(qtbot, dialog, "Open in")
        shown = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
        qtbot.waitUntil(
            lambda: all(item.height() >= item.heightForWidth(item.width()) for item in shown)
        )
        assert dialog.height() <= dialog.screen().availableGeometry().height()
    finally:
        theme.set_text_size(100)


def test_hints_are_not_counted(open_dialog: Callable[..., QDialog], qtbot: QtBot) -> None:
    dialog = open_dialog(
        location={"name": "The Invented Clinic"},
        visit={"type": "focused", "dates": ["2024-03-04"]},
        actions={"must": ["<b>Mend</b>\nit."], "should": []},
    )
    wait_for_count(qtbot, dialog, "Open in the checks: ")
    assert "hint" not in text(dialog, "s_count")
    quoted = [text(dialog, f"_{number}") for number in (1, 2, 3)]
    assert any("“<b>Mend</b> it.”" in line for line in quoted)


def test_open_errors_do_not_stop_an_export(
    open_dialog: Callable[..., QDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog(**CONTENT)
    wait_for_count(qtbot, dialog, "Open in")
    line = dialog.findChild(QLineEdit, "export_path")
    line.selectAll()
    qtbot.keyClicks(line, str(tmp_path / "report.docx"))
    # Enter exports, whatever else there is to press.
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "report.docx").exists, timeout=PATIENCE)


@pytest.mark.parametrize("by_key", [True, False])
def test_show_checks_closes_the_dialog_and_goes_there(
    by_key: bool, open_dialog: Callable[..., QDialog], window: MainWindow, qtbot: QtBot
) -> None:
    dialog = open_dialog(**CONTENT)
    wait_for_count(qtbot, dialog, "Open in")
    if by_key:
        qtbot.keyClick(dialog, Qt.Key.Key_C, ALT)
    else:
        button = dialog.findChild(QPushButton, "export_show_checks")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.findChildren(QDialog, "export_dialog"))
    tree = window.findChild(QTreeView, "results")
    assert tree.isVisible()
    window.activateWindow()
    qtbot.waitUntil(tree.hasFocus)


def test_checks_that_fail_are_told_and_stop_nothing(
    open_dialog: Callable[..., QDialog], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection_document, "load_checks", lambda: (work.fail_template, CheckRun))
    dialog = open_dialog(**CONTENT)
    assert "line 7" in wait_for_count(qtbot, dialog, "The checks could not be run.")
    assert not text(dialog, "_1")
    assert dialog.findChild(QPushButton, "export_start").isEnabled()
