"""What a session that broke off has left in its journal, and whether it belongs to a file."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import ChangeConflict
from inspector_app.files import exists, flush_folder
from inspector_app.storage.journal import (
    ASIDE,
    LEFT,
    get_journal_name,
    is_in_use,
    list_journals,
    read_journal,
    read_journal_protection,
    rename_journal,
)
from inspector_app.storage.journal_attachments import read_attachment, remove_attachments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.encryption import Key
    from inspector_app.storage.holder import Holder
    from inspector_app.storage.journal import JournalContent


class LeftChanges(NamedTuple):
    """Changes that are in journals and not in the file; none only where a journal is damaged."""

    changes: tuple[Change, ...]
    holder: Holder | None
    """Who made the last of them; None where no journal says so."""
    journals: tuple[Path, ...]
    folder: Path
    inspection: str
    key: Key | None = None
    """The key of a protected inspection."""
    damaged: bool = False
    """Whether a journal had more that cannot be read; it is kept beside the others."""

    def read_attachment(self, sha256: str) -> bytes | None:
        """Return the bytes of a photo or file that the changes need and the file may not have."""
        return read_attachment(self.folder, self.inspection, sha256, self.key)

    def remove(self) -> None:
        """Remove the journals: all is in the file now, or nobody wants it.

        Where one is damaged they are put aside: somebody may know how to read the rest.
        """
        for path in self.journals:
            with contextlib.suppress(OSError):
                if self.damaged:
                    rename_journal(path, ASIDE)
                else:
                    path.unlink(missing_ok=True)
        flush_folder(self.folder)
        remove_attachments(self.folder, self.inspection)


def apply_left_changes(
    left: LeftChanges, inspection: Inspection
) -> tuple[Inspection, tuple[Change, ...]]:
    """Return an inspection with what was left, and the changes that do not fit it."""
    refused = []
    for change in left.changes:
        try:
            inspection = inspection.apply(change)
        except ChangeConflict:
            refused.append(change)
    return inspection, tuple(refused)


class _Match(NamedTuple):
    path: Path
    content: JournalContent
    missing: tuple[Change, ...]

    @property
    def damaged(self) -> bool:
        """Whether the journal has more that cannot be read."""
        return self.content.damaged


def find_left_changes(
    folder: Path,
    inspection: str,
    path: Path,
    read_ids: Callable[[], Iterable[str]],
    key: Key | None = None,
) -> LeftChanges | None:
    """Return what journals have more than a file; nothing is written.

    The journal of a session that still runs counts, too.

    Args:
        folder: Where the journals lie.
        inspection: Id of the inspection in the file.
        path: The file.
        read_ids: Gives the ids of the changes in the file, the first one first.
        key: The key of a protected file.
    """
    journals = list_journals(folder, inspection)
    if not journals:
        return None
    ids = list(read_ids())
    own = get_journal_name(inspection, path)
    matches = [_match(journal, inspection, path, ids, key) for journal in journals]
    damaged = any(
        match is None and _is_unreadable(journal, own, key)
        for journal, match in zip(journals, matches, strict=True)
    )
    found = [match for match in matches if match is not None]
    return _join(folder, inspection, found, key, damaged=damaged)


def take_left_changes(
    folder: Path,
    inspection: str,
    path: Path,
    read_ids: Callable[[], Iterable[str]],
    key: Key | None = None,
) -> LeftChanges | None:
    """As `find_left_changes` for a file that this process owns, and make room for its own journal.

    What is in the file already goes. What fits no longer, because the file has changed otherwise,
    is put aside and kept.
    """
    own = get_journal_name(inspection, path)
    journals = [item for item in list_journals(folder, inspection) if not is_in_use(item)]
    if not journals:
        return None
    ids = list(read_ids())
    matches: list[_Match] = []
    damaged = False
    for journal in journals:
        match = _match(journal, inspection, path, ids, key)
        # A folder that refuses is no obstacle: the journal then stays as it is.
        with contextlib.suppress(OSError):
            if match is None:
                damaged = damaged or _is_unreadable(journal, own, key)
                if journal.name.partition(".")[0] == own:
                    rename_journal(journal, ASIDE)
            elif not match.missing and match.damaged:
                rename_journal(journal, ASIDE)
            elif not match.missing:
                journal.unlink()
            elif not journal.name.endswith(LEFT):
                match = match._replace(path=rename_journal(journal, LEFT))
        if match is not None:
            matches.append(match)
    remove_attachments(folder, inspection)
    return _join(folder, inspection, matches, key, damaged=damaged)


def _is_unreadable(journal: Path, own: str, key: Key | None) -> bool:
    """Tell whether the journal of a file is damaged; one of another password is not."""
    if journal.name.partition(".")[0] != own or read_journal(journal, key) is not None:
        return False
    protection = read_journal_protection(journal)
    return protection is None or (key is not None and protection == key.protection)


def _join(
    folder: Path, inspection: str, matches: list[_Match], key: Key | None, *, damaged: bool
) -> LeftChanges | None:
    damaged = damaged or any(match.damaged for match in matches)
    matches = [match for match in matches if match.missing]
    if not matches and not damaged:
        return None
    # A session that broke off while it brought changes back has the same ones in its own journal.
    changes = {change.id: change for match in matches for change in match.missing}
    return LeftChanges(
        changes=tuple(changes.values()),
        holder=matches[-1].content.header.holder if matches else None,
        journals=tuple(match.path for match in matches),
        folder=folder,
        inspection=inspection,
        key=key,
        damaged=damaged,
    )


def _match(
    journal: Path, inspection: str, path: Path, ids: list[str], key: Key | None
) -> _Match | None:
    """Return what a journal has more than a file, or None where it is not that file's.

    A file that was copied carries the same id, so the chain decides: the file must end with a
    change that the journal knows. Only where the person was asked before, and has worked on before
    deciding, may the file have gone on by itself.
    """
    content = read_journal(journal, key)
    if content is None or content.header.inspection != inspection or _is_of_another(content, path):
        return None
    known = set(ids)
    missing = tuple(change for change in content.changes if change.id not in known)
    head = content.header.head
    chain = {head, *(change.id for change in content.changes)}
    fits = (ids[-1] if ids else "") in chain or not missing
    asked = journal.name.endswith(LEFT) and (not head or head in known)
    return _Match(journal, content, missing) if fits or asked else None


def _is_of_another(content: JournalContent, path: Path) -> bool:
    """Tell whether the journal is that of another file, which is still where it was."""
    other = Path(content.header.path)
    if other == path or not exists(other):
        return False
    with contextlib.suppress(OSError):
        return not other.samefile(path)
    return True
