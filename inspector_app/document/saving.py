"""Keeping file and journal up to date: every change is in both at the latest a second after it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from inspector_app.document.disk_thread import DiskJob, DiskThread
from inspector_app.domain.change import merge_changes
from inspector_app.errors import InspectorError
from inspector_app.storage.trouble import SILENT, Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.document.disk_thread import WaitFor
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.two_copies import TwoCopies

T = TypeVar("T")
_log = logging.getLogger(__name__)
_DELAY = 600
"""Milliseconds that typing is gathered for: the commit is well within the promised second."""
_RETRIES = (300, 700, 1500, 3000)
"""Milliseconds before each new attempt; the last one again and again."""
_SILENCE = 8000
"""Milliseconds after which a folder that has said nothing is said not to answer."""
_MOMENT = 0.1
"""Seconds that nobody notices."""
_LOOK = 5000
"""Milliseconds between two looks at whether the file is still where it was."""


class SaveState(NamedTuple):
    """Whether the file holds everything, since when, and if not, why."""

    kind: Literal["saved", "saving", "failed"]
    when: datetime
    """When the file held everything last; UTC."""
    message: str = ""
    """Why it does not: “the disk is full”."""
    advice: str = ""
    """What the person can do."""
    copies: int = 1
    """How many copies there are of the last change: in the file, in the journal."""
    journal_message: str = ""
    """Why the journal does not hold everything, or ""."""


class FileSaver(QObject):
    """Commits changes to journal and file, in order, and tries again when it cannot.

    Typing is gathered for a moment and merged. Then it goes into the journal, which fixes it, and
    waits for the file. What cannot be written into the file is tried again, quietly where the
    trouble is likely to pass. Where another file has taken the place of ours, that is told first
    (the state), and with the next attempt our version goes on in a file beside it (`moved`).
    """

    state_changed = Signal(object)
    """The state is another; carries the `SaveState`."""
    moved = Signal(object)
    """The inspection goes on in another file; carries its path."""

    def __init__(self, copies: TwoCopies, rescue: Path, parent: QObject | None = None) -> None:
        """Take over file and journal.

        Args:
            copies: Both; closed by `finish`.
            rescue: Folder for whole copies where the file's own folder cannot be written.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._copies = copies
        self._id = copies.inspection
        self._rescue = rescue
        self._gathered: list[tuple[Change, str]] = []
        self._after: Inspection | None = None
        self._state = SaveState("saved", datetime.now(UTC))
        self._attempts = 0
        self._thread = DiskThread("inspection-file", self)
        self._journal_thread = DiskThread("journal", self)
        self.wait_for: WaitFor = _wait_for
        """How the disk is waited for, while it is not known to be silent."""
        self._is_silent = False
        """Whether the file is being waited for, for too long."""
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._on_silence)
        self._writing: DiskJob[bool] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_gathered)
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._on_retry)
        self._watch = QTimer(self)
        self._watch.timeout.connect(self._on_watch)
        self._watch.start(_LOOK)

    @property
    def is_silent(self) -> bool:
        """Whether the folder of the file does not answer."""
        return self._is_silent

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
        if self._gathered and merge_key and self._gathered[-1][1] == merge_key:
            change = merge_changes(self._gathered.pop()[0], change)
        self._gathered.append((change, merge_key))
        self._after = after
        if self._state.kind != "failed":
            self._set_state(self._state._replace(kind="saving"))
        if not self._timer.isActive():
            self._timer.start(_DELAY)

    def flush(self, *, in_haste: bool = False) -> bool:
        """Write what waits, and return whether all of it is in the file now.

        Args:
            in_haste: Whether the window has no time to stay alive meanwhile: it may be going.
        """
        wait = _wait_for if in_haste else self.wait_for
        self._retry.stop()
        copies = self._copies
        told = self._state.kind == "failed" and _is_replaced(copies)
        changes, after = self._gather()
        self._end_job(self._journal_thread.run_job(lambda _: self._take(changes, after)))
        before = self._writing
        if before is not None:
            if not self._has_ended(before, wait):
                return False
            before.drop()
        job = self._writing = self._thread.run_job(
            lambda _: copies.write(), self._on_written, self._on_failed
        )
        if not self._has_ended(job, wait):
            return False
        done = self._end_job(job) or False
        self._note_answer()
        if not done and told and _is_replaced(copies) and self._go_beside(wait):
            # A new file holds everything.
            done = True
        self._tell(done=done)
        return done

    def _has_ended(self, job: DiskJob[Any], wait: WaitFor) -> bool:
        """Wait for the disk; one that does not answer is known to be silent from then on."""
        # Once that is known, no long wait is worth it.
        if job.wait(_MOMENT) or (not self._is_silent and wait(job)):
            return True
        self._on_silence()
        return False

    def give_up(self) -> None:
        """Take the folder for silent: somebody else has waited for it for too long."""
        self._on_silence()

    def finish(self, *, in_haste: bool = False) -> Path | None:
        """Write what waits for the last time, and let file and journal go.

        Args:
            in_haste: See `flush`.

        Returns:
            A file with everything, made since the own one could not be written; else None.
        """
        for timer in (self._timer, self._watch):
            timer.stop()
        copies = self._copies
        before = copies.path
        rescued = None
        wait = _wait_for if in_haste else self.wait_for
        if not self.flush(in_haste=in_haste) and not self._is_silent:
            replaced = _is_replaced(copies)
            if not (replaced and self._go_beside(wait)) and (replaced or copies.waits):
                rescued = self._write_rescue(wait)
        self._retry.stop()
        self._silence.stop()
        self._journal_thread.close()
        # A thread of its own: that of the file may wait for good, and the journal is let go.
        closing = DiskThread("closing", self)
        self._has_ended(closing.run_job(lambda _: copies.close()), wait)
        closing.close(wait=False)
        self._thread.close(wait=not self._is_silent)
        return rescued if copies.path == before else copies.path

    @Slot()
    def _on_gathered(self) -> None:
        # While the file fails it has attempts of its own; the journal does not wait for them.
        self._begin(and_file=self._state.kind != "failed")

    @Slot()
    def _on_retry(self) -> None:
        if self._state.kind == "failed" and _is_replaced(self._copies):
            self.flush()
        else:
            self._begin(and_file=True)

    @Slot()
    def _on_watch(self) -> None:
        if not self._timer.isActive() and not self._retry.isActive():
            self._begin(and_file=True)

    def _begin(self, *, and_file: bool) -> None:
        """Have the thread write what was gathered; what comes meanwhile is for the next time."""
        if not self._journal_thread.is_busy:
            changes, after = self._gather()
            self._journal_thread.run_job(
                lambda _: self._take(changes, after),
                lambda _: self._on_taken(and_file=and_file),
                self._on_failed,
            )

    def _on_taken(self, *, and_file: bool) -> None:
        """Have the file written, too, unless that is still under way: a folder may hang."""
        if self._is_silent:
            self._show("failed", self._state.when)
        elif and_file and not self._thread.is_busy:
            self._silence.start(_SILENCE)
            self._writing = self._thread.run_job(
                lambda _: self._copies.write(), self._on_written, self._on_failed
            )
        elif not and_file:
            self._tell(done=False)

    def _on_written(self, done: bool) -> None:
        self._note_answer()
        self._tell(done=done)
        if done and self._copies.waits:
            # Taken while this was written.
            self._begin(and_file=True)

    def _on_failed(self, error: InspectorError) -> None:
        """Try again later: what cannot be written is no error here, so it is a fault of ours."""
        self._note_answer()
        self._copies.trouble = Trouble(str(error), "Save a copy in another folder.")
        self._tell(done=False)

    @Slot()
    def _on_silence(self) -> None:
        self._is_silent = True
        self._copies.trouble = SILENT
        self._show("failed", self._state.when)

    def _note_answer(self) -> None:
        self._silence.stop()
        self._is_silent = False

    def _end_job(self, job: DiskJob[T]) -> T | None:
        """Wait for what the job did; a fault of ours is told as what could not be written."""
        job.thread.forget_job(job)
        try:
            return job.get_result()
        except InspectorError as error:
            self._copies.trouble = Trouble(str(error), "Save a copy in another folder.")
            return None

    def _gather(self) -> tuple[list[Change], Inspection | None]:
        self._timer.stop()
        # Typing that came to nothing is not written; a mark in the history is.
        changes = [change for change, key in self._gathered if change.edits or not key]
        self._gathered.clear()
        return changes, self._after

    def _take(self, changes: list[Change], after: Inspection | None) -> None:
        """Write into the journal; nothing of Qt is touched here."""
        if changes and after is not None:
            self._copies.take(changes, after)

    def _tell(self, *, done: bool) -> None:
        """Say how it stands, and see to what is left."""
        copies = self._copies
        if self._gathered and not self._timer.isActive():
            self._timer.start(0)
        if done:
            self._attempts = 0
            when = self._state.when if self._state.kind == "saved" else datetime.now(UTC)
            self._show("saving" if self._gathered else "saved", when)
            return
        passing = copies.trouble is not None and copies.trouble.passing
        if not self._retry.isActive():
            self._attempts = min(self._attempts + 1, len(_RETRIES))
            self._retry.start(_RETRIES[self._attempts - 1])
        quiet = passing and self._attempts < len(_RETRIES) and self._state.kind != "failed"
        self._show("saving" if quiet else "failed", self._state.when)

    def _go_beside(self, wait: WaitFor) -> bool:
        job = self._thread.run_job(lambda _: self._copies.go_beside(self._rescue), self._note_moved)
        if not self._has_ended(job, wait):
            return False
        is_told = not job.thread.forget_job(job)
        try:
            place = job.get_result()
        except InspectorError:
            return False
        if not is_told:
            self._note_moved(place)
        return True

    def _note_moved(self, place: Path) -> None:
        _log.warning("file of %s: replaced, goes on in another", self._id)
        self.moved.emit(place)

    def _write_rescue(self, wait: WaitFor) -> Path | None:
        job = self._thread.run_job(lambda _: self._copies.rescue(self._rescue))
        if not self._has_ended(job, wait):
            return None
        try:
            return job.get_result()
        except InspectorError:
            return None

    def _show(self, kind: Literal["saved", "saving", "failed"], when: datetime) -> None:
        copies = self._copies
        trouble = copies.trouble
        state = SaveState(
            kind,
            when,
            trouble.reason if trouble is not None else "",
            trouble.advice if trouble is not None else "",
            copies.copies,
            copies.journal_trouble,
        )
        self._set_state(state)

    def _set_state(self, state: SaveState) -> None:
        if state != self._state:
            if "failed" in {state.kind, self._state.kind} and state.kind != self._state.kind:
                _log.warning("file of %s: %s, copies: %d", self._id, state.kind, state.copies)
            self._state = state
            self.state_changed.emit(state)


def _wait_for(job: DiskJob[Any]) -> bool:
    """Wait for the disk as it stands: nobody looks on."""
    return job.wait(_SILENCE / 1000)


def _is_replaced(copies: TwoCopies) -> bool:
    """Tell whether another file was found in the place of ours."""
    return copies.trouble is not None and copies.trouble.replaced
