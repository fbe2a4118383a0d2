"""Whole copies of an inspection whose own file may be out of reach, or damaged."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from inspector_app.domain.drafting import Draft
from inspector_app.domain.entities import Attachment
from inspector_app.domain.inspection import Inspection
from inspector_app.errors import FileProblem, NotAnInspection
from inspector_app.files import choose_free, describe_write_problem, make_folder
from inspector_app.storage.new_files import create_inspection_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.storage.encryption import Key
    from inspector_app.storage.inspection_file import InspectionFile
    from inspector_app.storage.new_files import Waiting

_LONGEST_STEM = 100

LeaveOut: TypeAlias = Literal["nothing", "damaged", "unreadable"]
"""What a copy may lack: nothing, what is damaged for good, or all that cannot be read now."""


def make_place_beside(path: Path, folder: Path) -> Path:
    """Return where a copy of a file can lie in a folder, which is made where it is not there yet.

    Raises:
        FileProblem: The folder cannot be made.
    """
    try:
        make_folder(folder)
    except OSError as error:
        raise describe_write_problem(folder, error) from error
    now = datetime.now().astimezone()
    name = f"{path.stem[:_LONGEST_STEM]} (this computer, {now:%Y-%m-%d %H%M}"
    return choose_free(
        lambda number: folder / f"{name}{'' if number == 1 else f', {number}'}){path.suffix}"
    )


def write_whole_copy(
    file: InspectionFile | None,
    waiting: Waiting,
    read_attachment: Callable[[str], bytes | None],
    target: Path,
    backups: Path,
    key: Key | None,
    leave_out: LeaveOut,
) -> Path | None:
    """Write a copy of all there is of an inspection.

    Where the file cannot be read, the copy is made of what is in memory; it has all parts then, the
    photos that can still be had, and no history.

    Args:
        file: The file; None: it is out of reach.
        waiting: What it does not hold yet, and the inspection.
        read_attachment: Returns the bytes of a photo by its hash, or None.
        target: The copy.
        backups: Folder that what lies there is copied to.
        key: What protects the inspection.
        leave_out: What may be left out rather than that there is no copy.

    Returns, raises: as `copy_inspection_file`.
    """
    if file is not None:
        try:
            return file.write_copy(target, backups, waiting)
        except FileProblem as error:
            if not _may_lack(error, leave_out):
                raise
    after = waiting.after
    draft = Draft(Inspection())
    root = after.details
    draft.create_all([root, *after.descendants(root.id)])
    attachments = {}
    for item in after.all(Attachment):
        try:
            data = read_attachment(item.sha256)
        except FileProblem as error:
            if not _may_lack(error, leave_out):
                raise
            continue
        if data is not None:
            attachments[item.sha256] = data
    change = draft.finish("Save from a file that could not be read any more")
    return create_inspection_file(target, change, after, attachments, backups, key)


def _may_lack(error: FileProblem, leave_out: LeaveOut) -> bool:
    return leave_out == "unreadable" or (
        leave_out == "damaged" and isinstance(error, NotAnInspection)
    )
