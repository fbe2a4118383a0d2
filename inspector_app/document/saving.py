"""Keeping the file up to date: every change is in it at the latest a second after it was made."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inspector_app.domain.change import merge_changes
from inspector_app.errors import FileProblem, NotAnInspection

if TYPE_CHECKING:
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.inspection_file import InspectionFile

_DELAY = 600
"""Milliseconds that typing is gathered for: the commit is well within the promised second."""
_RETRY = 3000


class SaveState(NamedTuple):
    """Whether the file holds everything, since when, and if not, why."""

    kind: Literal["saved", "saving", "failed"]
    when: datetime
    """UTC."""
    message: str = ""


_Waiting: TypeAlias = "tuple[Change, Inspection, str]"


class FileSaver(QObject):
    """Commits changes to the inspection file, in order, and tries again when it cannot.

    A commit waits for the disk, some milliseconds or many: it is made in a thread of its own, which
    does little but wait, so that no key waits with it. `flush` is for who must know that all is
    written; it waits for the thread and does what is left itself.
    """

    state_changed = Signal(object)
    """The state is another; carries the `SaveState`."""
    _written = Signal()
    """The thread has come to an end with what it was given."""

    def __init__(self, file: InspectionFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._waiting: list[_Waiting] = []
        self._thread = ThreadPoolExecutor(1, "inspection-file")
        self._writing: Future[None] | None = None
        self._batch: list[_Waiting] = []
        """What the thread was given and has not written yet."""
        self._state = SaveState("saved", datetime.now(UTC))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin)
        self._written.connect(self._on_written)

    @property
    def state(self) -> SaveState:
        """Whether everything is in the file."""
        return self._state

    def add(self, change: Change, after: Inspection, merge_key: str) -> None:
        """Take a change to be written.

        Args:
            change: The change.
            after: The inspection with it.
            merge_key: Changes in a row with the same key, not "", are written as one.
        """
        if self._waiting and merge_key and self._waiting[-1][2] == merge_key:
            change = merge_changes(self._waiting.pop()[0], change)
        self._waiting.append((change, after, merge_key))
        if self._state.kind != "failed":
            self._set_state(SaveState("saving", self._state.when))
        if not self._timer.isActive():
            self._timer.start(_DELAY)

    def flush(self) -> bool:
        """Write what waits, and return whether all of it is in the file now."""
        self._timer.stop()
        if self._writing is not None:
            wait((self._writing,))
        self._take_back()
        self._batch, self._waiting = self._waiting, []
        try:
            self._write()
        except (FileProblem, NotAnInspection) as error:
            self._tell_failure(error)
            return False
        self._tell_success()
        return True

    def stop(self) -> None:
        """Try no more: the file is about to be let go."""
        self._timer.stop()
        self._thread.shutdown()
        self._writing = None

    @Slot()
    def _begin(self) -> None:
        """Have the thread write what waits now; what comes meanwhile is for the next time."""
        if self._writing is None and self._waiting:
            self._batch, self._waiting = self._waiting, []
            self._writing = self._thread.submit(self._write)
            self._writing.add_done_callback(lambda _: self._written.emit())

    def _write(self) -> None:
        while self._batch:
            change, after, merge_key = self._batch[0]
            # Typing that came to nothing is not written; a mark in the history is.
            if change.edits or not merge_key:
                self._file.commit(change, after)
            del self._batch[0]

    @Slot()
    def _on_written(self) -> None:
        if self._writing is None or not self._writing.done():
            return  # `flush` was first
        ended = self._writing
        self._take_back()
        try:
            ended.result()
        except (FileProblem, NotAnInspection) as error:
            self._tell_failure(error)
        else:
            self._tell_success()

    def _take_back(self) -> None:
        """Take back what the thread could not write: it comes first the next time."""
        self._writing = None
        self._waiting[:0] = self._batch
        self._batch = []

    def _tell_success(self) -> None:
        if not self._waiting:
            if self._state.kind != "saved":
                self._set_state(SaveState("saved", datetime.now(UTC)))
        elif not self._timer.isActive():
            self._timer.start(0)

    def _tell_failure(self, error: FileProblem | NotAnInspection) -> None:
        self._take_back()
        self._set_state(SaveState("failed", self._state.when, str(error)))
        self._timer.start(_RETRY)

    def _set_state(self, state: SaveState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
