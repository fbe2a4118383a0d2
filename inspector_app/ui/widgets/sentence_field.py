"""A field for a sentence or two without line breaks, whose spelling is checked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeyEvent

from inspector_app.ui.widgets.fields import TextField

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOST_LINES = 4


class SentenceField(TextField):
    """As high as its text. Enter is left to what is around it; pasted breaks become spaces."""

    lines = (1, _MOST_LINES)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Enter out of the text."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _ENTER
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_text_changed(self) -> None:
        text = self.text.toPlainText()
        if "\n" in text:
            text = text.replace("\n", " ")
            place = self.text.textCursor().position()
            with QSignalBlocker(self.text):
                self.text.setPlainText(text)
            cursor = self.text.textCursor()
            cursor.setPosition(place)
            self.text.setTextCursor(cursor)
            self.text.updateGeometry()
        self.store(text, typing=True)
