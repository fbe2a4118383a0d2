"""Salvaging: a new inspection file of what can be read of a damaged one."""

from __future__ import annotations

import contextlib
import mmap
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.change import Change
from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Attachment, Details
from inspector_app.domain.inspection import Inspection
from inspector_app.domain.versions.history import make_mark
from inspector_app.errors import ChangeConflict, FileProblem, NotAnInspection
from inspector_app.files import describe_read_problem, exists, follow_links, replacing
from inspector_app.storage import database
from inspector_app.storage.automatic import list_backups
from inspector_app.storage.checksums import ENTITY
from inspector_app.storage.journal_attachments import read_attachment as read_kept_attachment
from inspector_app.storage.owned import refuse_owned
from inspector_app.storage.private_copy import copy_privately
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.rows import write_attachment, write_changes
from inspector_app.storage.salvage.choosing import choose_parts, is_history_whole
from inspector_app.storage.salvage.finds import Finds, find_details
from inspector_app.storage.salvage.journals import find_journal_changes
from inspector_app.storage.salvage.planting import Planted, Planter
from inspector_app.storage.salvage.raw_pages import (
    find_pages,
    read_loose_texts,
    read_raw_rows,
)
from inspector_app.storage.salvage.replaying import join_history
from inspector_app.storage.salvage.report import SalvagedItem, SalvageReport, describe_item
from inspector_app.storage.salvage.tables import read_table_rows
from inspector_app.storage.schema import APPLICATION_ID, migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import apsw

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.storage.encryption import Key
    from inspector_app.storage.salvage.choosing import SalvagedVersion
    from inspector_app.storage.salvage.raw_pages import RawRow
    from inspector_app.storage.salvage.replaying import History

    MakeDetails = Callable[[str, Sequence[AnyEntity]], Details]
    Tell = Callable[[str, float | None], None]

_LARGEST_ROW = 1_000_000_000
"""Bytes; SQLite itself takes no larger ones."""
_BREATH = 50
"""Rows between two looks whether to stop."""
_BOM = b"\xef\xbb\xbf"


class SalvageFolders(NamedTuple):
    """Where on this computer there may be more of an inspection."""

    backups: Path
    journals: Path


def salvage_inspection(
    source: Path,
    target: Path,
    folders: SalvageFolders,
    make_details: MakeDetails,
    tell: Tell = lambda _text, _share: None,
    key: Key | None = None,
) -> SalvageReport:
    """Write a new inspection file with all that can be read of a damaged one.

    The damaged file is only read. Besides its rows, what counts is its history, from which lost
    parts are made again, the journal of this computer, and the backups, for photos.

    Args:
        source: The damaged file.
        target: The new file; nothing may lie there yet.
        folders: Backups and journals.
        make_details: Gives the details of the inspection where they are lost, from its id and all
            other parts.
        tell: Is told what is being done, and how far it is; may raise to stop.
        key: The key of a protected file, which the new one gets, too. Nothing is written plain.

    Raises:
        FileProblem: The file cannot be read, or the new one not be written.
        InspectionInUse: This process owns the damaged file.
        NotAnInspection: Nothing of an inspection is in it.
    """
    source, target = follow_links(source), follow_links(target)
    if exists(target):
        raise FileProblem(
            f"“{target.name}” is there already, and was not replaced. Choose another name."
        )
    try:
        refuse_owned(source)
    except OSError as error:
        raise describe_read_problem(source, error) from error
    with replacing(target) as temporary, database.errors_in_words(target):
        connection = database.connect(temporary, database.CREATE, key)
        try:
            return _Salvage(source, target, folders, connection, tell, key).run(make_details)
        finally:
            connection.close()


class _Salvage:
    """One file being salvaged into a new one."""

    def __init__(
        self,
        source: Path,
        target: Path,
        folders: SalvageFolders,
        connection: apsw.Connection,
        tell: Tell,
        key: Key | None,
    ) -> None:
        self._source = source
        self._target = target
        self._folders = folders
        self._connection = connection
        self._tell = tell
        self._key = key
        # Thrown away unless it becomes whole, and flushed then.
        connection.pragma("journal_mode", "MEMORY")
        connection.pragma("synchronous", "OFF")
        connection.pragma("application_id", APPLICATION_ID)
        migrate(connection)
        self._finds = Finds(self._keep_photo)

    def run(self, make_details: MakeDetails) -> SalvageReport:
        """Read, choose, plant, and write."""
        self._read()
        finds = self._finds
        details = find_details(finds)
        journal = find_journal_changes(
            self._folders.journals,
            self._source,
            details.id if details is not None else "",
            self._key,
        )
        if not (finds.parts or finds.changes or finds.rescued or journal.changes):
            password = " with this password" if self._key is not None else ""
            raise NotAnInspection(
                f"Nothing of an inspection could be read in “{self._source.name}”{password}. It "
                "has not been changed. If there is a backup, open that."
            )
        history = join_history(finds.changes, journal.changes)
        self._tell("Putting the parts together", None)
        choice = choose_parts(finds, history)
        planter = Planter(choice.parts, choice.fragments, journal.inspection, make_details)
        planted = planter.plant()
        inspection, later, refused = _apply_later(planted.inspection, history.later)
        missing = self._find_photos(inspection)
        kept = self._write(planted, history, inspection, later)
        return self._report(choice, planted, history, inspection, missing, kept, later, refused)

    def _keep_photo(self, sha256: str, data: bytes) -> None:
        with database.transaction(self._connection):
            write_attachment(self._connection, sha256, data)

    def _read(self) -> None:
        """Find all rows: as SQLite reads them, and as they stand on the pages."""
        with contextlib.ExitStack() as stack:
            self._tell("Copying the damaged file", None)
            copy = copy_privately(stack, self._source)
            self._tell("Reading what can be read", None)
            self._take(read_table_rows(copy, self._key))
            try:
                file = stack.enter_context(copy.open("rb"))
                data = stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            except ValueError:
                return  # it is empty
            reader = self._key.make_page_reader() if self._key is not None else None
            pages = find_pages(data[len(_BOM) :] if data[: len(_BOM)] == _BOM else data, reader)
            self._tell("Reading page by page", None)
            self._take(read_raw_rows(pages, _LARGEST_ROW))
            if not self._finds.has_all_parts:
                for text in read_loose_texts(pages):
                    self._finds.add_loose(text)

    def _take(self, rows: Iterable[RawRow]) -> None:
        for count, row in enumerate(rows):
            if count % _BREATH == 0:
                self._tell("Reading what can be read", None)
            self._finds.add(row)

    def _find_photos(self, inspection: Inspection) -> list[Attachment]:
        """Look elsewhere for photos that the file lacks, and return those that nothing has."""
        missing = []
        for item in inspection.all(Attachment):
            if item.sha256 in self._finds.photos:
                continue
            self._tell("Looking for photos in the backups", None)
            data = read_kept_attachment(
                self._folders.journals, inspection.id, item.sha256, self._key
            )
            data = data or self._find_in_backups(inspection.id, item.sha256)
            if data is None:
                missing.append(item)
            else:
                self._finds.photos.add(item.sha256)
                self._keep_photo(item.sha256, data)
        return missing

    def _find_in_backups(self, inspection: str, sha256: str) -> bytes | None:
        for backup in list_backups(self._folders.backups, inspection):
            with (
                contextlib.suppress(FileProblem),
                open_for_reading(backup.path, self._key) as reader,
            ):
                data = reader.read_attachment(sha256)
                if data is not None:
                    return data
        return None

    def _write(
        self,
        planted: Planted,
        history: History,
        after: Inspection,
        later: Sequence[Change],
    ) -> int:
        """Write the history and the parts; return how many old changes the new history has."""
        self._tell("Saving the new file", None)
        mark = make_mark(f"Salvaged from “{self._source.name}”", "")
        whole = history.unbroken and not planted.made_details
        if whole and _leads_to(history.changes, planted.inspection):
            changes = [*history.changes, *later, mark]
            kept = len(history.changes)
        else:
            draft = Draft(Inspection())
            root = planted.inspection.details
            draft.create_all([root, *planted.inspection.descendants(root.id)])
            changes = [draft.finish(f"Salvage from “{self._source.name}”"), *later]
            kept = 0
        with database.transaction(self._connection):
            write_changes(self._connection, changes, "", after)
        return kept

    def _report(
        self,
        choice: SalvagedVersion,
        planted: Planted,
        history: History,
        inspection: Inspection,
        missing: Sequence[Attachment],
        kept: int,
        later: Sequence[Change],
        refused: Sequence[Change],
    ) -> SalvageReport:
        find = inspection.find
        finds = self._finds
        restored = sum(id_ not in finds.parts for id_ in choice.parts)
        backup = next(iter(list_backups(self._folders.backups, inspection.id)), None)
        return SalvageReport(
            source=str(self._source),
            target=str(self._target),
            framework=inspection.details.framework,
            parts=len(inspection),
            history=kept,
            from_journal=len(later),
            rebuilt=_describe(choice.rebuilt, choice, find),
            doubtful=_describe(choice.doubtful, choice, find),
            moved=planted.moved,
            lost=(*planted.lost, *(describe_item(item) for item in missing)),
            lost_parts=max(finds.lost_parts - restored, 0),
            uncounted=ENTITY not in finds.seals and not is_history_whole(finds, history),
            unproved=not finds.has_all_parts and not is_history_whole(finds, history),
            lost_changes=max(finds.written_changes - len(history.changes), 0),
            refused=tuple(change.label for change in refused),
            made_details=planted.made_details,
            protected=self._key is not None,
            backup=str(backup.path) if backup is not None else "",
            backup_when=backup.when.timestamp() if backup is not None else 0.0,
        )


def _describe(
    ids: Sequence[str], choice: SalvagedVersion, find: Callable[[str], AnyEntity | None]
) -> tuple[SalvagedItem, ...]:
    return tuple(describe_item(choice.parts[id_], find) for id_ in ids)


def _apply_later(
    inspection: Inspection, changes: Sequence[Change]
) -> tuple[Inspection, list[Change], list[Change]]:
    """Return an inspection with changes that only a journal has, those made, those that do not fit.

    Where the end of the history is lost, the rows may have them already.
    """
    made = []
    refused = []
    for change in changes:
        try:
            inspection = inspection.apply(change)
            made.append(change)
        except ChangeConflict:
            if not _holds(inspection, change):
                refused.append(change)
    return inspection, made, refused


def _holds(inspection: Inspection, change: Change) -> bool:
    """Tell whether an inspection is already as a change makes it."""
    try:
        inspection.apply(change.inverse(""))
    except ChangeConflict:
        return False
    return True


def _leads_to(changes: Sequence[Change], inspection: Inspection) -> bool:
    """Tell whether changes, one after the other, make an inspection from nothing."""
    edits = tuple(edit for change in changes for edit in change.edits)
    try:
        return Inspection().apply(Change(label="", edits=edits)) == inspection
    except ChangeConflict:
        return False
