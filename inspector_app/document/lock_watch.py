"""Who holds an inspection that is open here as a copy, and whether it can be written now."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inspector_app.errors import FileProblem
from inspector_app.storage.taking_over import LockState, find_lock_state

if TYPE_CHECKING:
    from pathlib import Path

_INTERVAL = 3_000
"""Milliseconds between two looks at whether the file is free."""
_SOMEBODY = "Another program on this computer or in your network"
_COPY = "What you see is a checked copy from {time}; it can be read and exported, not changed."
_HELD = (
    "{who} has this inspection open for writing. {copy} As soon as it is closed there, you can go "
    "on here."
)
_LEFT = (
    "{who} opened this inspection for writing and has not closed it there. {copy} If that computer "
    "has stopped or lost the folder, open it for writing here. If somebody is still at work there, "
    "ask for it to be closed first, so that you do not both write."
)
_FREE = (
    "{who} has let go of this inspection: it is free now. {copy} Open it for writing to see it as "
    "it is now, and to go on."
)


class LockWatch(QObject):
    """Follows who holds a file, from a timer and in a thread: a network folder may take its time.

    The file is looked at as a reader would. Whoever holds it goes on undisturbed.
    """

    changed = Signal()
    """Somebody else holds it, or nobody any more."""

    _looked = Signal()

    def __init__(self, path: Path, parent: QObject) -> None:
        """Begin to follow a file that cannot be written here.

        Args:
            path: The file.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._path = path
        self._opened = datetime.now().astimezone()
        self._who = ""
        self._hold = LockState("held")
        self._note(self._look())
        self._thread = ThreadPoolExecutor(1, "holding")
        self._looking: Future[LockState] | None = None
        self._looked.connect(self._on_looked)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(_INTERVAL)

    @property
    def can_take_over(self) -> bool:
        """Whether the file can be opened for writing here, once the person has read `message`."""
        return self._hold.kind != "held"

    @property
    def message(self) -> str:
        """Who holds it, what is shown, and what to do."""
        form = {"held": _HELD, "left": _LEFT, "free": _FREE}[self._hold.kind]
        copy = _COPY.format(time=f"{self._opened:%H:%M}")
        return form.format(who=self._who or _SOMEBODY, copy=copy)

    def close(self) -> None:
        """Stop following."""
        self._timer.stop()
        self._thread.shutdown(cancel_futures=True)

    @Slot()
    def _on_timeout(self) -> None:
        if self._looking is None:
            self._looking = self._thread.submit(self._look)
            self._looking.add_done_callback(lambda _: self._looked.emit())

    @Slot()
    def _on_looked(self) -> None:
        looking, self._looking = self._looking, None
        if looking is not None and not looking.cancelled():
            self._note(looking.result())

    def _look(self) -> LockState:
        try:
            return find_lock_state(self._path)
        except FileProblem:
            return self._hold  # gone for now: nothing is known that was not

    def _note(self, hold: LockState) -> None:
        if hold != self._hold:
            self._who = hold.who or self._who
            self._hold = hold
            self.changed.emit()
