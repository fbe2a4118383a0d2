"""What the journals of this computer have of a damaged file."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.files import exists
from inspector_app.storage.journal import ENDING, read_journal

if TYPE_CHECKING:
    from inspector_app.domain.change import Change
    from inspector_app.storage.encryption import Key
    from inspector_app.storage.journal import JournalContent


class JournalFinds(NamedTuple):
    """Changes, each with the id of the one before it; and the inspection's id, or ""."""

    inspection: str
    changes: tuple[tuple[str, Change], ...]


def find_journal_changes(
    folder: Path, path: Path, inspection: str, key: Key | None = None
) -> JournalFinds:
    """Return what the journals of a file have, the oldest journal first.

    A journal belongs to the file that it names. One of another file counts where that is gone, and
    the inspection is the same: the file was moved.

    Args:
        folder: Where journals lie.
        path: The damaged file.
        inspection: Id of the inspection that it held, or "" where nothing of it says that.
        key: The key of a protected file, and so of its journals.
    """
    found: list[JournalContent] = []
    paths: list[tuple[int, Path]] = []
    with contextlib.suppress(OSError):
        paths = [
            (item.stat().st_mtime_ns, item)
            for item in folder.iterdir()
            if item.name.endswith(ENDING)
        ]
    for _, item in sorted(paths):
        content = read_journal(item, key)
        if content is None or inspection not in {"", content.header.inspection}:
            continue
        own = Path(content.header.path)
        if own == path or (inspection and not exists(own)):
            inspection = content.header.inspection
            found.append(content)
    changes: list[tuple[str, Change]] = []
    for content in found:
        head = content.header.head
        for change in content.changes:
            changes.append((head, change))
            head = change.id
    return JournalFinds(inspection, tuple(changes))
