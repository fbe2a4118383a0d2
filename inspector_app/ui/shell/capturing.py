"""Quick capture of notes in a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.commands import WindowParts


class Capturing(Commands):
    """Opens the dialog that takes notes, one for the inspection that is open."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._action = parts.actions.capture
        self._dialog: QDialog | None = None
        self._action.triggered.connect(self.capture)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Take notes of an inspection, or of none."""
        self.close()
        self._document = document
        if document is not None:
            document.editable_changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def capture(self) -> None:
        """Show the dialog, with what was begun in it."""
        if self._document is None:
            return
        if self._dialog is None:
            from inspector_app.ui.evidence.capture import CaptureDialog

            self._dialog = CaptureDialog(self._document, self._prompts, self._window)
            # Not every desktop gives the keys back to the window below.
            self._dialog.finished.connect(self._window.activateWindow)
        self._dialog.show()
        self._dialog.activateWindow()

    @Slot()
    def close(self) -> None:
        """Close the dialog; what was typed in it is in the document."""
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    @Slot()
    def _refresh(self) -> None:
        document = self._document
        self._action.setEnabled(document is not None and document.can_edit)
