"""Spelling as a matter of the window: its switch, its keys, and what other windows changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot

from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.shell.misspellings import Misspellings
from inspector_app.ui.spelling.speller import (
    get_speller,
    load_spelling_choice,
    store_spelling_choice,
)

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.inspection_view import InspectionView


class WindowSpelling(Commands):
    """Connects a window's actions with the speller of the inspection that is open in it."""

    def __init__(self, parts: WindowParts, view: InspectionView) -> None:
        super().__init__(parts)
        self._switch = parts.actions.check_spelling
        self._misspellings = Misspellings(view, parts.window)
        self._misspellings.told.connect(parts.window.statusBar().showMessage)
        parts.actions.next_misspelling.triggered.connect(self._misspellings.go_on)
        parts.actions.previous_misspelling.triggered.connect(self._misspellings.go_back)
        self._switch.setChecked(load_spelling_choice(parts.settings))
        self._switch.triggered.connect(self._on_switched)
        parts.window.installEventFilter(self)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Serve an inspection before its pages are made, or none."""
        self._document = document
        self._misspellings.show_document(document)
        if document is not None:
            speller = get_speller(document)
            speller.use_settings(self._settings)
            speller.failed.connect(self._prompts.show_problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take in what was changed in another window, when coming back to this one."""
        if event.type() == QEvent.Type.ActivationChange and self._window.isActiveWindow():
            wanted = load_spelling_choice(self._settings)
            self._switch.setChecked(wanted)
            if self._document is not None:
                get_speller(self._document).set_enabled(wanted)
                get_speller(self._document).reread_own_words()
        return super().eventFilter(watched, event)

    @Slot(bool)
    def _on_switched(self, wanted: bool) -> None:
        store_spelling_choice(self._settings, wanted)
        if self._document is not None:
            get_speller(self._document).set_enabled(wanted)
