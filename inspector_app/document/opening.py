"""Opening the file of an inspection: all that waits for its disk, for a thread to do."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.errors import (
    FileProblem,
    InspectionInUse,
    InspectorError,
    NewerInspection,
    ReadOnlyFile,
)
from inspector_app.frameworks.editions import load_edition
from inspector_app.organisation import find_organisation
from inspector_app.settings import get_journals_folder, get_opened_folder
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.opened import note_opened
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.recovery import take_left_changes
from inspector_app.storage.taking_over import LockState, find_lock_state

if TYPE_CHECKING:
    from pathlib import Path

    from inspector_app.storage.encryption import Key
    from inspector_app.storage.reading import InspectionReader
    from inspector_app.storage.recovery import LeftChanges


class OpenedFile(NamedTuple):
    """A file that was opened, and what was found beside it. Whoever does not use it closes it."""

    source: InspectionFile | InspectionReader
    """The file where it is ours, else a look into it."""
    resources: contextlib.ExitStack
    """What goes with a look."""
    not_owned_reason: str = ""
    lock: LockState | None = None
    """Who owns it; None where it is ours, or can only be read."""
    left: LeftChanges | None = None
    """What a session that broke off has left; None where the file is not ours."""

    def close(self) -> None:
        """Let the file go."""
        if isinstance(self.source, InspectionFile):
            self.source.close()
        self.resources.close()


def open_document_file(
    path: Path, backups: Path, key: Key | None = None, *, take_over: bool = False
) -> OpenedFile:
    """Open a file for writing, or else look into it; nothing of Qt is touched.

    Args, errors: See `InspectionDocument`.
    """
    with contextlib.ExitStack() as stack:
        try:
            file = InspectionFile.open(path, backups, key, take_over=take_over)
        except (InspectionInUse, ReadOnlyFile, NewerInspection) as error:
            locked = isinstance(error, InspectionInUse)
            look = open_for_reading(path, key, newer=True, private=locked)
            reader = stack.enter_context(look)
            lock = _find_lock(path) if locked else None
            opened = OpenedFile(reader, stack.pop_all(), reader.note or str(error), lock)
        else:
            stack.callback(file.close)
            journals, id_ = get_journals_folder(), file.inspection.id
            left = take_left_changes(journals, id_, file.path, file.read_ids, file.key)
            stack.pop_all()
            opened = OpenedFile(file, contextlib.ExitStack(), left=left)
    note_opened(get_opened_folder(), opened.source.inspection.id, path)
    if find_organisation() is not None:
        # Its folder may lie on a network: read here, where no window waits. What is wrong with the
        # files is told by who takes them.
        with contextlib.suppress(InspectorError):
            load_edition(opened.source.inspection)
    return opened


def _find_lock(path: Path) -> LockState:
    with contextlib.suppress(FileProblem):
        return find_lock_state(path)
    return LockState("locked")
