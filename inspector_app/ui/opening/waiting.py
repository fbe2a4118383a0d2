"""Waiting for the disk of an inspection that is to be opened: a network folder may hang."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QWidget

from inspector_app.document.disk_thread import DiskThread
from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.errors import FileProblem
from inspector_app.texts import shorten
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import discard, make_column

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from inspector_app.document.disk_thread import DiskJob

T = TypeVar("T")
_PATIENCE = 1.0
"""Seconds that it may take before it is said that it takes long."""
_SILENCE = 2000
"""Milliseconds after which the folder is said not to answer."""
_LOOK = 40
"""Milliseconds between two looks whether it is done."""
_WIDTH = 420
_LONGEST = 80
_READING = "The file is being read. That takes a moment where it is large."
_SILENT = (
    "The folder does not answer. It may be on a network or drive that is out of reach. Wait for "
    "it, or cancel; the file stays as it is."
)
files_under_way: set[Path] = set()
"""Files that a thread is at. A second one must not: what it closes takes the locks of the first."""


def _ignore(_: object) -> None:
    """Nothing is to be let go."""


class DiskWaiting(QObject):
    """Has a thread do what waits for a disk, while the window says so and stays alive."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: WaitingDialog | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the person is told that a disk is waited for."""
        return self._dialog is not None

    def wait(
        self, path: Path, function: Callable[[], T], release: Callable[[T], None] = _ignore
    ) -> T:
        """Return what a function returns, or raise what it raises.

        Args:
            path: The file that it opens.
            function: Touches nothing of Qt.
            release: Called, in a thread, with what comes after the person has given up.

        Raises:
            JobCancelled: The person has given up. The thread is left to itself.
            FileProblem: Another thread is still at that file.
        """
        if path in files_under_way:
            raise FileProblem(
                f"“{path.name}” is still being opened: the folder does not answer. The file "
                "stays as it is. Try again when its drive or network can be reached."
            )
        files_under_way.add(path)
        thread = DiskThread("opening", self)
        job = thread.run_job(lambda _: function())
        try:
            if not job.wait(_PATIENCE):
                self._dialog = WaitingDialog(path.name, job, self._window)
                self._dialog.wait()
                # Not every desktop gives the keys back to the window below.
                self._window.activateWindow()
            if not job.wait(0):
                job.drop()
                job.future.add_done_callback(partial(_drop_late, path, release))
                raise JobCancelled
            files_under_way.discard(path)
            return job.get_result()
        finally:
            self._dialog = None
            thread.close(wait=False)
            thread.deleteLater()

    def give_up(self) -> None:
        """Wait no longer."""
        if self._dialog is not None:
            self._dialog.reject()


class WaitingDialog(QDialog):
    """Says that an inspection is being opened. It goes by itself, or when the person gives up."""

    def __init__(self, name: str, job: DiskJob[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._job = job
        self._loop = QEventLoop(self)
        self.setObjectName("waiting_dialog")
        self.setWindowTitle("Opening…")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        heading = make_label(f"Opening “{shorten(name, _LONGEST)}”…", "heading", self)
        heading.setWordWrap(True)
        self._about = make_label(_READING, "hint", self)
        self._about.setObjectName("waiting_about")
        cancel = make_button("Cancel", "waiting_cancel", "Go on without this file (Esc)", self)
        cancel.clicked.connect(self.reject)
        layout = make_column(self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE))
        layout.addWidget(heading)
        layout.addWidget(self._about)
        layout.addWidget(cancel, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(_WIDTH)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)

    def wait(self) -> None:
        """Show it until the job is done, or the person has given up."""
        self._timer.start(_LOOK)
        QTimer.singleShot(_SILENCE, self, lambda: self._about.setText(_SILENT))
        self.finished.connect(self._loop.quit)
        self.open()
        self._loop.exec()
        self._timer.stop()
        discard(self)

    @Slot()
    def _on_timeout(self) -> None:
        if self._job.wait(0):
            self._loop.quit()


def _drop_late(path: Path, release: Callable[[T], None], future: Future[T]) -> None:
    try:
        if future.exception() is None:
            release(future.result())
    finally:
        files_under_way.discard(path)
