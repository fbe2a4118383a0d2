"""Automatic backups: a folder an inspection, whole copies in it, thinned by age and by size.

    backups/<id of the inspection>/20261124T140322Z-<number>-<id of the last change>.inspection

A name says when (UTC), how many changes there are and which is the last, and nothing of the
content. The number decides which is the latest: clocks are put right, and go wrong. Copies made
before a file was replaced or migrated lie in `backups/` itself, and are never counted or thinned.
"""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import apsw

from inspector_app.domain.ids import is_own_id
from inspector_app.domain.versions.history import Backup
from inspector_app.errors import FileProblem
from inspector_app.files import describe_write_problem, make_folder, replacing
from inspector_app.storage import database
from inspector_app.storage.thinning import choose_kept

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from inspector_app.storage.encryption import Key

_NAME = re.compile(r"(\d{8}T\d{6}Z)-(?:(\d{1,18})-)?([a-z0-9]{0,32})\.inspection", re.ASCII)
_FORM = "%Y%m%dT%H%M%SZ"
_LEFT_BEHIND = 24 * 3600
"""Seconds from now of a backup in the making that a crash left; a clock may have been ahead."""


def get_backup_folder(backups: Path, inspection: str) -> Path:
    """Return where the automatic backups of an inspection lie.

    Raises:
        ValueError: The id has not the form of ours, so it is no folder's name.
    """
    if not is_own_id(inspection):
        raise ValueError("not the id of an inspection")
    return backups / inspection


def list_backups(backups: Path, inspection: str) -> list[Backup]:
    """Return the automatic backups of an inspection, the one with the latest change first."""
    return _list_folder(get_backup_folder(backups, inspection))


def _list_folder(folder: Path) -> list[Backup]:
    found = []
    try:
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            if match:
                when = datetime.strptime(match[1], _FORM).replace(tzinfo=UTC)
                size = path.lstat().st_size
                found.append(Backup(path, when, match[3], size, int(match[2] or 0)))
    except (OSError, ValueError):
        # No folder yet, or a file that somebody is removing: what was found is there.
        pass
    return sorted(found, key=lambda backup: (backup.number, backup.when), reverse=True)


class RunningBackup:
    """A backup in the making: `step` until all is copied, then `finish`, or `abandon` it.

    What is written through the same connection meanwhile is in the backup too. The connection must
    not be closed before one of the two.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        lock: threading.RLock,
        target: Path,
        key: Key | None = None,
    ) -> None:
        """Begin a backup.

        Args:
            connection: The file, owned.
            lock: Held while somebody uses the connection.
            target: Where the backup is to lie; its folder is made where it is not there yet.
            key: The key of the file, and so of the backup.

        Raises:
            FileProblem: It cannot be written there.
        """
        self._target = target
        self._key = key
        self._lock = lock
        self._share = 0.0
        try:
            make_folder(target.parent)
        except OSError as error:
            raise describe_write_problem(target.parent, error) from error
        self._file = contextlib.ExitStack()
        self._temporary = self._file.enter_context(replacing(target))
        self._copying = contextlib.ExitStack()
        with lock, self._giving_up():
            copy = database.connect(self._temporary, database.CREATE, key)
            self._copying.callback(copy.close)
            # A copy that a crash leaves unfinished is thrown away; it is flushed when it is whole.
            copy.pragma("journal_mode", "OFF")
            copy.pragma("synchronous", "OFF")
            self._backup = copy.backup("main", connection, "main")
            self._copying.callback(self._backup.close, True)

    @property
    def share(self) -> float:
        """How much is copied, 0 to 1."""
        return self._share

    def step(self, pages: int = -1, *, waits: bool = False) -> bool:
        """Copy some pages, or all, and return whether all are copied.

        Some are copied only if nobody uses the connection, unless it `waits`; all are waited for.

        Raises:
            FileProblem: The backup cannot be written; it is abandoned.
        """
        if not self._lock.acquire(blocking=waits or pages < 0):
            return False
        try:
            return self._copy(pages)
        finally:
            self._lock.release()

    def _copy(self, pages: int) -> bool:
        with self._giving_up():
            try:
                self._backup.step(pages)
            except apsw.ConnectionClosedError as error:
                raise FileProblem("The inspection was closed while it was copied.") from error
            count = self._backup.page_count
            self._share = 1 - self._backup.remaining / count if count else 1.0
            if not self._backup.done:
                return False
            self._copying.close()
            return True

    def finish(self) -> None:
        """Read the copy back, flush it, and put it in its place; may be called in a thread.

        Raises:
            FileProblem: The backup cannot be written, or is not whole; there is none then.
        """
        with self._giving_up():
            copy = database.connect(self._temporary, database.READ_ONLY, self._key)
            try:
                if copy.pragma("quick_check") != "ok":
                    raise FileProblem(
                        "The backup was not kept, because it could not be read back in full. The "
                        "inspection itself is as it was. Check the disk that the backups are on."
                    )
            finally:
                copy.close()
            self._file.close()

    def abandon(self) -> None:
        """Leave it; nothing is left of it. Doing so again does nothing."""
        with self._lock:
            self._copying.close()
        error = FileProblem("The backup was abandoned.")
        with contextlib.suppress(FileProblem):
            self._file.__exit__(FileProblem, error, None)

    @contextlib.contextmanager
    def _giving_up(self) -> Iterator[None]:
        try:
            with database.errors_in_words(self._target):
                yield
        except BaseException:
            self.abandon()
            raise


def make_backup_path(
    backups: Path, inspection: str, change: str, when: datetime, number: int = 0
) -> Path:
    """Return where a backup of an inspection up to a change is to lie, given its number."""
    stamp = when.astimezone(UTC).strftime(_FORM)
    name = f"{stamp}-{number}-{change}" if number else f"{stamp}-{change}"
    return get_backup_folder(backups, inspection) / f"{name}.inspection"


def _correct_times(found: Iterable[Backup], now: datetime) -> Iterator[Backup]:
    """Yield backups, the latest first, none made after now or after a later one.

    While a clock was ahead, names got times that were still to come.
    """
    for backup in found:
        now = min(now, backup.when)
        yield backup._replace(when=now)


def thin_backups(backups: Path, inspection: str, limit: int, now: datetime) -> None:
    """Remove the backups of an inspection that are too many for their age, then the oldest of all.

    Args:
        backups: The folder of all.
        inspection: The one that was just backed up.
        limit: Bytes that the automatic backups of all inspections may take. The latest backup of
            each inspection stays all the same.
        now: The time now.
    """
    found = [*_correct_times(list_backups(backups, inspection), now)]
    kept = choose_kept([backup.when for backup in found], now)
    _remove(backup for backup in found[1:] if backup.when not in kept)
    everything = ([*_correct_times(folder, now)] for folder in _list_all(backups))
    _remove(_choose_for_space(everything, limit))
    _remove_unfinished(get_backup_folder(backups, inspection), now)


def _list_all(backups: Path) -> list[list[Backup]]:
    """Return the automatic backups of each inspection, the latest of each first."""
    try:
        folders = [folder for folder in backups.iterdir() if is_own_id(folder.name)]
    except OSError:
        return []
    return [_list_folder(folder) for folder in folders]


def _choose_for_space(folders: Iterable[list[Backup]], limit: int) -> list[Backup]:
    """Return what has to go for the rest to fit: the oldest, but never the latest of any."""
    size = 0
    may_go: list[Backup] = []
    for folder in folders:
        size += sum(backup.size for backup in folder)
        may_go += folder[1:]
    going = []
    for backup in sorted(may_go, key=lambda backup: backup.when):
        if size <= limit:
            break
        size -= backup.size
        going.append(backup)
    return going


def _remove(backups: Iterable[Backup]) -> None:
    for backup in backups:
        # What cannot be removed now is tried again after the next backup.
        with contextlib.suppress(OSError):
            backup.path.unlink(missing_ok=True)


def _remove_unfinished(folder: Path, now: datetime) -> None:
    """Remove what crashes left of backups in the making."""
    with contextlib.suppress(OSError):
        for path in folder.glob(".*.tmp"):
            if abs(now.timestamp() - path.stat().st_mtime) > _LEFT_BEHIND:
                path.unlink(missing_ok=True)
