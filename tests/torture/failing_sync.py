"""Has the disk refuse to be flushed, in the process that runs this, while a switch is on."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Any

import apsw

if TYPE_CHECKING:
    from pathlib import Path

FILE = "fsync of the file"
JOURNAL = "fsync of the journal"


def install(switches: Path) -> apsw.VFS:
    """Have flushing fail: of databases, or of anything else, while a file of that name lies there.

    Returns:
        What has to be kept for as long as it is to work.
    """
    real = os.fsync

    def fsync(descriptor: int) -> None:
        on_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        if on_file and (switches / JOURNAL).exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    os.fsync = fsync
    return _FailingVFS(switches / FILE)


class _FailingVFS(apsw.VFS):
    def __init__(self, switch: Path) -> None:
        self._switch = switch
        self._base = apsw.vfs_names()[0]
        super().__init__("inspector-failing-sync", self._base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _FailingFile(self._base, name, flags, self._switch)


class _FailingFile(apsw.VFSFile):
    def __init__(self, base: str, name: Any, flags: list[int], switch: Path) -> None:
        super().__init__(base, name, flags)
        self._switch = switch

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self._switch.exists():
            error = apsw.IOError("injected")
            error.extendedresult = apsw.SQLITE_IOERR_FSYNC  # type: ignore[attr-defined]
            raise error
        super().xSync(flags)
