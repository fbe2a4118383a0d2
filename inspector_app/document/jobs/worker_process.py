"""The window's end of the worker: starts the worker, gives it jobs, hears its answers."""

from __future__ import annotations

import atexit
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from PySide6.QtCore import QObject, QProcess, Qt, QTimer, Slot

import inspector_app
from inspector_app.document.disk_thread import DiskThread
from inspector_app.document.jobs import OPTION
from inspector_app.document.jobs.job_context import BROKEN
from inspector_app.document.jobs.messages import (
    Answer,
    AnswerReader,
    ApplyChange,
    AttachmentContent,
    AttachmentWanted,
    Broken,
    CancelJob,
    Done,
    Failed,
    LoadInspection,
    Order,
    Progress,
    StartJob,
    pack,
)
from inspector_app.errors import InspectorError, WorkerStopped, rebuild_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection

_log = logging.getLogger(__name__)
_START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('inspector_app', run_name='__main__')"
)
_TRIES = 2
"""A job that a worker died over is tried once more, in a new one."""
_PATIENCE = 3000
"""Milliseconds that a worker gets to stop a job or to leave: it may have a file half written."""
_MOMENT = 300
"""Milliseconds that the window waits for it."""
_leaving: set[QProcess] = set()
"""Workers that were told to leave and have not; nobody hears of what they do."""
_STOPPED = (
    "The part of Inspector that works in the background stopped, twice. Your inspection is safe: "
    "everything typed is in the window and in its file. Try again. If it stops once more, close "
    "other programs, which may be using up the memory of this computer."
)
_OVERDUE = "this took too long, and was stopped. Your inspection is safe."
_CANNOT_START = (
    "The part of Inspector that works in the background cannot start: {reason}. Your inspection "
    "is safe. Try again. If that does not help, close Inspector and open it again."
)

T = TypeVar("T")


class Job(Generic[T]):
    """A job under way. Its end is one call: of `on_done`, `on_error` or `on_cancelled`."""

    def __init__(
        self,
        worker: WorkerProcess,
        run: StartJob,
        answer: type[T],
        on_done: Callable[[T], None],
        on_error: Callable[[InspectorError], None],
        on_progress: Callable[[str, float | None], None] | None,
        on_cancelled: Callable[[], None] | None,
    ) -> None:
        self.run = run
        self.tries = 0
        self.is_cancelled = False
        self.is_overdue = False
        self.on_error = on_error
        self.on_progress = on_progress
        self.on_cancelled = on_cancelled
        self._worker = worker
        self._answer = answer
        self._on_done = on_done

    def cancel(self) -> None:
        """Ask it to stop. It may have ended by then, and is then told as ended."""
        self._worker.cancel_job(self)

    def drop(self) -> None:
        """Have it stopped and hear no more of it: none of the calls is made any more."""
        self._worker.cancel_job(self)
        self._worker.forget_job(self)

    def finish(self, answer: msgspec.Raw) -> None:
        """Hand over the answer, as the type that was asked for."""
        self._on_done(msgspec.msgpack.decode(answer, type=self._answer))


class WorkerProcess(QObject):
    """One worker process, for one inspection. It starts with the first job."""

    def __init__(
        self,
        get_inspection: Callable[[], Inspection],
        read_attachment: Callable[[str], bytes | None],
        parent: QObject | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        """Make it without a process, which starts with the first job.

        Args:
            get_inspection: Gives the current value, from which a new worker starts.
            read_attachment: Gives photos that a job wants; called in a thread.
            parent: See Qt.
            command: What starts the worker; None: this application once more.
        """
        super().__init__(parent)
        self._get_inspection = get_inspection
        self._read_attachment = read_attachment
        self._command = list(command or _get_command())
        self._process: QProcess | None = None
        self._reader = AnswerReader()
        self._jobs: dict[int, Job[Any]] = {}
        self._count = 0
        self._closed = False
        self._disk = DiskThread("worker-photos", self)

    @property
    def worker_id(self) -> int:
        """The process id of the worker; 0 while there is none."""
        return self._process.processId() if self._process is not None else 0

    def run_job(
        self,
        function: Callable[..., Any],
        arguments: Sequence[Any],
        answer: type[T],
        on_done: Callable[[T], None],
        on_error: Callable[[InspectorError], None],
        on_progress: Callable[[str, float | None], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        *,
        seconds: float | None = None,
    ) -> Job[T]:
        """Have a function called in the worker, and return at once.

        Jobs are done in the order in which they were asked for, each on the inspection as it is
        now. The calls come later, in the thread of the window, and never after `close`.

        Args:
            function: A function of a module, which takes a `JobContext` and then the arguments.
            arguments: Plain values.
            answer: Type of what it returns, which goes through the pipe as plain data.
            on_done: Called with what it returned.
            on_error: Called with what the person is to be told.
            on_progress: Called with what is being done, and 0 to 1 or None.
            on_cancelled: Called when the job has stopped because it was cancelled.
            seconds: How long it may take, once it has begun; the worker is ended then, and
                another does what is left. None: as long as it takes.
        """
        self._count += 1
        run = StartJob(
            self._count, f"{function.__module__}:{function.__qualname__}", tuple(arguments)
        )
        job = Job(self, run, answer, on_done, on_error, on_progress, on_cancelled)
        if self._closed:
            return job
        if self._process is None:
            self._start()
        self._jobs[run.job] = job
        self._send(run)
        if seconds is not None:
            self._watch(job, seconds)
        return job

    def _watch(self, job: Job[Any], seconds: float) -> None:
        """End the worker over a job that takes too long, from now or from when it begins."""
        first = next(iter(self._jobs.values()), None) is job

        def look() -> None:
            if self._jobs.get(job.run.job) is not job or self._process is None:
                return
            if first:
                job.is_overdue = True
                self._process.kill()
            else:
                self._watch(job, seconds)

        QTimer.singleShot(round(1000 * seconds), self, look)

    def cancel_job(self, job: Job[Any]) -> None:
        """See `Job.cancel`."""
        if self._jobs.get(job.run.job) is job and not job.is_cancelled:
            job.is_cancelled = True
            self._send(CancelJob(job.run.job))
            QTimer.singleShot(_PATIENCE, self, lambda: self._end_deaf(job))

    def _end_deaf(self, job: Job[Any]) -> None:
        """End the worker over a job that was cancelled and goes on: its folder may hang."""
        first = next(iter(self._jobs.values()), None)
        if first is job and self._process is not None:
            self._process.kill()

    def forget_job(self, job: Job[Any]) -> None:
        """See `Job.drop`."""
        if self._jobs.get(job.run.job) is job:
            del self._jobs[job.run.job]

    @Slot(object)
    def follow(self, change: Change) -> None:
        """Tell the worker, if there is one, that the inspection has changed."""
        if self._process is not None:
            self._send(ApplyChange(change))

    def close(self) -> None:
        """End the worker and hear no more of its jobs; one that takes its time has it to itself."""
        self._closed = True
        self._disk.close(wait=False)
        self._jobs.clear()
        process, self._process = self._process, None
        if process is None:
            return
        process.closeWriteChannel()
        if process.state() == QProcess.ProcessState.NotRunning or process.waitForFinished(_MOMENT):
            process.deleteLater()
            return
        process.setParent(None)
        if not _leaving:
            # Qt must not find it running when Python ends.
            atexit.register(end_workers)
        _leaving.add(process)

        def forget() -> None:
            _leaving.discard(process)
            process.deleteLater()

        process.finished.connect(forget)
        QTimer.singleShot(_PATIENCE, process, process.kill)

    # -- the process

    def _start(self) -> None:
        self._reader = AnswerReader()
        process = QProcess(self)
        self._process = process
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_noise)
        process.finished.connect(self._on_finished)
        # Windows tells at once, before there is a job that could hear of it.
        process.errorOccurred.connect(self._on_process_error, Qt.ConnectionType.QueuedConnection)
        process.start(self._command[0], self._command[1:])
        self._send(LoadInspection(tuple(self._get_inspection())))

    def _send(self, order: Order) -> None:
        # Qt writes it when the pipe has room; nobody waits.
        if self._process is not None and self._process.isOpen():
            self._process.write(pack(order))

    @Slot()
    def _on_output(self) -> None:
        process = self._process
        if process is None or self.sender() is not process:
            return
        for answer in self._reader.feed(bytes(process.readAllStandardOutput().data())):
            self._take(answer)

    @Slot()
    def _on_noise(self) -> None:
        # Nobody reads it, since it may quote what was typed; left alone it would fill memory.
        if self._process is not None:
            self._process.readAllStandardError()

    def _take(self, answer: Answer) -> None:
        if isinstance(answer, AttachmentWanted):
            self._give_attachment(answer.sha256)
            return
        job = self._jobs.get(answer.job)
        if job is None:
            return
        if isinstance(answer, Progress):
            if job.on_progress is not None and not job.is_cancelled:
                job.on_progress(answer.text, answer.share)
            return
        del self._jobs[answer.job]
        if isinstance(answer, Done):
            job.finish(answer.answer)
        elif isinstance(answer, Failed):
            job.on_error(rebuild_error(answer.kind, answer.arguments))
        elif isinstance(answer, Broken):
            _log.error("A job in the background failed: %s", answer.trace)
            job.on_error(InspectorError(BROKEN))
        elif job.on_cancelled is not None:
            job.on_cancelled()

    def _give_attachment(self, sha256: str) -> None:
        """Send a photo that a job wants; the file may lie in a folder that does not answer."""
        process = self._process

        def send(data: bytes | None) -> None:
            # Another worker has not asked for it.
            if self._process is process:
                self._send(AttachmentContent(data))

        self._disk.run_job(lambda _: self._read_attachment(sha256), send, lambda _: send(None))

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is not self._process or self._process is None:
            return
        self._on_output_left()
        _log.warning("The worker ended with code %s", self._process.exitCode())
        self._process.deleteLater()
        self._process = None
        left, self._jobs = self._jobs, {}
        # They are done in order: it died over the first.
        for job in list(left.values())[:1]:
            job.tries += 1
        for number, job in left.items():
            if job.is_cancelled:
                if job.on_cancelled is not None:
                    job.on_cancelled()
            elif job.is_overdue:
                job.on_error(WorkerStopped(_OVERDUE))
            elif job.tries >= _TRIES:
                job.on_error(WorkerStopped(_STOPPED))
            else:
                if self._process is None:
                    self._start()
                self._jobs[number] = job
                self._send(job.run)

    def _on_output_left(self) -> None:
        if self._process is not None:
            for answer in self._reader.feed(bytes(self._process.readAllStandardOutput().data())):
                self._take(answer)

    @Slot(QProcess.ProcessError)
    def _on_process_error(self, error: QProcess.ProcessError) -> None:
        if error != QProcess.ProcessError.FailedToStart or self._process is None:
            return
        reason = self._process.errorString()
        self._process.deleteLater()
        self._process = None
        left, self._jobs = self._jobs, {}
        for job in left.values():
            job.on_error(WorkerStopped(_CANNOT_START.format(reason=reason)))


def end_workers() -> None:
    """Wait for workers that were told to leave, and end those that do not hear of it."""
    for process in list(_leaving):
        if not process.waitForFinished(_PATIENCE):
            process.kill()
            process.waitForFinished(_PATIENCE)
    _leaving.clear()
    atexit.unregister(end_workers)


def _get_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, OPTION]
    # -P: what lies in the folder where the person happens to be is not code. The code is the same
    # as here; the embedded Python of Windows does not look into PYTHONPATH for it.
    home = str(Path(inspector_app.__file__).resolve().parent.parent)
    return [sys.executable, "-P", "-c", _START, home, OPTION]
