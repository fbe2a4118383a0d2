"""A private copy of an inspection file and of SQLite's journal beside it, made while it rests."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import FileProblem
from inspector_app.files import describe_read_problem, open_regular, read_regular

if TYPE_CHECKING:
    import contextlib

_ATTEMPTS = 40
_QUIET_SECONDS = 0.05
"""How long a file must have rested before it is copied: longer than a file system's clock tick."""


def get_journal_path(path: Path) -> Path:
    """Return where SQLite keeps the journal of a file."""
    return path.with_name(path.name + "-journal")


def is_in_use(path: Path) -> bool:
    """Tell whether a change is being written, or was when a process ended.

    While a file is owned, its journal stays, with zeros for a beginning between two changes.
    """
    journal = get_journal_path(path)
    try:
        with os.fdopen(open_regular(journal), "rb") as file:
            return file.read(1) not in {b"", b"\0"}
    except FileNotFoundError:
        return False
    except OSError:
        return os.path.lexists(journal)


def copy_privately(stack: contextlib.ExitStack, path: Path) -> Path:
    """Copy a file and its journal while nobody writes, and return the copy.

    Args:
        stack: Removes the copy when it is closed.
        path: The file.

    Raises:
        FileProblem: It cannot be read, or is written without a pause.
    """
    try:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inspector-")))
        copy = folder / "copy.inspection"
        for _ in range(_ATTEMPTS):
            before = path.stat()
            rest = time.time() - before.st_mtime
            if not 0 <= rest < _QUIET_SECONDS:
                journal_before = _read_journal(path)
                shutil.copyfile(path, copy)
                after = path.stat()
                same = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
                if same and journal_before == _read_journal(path):
                    get_journal_path(copy).write_bytes(journal_before)
                    return copy
            time.sleep(_QUIET_SECONDS)
    except OSError as error:
        raise describe_read_problem(path, error) from error
    raise FileProblem(
        f"“{path.name}” is being changed all the time, so it could not be copied. Try again in a "
        "moment."
    )


def _read_journal(path: Path) -> bytes:
    try:
        return read_regular(get_journal_path(path))
    except FileNotFoundError:
        return b""
