"""Who owns an inspection that is open here as a copy, and whether it can be written now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inspector_app.document.disk_thread import DiskThread
from inspector_app.errors import FileProblem
from inspector_app.storage.taking_over import find_lock_state

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.storage.taking_over import LockState

_INTERVAL = 3_000
"""Milliseconds between two looks at whether the file is free."""
_SOMEBODY = "Another program on this computer or in your network"
_COPY = "You see a checked copy from {time}. You can read and export it, but not change it."
_LOCKED = (
    "{who} has this inspection open. {copy} As soon as it is closed there, you can go on here."
)
_LEFT_OPEN = (
    "{who} opened this inspection and has not closed it there. {copy} If that computer has "
    "stopped or lost the folder, open the inspection for editing here. If somebody is still "
    "working there, ask them to close it first, so that you do not both change it."
)
_FREE = (
    "{who} has closed this inspection: it is free now. {copy} Open it for editing to see it as it "
    "is now, and to go on."
)


class LockWatch(QObject):
    """Follows who owns a file, from a timer and in a thread: a network folder may take its time.

    The file is looked at as a reader would. Whoever owns it goes on undisturbed.
    """

    changed = Signal()
    """Somebody else owns it, or nobody any more."""

    def __init__(self, path: Path, state: LockState, parent: QObject) -> None:
        """Begin to follow a file that cannot be written here.

        Args:
            path: The file.
            state: Who owns it now.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._path = path
        self._opened = datetime.now().astimezone()
        self._who = state.who
        self._state = state
        self._thread = DiskThread("lock", self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(_INTERVAL)

    @property
    def can_take_over(self) -> bool:
        """Whether the file can be opened for writing here, once the person has read `message`."""
        return self._state.kind != "locked"

    @property
    def message(self) -> str:
        """Who owns it, what is shown, and what to do."""
        form = {"locked": _LOCKED, "left_open": _LEFT_OPEN, "free": _FREE}[self._state.kind]
        copy = _COPY.format(time=f"{self._opened:%H:%M}")
        return form.format(who=self._who or _SOMEBODY, copy=copy)

    def close(self) -> None:
        """Stop following; a look that is under way is left to itself."""
        self._timer.stop()
        self._thread.close(wait=False)

    @Slot()
    def _on_timeout(self) -> None:
        if not self._thread.is_busy:
            self._thread.run_job(lambda _: self._look(), self._note)

    def _look(self) -> LockState:
        try:
            return find_lock_state(self._path)
        except FileProblem:
            return self._state  # gone for now: nothing is known that was not

    def _note(self, state: LockState) -> None:
        if state != self._state:
            self._who = state.who or self._who
            self._state = state
            self.changed.emit()
