"""Backups of the open inspection: when it is opened, every half hour of work, when it is closed."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inspector_app.document.disk_thread import DiskJob, DiskThread
from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.errors import InspectorError
from inspector_app.settings import get_journals_folder, get_rescue_folder
from inspector_app.storage.automatic import (
    list_backups,
    make_backup_path,
    thin_backups,
)
from inspector_app.storage.protecting import ProtectedFolders, protect_leftovers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.document.disk_thread import TellShare
    from inspector_app.domain.versions.history import Backup
    from inspector_app.storage.automatic import RunningBackup
    from inspector_app.storage.inspection_file import InspectionFile

USUAL_LIMIT = 2_000_000_000
"""Bytes that the automatic backups of all inspections may take, unless somebody says otherwise."""
_FIRST = 3_000
"""Milliseconds after opening: the window is painted, and the person has begun to read."""
_INTERVAL = 30 * 60 * 1_000
_FAILED = (
    "The last backup was not made. Your inspection is saved as usual, and Inspector tries again "
    "in half an hour. {problem}"
)
_PAGES = 64
"""Pages that are copied at once: a quarter of a megabyte, about a millisecond."""
_MANY = 512
"""Pages that are copied at once while an inspection is closed: who wants to stop is heard soon."""
_PATIENCE = 8
"""Seconds that a backup that was stopped is waited for."""
_BREATH = 5
"""Milliseconds between two slices."""


class AutomaticBackups(QObject):
    """Backs up the inspection file where it changed since the last backup.

    A thread does all of it, since a folder may hang: while somebody works a few pages at a time,
    and all that is left when the inspection is closed. A backup that fails is told by `problem` and
    tried again at the next time; work goes on.
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
        self._job: DiskJob[bool] | None = None
        self._disk = DiskThread("backup", self)
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
        return self._job is not None

    def find_all(self) -> list[Backup]:
        """Return the backups that there are, the latest one first."""
        return list_backups(self._backups, self._inspection)

    @Slot()
    def start(self) -> None:
        """Begin a backup, unless one is being made or the last holds everything."""
        if self._job is None and not self._is_closed and not self._is_suspended:
            self._job = self._disk.run_job(self._back_up, self._on_written, self._on_failed)

    def suspend(self) -> None:
        """Make no backup until `resume`; one that is being made is left, and waited for a while."""
        self._is_suspended = True
        if self._job is not None:
            self._job.drop()
            self._job = None
        self._disk.wait(_PATIENCE)

    def leave(self) -> None:
        """End, and wait for nothing: a folder does not answer."""
        self._is_closed = True
        self._stop_timers()
        self._disk.close(wait=False)

    def resume(self) -> None:
        """Make backups again; one begins if it is due."""
        self._is_suspended = False
        self.start()

    def close(self, wait_for: Callable[[DiskJob[bool]], None] | None = None) -> bool:
        """Make the last backup, if one is due, and end; the file can be closed then.

        Closing again does nothing.

        Args:
            wait_for: Waits until it is done, or the person has given up, and meanwhile keeps the
                window alive; None: nothing else happens meanwhile.

        Returns:
            Whether the folder has answered; where it has not, a thread still waits for it.
        """
        if self._is_closed:
            return True
        self._is_closed = True
        self._stop_timers()
        has_answered = True
        try:
            if not self._is_suspended:
                has_answered = self._finish(wait_for)
        except InspectorError as error:
            self._tell(str(error))
        finally:
            self._job = None
            self._disk.close(wait=has_answered)
        return has_answered

    def _stop_timers(self) -> None:
        for timer in (self._opening, self._regular):
            timer.stop()

    def _finish(self, wait_for: Callable[[DiskJob[bool]], None] | None) -> bool:
        # One under way takes in what is written meanwhile.
        job = self._job or self._disk.run_job(self._back_up)
        # Its end is waited for here, with or without a dialog.
        self._disk.forget_job(job)
        if wait_for is not None:
            wait_for(job)
            if not job.wait(0):
                return False
        with contextlib.suppress(JobCancelled):
            job.get_result()
        return True

    def _back_up(self, tell: TellShare) -> bool:
        """Make a backup if one is due, in the thread, and return whether one was."""
        running = self._begin()
        if running is None:
            return False
        try:
            while not running.step(_MANY if self._is_closed else _PAGES, waits=True):
                tell(running.share)
                time.sleep(0 if self._is_closed else _BREATH / 1000)
            # The disk does not say how far it is.
            tell(1)
        except JobCancelled:
            running.abandon()
            raise
        running.finish()
        thin_backups(self._backups, self._inspection, self.limit, datetime.now(UTC))
        return True

    def _on_written(self, is_new: bool) -> None:
        self._job = None
        if is_new:
            self._tell("")

    def _on_failed(self, error: InspectorError) -> None:
        self._job = None
        self._tell(str(error))

    def _begin(self) -> RunningBackup | None:
        """Begin a backup, or return None where the last one holds everything."""
        file = self._get_file()
        if file is not None and file.key is not None and not self._is_tidied:
            self._is_tidied = True
            folders = ProtectedFolders(self._backups, get_rescue_folder(), get_journals_folder())
            path, key = file.path, file.key
            protect_leftovers(folders, self._inspection, path, key)
        if file is None or any(backup.change == file.head for backup in self.find_all()):
            return None
        now, number = datetime.now(UTC), file.read_number()
        target = make_backup_path(self._backups, self._inspection, file.head, now, number)
        return file.start_backup(target)

    def _tell(self, problem: str) -> None:
        self.problem = _FAILED.format(problem=problem) if problem else ""
        self.changed.emit()
