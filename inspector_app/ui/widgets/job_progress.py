"""How far a job in the worker is, and a button that stops it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressDialog

from inspector_app.document.jobs.worker_process import WorkerProcess
from inspector_app.domain.inspection import Inspection
from inspector_app.texts import shorten
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.layouts import discard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from inspector_app.document.jobs.worker_process import Job
    from inspector_app.errors import InspectorError

T = TypeVar("T")
_AFTER = 400
"""Milliseconds after which it is told how far it is."""
_WIDTH = 380
_LONGEST = 80


class JobProgress(QProgressDialog):
    """Comes after a moment; whoever began the job discards it in the end."""

    def __init__(self, title: str, name: str, tip: str, text: str, window: QWidget) -> None:
        """Make it for a job that begins.

        Args:
            title: What is done.
            name: Beginning of the object names: “salvage”.
            tip: Of the button that stops it.
            text: What is said first.
            window: What cannot be used meanwhile.
        """
        super().__init__(window)
        self.setObjectName(f"{name}_progress")
        # Qt would put its own mark in place of "[*]", which a file may well be called.
        self.setWindowTitle(shorten(title, _LONGEST).replace("[*]", "[*][*]"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(_WIDTH)
        self.setRange(0, 0)
        self.setMinimumDuration(_AFTER)
        self.setAutoClose(False)
        self.setAutoReset(False)
        self.setCancelButton(make_button("Cancel", f"{name}_cancel", tip, self))
        self.setLabelText(text)
        # Qt counts the time until it shows itself from the first value on.
        self.setValue(0)

    def follow(self, job: Job[Any]) -> None:
        """Stop a job when the person says so."""
        self.canceled.connect(job.cancel)

    def show_step(self, text: str, share: float | None) -> None:
        """Say what is being done, and how far it is where that is known."""
        self.setLabelText(f"{text}…")
        if share is not None:
            self.setRange(0, 100)
            self.setValue(round(100 * share))


class LoneJob(QObject):
    """One job at a time in a worker of its own, for what needs no inspection to be open."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: WorkerProcess | None = None
        self._progress: JobProgress | None = None

    def run(
        self,
        progress: JobProgress,
        function: Callable[..., Any],
        arguments: Sequence[Any],
        answer: type[T],
        on_done: Callable[[T], None],
        on_error: Callable[[InspectorError], None],
        *,
        seconds: float | None = None,
    ) -> None:
        """Have a function called, with its progress shown until it ends; see `run_job`."""
        self.stop()
        self._progress = progress
        self._worker = WorkerProcess(Inspection, lambda _: None, self)
        job = self._worker.run_job(
            function,
            arguments,
            answer,
            partial(self._end, on_done),
            partial(self._end, on_error),
            progress.show_step,
            self.stop,
            seconds=seconds,
        )
        progress.follow(job)

    def _end(self, tell: Callable[[Any], None], found: object) -> None:
        self.stop()
        tell(found)

    def stop(self) -> None:
        """End what is under way; nobody hears of it any more."""
        if self._progress is not None:
            discard(self._progress)
            self._progress = None
        if self._worker is not None:
            self._worker.close()
            self._worker.deleteLater()
            self._worker = None
