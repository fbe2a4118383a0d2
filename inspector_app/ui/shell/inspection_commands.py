"""The state of the inspection: changing it, and reopening what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication

from inspector_app.domain.states import STATE_NAMES, get_state
from inspector_app.report.phrases import long_date
from inspector_app.ui.details.publishing import ask_to_publish
from inspector_app.ui.shell.commands import Commands

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import State
    from inspector_app.ui.shell.commands import WindowParts


class InspectionCommands(Commands):
    """Keeps the actions of the states in step with the inspection that is open, and does them."""

    about_to_change = Signal()
    """The state is about to be another: what is half typed must be in the document."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        for state, action in parts.actions.states.items():
            action.triggered.connect(lambda _=False, state=state: self._change(state))
        parts.actions.reopen.triggered.connect(self.reopen)
        self._refresh()

    def show_document(self, document: InspectionDocument | None) -> None:
        """Work on an inspection, or on none."""
        self._document = document
        if document is not None:
            document.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        document = self._document
        details = document.inspection.details if document is not None else None
        for state, action in self._actions.states.items():
            day = details.state_dates.get(state) if details is not None else None
            since = f" ({long_date(day)})" if day else ""
            action.setText(f"{STATE_NAMES[state]}{since}")
            action.setEnabled(document is not None and document.can_edit)
            action.setChecked(details is not None and get_state(details) == state)
        self._actions.reopen.setEnabled(
            document is not None and document.is_published and document.can_change_state
        )

    def _change(self, state: State) -> None:
        if self._document is not None:
            self._settle()
            if state == "published" and not ask_to_publish(self._document, self._prompts):
                self._refresh()
                return
            with self._prompts.telling("The state was not changed."):
                self._document.change_state(state)
        self._refresh()

    @Slot()
    def reopen(self) -> None:
        """Make a published inspection one that can be changed, if the person says so."""
        document = self._document
        if document is None or not self._actions.reopen.isEnabled():
            return
        if not self._prompts.confirm(
            "Reopen this published inspection for changes?",
            "It becomes a draft again, and the history says when it was reopened and by whom. "
            "The report that was published is not affected.",
            "Reopen",
        ):
            return
        with self._prompts.telling("The inspection was not reopened."):
            document.reopen()

    def _settle(self) -> None:
        """Have everything stored that is half typed."""
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self.about_to_change.emit()
