"""The copies on this computer, for the window: a thread lists, writes and removes them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QFile, QObject, Signal, Slot

from inspector_app.document.disk_thread import DiskThread
from inspector_app.errors import FileProblem, InspectorError
from inspector_app.files import describe_read_problem, exists, replacing
from inspector_app.storage.copy_search import get_copy_folders, list_holdings
from inspector_app.storage.facts import read_facts
from inspector_app.storage.forgetting import NoBin, find_user, forget_opened, remove_copies
from inspector_app.storage.opened import note_opened
from inspector_app.storage.private_copy import is_in_use
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.retention import read_last_look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtCore import SignalInstance

    from inspector_app.document.disk_thread import DiskJob, TellShare
    from inspector_app.domain.local_copies import Copy, InspectionCopies, LastLook, Removal

T = TypeVar("T")


class LocalCopies(QObject):
    """Looks after the copies, one task at a time; the window hears of it by signals.

    Searching and removing mostly wait for the disk, so a thread does them.
    """

    listed = Signal(object)
    """Carries the `Holdings`."""
    written = Signal(object)
    """A copy was written; carries its path."""
    removed = Signal(object)
    """Carries the `Removal`."""
    refused = Signal(str)
    """What was wanted was not done; carries why."""
    stopped = Signal()
    """A task was cancelled. What had been removed by then is gone."""
    progress = Signal(float)
    """How far a task is, 0 to 1."""
    busy_changed = Signal()
    """`is_busy` is another."""

    def __init__(self, backups: Path, parent: QObject | None = None) -> None:
        """Make it for the backups of a folder, and what else lies on this computer."""
        super().__init__(parent)
        self.places = get_copy_folders(backups)
        self._thread = DiskThread("copies", self)
        self._job: DiskJob[Any] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a task is under way."""
        return self._thread.is_busy

    @property
    def last_look(self) -> LastLook | None:
        """When old backups were looked through last, and what went."""
        return read_last_look(self.places.retention)

    def list_all(self, files: Iterable[Path], titles: Mapping[str, str]) -> None:
        """List everything.

        Args:
            files: Inspection files that are known otherwise: recent ones, open ones.
            titles: What inspections that are open are called now, by id.
        """
        known = tuple(files)
        self._begin(lambda tell: list_holdings(self.places, known, titles, tell), self.listed)

    def write_copy(self, copy: Copy, target: Path, inspection: str = "") -> None:
        """Write a copy of a copy as a file of its own.

        Args:
            copy: A whole one: a backup, a file. One that is encrypted stays so.
            target: Where it is to lie; an inspection that lies there goes to the backups first.
            inspection: Id of the inspection, "" where nobody can tell.
        """

        def write(_: TellShare) -> Path:
            if read_facts(copy.path).readable == "protected":
                _copy_bytes(copy.path, target)
                if copy.kind == "rescued" and inspection:
                    note_opened(self.places.opened, inspection, copy.path)
            else:
                with open_for_reading(copy.path) as reader:
                    reader.write_copy(target, self.places.backups)
                    if copy.kind == "rescued":
                        # The person has it elsewhere now: nothing is left to be decided.
                        note_opened(self.places.opened, reader.inspection.id, copy.path)
            return target

        self._begin(write, self.written)

    def remove(self, copies: Sequence[Copy], whole: InspectionCopies | None = None) -> None:
        """Remove copies; inspection files go to the system's bin.

        Args:
            copies: Some of an inspection.
            whole: All of it, where the inspection is to be forgotten: what this computer remembers
                of it besides goes, too.
        """
        self._remove(copies, whole, move_to_bin)

    def delete(self, copies: Sequence[Copy], whole: InspectionCopies | None = None) -> None:
        """Remove copies for good, without the system's bin."""
        self._remove(copies, whole, None)

    def _remove(
        self,
        copies: Sequence[Copy],
        whole: InspectionCopies | None,
        discard: Callable[[Path], None] | None,
    ) -> None:
        def remove(tell: TellShare) -> Removal:
            user = find_user(whole.copies if whole is not None else copies)
            if user:
                raise InspectorError(
                    f"Nothing was removed: {user} has this inspection open. Close it there, and "
                    "try again."
                )
            removal = remove_copies(copies, self.places, discard, tell)
            if whole is not None and whole.id and not removal.failed:
                forget_opened(self.places, whole.id)
            return removal

        self._begin(remove, self.removed)

    @Slot()
    def cancel(self) -> None:
        """Stop the task under way, as soon as it can be stopped."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Stop, and hear no more of it."""
        self._thread.close()

    def _begin(self, work: Callable[[TellShare], T], done: SignalInstance) -> None:
        if self._thread.is_busy:
            return

        def end(signal: SignalInstance, *values: object) -> None:
            self.busy_changed.emit()
            signal.emit(*values)

        self._job = self._thread.run_job(
            work,
            lambda result: end(done, result),
            lambda error: end(self.refused, str(error)),
            self.progress.emit,
            lambda: end(self.stopped),
        )
        self.busy_changed.emit()


def move_to_bin(path: Path) -> None:
    """Move a file to the system's bin.

    Raises:
        NoBin: There is none where it lies.
    """
    # The call that needs no object finds no bin at all.
    if not QFile(str(path)).moveToTrash():
        raise NoBin


def _copy_bytes(source: Path, target: Path) -> None:
    if is_in_use(source):
        raise FileProblem(
            f"“{source.name}” was not closed properly, and only its password can put that right. "
            "Nothing was saved. Open it, close it again, and then save the copy."
        )
    if exists(target):
        raise FileProblem(
            f"There is a file “{target.name}” already, so nothing was saved. Choose another name."
        )
    try:
        with replacing(target) as temporary:
            shutil.copyfile(source, temporary)
    except OSError as error:
        raise describe_read_problem(source, error) from error
