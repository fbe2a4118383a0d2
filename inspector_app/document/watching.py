"""Keeping an answer about the inspection up to date, in the background, a moment behind typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.checks.check_run import CheckRun
    from inspector_app.document.jobs.checking import Trace
    from inspector_app.document.jobs.worker_process import Job, WorkerProcess
    from inspector_app.document.reports import Reports
    from inspector_app.errors import InspectorError

T = TypeVar("T")
Question: TypeAlias = "tuple[Callable[..., T], type[T]]"
"""A job, and the type of what it answers."""
_DELAY = 700
"""Milliseconds without a change before it is looked at anew."""
_FIRST = 100
"""Milliseconds before the first look: the window is painted first."""


class Watch(QObject, Generic[T]):
    """Asks the worker the same question again after each change, while somebody wants to know.

    One question is under way at a time; what changed meanwhile is asked when it is answered.
    """

    changed = Signal()
    """There is another answer, or a problem in its place."""

    def __init__(
        self,
        worker: WorkerProcess | Reports,
        load_question: Callable[[], Question[T]],
    ) -> None:
        """Make a watch that does not look yet.

        Args:
            worker: That of the open inspection, or what gives its jobs the templates, too.
            load_question: Gives the question; called when it is first asked, so that the start of
                the window need not wait for what it imports.
        """
        super().__init__(worker)
        self.answer: T | None = None
        """The latest answer; None before the first."""
        self.problem = ""
        """What kept the latest question from being answered."""
        self._worker = worker
        self._load_question = load_question
        self._job: Job[Any] | None = None
        self._wanted = False
        self._stale = True
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._ask)

    @property
    def is_fresh(self) -> bool:
        """Whether the answer is about the inspection as it is now."""
        return not self._stale and self._job is None and not self.problem

    def start(self) -> None:
        """Begin to want to know."""
        if not self._wanted:
            self._wanted = True
            if self._stale:
                self._timer.start(_FIRST)

    def stop(self) -> None:
        """Want to know no more; the last answer stays."""
        self._wanted = False
        self._timer.stop()

    @Slot()
    def follow(self) -> None:
        """Know that the inspection has changed."""
        self._stale = True
        if self._wanted:
            self._timer.start(_DELAY)

    @Slot()
    def _ask(self) -> None:
        if self._job is not None:
            self._timer.start(_DELAY)
            return
        self._stale = False
        question, answer = self._load_question()
        self._job = self._worker.run_job(question, (), answer, self._on_done, self._on_error)

    def _on_done(self, answer: T) -> None:
        self._job = None
        self.answer = answer
        self.problem = ""
        self.changed.emit()

    def _on_error(self, error: InspectorError) -> None:
        self._job = None
        self.problem = str(error)
        self.changed.emit()


def load_checks() -> Question[CheckRun]:
    """Return the question what the checks find."""
    from inspector_app.checks.check_run import CheckRun
    from inspector_app.document.jobs.checking import check

    return check, CheckRun


def load_trace() -> Question[Trace]:
    """Return the question which sentences stand on what."""
    from inspector_app.document.jobs.checking import Trace, trace

    return trace, Trace
