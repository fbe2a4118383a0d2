"""Work that waits for the disk, beside the window: a thread does it, one job after the other.

Python that computes is not for here: a busy thread makes typing stutter. See `jobs` and `slices`.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from inspector_app.document.jobs.job_context import BROKEN, JobCancelled
from inspector_app.errors import InspectorError
from inspector_app.logs import describe_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import SignalInstance

_log = logging.getLogger(__name__)

T = TypeVar("T")
TellShare: TypeAlias = "Callable[[float], None]"
"""Says how far a job is, 0 to 1; raises `JobCancelled` where it is to stop."""
WaitFor: TypeAlias = "Callable[[DiskJob[Any]], bool]"
"""Waits for a job, and tells whether it has ended; the person may have given up."""


def _ignore(*_: object) -> None:
    """Hear of something, and do nothing about it."""


_MOMENT = 0.2
"""Seconds that the window waits for a small question."""
_unanswered: set[Path] = set()
"""Folders that have not answered so far."""


def ask_disk(question: Callable[[Path], T], path: Path, otherwise: T) -> T:
    """Ask something small of one path; see `ask_disk_all`."""
    return ask_disk_all(question, (path,), otherwise)[0]


def ask_disk_all(question: Callable[[Path], T], paths: Sequence[Path], otherwise: T) -> list[T]:
    """Ask something small, as whether a file is there, of paths that may lie on a network.

    Args:
        question: Touches nothing of Qt, and raises nothing.
        paths: What it is asked of, all at the same time.
        otherwise: The answer for a path that does not answer in a moment. Its folder is not asked
            again until it has answered.
    """
    asked = [None if path.parent in _unanswered else _ask(question, path) for path in paths]
    wait_for([answer for answer in asked if answer is not None], _MOMENT)
    answers = []
    for path, answer in zip(paths, asked, strict=True):
        if answer is not None and answer.done():
            answers.append(answer.result())
        else:
            answers.append(otherwise)
            if answer is not None:
                _unanswered.add(path.parent)
                answer.add_done_callback(partial(_note_answer, path.parent))
    return answers


def _ask(question: Callable[[Path], T], path: Path) -> Future[T]:
    answer: Future[T] = Future()
    # A daemon: Python does not wait for it when it ends.
    asking = threading.Thread(
        target=lambda: answer.set_result(question(path)), name="asking", daemon=True
    )
    asking.start()
    return answer


def _note_answer(folder: Path, _: Future[Any]) -> None:
    _unanswered.discard(folder)


_running: set[DiskJob[Any]] = set()


def is_disk_awaited() -> bool:
    """Tell whether a thread still waits for a disk: Python would wait for it when it ends."""
    return bool(_running)


@dataclass(eq=False)
class DiskJob(Generic[T]):
    """A job of a thread. Its end is one call: of `on_done`, `on_error` or `on_cancelled`."""

    thread: DiskThread
    on_done: Callable[[T], None]
    on_error: Callable[[InspectorError], None]
    on_progress: Callable[[float], None]
    on_cancelled: Callable[[], None]
    future: Future[T] = field(init=False)
    is_cancelled: bool = False
    share: float = 0
    """How far it is, 0 to 1."""

    def cancel(self) -> None:
        """Ask it to stop. It may have ended by then, and is then told as ended."""
        self.is_cancelled = True

    def drop(self) -> None:
        """Have it stopped and hear no more of it: none of the calls is made any more."""
        self.cancel()
        self.thread.forget_job(self)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for so long, None for as long as it takes, and return whether it has ended."""
        return bool(wait_for((self.future,), seconds).done)

    def get_result(self) -> T:
        """Wait for the end, and return what came of it, or raise what it raised."""
        return self.future.result()


class DiskThread(QObject):
    """One thread. It starts with the first job; whoever owns it closes it."""

    _progressed = Signal(object)
    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject) -> None:
        """Make a thread that does not run yet.

        Args:
            name: What it is called in a list of threads.
            parent: Its owner, in the thread of the window.
        """
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, name)
        self._jobs: list[DiskJob[Any]] = []
        self._lock = threading.Lock()
        self._is_closed = False
        self._progressed.connect(self._on_progressed, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether the end of a job is still to be told."""
        return bool(self._jobs)

    def run_job(
        self,
        function: Callable[[TellShare], T],
        on_done: Callable[[T], None] = _ignore,
        on_error: Callable[[InspectorError], None] = _ignore,
        on_progress: Callable[[float], None] = _ignore,
        on_cancelled: Callable[[], None] = _ignore,
    ) -> DiskJob[T]:
        """Have a function called in the thread, and return at once.

        The calls come later, in the thread of the window, and never after `close`.

        Args:
            function: Touches nothing of Qt. It is given what tells how far it is.
            on_done: Called with what it returned.
            on_error: Called with what the person is to be told; a fault of ours is logged by then.
            on_progress: Called with how far it is, for each hundredth.
            on_cancelled: Called when the job has stopped because it was cancelled.
        """
        job = DiskJob(self, on_done, on_error, on_progress, on_cancelled)
        self._jobs.append(job)
        job.future = self._pool.submit(self._do, job, function)
        return job

    def forget_job(self, job: DiskJob[Any]) -> bool:
        """See `DiskJob.drop`; return whether its end was still to be told."""
        if job not in self._jobs:
            return False
        self._jobs.remove(job)
        return True

    def wait(self, seconds: float) -> bool:
        """Wait until all that it was given has ended, for so long, and return whether it has."""
        return bool(wait_for((self._pool.submit(int),), seconds).done)

    def close(self, *, wait: bool = True) -> None:
        """Have all jobs stopped, and hear no more of them.

        Args:
            wait: Whether to wait until the one that is under way has ended.
        """
        for job in list(self._jobs):
            job.drop()
        with self._lock:
            self._is_closed = True
        self._pool.shutdown(wait=wait)

    def _do(self, job: DiskJob[T], function: Callable[[TellShare], T]) -> T:
        """Do a job, in the thread."""

        def tell(share: float) -> None:
            if job.is_cancelled:
                raise JobCancelled
            before, job.share = job.share, share
            if int(100 * before) != int(100 * share):
                self._emit(self._progressed, job)

        try:
            if job.is_cancelled:
                raise JobCancelled
            _running.add(job)
            return function(tell)
        except (JobCancelled, InspectorError):
            raise
        except Exception as error:
            _log.error("A job for the disk failed: %s", describe_error(error))
            raise InspectorError(BROKEN) from error
        finally:
            _running.discard(job)
            self._emit(self._ended, job)

    def _emit(self, signal: SignalInstance, job: DiskJob[Any]) -> None:
        # Once closed, this object may go while the thread is still at it.
        with self._lock:
            if not self._is_closed:
                signal.emit(job)

    @Slot(object)
    def _on_progressed(self, job: DiskJob[Any]) -> None:
        if job in self._jobs and not job.is_cancelled:
            job.on_progress(job.share)

    @Slot(object)
    def _on_ended(self, job: DiskJob[Any]) -> None:
        if job not in self._jobs:
            return
        self._jobs.remove(job)
        error = job.future.exception()
        if isinstance(error, JobCancelled):
            job.on_cancelled()
        elif isinstance(error, InspectorError):
            job.on_error(error)
        else:
            job.on_done(job.get_result())
