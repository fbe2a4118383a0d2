"""An inspection file and its journal, written together: every change lies in two places."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from typing import TYPE_CHECKING

from inspector_app.errors import FileProblem, NewerInspection, NotAnInspection, PasswordNeeded
from inspector_app.files import describe_write_problem, follow_links
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.journal import Journal
from inspector_app.storage.journal_attachments import remove_attachments
from inspector_app.storage.journal_attachments import write_attachment as keep_attachment
from inspector_app.storage.new_files import Waiting
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.trouble import (
    SILENT,
    FileGone,
    FileReplaced,
    FileSilent,
    Trouble,
    describe_trouble,
    holding_patiently,
)
from inspector_app.storage.whole_copy import make_place_beside, write_whole_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.encryption import Key
    from inspector_app.storage.whole_copy import LeaveOut

_LARGEST_JOURNAL = 8_000_000
"""Bytes after which a journal is begun anew, once the file holds everything."""
_PATIENCE = 0.5
"""Seconds that the window waits for somebody else who uses the file."""


class TwoCopies:
    """Keeps changes in the journal and in the file; work goes on while one of the two fails.

    The journal comes first, so that a change lies somewhere whatever becomes of the file. Before
    each writing the file is looked at: where it is gone nothing is written, and where another has
    taken its place, that one is never overwritten.
    """

    def __init__(self, file: InspectionFile, folder: Path, backups: Path) -> None:
        """Take over a file.

        Args:
            file: The file, owned; closed with this.
            folder: Where journals lie.
            backups: Folder for copies of what is replaced or migrated.
        """
        self.path = file.path
        self.key: Key | None = file.key
        """What protects file and journal; None where they are not protected."""
        self._lock = threading.RLock()
        """Writing is done in a thread of its own, while the window reads photos and is closed."""
        self._journal_lock = threading.RLock()
        """Held for what waits and for the journal, never while the file is waited for: a folder
        that hangs must not keep changes from the journal. Taken after the other one."""
        self.trouble: Trouble | None = None
        """Why the file does not hold everything, or is not there; None: it is, and does."""
        self.journal_trouble = ""
        """Why the journal does not hold everything that this session changed; "": it does."""
        self._file: InspectionFile | None = file
        self._folder = folder
        self._backups = backups
        self._head = file.head
        self._written = file.inspection
        """What the file holds."""
        self._after = file.inspection
        """What it is to hold."""
        self._waiting: list[Change] = []
        self._journaled = 0
        """How many of those that wait are in the journal."""
        self._journal: Journal | None = None
        self._earlier_journal: Path | None = None
        """One of this session that could not be gone on with; the next one replaces it."""
        self._loose: dict[str, bytes] = {}
        """Bytes by hash that the file does not hold yet; they lie beside the journal."""

    @property
    def inspection(self) -> str:
        """Id of the inspection."""
        return self._after.id

    @property
    def file(self) -> InspectionFile | None:
        """The file, or the one that took its place; None while there is none."""
        return self._file

    @property
    def copies(self) -> int:
        """How many copies there are of the last change, not counting the one in memory."""
        in_file = not self.waits and self.trouble is None
        in_journal = self._journal is not None and not self.journal_trouble
        return int(in_file) + int(in_journal)

    @property
    def waits(self) -> bool:
        """Whether the file lacks something."""
        return bool(self._waiting or self._loose)

    # -- writing

    def take(self, changes: Sequence[Change], after: Inspection) -> None:
        """Put changes into the journal, and have them wait for the file.

        Args:
            changes: In order.
            after: The inspection with all of them applied.
        """
        with self._journal_lock:
            self._waiting += changes
            self._after = after
            self._write_journal()

    def write(self) -> bool:
        """Look at the file, write what waits, and return whether it holds everything."""
        with self._lock:
            return self._write()

    def _write(self) -> bool:
        with self._journal_lock:
            if self._journaled < len(self._waiting):
                self._write_journal()
        try:
            file = self._look()
            for sha256, data in list(self._loose.items()):
                file.add_attachment(data)
                del self._loose[sha256]
            with self._journal_lock:
                waiting, after = tuple(self._waiting), self._after
            if waiting:
                file.commit_all(waiting, after)
                self._note_written(file, len(waiting), after)
        except FileProblem as error:
            self.trouble = describe_trouble(self.path, error)
            return False
        self.trouble = None
        self._tidy_journal()
        return True

    def add_attachment(self, data: bytes) -> str:
        """Store bytes in the file, or beside the journal until it can be written.

        Raises:
            FileProblem: Neither could be written.
        """
        try:
            with self._using_file():
                if self.trouble is not None:
                    raise FileGone(self.trouble.reason)
                return self._look().add_attachment(data)
        except FileProblem:
            sha256 = hashlib.sha256(data).hexdigest()
            try:
                keep_attachment(self._folder, self.inspection, sha256, data, self.key)
            except OSError as error:
                raise describe_write_problem(self._folder, error) from error
            self._loose[sha256] = data
            return sha256

    def read_attachment(self, sha256: str) -> bytes | None:
        """Return stored bytes, or None where there are none of that hash."""
        with self._using_file():
            return self._read_attachment(sha256)

    def _read_attachment(self, sha256: str) -> bytes | None:
        if sha256 in self._loose:
            return self._loose[sha256]
        if self._file is not None:
            return self._file.read_attachment(sha256)
        # Written into by others: what bears the hash is ours all the same.
        with contextlib.suppress(FileProblem), open_for_reading(self.path, self.key) as reader:
            return reader.read_attachment(sha256)
        return None

    # -- copies of the whole

    def write_copy(self, target: Path, backups: Path) -> Path | None:
        """Write a copy of all there is, whatever has become of the file.

        Returns, raises: as `write_whole_copy`.
        """
        try:
            with self._using_file():
                leave_out: LeaveOut = "nothing" if self.trouble is None else "unreadable"
                return self._write_whole(target, backups, leave_out)
        except FileSilent:
            waiting = Waiting(self._waiting, self._after, self._loose)
            read = self._loose.get
            return write_whole_copy(None, waiting, read, target, backups, self.key, "unreadable")

    def _write_whole(self, target: Path, backups: Path, leave_out: LeaveOut) -> Path | None:
        waiting = Waiting(self._waiting, self._after, self._loose)
        read = self._read_attachment
        return write_whole_copy(self._file, waiting, read, target, backups, self.key, leave_out)

    def rescue(self, folder: Path) -> Path:
        """Write a whole copy into a folder of this computer, and return it.

        Raises:
            FileProblem: It cannot be written there either.
        """
        with self._using_file():
            return self._write_beside(folder, "unreadable")

    def go_beside(self, rescue: Path) -> Path:
        """Go on in a file of our own, since another has taken the place of ours.

        Args:
            rescue: Folder for it where the file's own folder cannot be written.

        Returns:
            The new file. It holds everything but what is damaged; history included, where the old
            one can be read.

        Raises:
            FileProblem: Neither folder can be written, or the disk reports a fault: work goes on as
                it was, to be tried again.
        """
        with self._using_file():
            return self._go_beside(rescue)

    def _go_beside(self, rescue: Path) -> Path:
        try:
            place = self._write_beside(self.path.parent, "damaged")
        except FileProblem:
            place = self._write_beside(rescue, "damaged")
        file = InspectionFile.open(place, self._backups, self.key)
        self._let_go()
        self._file = file
        self.path = file.path
        self._loose.clear()
        self._note_written(file, len(self._waiting), self._after)
        self.trouble = None
        return place

    def exchange(self, key: Key | None, writes: int, replace: Callable[[], None]) -> None:
        """Go on with a file that was written anew under another key.

        Args:
            key: Its key.
            writes: What the file's `count_writes` said when it was written anew.
            replace: Puts it in the place of ours.

        Raises:
            FileProblem: The file has changed since, or cannot be replaced; all is as it was.
        """
        with self._lock:
            file = self._look()
            if self.waits or file.count_writes() != writes:
                raise FileProblem(
                    "The inspection was changed at the same time, so its password was not "
                    "changed. Nothing is lost. Try again."
                )
            file.close()
            self._file = None
            try:
                replace()
                self.key = key
            finally:
                # Where somebody was faster, the next writing looks again.
                with contextlib.suppress(FileProblem):
                    self._file = InspectionFile.open(self.path, self._backups, self.key)
            if self._journal is not None:
                # The file holds all of it.
                self._journal.remove()
                self._journal = None
                with contextlib.suppress(OSError):
                    self._journal = self._start_journal()

    def close(self) -> None:
        """Let file and journal go; the journal stays where it has more than the file."""
        try:
            with self._using_file():
                self._let_go(keep_journal=self.waits)
        except FileSilent:
            # Whoever waits for the folder has the file, and loses it with this process.
            with self._journal_lock:
                if self._journal is not None:
                    self._journal.close()
                    self._journal = None

    # -- looking

    @contextlib.contextmanager
    def _using_file(self) -> Iterator[None]:
        """Have the file for the window, which does not wait for a folder that hangs."""
        # Once it is known that nothing answers, nobody waits again.
        seconds = 0 if self.trouble is SILENT else _PATIENCE
        with holding_patiently(self._lock, self.path, seconds):
            yield

    def _look(self) -> InspectionFile:
        """Return the file, once it is certain that it is the one that was left at its path.

        Raises:
            FileProblem: It is gone, replaced, or cannot be opened again.
        """
        presence = self._file.look() if self._file is not None else "touched"
        if presence == "here" and self._file is not None:
            return self._file
        if presence == "gone":
            raise FileGone(f"“{self.path.name}” is gone.")
        if presence == "touched" and self._file is not None:
            # A second look at the same file must not drop the locks of the first.
            self._file.close()
            self._file = None
        # Drives that come back, and sync clients, give a file another number or time.
        try:
            with open_for_reading(self.path, self.key) as reader:
                found = reader.head, reader.inspection
                protected = reader.key == self.key
        except (NotAnInspection, NewerInspection, PasswordNeeded) as error:
            raise FileReplaced(str(error)) from error
        head, inspection = found
        if inspection != self._find_state(head) or not protected:
            raise FileReplaced(f"“{self.path.name}” was replaced.")
        fresh = InspectionFile.open(self.path, self._backups, self.key)
        if self._file is not None:
            self._file.close()
            self._file = None
        if head != self._head:
            with contextlib.ExitStack() as unsettled:
                unsettled.callback(fresh.close)
                fresh.settle()
                unsettled.pop_all()
        self._file = fresh
        self._note_written_up_to(head, inspection)
        return fresh

    def _find_state(self, head: str) -> Inspection | None:
        """Return what our file holds if it ends with a change, or None if it cannot end so.

        It may hold some of what waits: a disk can report a fault with a commit that it has carried
        out all the same.
        """
        inspection = self._written
        if head == self._head:
            return inspection
        for change in tuple(self._waiting):
            inspection = inspection.apply(change)
            if change.id == head:
                return inspection
        return None

    def _note_written_up_to(self, head: str, inspection: Inspection) -> None:
        with self._journal_lock:
            ids = [change.id for change in self._waiting]
            self._forget_waiting(ids.index(head) + 1 if head in ids else 0)
            self._head = head
            self._written = inspection

    def _note_written(self, file: InspectionFile, count: int, after: Inspection) -> None:
        with self._journal_lock:
            self._forget_waiting(count)
            self._head = file.head
            self._written = after

    def _forget_waiting(self, count: int) -> None:
        del self._waiting[:count]
        self._journaled = max(self._journaled - count, 0)

    # -- the journal

    def _write_journal(self) -> None:
        """Put what waits into the journal; begin it where there is none, or where it failed."""
        try:
            if self._journal is None:
                self._journal = self._start_journal()
            else:
                self._journal.append(self._waiting[self._journaled :])
        except OSError as error:
            if self._journal is not None:
                self._earlier_journal = self._journal.path
                self._journal.close()
                self._journal = None
            self._journaled = 0
            self.journal_trouble = error.strerror or type(error).__name__
            return
        self._journaled = len(self._waiting)
        self.journal_trouble = ""

    def _start_journal(self) -> Journal:
        journal = Journal.start(
            self._folder,
            self.inspection,
            self.path,
            self._head,
            tuple(self._waiting),
            self.key,
            earlier=self._earlier_journal,
        )
        self._earlier_journal = None
        return journal

    def _tidy_journal(self) -> None:
        """Begin a journal anew that has grown large: the file holds all of it."""
        with self._journal_lock:
            if self._journal is not None and self._journal.size > _LARGEST_JOURNAL:
                self._earlier_journal = self._journal.path
                self._journal.close()
                with contextlib.suppress(OSError):
                    self._journal = self._start_journal()

    def _let_go(self, *, keep_journal: bool = False) -> None:
        if self._journal is not None:
            if keep_journal:
                self._journal.close()
            else:
                self._journal.remove()
            self._journal = None
        if self._earlier_journal is not None and not keep_journal:
            with contextlib.suppress(OSError):
                self._earlier_journal.unlink(missing_ok=True)
        self._earlier_journal = None
        if not keep_journal:
            remove_attachments(self._folder, self.inspection)
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write_beside(self, folder: Path, leave_out: LeaveOut) -> Path:
        place = make_place_beside(self.path, folder)
        self._write_whole(place, self._backups, leave_out)
        return follow_links(place)
