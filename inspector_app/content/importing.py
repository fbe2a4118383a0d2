"""Content in: from the bytes of a file to an inspection and the change that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.content.attachments import AttachmentFiles
from inspector_app.content.building import EntityBuilder
from inspector_app.content.parsing import parse_content, refuse
from inspector_app.domain.drafting import Draft
from inspector_app.domain.inspection import Inspection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from inspector_app.domain.change import Change

MOST_BYTES = 2_000_000_000
"""Of a content file: its photos are in it, and all of it is held in memory to be read."""


class Imported(NamedTuple):
    """What an import brought."""

    inspection: Inspection
    change: Change
    """The change that makes the inspection from nothing."""
    attachments: Mapping[str, bytes]
    """Bytes by SHA-256."""
    remarks: tuple[str, ...]
    """What did not come along, in words."""


def import_content(data: bytes, name: str, folder: Path | None, who: str = "") -> Imported:
    """Return the inspection that a content file describes.

    Args:
        data: The whole file, UTF-8.
        name: What messages and the history call it.
        folder: Where attachments lie whose bytes are not in the file; None: nowhere.
        who: Initials for the history.

    Raises:
        ContentFault: The content has faults; all are listed and nothing is imported.
    """
    content = parse_content(data, name)
    files = AttachmentFiles(folder)
    entities = EntityBuilder(content, files).build()
    if files.faults:
        raise refuse(name, files.faults)
    draft = Draft(Inspection())
    draft.create_all(entities)
    change = draft.finish(f"Import {name}", who)
    return Imported(draft.result, change, files.found, tuple(files.remarks))
