"""The inspection files that this process owns.

On POSIX systems a process loses its locks on a file as soon as it closes *any* handle of it. So a
file that is owned here must not be opened here a second time, not even for its first bytes: another
process could then take it, and both would write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.errors import InspectionInUse

if TYPE_CHECKING:
    from pathlib import Path

Identity = tuple[int, int]
_owned: set[Identity] = set()


def claim(path: Path) -> Identity:
    """Note that this process owns a file, and return what to `release`."""
    found = path.stat()
    identity = (found.st_dev, found.st_ino)
    _owned.add(identity)
    return identity


def release(identity: Identity) -> None:
    """Note that this process owns a file no longer."""
    _owned.discard(identity)


def refuse_owned(path: Path) -> None:
    """Raise `InspectionInUse` where this process owns the file, by whatever path.

    Raises:
        OSError: There is no such file, or it may not be looked for.
    """
    found = path.stat()
    if (found.st_dev, found.st_ino) in _owned:
        raise InspectionInUse(
            f"“{path.name}” is open already, in this Inspector. Nothing was done."
        )
