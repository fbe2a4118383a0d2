"""What the File menu does with the password of an inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QProgressDialog

from inspector_app.document.protecting import PasswordChange, PasswordOutcome, is_password
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.widgets.layouts import discard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.commands import WindowParts

_QUICK = 1_000
"""Milliseconds after which it is told how far it is."""
_WRONG = "That is not the current password. Nothing was changed; try again."
_LEFT = (
    "Not all copies on this computer could be saved again: they are damaged, open elsewhere, have "
    "another password, or there was no room. They are as they were before:"
)
_ELSEWHERE = "Copies that you made in other places are as they were."


class PasswordCommands(Commands):
    """Sets, changes and removes the password of the inspection that is open."""

    changed = Signal(str)
    """It was done; carries a sentence that says what."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._change: PasswordChange | None = None
        self._progress: QProgressDialog | None = None
        self._focus: QWidget | None = None
        self._doing = ""
        parts.actions.password.triggered.connect(self._on_password)
        self._action = parts.actions.password

    @property
    def is_running(self) -> bool:
        """Whether files are being written anew: the inspection cannot be closed meanwhile."""
        return self._change is not None

    def show_document(self, document: InspectionDocument | None) -> None:
        """Work on an inspection, or on none."""
        self._document = document
        self._action.setEnabled(document is not None and document.can_change_state)

    @Slot()
    def _on_password(self) -> None:
        document = self._document
        if document is None or self._change is not None:
            return
        problem = ""
        while True:
            wanted = self._prompts.ask_new_password(
                is_protected=document.is_protected, problem=problem
            )
            if wanted is None:
                return
            if is_password(document, wanted.current):
                break
            problem = _WRONG
        if not wanted.new:
            self._doing = "The password was removed."
        elif document.is_protected:
            self._doing = "The password was changed."
        else:
            self._doing = "The inspection is protected with a password now."
        self._begin(PasswordChange(document, self._backups, wanted.new))

    def _begin(self, change: PasswordChange) -> None:
        self._change = change
        progress = QProgressDialog(
            "Saving the inspection and its copies…", "&Cancel", 0, 100, self._window
        )
        progress.setObjectName("password_progress")
        progress.setWindowTitle("Password")
        # What is typed meanwhile would not be in the new file.
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(_QUICK)
        progress.setAutoClose(False)
        progress.setAutoReset(False)
        progress.canceled.connect(change.cancel)
        change.progressed.connect(progress.setValue)
        change.ended.connect(self._on_ended)
        self._progress = progress
        self._focus = QApplication.focusWidget()
        self._window.setEnabled(False)
        change.start()

    @Slot(object)
    def _on_ended(self, outcome: PasswordOutcome) -> None:
        if self._progress is not None:
            discard(self._progress)
        self._window.setEnabled(True)
        # Not every desktop gives the keys back to the window below.
        self._window.activateWindow()
        if self._focus is not None:
            self._focus.setFocus()
        self._focus = None
        if self._change is not None:
            self._change.deleteLater()
        self._change = self._progress = None
        if outcome.problem:
            self._prompts.show_problem("The password is as it was.", outcome.problem)
        elif not outcome.cancelled:
            self.changed.emit(f"{self._doing} {_ELSEWHERE}")
            if outcome.left:
                self._prompts.show_list(_LEFT, "\n".join(str(path) for path in outcome.left))
