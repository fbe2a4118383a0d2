"""Writing files so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 3.0
"""Seconds to wait for a sync client, a virus scanner or Word to let go of a target."""


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path for a temporary file that takes the target's place when the block ends well.

    The temporary file lies in the target's folder, is flushed to disk first, and is removed when
    the block fails; the target is then as it was.

    Raises:
        FileProblem: The target cannot be written, or another program has it open.
    """
    refuse_open_elsewhere(target)
    try:
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise describe_write_problem(target, error) from error
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        _take_mode_of(target, temporary)
        _flush(temporary)
        _replace(temporary, target)
    except OSError as error:
        raise describe_write_problem(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_file(target: Path, data: bytes) -> None:
    """Write a whole file, replacing an existing one in one step.

    Raises:
        FileProblem: As `replacing`.
    """
    with replacing(target) as temporary:
        temporary.write_bytes(data)


def refuse_open_elsewhere(target: Path) -> None:
    """Raise `FileProblem` when LibreOffice or Word says that it has the target open.

    Both put a small owner file beside an open document. Where files can be replaced while they are
    open, the other program would go on with the old one and might later save it over the new.
    """
    name = target.name
    stem = target.stem
    # Word drops the first letters of long names to make room for its "~$".
    shortened = name[2:] if len(stem) > 7 else name[1:] if len(stem) == 7 else name
    for owner in (f".~lock.{name}#", f"~${shortened}"):
        if target.with_name(owner).exists():
            raise FileProblem(
                f"“{name}” is open in another program, so it was not replaced. Close it there and "
                "try again, or choose another name. (If no program has it open, a crash left the "
                f"file “{owner}” behind: delete that one.)"
            )


def describe_write_problem(target: Path, error: OSError) -> FileProblem:
    """Return what to tell a person about a target that could not be written."""
    name = target.name
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        reason, advice = "the disk is full", "Make room, or choose another folder."
    elif isinstance(error, FileNotFoundError | NotADirectoryError):
        reason, advice = f"there is no folder “{target.parent}”", "Choose another folder."
    elif isinstance(error, IsADirectoryError) or target.is_dir():
        reason, advice = "that is a folder", "Choose a file name."
    elif error.errno == errno.EROFS:
        reason, advice = "the folder can only be read", "Choose another folder."
    elif isinstance(error, PermissionError):
        reason = "it is open in another program, or you may not write there"
        advice = "Close it there and try again, or choose another folder."
    else:
        reason, advice = error.strerror or type(error).__name__, "Try another folder."
    return FileProblem(f"“{name}” could not be written: {reason}. Nothing was changed. {advice}")


def describe_read_problem(source: Path, error: OSError) -> FileProblem:
    """Return what to tell a person about a file that could not be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileProblem(f"There is no file “{source}”.")
    if isinstance(error, IsADirectoryError):
        return FileProblem(f"“{source}” is a folder, not a file.")
    if isinstance(error, PermissionError):
        return FileProblem(f"“{source}” could not be read: you may not open it.")
    return FileProblem(f"“{source}” could not be read: {error.strerror or type(error).__name__}.")


def _take_mode_of(target: Path, temporary: Path) -> None:
    """Give the new file the old one's permissions; a first one gets what the umask says."""
    if os.name != "posix":
        return
    try:
        mode = target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    temporary.chmod(mode)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _replace(source: Path, target: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            source.replace(target)
            break
        except PermissionError:
            # Only Windows refuses while somebody reads; elsewhere waiting would not help.
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
