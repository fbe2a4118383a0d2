"""Keeping the file up to date: every change is in it at the latest a second after it was made."""

from __future__ import annotations

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
    """Commits changes to the inspection file, in order, and tries again when it cannot."""

    state_changed = Signal(object)
    """The state is another; carries the `SaveState`."""

    def __init__(self, file: InspectionFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._waiting: list[_Waiting] = []
        self._state = SaveState("saved", datetime.now(UTC))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

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

    @Slot()
    def flush(self) -> bool:
        """Write what waits, and return whether all of it is in the file now."""
        self._timer.stop()
        while self._waiting:
            change, after, _ = self._waiting[0]
            try:
                if change.edits:
                    self._file.commit(change, after)
            except (FileProblem, NotAnInspection) as error:
                self._set_state(SaveState("failed", self._state.when, str(error)))
                self._timer.start(_RETRY)
                return False
            self._waiting.pop(0)
        if self._state.kind != "saved":
            self._set_state(SaveState("saved", datetime.now(UTC)))
        return True

    def stop(self) -> None:
        """Try no more: the file is about to be let go."""
        self._timer.stop()

    def _set_state(self, state: SaveState) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)
