"""Small questions for a disk that may not answer, asked again and again: the latest one counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from inspector_app.document.disk_thread import DiskThread

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
_MOMENT = 0.1
"""Seconds that nobody notices: an answer that comes within them changes nothing on the screen."""
_MOST = 3
"""Questions that wait for one folder: a drive may hang in it, and the rest of it answer."""
_SILENCE = 2000
"""Milliseconds after which the disk is said not to answer."""


class _Asked(NamedTuple):
    folder: Path
    question: Callable[[], Any]
    on_answer: Callable[[Any], None]


class DiskQuestion(QObject):
    """Asks in threads. A folder that has not answered yet is not asked on and on."""

    silent = Signal()
    """The latest question has not been answered for a while; it may be in the end."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: _Asked | None = None
        self._threads: list[tuple[Path, DiskThread]] = []
        """Those that have not been answered yet, with their folders."""
        self._silence = QTimer(self, singleShot=True)
        self._silence.timeout.connect(self.silent)

    @property
    def is_waiting(self) -> bool:
        """Whether the latest question is still to be answered."""
        return self._wanted is not None

    def ask(self, folder: Path, question: Callable[[], T], on_answer: Callable[[T], None]) -> None:
        """Ask something; nothing more is heard of what was asked before.

        Args:
            folder: What the answer depends on.
            question: Touches nothing of Qt, and raises nothing.
            on_answer: Called with the answer: at once where it comes in a moment, else later, in
                the thread of the window, and never after `close`.
        """
        asked = self._wanted = _Asked(folder, question, on_answer)
        if sum(other == folder for other, _ in self._threads) < _MOST:
            thread = DiskThread("asking", self)
            self._threads.append((folder, thread))

            def end() -> None:
                thread.close(wait=False)
                thread.deleteLater()
                self._threads.remove((folder, thread))
                self._take(asked, job.get_result)

            job = thread.run_job(lambda _: question(), lambda _: end(), lambda _: end())
            if job.wait(_MOMENT):
                job.drop()
                end()
                return
        self._silence.start(_SILENCE)

    def _take(self, asked: _Asked, get_answer: Callable[[], Any]) -> None:
        wanted = self._wanted
        if wanted is asked:
            self.drop()
            asked.on_answer(get_answer())
        elif wanted is not None and wanted.folder == asked.folder:
            self.ask(*wanted)

    def drop(self) -> None:
        """Hear no more of what was asked."""
        self._wanted = None
        self._silence.stop()

    def close(self) -> None:
        """Ask nothing more, and wait for nothing."""
        self.drop()
        for _, thread in self._threads:
            thread.close(wait=False)
        self._threads.clear()
