"""Undo and redo in a window: the steps by name, and the page on which they happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.inspection_view import InspectionView


class Undoing(Commands):
    """Takes steps back and makes them again; each is shown where it happens."""

    def __init__(self, parts: WindowParts, view: InspectionView) -> None:
        super().__init__(parts)
        self._view = view
        self._travels = False
        parts.actions.undo.triggered.connect(self._on_undo)
        parts.actions.redo.triggered.connect(self._on_redo)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Follow the steps of an inspection, or of none."""
        self._document = document
        if document is not None:
            document.changed.connect(self._on_changed)
            stack = document.undo_stack
            for signal in (stack.indexChanged, stack.undoTextChanged, stack.redoTextChanged):
                signal.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        document = self._document
        self._actions.show_steps(document.undo_stack if document is not None else None)

    @Slot()
    def _on_undo(self) -> None:
        if self._document is not None:
            self._travels = True
            self._document.undo_stack.undo()
            self._travels = False

    @Slot()
    def _on_redo(self) -> None:
        if self._document is not None:
            self._travels = True
            self._document.undo_stack.redo()
            self._travels = False

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if self._travels:
            self._view.show_change(change)
