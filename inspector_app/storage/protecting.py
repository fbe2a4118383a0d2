"""Setting, changing and removing the password of an inspection that is open.

The file, its backups and its other copies in the folders of this computer are first all written
anew beside the old ones; until then everything is as it was, and stopping leaves no trace. Then the
new ones take their places, the file first. Whoever crashes in between finds the old file or the new
one, whole; a copy that still has the old protection is seen to with the next opening.
"""

from __future__ import annotations

import contextlib
import glob
import re
from typing import TYPE_CHECKING

from inspector_app.errors import FileProblem, InspectionInUse
from inspector_app.files import describe_write_problem, exists, remove_unfinished, replacing
from inspector_app.storage import database
from inspector_app.storage.automatic import list_backups
from inspector_app.storage.encryption import choose_key
from inspector_app.storage.journal import (
    ASIDE,
    get_journal_name,
    is_in_use,
    list_journals,
    read_journal,
    read_journal_protection,
    write_journal,
)
from inspector_app.storage.journal_attachments import rewrite_attachments
from inspector_app.storage.rewriting import rewrite_database
from inspector_app.storage.schema import check_database, read_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from inspector_app.storage.encryption import Key
    from inspector_app.storage.two_copies import TwoCopies

_ENDING = "*.inspection"
_OURS = "SELECT 1 FROM entity WHERE id = ? AND parent = ''"


class Reprotection:
    """Gives an open inspection and its copies another key, or none: `prepare`, then `commit`."""

    def __init__(self, copies: TwoCopies, folders: ProtectedFolders, key: Key | None) -> None:
        """Take what is to be protected.

        Args:
            copies: File and journal.
            folders: Where other copies lie.
            key: The new key; None: nothing is protected any more.
        """
        self._copies = copies
        self._folders = folders
        self._key = key
        self._old = copies.key
        self._writes = 0
        self._file = contextlib.ExitStack()
        self._rewritten: list[tuple[Path, contextlib.ExitStack]] = []
        self._left: list[Path] = []

    def measure(self) -> int:
        """Return the bytes that have to be written anew, about."""
        paths = [self._copies.path, *self._find_copies()]
        return sum(path.stat().st_size for path in paths if exists(path))

    def prepare(self, tell: Callable[[int], None]) -> None:
        """Write everything anew beside what there is; may be called in a thread.

        Args:
            tell: Hears how many bytes were copied since the last time, and may raise to stop it.

        Raises:
            FileProblem: Something cannot be written; everything is as it was.
        """
        try:
            file = self._copies.file
            if file is None:
                raise FileProblem("The file cannot be read just now. Nothing was changed.")
            temporary = self._file.enter_context(replacing(self._copies.path))
            self._writes = file.rewrite(temporary, self._key, tell)
            for path in self._find_copies():
                self._prepare_copy(path, tell)
        except OSError as error:
            self.abandon()
            raise describe_write_problem(self._copies.path, error) from error
        except BaseException:
            self.abandon()
            raise

    def _prepare_copy(self, path: Path, tell: Callable[[int], None]) -> None:
        stack = contextlib.ExitStack()
        try:
            temporary = stack.enter_context(replacing(path))
            rewrite_file(path, temporary, self._old, self._key, tell)
        except (FileProblem, OSError):
            # Damaged, of another password, or open: nobody's work is held up by it.
            _give_up(stack)
            self._left.append(path)
        except BaseException:
            _give_up(stack)
            raise
        else:
            self._rewritten.append((path, stack))

    def commit(self) -> tuple[Path, ...]:
        """Put everything in its place, and return the copies that are as they were before.

        Raises:
            FileProblem: The file could not be replaced; everything is as it was.
        """
        try:
            self._copies.exchange(self._key, self._writes, self._file.close)
        except BaseException:
            self.abandon()
            raise
        for path, stack in self._rewritten:
            try:
                stack.close()
            except FileProblem:
                self._left.append(path)
        self._rewritten.clear()
        copies, journals = self._copies, self._folders.journals
        self._left += _rewrite_journals(
            journals, copies.inspection, copies.path, self._old, self._key
        )
        return tuple(self._left)

    def abandon(self) -> None:
        """Leave everything as it was. Doing so again does nothing."""
        for _, stack in self._rewritten:
            _give_up(stack)
        self._rewritten.clear()
        _give_up(self._file)

    def _find_copies(self) -> list[Path]:
        return list(find_copies(self._folders, self._copies.inspection, self._old))


class ProtectedFolders:
    """Where copies of inspections lie on this computer."""

    def __init__(self, backups: Path, rescue: Path, journals: Path) -> None:
        self.backups = backups
        self.rescue = rescue
        self.journals = journals


def find_copies(folders: ProtectedFolders, inspection: str, key: Key | None) -> Iterator[Path]:
    """Yield the backups of an inspection, and its copies that were kept for other reasons."""
    yield from (backup.path for backup in list_backups(folders.backups, inspection))
    for folder in (folders.backups, folders.rescue):
        with contextlib.suppress(OSError):
            for path in sorted(folder.glob(_ENDING)):
                if _is_of(path, inspection, key):
                    yield path


def protect_leftovers(folders: ProtectedFolders, inspection: str, path: Path, key: Key) -> None:
    """Protect what a crash, or an older backup brought back, left without protection.

    What cannot be written now is seen to with the next opening.
    """
    for copy in find_copies(folders, inspection, key):
        remove_unfinished(copy)
        with contextlib.suppress(FileProblem):
            if read_header(copy).protection is None:
                with replacing(copy) as temporary:
                    rewrite_file(copy, temporary, None, key, lambda _: None)
    _rewrite_journals(folders.journals, inspection, path, None, key)


def rewrite_file(
    path: Path, target: Path, old: Key | None, new: Key | None, tell: Callable[[int], None]
) -> None:
    """Write a copy of a file that nobody has open under another key.

    Raises:
        FileProblem: It cannot be read, or not with this key, or the copy cannot be written.
    """
    key = choose_key(read_header(path).protection, old, path)
    with database.errors_in_words(path):
        connection = database.connect(path, database.READ_ONLY, key)
        with contextlib.closing(connection):
            connection.execute("BEGIN")
            check_database(connection, path)
            rewrite_database(connection, contextlib.nullcontext(), target, new, tell)


def _is_of(path: Path, inspection: str, key: Key | None) -> bool:
    """Tell whether a file is of an inspection; one that cannot be read is not."""
    with contextlib.suppress(FileProblem, InspectionInUse), database.errors_in_words(path):
        found = choose_key(read_header(path).protection, key, path)
        connection = database.connect(path, database.READ_ONLY, found)
        with contextlib.closing(connection):
            return connection.execute(_OURS, (inspection,)).fetchone() is not None
    return False


def _give_up(stack: contextlib.ExitStack) -> None:
    error = FileProblem("The password was not changed.")
    with contextlib.suppress(FileProblem):
        stack.__exit__(FileProblem, error, None)


def _rewrite_journals(
    folder: Path, inspection: str, path: Path, old: Key | None, new: Key | None
) -> list[Path]:
    """Write what lies here of a file under another key, and return what could not be.

    What sessions write that run is theirs, and so is what belongs to another file with the same
    inspection. What is of a third key stays as it is.
    """
    own = re.compile(rf"{re.escape(get_journal_name(inspection, path))}(-\d+)?\..*")
    left = []
    asides = folder.glob(f"{glob.escape(inspection)}-*{ASIDE}")
    found = [*list_journals(folder, inspection), *asides]
    for place in found:
        if not own.fullmatch(place.name) or is_in_use(place) or _is_of_key(place, new):
            continue
        content = read_journal(place, old)
        if content is not None:
            try:
                write_journal(place, content, new)
            except OSError:
                left.append(place)
    if all(own.fullmatch(place.name) for place in found):
        left += rewrite_attachments(folder, inspection, old, new)
    return left


def _is_of_key(path: Path, key: Key | None) -> bool:
    return read_journal_protection(path) == (None if key is None else key.protection)
