"""Files that cannot be opened: what they are, and the ways on that the person can choose."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from inspector_app.document.damaged import copy_backup, examine, unlock_damaged
from inspector_app.document.jobs.job_context import JobCancelled
from inspector_app.document.salvage_labels import describe_salvage, headline
from inspector_app.document.salvaging import SalvageReport, propose_salvaged, salvage_file
from inspector_app.domain.dates import to_local
from inspector_app.errors import InspectorError, NotAnInspection
from inspector_app.report.phrases import long_date
from inspector_app.ui.opening.unlocking import ask_key
from inspector_app.ui.widgets.disk_waiting import WRITING
from inspector_app.ui.widgets.job_progress import JobProgress, LoneJob

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from inspector_app.document.damaged import Examined
    from inspector_app.document.protecting import Key
    from inspector_app.domain.versions.history import Backup
    from inspector_app.ui.prompts import Prompts
    from inspector_app.ui.widgets.disk_waiting import DiskWaiting

_SALVAGE = "&Recover what can be read"
_IMPORT = "&Import it"
_ASKS = (
    "Recovering asks for the password. If the file no longer shows how it is protected, a backup "
    "or safety copy on this computer does."
)
_SAFE = (
    "Recovering saves a new file beside it, and a copy of the damaged one with the backups. The "
    "damaged file stays as it is."
)


class DamagedFiles(QObject):
    """Offers to salvage a damaged file, to go on with a backup, or to import what is content."""

    open_wanted = Signal(object, object)
    """A file was made in place of the damaged one; carries its path, and its key or None."""
    content_wanted = Signal(object)
    """The person wants content imported that has another ending; carries its path."""

    def __init__(self, prompts: Prompts, backups: Path, disk: DiskWaiting, window: QWidget) -> None:
        super().__init__(window)
        self._prompts = prompts
        self._backups = backups
        self._disk = disk
        self._window = window
        self._job = LoneJob(self)

    def offer(
        self, path: Path, error: InspectorError, inspection: str, key: Key | None = None
    ) -> None:
        """Tell why a file was not opened, and do what the person chooses.

        Args:
            path: The file.
            error: Why it was not opened.
            inspection: Id of the inspection that it was when it was open last, or "".
            key: The key of a protected one, where the person has given its password.
        """
        if not isinstance(error, NotAnInspection):
            self._prompts.show_problem("The inspection was not opened.", str(error))
            return
        with self._prompts.telling("The inspection was not opened."), suppress(JobCancelled):
            examined = self._disk.wait(path, lambda _: examine(path, self._backups, inspection))
            self._offer_ways(path, error, examined, key)

    def _offer_ways(
        self, path: Path, error: InspectorError, examined: Examined, key: Key | None
    ) -> None:
        ways = list(_list_ways(examined))
        if not ways:
            self._prompts.show_problem("The inspection was not opened.", str(error))
            return
        asks = f"{_ASKS} " if examined.protections and key is None else ""
        message = f"{error} {asks}{_SAFE}" if examined.kind == "damaged" else str(error)
        chosen = self._prompts.choose("The inspection was not opened.", message, ways)
        if chosen is None:
            return
        if ways[chosen] == _SALVAGE:
            self._unlock_and_salvage(path, examined, key)
        elif ways[chosen] == _IMPORT:
            self.content_wanted.emit(path)
        elif examined.backup is not None:
            self._open_backup(examined.backup, path, key)

    @Slot()
    def stop(self) -> None:
        """End what is under way; nothing is left of it."""
        self._job.stop()

    def _open_backup(self, backup: Backup, path: Path, key: Key | None) -> None:
        with self._prompts.telling("The backup was not opened."), suppress(JobCancelled):
            copy = self._disk.wait(path, lambda _: copy_backup(backup.path, path), texts=WRITING)
            self.open_wanted.emit(copy, key)

    def _unlock_and_salvage(self, path: Path, examined: Examined, key: Key | None) -> None:
        protections = examined.protections
        if key is None and protections:
            key = ask_key(
                path.name, self._prompts, lambda typed: unlock_damaged(path, protections, typed)
            )
            if key is None:
                return
        self._salvage(path, key)

    def _salvage(self, path: Path, key: Key | None) -> None:
        self.stop()
        target = self._disk.wait(path, lambda _: propose_salvaged(path))
        self._job.run(
            JobProgress(
                f"Recovering {path.name}",
                "salvage",
                "Stop without saving a file (Esc)",
                "Reading what can be read…",
                self._window,
            ),
            salvage_file,
            # The key goes through the pipe of the worker, and nowhere else.
            (str(path), str(target), str(self._backups), key.pack() if key is not None else b""),
            SalvageReport,
            lambda report: self._on_done(report, target, key),
            lambda error: self._prompts.show_problem("Nothing was recovered.", str(error)),
        )

    def _on_done(self, report: SalvageReport, target: Path, key: Key | None) -> None:
        self.open_wanted.emit(target, key)
        self._prompts.show_list(headline(report), describe_salvage(report))


def _list_ways(examined: Examined) -> list[str]:
    """Return the ways on, as buttons call them."""
    ways = []
    if examined.kind == "damaged":
        ways.append(_SALVAGE)
    if examined.kind == "content":
        ways.append(_IMPORT)
    if examined.backup is not None:
        when = to_local(examined.backup.when)
        ways.append(f"Open the &backup of {long_date(when.date())}, {when:%H:%M}")
    return ways
