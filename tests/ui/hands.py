"""Hands at the window: keys that go where the cursor is, clicks, choices and pastes."""

from __future__ import annotations

import itertools
import warnings
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QWidget

from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.main_window import MainWindow

Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def shows_colour(widget: QWidget, token: str) -> bool:
    """Tell whether a colour of the theme is seen in a widget."""
    image, colour = widget.grab().toImage(), QColor(get_colour(token)).rgb()
    places = itertools.product(range(image.width()), range(image.height()))
    return any(image.pixel(x, y) == colour for x, y in places)


class Hands:
    """Hands at a window."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def document(self) -> InspectionDocument:
        document = self.window.document
        assert document is not None
        return document

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text: str) -> None:
        for letter in text:
            focus = QApplication.focusWidget()
            assert focus is not None, text
            if letter.isascii():
                self.qtbot.keyClicks(focus, letter)
            else:
                # A key that the test library has no name for.
                QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, PLAIN, letter))

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, LEFT)

    def choose(self, combo: QComboBox, text: str) -> None:
        assert combo.findText(text) >= 0, text
        combo.setFocus()
        while combo.currentText() != text:
            down = combo.currentIndex() < combo.findText(text)
            self.qtbot.keyClick(combo, Key.Key_Down if down else Key.Key_Up)

    def choose_value(self, combo: QComboBox, entity: str, field: str, value: object) -> None:
        """Go down a choice until the inspection holds a value."""
        name, _, key = field.partition(".")
        combo.setFocus()
        self.qtbot.keyClick(combo, Key.Key_Home)
        for _ in range(combo.count()):
            held = getattr(self.document.inspection.find(entity), name)
            if (held.get(key) if key else held) == value:
                return
            self.qtbot.keyClick(combo, Key.Key_Down)
        raise AssertionError(f"{value} is not to be chosen for {field}")

    def come_back(self) -> None:
        """Have the keys again after a list that dropped down: without a screen it keeps them."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def drag_over(self, widget: QWidget, mime: QMimeData, place: QPoint) -> bool:
        """Drag something onto a widget; return whether it would be taken."""
        copy = Qt.DropAction.CopyAction
        with warnings.catch_warnings():
            # Newer versions of Qt want another kind of point, which older ones do not take.
            warnings.simplefilter("ignore", DeprecationWarning)
            enter = QDragEnterEvent(place, copy, mime, LEFT, PLAIN)
            move = QDragMoveEvent(place, copy, mime, LEFT, PLAIN)
        enter.ignore()
        # Who takes what enters takes it everywhere, unless it says something else.
        move.accept()
        for event in (enter, move):
            QApplication.sendEvent(widget, event)
        return enter.isAccepted() and move.isAccepted()

    def drag(self, widget: QWidget, mime: QMimeData, place: QPoint | None = None) -> bool:
        """Drag something onto a widget and let it go there; return whether it was taken."""
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        spot = place or target.rect().center()
        if not self.drag_over(target, mime, spot):
            return False
        copy = Qt.DropAction.CopyAction
        QApplication.sendEvent(target, QDropEvent(QPointF(spot), copy, mime, LEFT, PLAIN))
        return True

    def paste(self, text: str, page: str) -> None:
        mime = QMimeData()
        mime.setText(text)
        mime.setHtml(page)
        put_on_clipboard(mime)
        self.press(Key.Key_V, CONTROL)
