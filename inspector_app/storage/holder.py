"""Who has an inspection file open: a small file beside it that names host, user and process.

The lock itself is SQLite's; this file only lets a message say who owns it.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from inspector_app.domain.dates import to_local
from inspector_app.files import read_regular
from inspector_app.shapes import make_printable
from inspector_app.storage.flushed import write_note

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 10_000


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """The process that owns an inspection file; `since` is UTC."""

    host: str
    user: str
    process: int
    since: datetime

    def describe(self) -> str:
        """Return who it is in words."""
        local = to_local(self.since)
        here = "this computer" if self.is_here() else make_printable(self.host)
        who = make_printable(self.user)
        return f"{who} on {here} (process {self.process}, since {local:%d %B %Y, %H:%M})"

    def is_here(self) -> bool:
        """Tell whether it is, or was, a process of this computer."""
        return self.host == platform.node()


def describe_this_process() -> Holder:
    """Return this process as a holder."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = "somebody"
    return Holder(
        host=platform.node(),
        user=user,
        process=os.getpid(),
        since=datetime.now(UTC).replace(microsecond=0),
    )


def get_holder_path(path: Path) -> Path:
    """Return where the note about the holder of a file lies."""
    return path.with_name(f".{path.name}.holder")


def write_holder(path: Path) -> None:
    """Note that this process owns the file. A folder that refuses the note is no obstacle."""
    with contextlib.suppress(OSError):
        # Whoever may read the file may know who has it.
        mode = path.stat().st_mode & 0o666
        write_note(get_holder_path(path), msgspec.json.encode(describe_this_process()), mode)


def remove_holder(path: Path) -> None:
    """Remove the note when the file is let go; not that of somebody who took the file over."""
    holder = find_holder(path)
    if holder is not None and (not holder.is_here() or holder.process != os.getpid()):
        return
    try:
        get_holder_path(path).unlink(missing_ok=True)
    except OSError:
        return


def find_holder(path: Path) -> Holder | None:
    """Return who owns a file, or None where nobody says so."""
    try:
        data = read_regular(get_holder_path(path), most=_MOST_BYTES)
        holder = msgspec.json.decode(data, type=Holder)
        # Its time may be one that no calendar has.
        holder.describe()
    except (OSError, ValueError, OverflowError, RecursionError, msgspec.DecodeError):
        return None
    return holder
