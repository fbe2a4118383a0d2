"""Earlier states of the open inspection: which there are, what one was like, going back to it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from inspector_app.document.disk_thread import DiskThread
from inspector_app.domain.entities import Attachment
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.versions.history import make_mark, rewind_in_steps
from inspector_app.domain.versions.steps import finish
from inspector_app.errors import ChangeConflict, FileProblem
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.trouble import SILENT, FileSilent

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

    from inspector_app.document.backing_up import AutomaticBackups
    from inspector_app.document.saving import SaveState
    from inspector_app.domain.change import Change
    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.versions.comparing import Difference
    from inspector_app.domain.versions.history import Backup, HistoryLine
    from inspector_app.storage.encryption import Key

T = TypeVar("T")
_PATIENCE = 8
"""Seconds that an earlier state may take to be read."""
_LOOK = 15
"""Milliseconds between two looks whether a backup is read."""


class _Source(Protocol):
    """The inspection file, owned or being looked into."""

    def history_lines(self) -> list[HistoryLine]: ...
    def read_changes_after(self, change: str) -> Iterator[Change]: ...
    def read_state(self, change: str) -> Inspection: ...


class _VersionsDocument(Protocol):
    """What is asked of the open inspection."""

    who: str
    get_key: Callable[[], Key | None]

    @property
    def inspection(self) -> Inspection: ...
    @property
    def save_state(self) -> SaveState | None: ...
    def save(self) -> bool: ...
    def ask_file(self, function: Callable[[], T]) -> T: ...
    def draft(self) -> Draft: ...
    def apply_draft(self, draft: Draft, label: str) -> None: ...
    def read_attachment(self, sha256: str) -> bytes | None: ...
    def add_attachment(self, data: bytes) -> str: ...


class Versions(QObject):
    """The states that an inspection had: those of its history, and those of its backups."""

    kept = Signal()
    """A version was kept under a name."""

    def __init__(
        self,
        document: _VersionsDocument,
        get_source: Callable[[], _Source | None],
        backups: AutomaticBackups | None,
        commit: Callable[[Change], bool],
        parent: QObject,
    ) -> None:
        """Make it for a document.

        Args:
            document: The open inspection.
            get_source: Gives its file; None while there is none that could be read.
            backups: What makes backups of it; None where somebody else does.
            commit: Writes a change to the file that is no step of the document, and returns whether
                it is there; raises `InspectorError` where the file is not ours.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.backups = backups
        self._document = document
        self._get_source = get_source
        self._commit = commit
        self._thread = DiskThread("reading-versions", self)

    def list_lines(self) -> list[HistoryLine]:
        """Return the history, the latest change first.

        Raises:
            FileProblem: The file cannot be read.
        """
        self._document.save()
        return self._document.ask_file(self._find_source().history_lines)

    def list_backups(self) -> list[Backup]:
        """Return the automatic backups, the latest one first."""
        return self.backups.find_all() if self.backups is not None else []

    def read_state(self, change: str) -> Inspection:
        """Return the inspection as it was after a change of the history.

        Raises:
            FileProblem: The file cannot be read, or the history is damaged.
        """
        self._document.save()
        return finish(self.read_state_in_steps(change))

    def read_state_in_steps(self, change: str) -> Generator[int | None, None, Inspection]:
        """Do the same in steps, each small; whoever wants the latest changes has called `save`.

        What is typed meanwhile is not in it.
        """
        now, source = self._document.inspection, self._find_source()
        state = self._document.save_state
        # What the file does not have yet is none of its changes.
        saved = state is None or state.kind == "saved"

        def read() -> Inspection | Iterator[Change]:
            try:
                return source.read_changes_after(change) if saved else source.read_state(change)
            except KeyError as error:
                raise FileProblem(
                    "This state is not in the file's history. Nothing was changed; choose another "
                    "one."
                ) from error

        found = yield from self._read_in_steps(read)
        if isinstance(found, Inspection):
            return found
        steps = rewind_in_steps(now, found)
        while True:
            try:
                next(steps)
            except StopIteration as ended:
                then: Inspection = ended.value
                return then
            except ChangeConflict as error:
                raise FileProblem(
                    "The history does not reach back to this state: the file is damaged. It has "
                    "not been changed. Choose another state, or a backup."
                ) from error
            yield None

    def read_backup(self, path: Path) -> Inspection:
        """Return the inspection as it is in a backup.

        Raises:
            FileProblem: The backup cannot be read.
        """
        with open_for_reading(path, self._document.get_key()) as reader:
            return reader.inspection

    def read_backup_in_steps(self, path: Path) -> Generator[int, None, Inspection]:
        """Do the same in a thread; each step waits for it."""
        found: Inspection = yield from self._read_in_steps(lambda: self.read_backup(path))
        return found

    def _read_in_steps(self, read: Callable[[], T]) -> Generator[int, None, T]:
        """Have a thread read something; each step waits for it, and in the end nobody does."""
        if self._thread.is_busy:
            # The one before hangs, or is read for nobody any more.
            self._thread.close(wait=False)
            self._thread = DiskThread("reading-versions", self)
        reading = self._thread.run_job(lambda _: read())
        until = monotonic() + _PATIENCE
        try:
            while not reading.wait(0):
                if monotonic() > until:
                    raise FileSilent(f"This state cannot be read now: {SILENT.reason}.")
                yield _LOOK
            return reading.get_result()
        finally:
            if reading.wait(0):
                reading.drop()

    def keep(self, name: str) -> bool:
        """Mark the state as it is now as a version, and return whether the file has the mark.

        The mark is a change without edits in the history, from which the state is built again.
        Where the file cannot be written just now, the mark waits as every change does.

        Raises:
            InspectorError: The file is not ours.
            ValueError: The name is blank.
        """
        written = self._commit(make_mark(name, self._document.who))
        self.kept.emit()
        return written

    def compare(self, then: Inspection) -> tuple[Difference, ...]:
        """Return what is different now."""
        from inspector_app.domain.versions.comparing import compare

        return compare(then, self._document.inspection)

    def compare_in_steps(self, then: Inspection) -> Generator[None, None, tuple[Difference, ...]]:
        """Do the same in steps, each small."""
        from inspector_app.domain.versions.comparing import compare_in_steps

        return compare_in_steps(then, self._document.inspection)

    def restore(
        self,
        then: Inspection,
        chosen: Sequence[Difference],
        label: str,
        backup: Path | None = None,
    ) -> None:
        """Bring parts back to what they were, as one step that can be undone.

        Args:
            then: The earlier state.
            chosen: What is to be as it was then.
            label: What undo and history call it.
            backup: The backup that the state is from: files whose bytes the inspection lacks are
                taken from it.

        Raises:
            InspectorError: The inspection cannot be edited here.
            FileProblem: Bytes could not be written; nothing was restored then.
        """
        from inspector_app.domain.versions.restoring import draft_restore

        draft = self._document.draft()
        draft_restore(draft, then, chosen)
        if backup is not None:
            wanted = {
                part.sha256
                for part in draft.result.all(Attachment)
                if draft.start.find(part.id) is None
            }
            if wanted:
                self._document.ask_file(lambda: self._bring_bytes(backup, wanted))
        self._document.apply_draft(draft, label)

    def close(self) -> None:
        """Read no more; a backup that is being read now is waited for by nobody."""
        self._thread.close(wait=False)

    def _find_source(self) -> _Source:
        source = self._get_source()
        if source is None:
            raise FileProblem(
                "The history cannot be read while the file cannot. What you typed is safe; try "
                "again when the file is back."
            )
        return source

    def _bring_bytes(self, backup: Path, wanted: set[str]) -> None:
        """Store what the inspection lacks of some files; in a thread."""
        missing = {sha256 for sha256 in wanted if self._document.read_attachment(sha256) is None}
        if not missing:
            return
        with open_for_reading(backup, self._document.get_key()) as reader:
            for sha256 in missing:
                data = reader.read_attachment(sha256)
                if data is not None:
                    self._document.add_attachment(data)
