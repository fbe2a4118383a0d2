"""Letters of a one-line field on a ground of their own, which Qt has for text areas alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication

from inspector_app.ui.widgets.theme import get_colour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QLineEdit

_FORMAT = QInputMethodEvent.AttributeType.TextFormat


class LineMarks(QObject):
    """The marks of a field by what they are for: each user shows its own, and takes them back.

    They stay where they are when the text changes: who marks a text follows it.
    """

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._marks: dict[str, list[tuple[int, int]]] = {}

    @classmethod
    def of(cls, line: QLineEdit) -> LineMarks:
        """Return those of a field, made when they are first asked for."""
        return line.findChild(cls) or cls(line)

    def show(self, colour: str, places: Iterable[tuple[int, int]]) -> None:
        """Show places, and none but these, on the ground of a colour.

        Args:
            colour: The token of the ground; with “_text” behind it, that of the letters.
            places: Where they start and end, in Qt's characters.
        """
        self._marks[colour] = list(places)
        # WORKAROUND: a line edit takes formats from input methods only, counted from the cursor.
        cursor = self._line.cursorPosition()
        attributes = [
            QInputMethodEvent.Attribute(_FORMAT, start - cursor, end - start, make_format(name))
            for name, found in self._marks.items()
            for start, end in found
        ]
        QApplication.sendEvent(self._line, QInputMethodEvent("", attributes))


def make_format(colour: str) -> QTextCharFormat:
    """Return the look of letters on the ground of a colour token."""
    shape = QTextCharFormat()
    shape.setBackground(QColor(get_colour(colour)))
    shape.setForeground(QColor(get_colour(f"{colour}_text")))
    return shape
