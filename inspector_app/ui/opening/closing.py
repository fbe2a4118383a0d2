"""Closing an inspection: one whose file cannot be written, and one whose backup takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import discard, make_column

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.document.disk_thread import DiskJob
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts

_PATIENCE = 0.3
"""Seconds that closing may take before it is said that it takes long."""
_LOOK = 40
"""Milliseconds between two looks whether it is done."""
_SILENCE = 5000
"""Milliseconds without a step after which the folder is said not to answer."""
_WIDTH = 420


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


class ClosingDialog(QDialog):
    """Says that an inspection is being closed. It goes by itself, and not before."""

    def __init__(self, backup: DiskJob[bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._backup = backup
        self._loop = QEventLoop(self)
        self.setObjectName("closing_dialog")
        self.setWindowTitle("Closing…")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._build()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._silence = QTimer(self, singleShot=True)
        self._silence.timeout.connect(self._on_silence)
        self._is_silent = False

    def _build(self) -> None:
        self._about = make_label(
            "Inspector makes a backup before it closes the file. A large file takes a moment.",
            "hint",
            self,
        )
        self._about.setObjectName("closing_about")
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setObjectName("closing_progress")
        self._bar.setAccessibleName("Progress of the backup")
        self._bar.setRange(0, 100)
        tip = "Your file is complete. The next backup is made when you open it"
        self._skip = make_button("&Close without this backup", "closing_skip", tip, self)
        self._skip.setAutoDefault(False)
        self._skip.clicked.connect(self._on_skip)
        layout = make_column(self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE))
        layout.addWidget(make_label("Closing…", "heading", self))
        layout.addWidget(self._about)
        layout.addWidget(self._bar)
        layout.addWidget(self._skip, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(_WIDTH)

    def wait(self) -> None:
        """Show it until the backup is done, or is not waited for any more."""
        self._timer.start(_LOOK)
        self._silence.start(_SILENCE)
        self.open()
        self._loop.exec()
        self._timer.stop()
        discard(self)

    def reject(self) -> None:
        """Esc does not close it: closing goes on."""

    @Slot()
    def _look(self) -> None:
        if self._backup.wait(0):
            self._loop.quit()
        elif self._backup.share < 1:
            value = round(100 * self._backup.share)
            if value != self._bar.value():
                self._bar.setValue(value)
                self._silence.start(_SILENCE)
        elif not self._is_silent:
            # The disk is at it, and does not say how far.
            self._bar.setRange(0, 0)
            self._skip.setEnabled(False)

    @Slot()
    def _on_silence(self) -> None:
        self._is_silent = True
        self._about.setText(
            "The folder does not answer. Wait for it, or close. What you typed is in the safety "
            "copy on this computer, and is offered when you next open the file."
        )
        self._skip.setEnabled(True)
        self.adjustSize()

    @Slot()
    def _on_skip(self) -> None:
        self._backup.cancel()
        if self._is_silent:
            self._loop.quit()
        self._skip.setEnabled(False)
        self._silence.start(_SILENCE)
