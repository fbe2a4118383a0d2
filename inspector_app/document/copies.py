"""The copies on this computer, for the window: a thread lists, writes and removes them."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QFile, QObject, Signal, Slot

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

    from inspector_app.domain.local_copies import Copy, InspectionCopies, LastLook, Removal


class _Cancelled(Exception):
    """The person thought better of it. Raised within the thread, and never told to anybody."""


class CopiesKeeper(QObject):
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

    _ended = Signal(object)

    def __init__(self, backups: Path, parent: QObject | None = None) -> None:
        """Make it for the backups of a folder, and what else lies on this computer."""
        super().__init__(parent)
        self.places = get_copy_folders(backups)
        self._thread = ThreadPoolExecutor(1, "copies")
        self._running: Future[Any] | None = None
        self._tell_done: Callable[[Any], None] = lambda _: None
        self._stop = threading.Event()
        self._ended.connect(self._on_ended)

    @property
    def is_busy(self) -> bool:
        """Whether a task is under way."""
        return self._running is not None

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
        self._begin(lambda: list_holdings(self.places, known, titles, self._tell), self.listed.emit)

    def write_copy(self, copy: Copy, target: Path, inspection: str = "") -> None:
        """Write a copy of a copy as a file of its own.

        Args:
            copy: A whole one: a backup, a file. One that is encrypted stays so.
            target: Where it is to lie; an inspection that lies there goes to the backups first.
            inspection: Id of the inspection, "" where nobody can tell.
        """

        def write() -> Path:
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

        self._begin(write, self.written.emit)

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
        def remove() -> Removal:
            user = find_user(whole.copies if whole is not None else copies)
            if user:
                raise InspectorError(
                    f"Nothing was removed: {user} has this inspection open. Close it there, and "
                    "try again."
                )
            removal = remove_copies(copies, self.places, discard, self._tell)
            if whole is not None and whole.id and not removal.failed:
                forget_opened(self.places, whole.id)
            return removal

        self._begin(remove, self.removed.emit)

    @Slot()
    def cancel(self) -> None:
        """Stop the task under way, as soon as it can be stopped."""
        self._stop.set()

    def close(self) -> None:
        """Stop, and hear no more of it."""
        self._stop.set()
        self._tell_done = lambda _: None
        self._thread.shutdown(cancel_futures=True)

    def _begin(self, work: Callable[[], Any], tell_done: Callable[[Any], None]) -> None:
        if self._running is not None:
            return
        self._stop.clear()
        self._tell_done = tell_done
        self._running = self._thread.submit(work)
        self.busy_changed.emit()
        self._running.add_done_callback(self._ended.emit)

    @Slot(object)
    def _on_ended(self, ended: Future[Any]) -> None:
        if ended is not self._running:
            return
        self._running = None
        self.busy_changed.emit()
        try:
            result = ended.result()
        except _Cancelled:
            self.stopped.emit()
        except InspectorError as error:
            self.refused.emit(str(error))
        else:
            self._tell_done(result)

    def _tell(self, share: float) -> None:
        if self._stop.is_set():
            raise _Cancelled
        self.progress.emit(share)


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
            f"“{source.name}” was left in the middle of a change, which only its password undoes. "
            "Nothing was written. Open it, close it again, and then save the copy."
        )
    if exists(target):
        raise FileProblem(
            f"There is a file “{target.name}” already, so nothing was written. Choose another name."
        )
    try:
        with replacing(target) as temporary:
            shutil.copyfile(source, temporary)
    except OSError as error:
        raise describe_read_problem(source, error) from error
