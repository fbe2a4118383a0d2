"""Tooltips leave the line that is written in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit, QToolTip, QWidget

from inspector_app.ui.outline.outline import Outline
from tests.report.making import bring_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _ask(area: QWidget, spot: QPoint) -> None:
    event = QHelpEvent(QEvent.Type.ToolTip, spot, area.mapToGlobal(spot))
    QApplication.sendEvent(area, event)


def _find_tip() -> QWidget | None:
    shown = [w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel") and w.isVisible()]
    return shown[0] if shown else None


def test_a_tip_never_covers_the_line_with_the_cursor(
    window: MainWindow, make_file: Callable[..., Path], qtbot: QtBot
) -> None:
    notes = [{"id": f"n{number}", "text": "Seen."} for number in range(3)]
    bullets = [{"text": f"Finding {number}.", "evidence": ["n0"]} for number in range(6)]
    topic = {"topic": "medicines", "id": "topic", "body": [{"bullets": bullets}]}
    content = {"evidence": notes, "key_questions": {"safe": {"topics": [topic]}}}
    window.open_file(make_file(imported=bring_in("rated", **content)))
    window.findChild(Outline).entry_wanted.emit("key_question/safe")
    text = window.findChild(QTextEdit, "topic.blocks")
    view = text.viewport()
    # Of a text that nobody writes in, its keys are told.
    _ask(view, QPoint(60, 20))
    qtbot.waitUntil(lambda: _find_tip() is not None)
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(2):
        text.moveCursor(QTextCursor.MoveOperation.Down)
    _ask(view, QPoint(60, text.cursorRect().center().y()))
    qtbot.waitUntil(lambda: _find_tip() is None)
    line = text.cursorRect()
    for y in (line.top() - 12, line.center().y()):
        _ask(view, QPoint(view.width() - 20, y))
        tip = _find_tip()
        assert tip is not None, y
        bottom = view.mapToGlobal(line.bottomLeft()).y()
        top = view.mapToGlobal(line.topLeft()).y()
        assert tip.y() > bottom or tip.geometry().bottom() < top, y
    # Typing takes it away.
    qtbot.keyClick(text, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
