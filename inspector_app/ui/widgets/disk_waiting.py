"""Waiting for a disk without the window standing still: a network folder may hang."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

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

    from inspector_app.document.disk_thread import DiskJob, TellShare

T = TypeVar("T")
_MOMENT = 0.1
"""Seconds that nobody notices: what ends within them costs no more than if it were done here."""
_PATIENCE = 1000
"""Milliseconds that it may take before it is said that it takes long."""
_LOOK = 40
"""Milliseconds between two looks whether it is done."""
_LOOK_FIRST = 10
"""The same while nothing is said of it."""
_WIDTH = 420
_LONGEST = 80
_SILENT = (
    "The folder does not answer. It may be on a network or drive that is out of reach. Wait for "
    "it, or select {button}. {cancelled}"
)
files_under_way: set[Path] = set()
"""Files that a thread is at. A second one must not: what it closes takes the locks of the first."""


class WaitingTexts(NamedTuple):
    """What is said while a disk is waited for."""

    doing: str
    about: str
    cancelled: str
    """What comes of it where the person gives up."""
    tip: str
    """Of the button that does so."""
    button: str = "Cancel"


OPENING = WaitingTexts(
    "Opening",
    "Inspector is reading the file. This takes a moment for a large file.",
    "The file stays as it is.",
    "Continue without this file (Esc)",
)
WRITING = WaitingTexts(
    "Saving",
    "Inspector is saving the file. This takes a moment for a large file.",
    "The files in that folder stay as they are.",
    "Stop without saving (Esc)",
)

SAVING = WaitingTexts(
    "Waiting for",
    "Its folder takes a moment to answer.",
    "What you type is kept in the safety copy on this computer, and goes into the file when its "
    "folder answers.",
    "Go on with the safety copy (Esc)",
)


def _ignore(_: object) -> None:
    """Nothing is to be let go."""


class DiskWaiting(QObject):
    """Has a thread do what waits for a disk, while the window says so and stays alive."""

    def __init__(self, widget: QWidget) -> None:
        """Make it for what is done in a widget, whose window shows it."""
        super().__init__(widget)
        self._widget = widget
        self._loop: QEventLoop | None = None
        self._is_given_up = False
        self._dialog: WaitingDialog | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a disk is waited for. Nothing else is to be begun here meanwhile."""
        return self._loop is not None

    def wait(
        self,
        path: Path,
        function: Callable[[TellShare], T],
        release: Callable[[T], None] = _ignore,
        texts: WaitingTexts = OPENING,
        *,
        name: str = "",
    ) -> T:
        """Return what a function returns, or raise what it raises.

        Args:
            path: The file that it opens or writes.
            function: Touches nothing of Qt that paints. It may tell how far it is; then it is
                waited for when the person cancels, and otherwise left to itself.
            release: Called, in a thread, with what comes after the person has given up.
            texts: What is said when it takes long.
            name: What it is done to, in words; "": the file.

        Raises:
            JobCancelled: The person has given up.
            FileProblem: Another thread is still at that file.
        """
        if path in files_under_way or self.is_waiting:
            raise FileProblem(
                f"“{path.name}” is still being used: its folder does not answer. The file stays as "
                "it is. Try again when its drive or network can be reached."
            )
        files_under_way.add(path)
        thread = DiskThread("waiting", self)
        job = thread.run_job(function)
        try:
            if not self.follow(job, texts, name or f"“{path.name}”"):
                job.drop()
                job.future.add_done_callback(partial(_drop_late, path, release))
                raise JobCancelled
            files_under_way.discard(path)
            return job.get_result()
        finally:
            thread.close(wait=False)
            thread.deleteLater()

    def follow(self, job: DiskJob[Any], texts: WaitingTexts, name: str) -> bool:
        """Wait for a job that somebody else has begun, and return whether it has ended.

        Where the person gives up it goes on. Nobody waits twice: while something is being waited
        for here, a second job gets a moment only.
        """
        if job.wait(_MOMENT) or self.is_waiting:
            return job.wait(0)
        self._is_given_up = False
        loop = self._loop = QEventLoop(self)
        try:
            self._stay_alive(job, loop, texts, name)
        finally:
            self._loop = None
            loop.deleteLater()
        return job.wait(0)

    def _stay_alive(
        self, job: DiskJob[Any], loop: QEventLoop, texts: WaitingTexts, name: str
    ) -> None:
        """Wait with the window painted, and after a while with a dialog."""
        QTimer.singleShot(_PATIENCE, loop, loop.quit)
        looking = QTimer(loop, interval=_LOOK_FIRST)
        looking.timeout.connect(lambda: loop.quit() if job.wait(0) else None)
        looking.start()
        # What is typed and clicked meanwhile is kept for later: nothing is to change below it.
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if job.wait(0) or self._is_given_up:
            return
        window = self._widget.window()
        self._dialog = WaitingDialog(name, job, texts, window)
        self._dialog.wait()
        self._dialog = None
        # Not every desktop gives the keys back to the window below.
        window.activateWindow()

    def give_up(self) -> None:
        """Wait no longer."""
        self._is_given_up = True
        if self._dialog is not None:
            self._dialog.leave()
        elif self._loop is not None:
            self._loop.quit()


class WaitingDialog(QDialog):
    """Says what is being done. It goes by itself, or when the person gives up."""

    silence = 2000
    """Milliseconds without a step after which the folder is said not to answer."""

    def __init__(self, name: str, job: DiskJob[Any], texts: WaitingTexts, parent: QWidget) -> None:
        super().__init__(parent)
        self._job = job
        self._texts = texts
        self._is_silent = False
        self._loop = QEventLoop(self)
        self.setObjectName("waiting_dialog")
        self.setWindowTitle(f"{texts.doing}…")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        heading = make_label(f"{texts.doing} {shorten(name, _LONGEST)}…", "heading", self)
        heading.setWordWrap(True)
        self._about = make_label(texts.about, "hint", self)
        self._about.setObjectName("waiting_about")
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setObjectName("waiting_progress")
        self._bar.setAccessibleName("Progress")
        self._bar.setRange(0, 100)
        self._bar.setValue(0)
        self._bar.hide()
        self._cancel = make_button(texts.button, "waiting_cancel", texts.tip, self)
        self._cancel.clicked.connect(self.give_up)
        layout = make_column(self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE))
        layout.addWidget(heading)
        layout.addWidget(self._about)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(_WIDTH)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._silence = QTimer(self, singleShot=True)
        self._silence.timeout.connect(self._on_silence)

    def wait(self) -> None:
        """Show it until the job is done, or the person has given up."""
        self._timer.start(_LOOK)
        self._silence.start(self.silence)
        self.open()
        self._loop.exec()
        self._timer.stop()
        discard(self)

    def leave(self) -> None:
        """Wait no longer, whether the job hears of it or not."""
        self._job.cancel()
        self._loop.quit()

    def reject(self) -> None:
        """Esc gives up."""
        self.give_up()

    @Slot()
    def give_up(self) -> None:
        """Stop the job. What tells how far it is hears of that, and is waited for."""
        if self._may_leave():
            self.leave()
            return
        self._job.cancel()
        self._say("Stopping…")
        self._cancel.setEnabled(False)
        self._silence.start(self.silence)

    def _may_leave(self) -> bool:
        return not self._job.share or self._job.is_cancelled or self._is_silent

    @Slot()
    def _on_timeout(self) -> None:
        if self._job.wait(0):
            self._loop.quit()
            return
        value = round(100 * self._job.share)
        if value != self._bar.value():
            self._bar.show()
            self._bar.setValue(value)
            # It has answered just now.
            self._is_silent = False
            self._silence.start(self.silence)
            if not self._job.is_cancelled:
                self._say(self._texts.about)

    @Slot()
    def _on_silence(self) -> None:
        self._is_silent = True
        self._say(
            _SILENT.format(
                button=self._cancel.text().replace("&", ""), cancelled=self._texts.cancelled
            )
        )
        self._cancel.setEnabled(True)

    def _say(self, text: str) -> None:
        self._about.setText(text)
        # Qt would squeeze lines that are new into the old ones.
        self.adjustSize()


def _drop_late(path: Path, release: Callable[[T], None], future: Future[T]) -> None:
    try:
        if future.exception() is None:
            release(future.result())
    finally:
        files_under_way.discard(path)
