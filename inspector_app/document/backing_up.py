"""Backups of the open inspection: when it is opened, every half hour of work, when it is closed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inspector_app.document.disk_thread import DiskJob, DiskThread
from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.document.slices import Slices
from inspector_app.errors import FileProblem
from inspector_app.settings import get_journals_folder, get_rescue_folder
from inspector_app.storage.automatic import (
    RunningBackup,
    list_backups,
    make_backup_path,
    thin_backups,
)
from inspector_app.storage.protecting import ProtectedFolders, protect_leftovers

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from inspector_app.document.disk_thread import TellShare
    from inspector_app.domain.versions.history import Backup
    from inspector_app.errors import InspectorError
    from inspector_app.storage.inspection_file import InspectionFile

USUAL_LIMIT = 2_000_000_000
"""Bytes that the automatic backups of all inspections may take, unless somebody says otherwise."""
_FIRST = 3_000
"""Milliseconds after opening: the window is painted, and the person has begun to read."""
_INTERVAL = 30 * 60 * 1_000
_FAILED = (
    "The last backup was not made; it is tried again in half an hour. Your inspection is kept as "
    "usual. {problem}"
)
_PAGES = 64
"""Pages that are copied between two events: a quarter of a megabyte, about a millisecond."""
_MANY = 512
"""Pages that are copied at once while an inspection is closed: who wants to stop is heard soon."""
_BREATH = 5
"""Milliseconds between two slices."""


class AutomaticBackups(QObject):
    """Backs up the inspection file where it changed since the last backup.

    While somebody works, pages are copied in slices between two events, and a thread waits for the
    disk; when the inspection is closed, a thread copies what is left. A backup that fails is told
    by `problem` and tried again at the next time; work goes on.
    """

    changed = Signal()
    """There is another backup, or `problem` is another."""

    def __init__(
        self,
        get_file: Callable[[], InspectionFile | None],
        backups: Path,
        inspection: str,
        parent: QObject,
    ) -> None:
        """Make it for an inspection; the first backup begins a moment later.

        Args:
            get_file: Gives its file; None while there is none that could be read.
            backups: The folder of all backups.
            inspection: Its id.
            parent: Its parent.
        """
        super().__init__(parent)
        self.problem = ""
        """Why the last backup was not made; "": it was."""
        self.limit = USUAL_LIMIT
        """Bytes that the automatic backups of all inspections may take."""
        self._get_file = get_file
        self._backups = backups
        self._inspection = inspection
        self._is_closed = False
        self._is_suspended = False
        self._is_tidied = False
        self._running: RunningBackup | None = None
        self._job: DiskJob[None] | None = None
        self._disk = DiskThread("backup", self)
        self._slices = Slices(0, self)
        self._regular = QTimer(self)
        self._regular.setInterval(_INTERVAL)
        self._regular.timeout.connect(self.start)
        self._regular.start()
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.timeout.connect(self.start)
        self._opening.start(_FIRST)

    @property
    def is_running(self) -> bool:
        """Whether a backup is being made."""
        return self._running is not None

    def find_all(self) -> list[Backup]:
        """Return the backups that there are, the latest one first."""
        return list_backups(self._backups, self._inspection)

    @Slot()
    def start(self) -> None:
        """Begin a backup, unless one is being made or the last holds everything."""
        if self._running is None and not self._is_closed and not self._is_suspended:
            try:
                self._running = self._begin()
            except FileProblem as error:
                self._tell(str(error))
            if self._running is not None:
                self._slices.start(
                    _copy_in_steps(self._running), self._on_copied, self._on_failed, wait=_BREATH
                )

    def suspend(self) -> None:
        """Make no backup until `resume`; one that is being made is left."""
        self._is_suspended = True
        self._disk.wait()
        running, job = self._running, self._job
        self._stop_running()
        if job is not None:
            job.drop()
        elif running is not None:
            running.abandon()

    def resume(self) -> None:
        """Make backups again; one begins if it is due."""
        self._is_suspended = False
        self.start()

    def close(self, wait_for: Callable[[DiskJob[None]], None] | None = None) -> None:
        """Make the last backup, if one is due, and end; the file can be closed then.

        Closing again does nothing.

        Args:
            wait_for: Waits until it is done, and meanwhile keeps the window alive; None: nothing
                else happens meanwhile.
        """
        if self._is_closed:
            return
        self._is_closed = True
        for work in (self._opening, self._regular, self._slices):
            work.stop()
        try:
            running = self._running or (None if self._is_suspended else self._begin())
            if running is not None:
                self._finish(running, wait_for)
        except FileProblem as error:
            self._tell(str(error))
        finally:
            self._running = None
            self._disk.wait()
            self._disk.close()

    def _finish(
        self, running: RunningBackup, wait_for: Callable[[DiskJob[None]], None] | None
    ) -> None:
        job = self._job or self._disk.run_job(lambda tell: _copy_rest(running, tell))
        # Its end is waited for here, with or without a dialog.
        self._disk.forget_job(job)
        if wait_for is not None:
            wait_for(job)
        try:
            job.get_result()
        except JobCancelled:
            running.abandon()
        self._thin()

    def _on_copied(self, running: RunningBackup) -> None:
        self._job = self._disk.run_job(
            lambda tell: _finish(running, tell), self._on_written, self._on_failed
        )

    def _on_written(self, _: None) -> None:
        self._stop_running()
        self._thin()
        self._tell("")

    def _on_failed(self, error: InspectorError) -> None:
        self._stop_running()
        self._tell(str(error))

    def _stop_running(self) -> None:
        self._slices.stop()
        self._running = None
        self._job = None

    def _begin(self) -> RunningBackup | None:
        """Begin a backup, or return None where the last one holds everything."""
        file = self._get_file()
        if file is not None and file.key is not None and not self._is_tidied:
            self._is_tidied = True
            folders = ProtectedFolders(self._backups, get_rescue_folder(), get_journals_folder())
            path, key = file.path, file.key
            self._disk.run_job(lambda _: protect_leftovers(folders, self._inspection, path, key))
        if file is None or any(backup.change == file.head for backup in self.find_all()):
            return None
        now, number = datetime.now(UTC), file.read_number()
        target = make_backup_path(self._backups, self._inspection, file.head, now, number)
        return file.start_backup(target)

    def _thin(self) -> None:
        thin_backups(self._backups, self._inspection, self.limit, datetime.now(UTC))

    def _tell(self, problem: str) -> None:
        self.problem = _FAILED.format(problem=problem) if problem else ""
        self.changed.emit()


def _copy_in_steps(running: RunningBackup) -> Generator[int, None, RunningBackup]:
    while not running.step(_PAGES):
        yield _BREATH
    return running


def _copy_rest(running: RunningBackup, tell: TellShare) -> None:
    """Copy what is left, and have it on the disk."""
    while not running.step(_MANY, waits=True):
        tell(running.share)
    _finish(running, tell)


def _finish(running: RunningBackup, tell: TellShare) -> None:
    """Have it on the disk, which does not say how far it is."""
    tell(1)
    running.finish()
