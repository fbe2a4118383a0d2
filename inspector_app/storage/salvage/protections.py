"""How a damaged file is protected: as it says itself, or as what belongs to it on this computer."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from inspector_app.domain.ids import is_own_id
from inspector_app.errors import FileProblem, NotAnInspection
from inspector_app.files import follow_links, open_regular
from inspector_app.storage.automatic import list_backups
from inspector_app.storage.encryption import find_protection
from inspector_app.storage.journal import get_journal_name, list_journals, read_journal_protection
from inspector_app.storage.recognising import recognise
from inspector_app.storage.schema import claims_protection, read_header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector_app.storage.encryption import Protection
    from inspector_app.storage.salvage.writing import SalvageFolders

_START = 200
_BOM = b"\xef\xbb\xbf"


def find_protections(
    path: Path, folders: SalvageFolders, inspection: str = ""
) -> tuple[Protection, ...]:
    """Return how a damaged file is protected, or may be, the likeliest first; plain ones are not.

    Where the file does not say it any more, its backups and journals do, unless the password was
    changed without them.

    Args:
        path: The file.
        folders: Where backups and journals lie.
        inspection: Id of the inspection that it was when it was open last, or "".

    Raises:
        NotAnInspection: It is protected, and nothing says how: no password opens it.
        OSError: It cannot be read.
    """
    path = follow_links(path)
    start = _read_start(path)
    own = find_protection(start)
    if own is not None:
        return (own,)
    if recognise(path) not in {"database", "unknown"}:
        return ()
    ids = dict.fromkeys([inspection, *_find_ids(path, folders.journals)])
    found = [how for id_ in ids if is_own_id(id_) for how in _find_beside(id_, folders)]
    if not found and claims_protection(start):
        raise NotAnInspection(
            f"“{path.name}” is protected with a password, but the place that shows how is "
            "damaged, and neither a backup nor a safety copy on this computer has it. Without it "
            "nothing of the file can be read. It has not been changed. Look for another copy of "
            "it."
        )
    return tuple(dict.fromkeys(found))


def find_protected_inspection(backups: Path, protection: Protection) -> str:
    """Return the id of the inspection whose backups have the same protection, or ""."""
    with contextlib.suppress(OSError):
        for folder in backups.iterdir():
            if is_own_id(folder.name) and protection in _list_of_backups(backups, folder.name):
                return folder.name
    return ""


def _read_start(path: Path) -> bytes:
    with os.fdopen(open_regular(path, follow=True), "rb") as file:
        return file.read(_START).removeprefix(_BOM)


def _find_ids(path: Path, journals: Path) -> list[str]:
    """Return the ids of the inspections whose journals are of a file at that path."""
    ending = get_journal_name("", path)
    names: list[str] = []
    with contextlib.suppress(OSError):
        names = [item.name.partition(".")[0] for item in journals.iterdir()]
    return [name.removesuffix(ending) for name in names if name.endswith(ending)]


def _find_beside(inspection: str, folders: SalvageFolders) -> Iterator[Protection]:
    yield from _list_of_backups(folders.backups, inspection)
    for journal in reversed(list_journals(folders.journals, inspection)):
        if (found := read_journal_protection(journal)) is not None:
            yield found


def _list_of_backups(backups: Path, inspection: str) -> Iterator[Protection]:
    for backup in list_backups(backups, inspection):
        with contextlib.suppress(FileProblem):
            if (found := read_header(backup.path, newer=True).protection) is not None:
                yield found
