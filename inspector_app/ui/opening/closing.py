"""Closing an inspection: one whose file cannot be written, and one whose backup takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.ui.widgets.disk_waiting import WaitingDialog, WaitingTexts

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from inspector_app.document.disk_thread import DiskJob
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts

_PATIENCE = 0.3
"""Seconds that closing may take before it is said that it takes long."""
_CLOSING = WaitingTexts(
    "Closing",
    "Inspector makes a backup before it closes the file. A large file takes a moment.",
    "What you typed is in the safety copy on this computer, and is offered when you next open the "
    "file.",
    "Your file is complete. The next backup is made when you open it",
    "&Close without this backup",
)


def may_close(document: InspectionDocument | None, prompts: Prompts) -> bool:
    """Write what waits; ask where it lies nowhere but in the window."""
    if document is None or document.save():
        return True
    state = document.save_state
    if state is None or state.copies:
        return True
    return prompts.confirm(
        f"Close “{document.path.name}” without saving your last changes?",
        f"Inspector cannot save the file: {state.message}. It cannot save the safety copy on this "
        f"computer either ({state.journal_message}). Save a copy in another folder first.",
        "Close and try once more",
    )


def tell_rescued(name: str, rescued: Path | None, prompts: Prompts) -> None:
    """Tell where the whole copy lies that was made since the file could not be written."""
    if rescued is not None:
        prompts.show_written(
            f"“{name}” could not be saved when it was closed: it was missing, out of reach or had "
            "been replaced. Everything you typed is in this file:",
            rescued,
        )


def wait_for_backup(backup: DiskJob[bool], window: QWidget) -> None:
    """Wait until the last backup is made, or given up; stay alive, and say that it takes long."""
    if not backup.wait(_PATIENCE):
        ClosingDialog(backup, window).wait()


class ClosingDialog(WaitingDialog):
    """Says that an inspection is being closed. It goes by itself, and not before."""

    silence = 5000

    def __init__(self, backup: DiskJob[bool], parent: QWidget) -> None:
        super().__init__("the inspection", backup, _CLOSING, parent)

    def reject(self) -> None:
        """Esc does not close it: closing goes on."""

    def _may_leave(self) -> bool:
        # The backup reads the file that is to be let go.
        return self._is_silent
