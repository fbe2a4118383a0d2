"""Keys that are pressed where nothing can be changed: it is said once why nothing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.commands import WindowParts

_REOPEN = "Reopen for changes"
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ERASING = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


class ReadOnlyKeys(Commands):
    """Watches the text that has the focus, as long as the inspection can only be read."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._watched: QWidget | None = None
        self._has_told = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Watch over an inspection, or none."""
        self._document = document
        self._has_told = False
        if document is not None:
            document.editable_changed.connect(self._on_editable_changed)

    @Slot()
    def _on_editable_changed(self) -> None:
        self._has_told = False

    @Slot(object, object)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and old is self._watched:
            old.removeEventFilter(self)
        self._watched = None
        if (
            isinstance(new, QLineEdit | QTextEdit | QPlainTextEdit)
            and new.window() is self._window
            and new.isReadOnly()
        ):
            new.installEventFilter(self)
            self._watched = new

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say at the first key that would type or erase why it does not."""
        del watched
        document = self._document
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not self._has_told
            and document is not None
            and not document.can_edit
            and (event.key() in _ERASING or (event.text().isprintable() and event.text()))
            and not event.modifiers() & _HELD
        ):
            self._has_told = True
            way = f" To change it: Inspection, {_REOPEN}." if document.can_change_state else ""
            self._window.statusBar().showMessage(f"{document.read_only_reason}{way}")
        return False
