"""How many words there are, and how many are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from inspector_app.domain.word_counts import WordTally, count_words
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

_TIP = "Words of the whole inspection. Select some text to count it; point at a line of the outline"


class WordCount(QObject):
    """Keeps a label up to date with the words of an inspection, and those that are selected."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label)
        self._label = label
        self._document: InspectionDocument | None = None
        self._tally = WordTally()
        self._field: QLineEdit | QPlainTextEdit | QTextEdit | None = None
        label.setToolTip(f"{_TIP} to count that part")
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Count the words of an inspection, or of none."""
        self._document = document
        self._tally = WordTally(document.inspection if document is not None else ())
        if document is not None:
            document.changed.connect(self._on_changed)
        self._label.setVisible(document is not None)
        self._refresh()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if self._document is None or self.sender() is not self._document:
            return
        for id_ in {edit.entity for edit in change.edits}:
            self._tally.renew(id_, self._document.inspection.find(id_))
        self._refresh()

    @Slot(object, object)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        # Not for the short while that a menu has it.
        if isinstance(new, QWidget) and new.window() is not self._label.window():
            return
        if self._field is not None and isValid(self._field):
            self._field.selectionChanged.disconnect(self._refresh)
        self._field = new if isinstance(new, QLineEdit | QPlainTextEdit | QTextEdit) else None
        if self._field is not None:
            self._field.selectionChanged.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        text = ""
        field = self._field
        if isinstance(field, QLineEdit):
            text = field.selectedText()
        elif field is not None and isValid(field):
            text = field.textCursor().selectedText()
        # Not "of" the whole: details and notes are selected as well, and are no words of it.
        selected = count_words(text)
        words = pluralise(selected or self._tally.total, "word")
        self._label.setText(f"{words} selected" if selected else words)
