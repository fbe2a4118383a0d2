"""The password of an inspection: opening with one, setting, changing and removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from inspector_app.document.disk_thread import DiskJob, DiskThread
from inspector_app.errors import FileProblem, InspectorError, WrongPassword
from inspector_app.files import follow_links
from inspector_app.settings import get_journals_folder, get_rescue_folder
from inspector_app.storage.encryption import derive_key, make_key
from inspector_app.storage.protecting import ProtectedFolders, Reprotection
from inspector_app.storage.schema import read_header

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.document.disk_thread import TellShare
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.storage.encryption import Key as Key


def is_unlocked(path: Path, key: Key | None) -> bool:
    """Tell whether a file can be opened with a key, or needs none.

    Raises:
        FileProblem: It cannot be read, or is no inspection.
    """
    protection = read_header(follow_links(path), newer=True).protection
    return protection is None or (key is not None and key.protection == protection)


def unlock(path: Path, password: str) -> Key | None:
    """Return the key to open a file with; it takes a moment, by intent.

    Raises:
        WrongPassword: It is another password.
        FileProblem: The file cannot be read, or is no inspection.
    """
    path = follow_links(path)
    protection = read_header(path, newer=True).protection
    return None if protection is None else derive_key(password, protection, path)


def is_password(document: InspectionDocument, password: str) -> bool:
    """Tell whether that is the password of an open inspection; one without takes any."""
    key = document.get_key()
    if key is None:
        return True
    try:
        derive_key(password, key.protection, document.path)
    except WrongPassword:
        return False
    return True


class PasswordOutcome(NamedTuple):
    """How setting, changing or removing a password ended."""

    problem: str = ""
    """Why nothing was changed; "": it was."""
    cancelled: bool = False
    left: tuple[Path, ...] = ()
    """Copies that are protected, or not, as they were before."""


class PasswordChange(QObject):
    """Gives an open inspection and its copies another password, or takes it away.

    A thread writes everything anew beside what there is; then the new files take their places at
    once. Nothing is to be typed meanwhile. Until `ended`, everything can still be cancelled.
    """

    progressed = Signal(int)
    """Another hundredth was written; carries how many so far."""
    ended = Signal(object)
    """It is done, or nothing was changed; carries the `PasswordOutcome`."""

    def __init__(self, document: InspectionDocument, backups: Path, password: str) -> None:
        """Prepare to change the password of a document.

        Args:
            document: The inspection, which can be edited.
            backups: The folder of all backups.
            password: The new one; "": it is not protected any more.
        """
        super().__init__(document)
        self._document = document
        self._folders = ProtectedFolders(backups, get_rescue_folder(), get_journals_folder())
        self._password = password
        self._work: Reprotection | None = None
        self._thread = DiskThread("password", self)
        self._job: DiskJob[None] | None = None

    def start(self) -> None:
        """Begin; `ended` tells the end."""
        document = self._document
        copies = document.copies
        problem = ""
        if copies is None:
            problem = document.not_owned_reason
        elif document.recovery.changes:
            problem = (
                "Changes from an earlier session wait for your decision, and are not in the file "
                "yet. Bring them back or discard them first. Nothing was changed."
            )
        elif not document.save():
            problem = (
                "Inspector cannot save the file just now, so its password was not changed. What "
                "you typed is safe. Try again when everything is saved."
            )
        if problem or copies is None:
            self.ended.emit(PasswordOutcome(problem))
            return
        if document.backups is not None:
            document.backups.suspend()
        self._job = self._thread.run_job(
            self._prepare,
            lambda _: self._end(self._commit),
            lambda error: self._end(lambda: PasswordOutcome(str(error))),
            lambda share: self.progressed.emit(int(100 * share)),
            lambda: self._end(self._abandon),
        )

    def cancel(self) -> None:
        """Leave everything as it was."""
        if self._job is not None:
            self._job.cancel()

    def _prepare(self, tell: TellShare) -> None:
        """Write everything anew, in the thread."""
        copies = self._document.copies
        if copies is None:
            raise FileProblem("The file is closed. Nothing was changed.")
        key = make_key(self._password) if self._password else None
        self._work = work = Reprotection(copies, self._folders, key)
        total = max(work.measure(), 1)
        written = 0

        def add(size: int) -> None:
            nonlocal written
            written += size
            tell(min(0.99, written / total))

        work.prepare(add)

    def _commit(self) -> PasswordOutcome:
        if self._work is None or (self._job is not None and self._job.is_cancelled):
            return self._abandon()
        try:
            return PasswordOutcome(left=self._work.commit())
        except InspectorError as error:
            return PasswordOutcome(str(error))

    def _abandon(self) -> PasswordOutcome:
        if self._work is not None:
            self._work.abandon()
        return PasswordOutcome(cancelled=True)

    def _end(self, end: Callable[[], PasswordOutcome]) -> None:
        outcome = PasswordOutcome("Inspector itself failed. What you typed is safe.")
        try:
            outcome = end()
        finally:
            self._thread.close()
            if self._document.backups is not None:
                self._document.backups.resume()
            self._document.protection_changed.emit()
            self.ended.emit(outcome)
