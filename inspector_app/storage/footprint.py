"""Whether a file is still the one that we left at its path: others move, replace and sync files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Presence: TypeAlias = Literal["here", "gone", "other", "touched"]
"""Gone: nothing is there, or nobody may look. Other: another file. Touched: it was written."""


class Footprint(NamedTuple):
    """What tells a file, and its being written, without reading it."""

    device: int
    inode: int
    size: int
    modified: int
    """Nanoseconds."""


def take_footprint(path: Path) -> Footprint | None:
    """Return the footprint of what lies at a path, or None for nothing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Footprint(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def compare(left: Footprint | None, path: Path) -> Presence:
    """Tell what became of a file that was left with a footprint."""
    now = take_footprint(path)
    if now is None:
        return "gone"
    if now == left:
        return "here"
    if left is None or now[:2] != left[:2]:
        return "other"
    return "touched"
