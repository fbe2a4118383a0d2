"""Why an inspection file cannot be written, in a few words, and what helps."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, NamedTuple

import apsw

from inspector_app.errors import FileProblem, InspectionInUse, ReadOnlyFile
from inspector_app.files import exists
from inspector_app.storage.holder import find_holder

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

_BACK = "As soon as it is back, Inspector saves everything in it."


class Trouble(NamedTuple):
    """Why a file does not hold everything."""

    reason: str
    """Goes on after a colon: “the disk is full”."""
    advice: str
    passing: bool = False
    """Whether it is likely to be over in seconds: somebody looks into the file, or copies it."""
    replaced: bool = False
    """Whether something else lies at its path, which is not overwritten."""


class FileGone(FileProblem):
    """Nothing lies at the path of the file any more, or nobody may look."""


class FileReplaced(FileProblem):
    """Another file, or other content, lies at the path of the file. It is not overwritten."""


class FileSilent(FileProblem):
    """The disk or folder of the file neither does what it was asked for, nor says why."""


SILENT = Trouble(
    "the folder does not answer",
    "What you type is kept in the safety copy on this computer. As soon as the folder answers, "
    "Inspector saves everything in the file.",
)


@contextlib.contextmanager
def holding_patiently(lock: threading.RLock, path: Path, seconds: float = 1) -> Iterator[None]:
    """Hold what guards a file, in a block; whoever has it may wait for a folder that hangs.

    Args:
        lock: What guards it.
        path: The file.
        seconds: How long it is waited for.

    Raises:
        FileSilent: Somebody has it for longer.
    """
    if not lock.acquire(timeout=seconds):
        raise FileSilent(f"“{path.name}” cannot be read now: {SILENT.reason}.")
    try:
        yield
    finally:
        lock.release()


def describe_trouble(path: Path, error: FileProblem) -> Trouble:
    """Return in a few words what stood in the way of writing a file."""
    cause = error.__cause__
    if isinstance(error, FileReplaced):
        return Trouble(
            "another program has replaced or changed the file",
            "Both are kept: what you have here continues in a file of its own beside it.",
            replaced=True,
        )
    if isinstance(error, InspectionInUse):
        holder = find_holder(path)
        who = holder.describe() if holder else "another program, perhaps one that syncs or scans"
        return Trouble(
            f"{who} is using the file",
            "Inspector keeps trying. Close the file there if this lasts.",
            passing=holder is None,
        )
    if isinstance(cause, apsw.FullError):
        return Trouble("the disk is full", "Make room on it. Inspector keeps trying.")
    if not exists(path.parent):
        return Trouble(
            "the folder is gone",
            f"Plug in the drive, connect to the network folder or name it as it was. {_BACK}",
        )
    if not os.access(path.parent, os.R_OK | os.X_OK):
        return Trouble("you may not use its folder now", f"Ask whoever looks after it. {_BACK}")
    if isinstance(error, FileGone) or not exists(path):
        return Trouble(
            "the file was moved, renamed or deleted", f"Put it back where it was. {_BACK}"
        )
    if isinstance(error, ReadOnlyFile):
        return Trouble(
            "the file or its folder can only be read now",
            "Allow changes there again, or save a copy elsewhere. Inspector keeps trying.",
        )
    if isinstance(cause, apsw.IOError | apsw.CantOpenError | apsw.PermissionsError):
        return Trouble(
            "its disk or network folder reports a fault",
            "Inspector keeps trying. If this lasts, save a copy elsewhere.",
            passing=True,
        )
    return Trouble(str(error), "Inspector keeps trying.")
