"""What a disk holds after a crash, or after a power cut, at any point of a recording."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Literal, TypeAlias

from tests.torture.recording import (
    FOLDER,
    FailedSync,
    Link,
    Rename,
    Snapshot,
    Sync,
    SyncFolder,
    Truncate,
    Unlink,
    Write,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

    from tests.torture.recording import Step

SECTOR = 512
_LONG_AGO = 1_700_000_000
_Naming: TypeAlias = Link | Unlink | Rename
_Filling: TypeAlias = Write | Truncate
Luck: TypeAlias = Literal["none", "all", "some"]
"""How much of what was not flushed reaches the disk all the same."""


class Disk:
    """Names and contents, as far as they have come."""

    def __init__(self, start: Snapshot) -> None:
        self.names = dict(start.names)
        self.contents = {node: bytearray(data) for node, data in start.contents.items()}

    def apply(self, step: Step) -> None:
        """Have a step take place on the disk."""
        match step:
            case Link(path, node):
                self.names[path] = node
                if node != FOLDER:
                    self.contents.setdefault(node, bytearray())
            case Unlink(path):
                self.names.pop(path, None)
            case Rename(source, target):
                if source in self.names:
                    self.names[target] = self.names.pop(source)
            case Write(node, offset, data):
                content = self.contents.setdefault(node, bytearray())
                if len(content) < offset:
                    content.extend(bytes(offset - len(content)))
                content[offset : offset + len(data)] = data
            case Truncate(node, size):
                content = self.contents.setdefault(node, bytearray())
                del content[size:]
                content.extend(bytes(size - len(content)))
            case _:
                pass

    def lay_out(self, root: Path) -> None:
        """Have a folder hold this, and nothing else."""
        for item in root.iterdir():
            shutil.rmtree(item) if item.is_dir() else item.unlink()
        folders = {"."} | {name for name, node in self.names.items() if node == FOLDER}
        for name, node in sorted(self.names.items()):
            path = root / name
            parents = [part.as_posix() for part in path.relative_to(root).parents]
            if not folders.issuperset(parents):
                continue  # its folder has not come on the disk
            if node == FOLDER:
                path.mkdir(mode=0o700)
            else:
                path.write_bytes(self.contents.get(node, b""))
                os.utime(path, (_LONG_AGO, _LONG_AGO))


def crash(start: Snapshot, log: Sequence[Step], count: int, torn: float = 0.0) -> Disk:
    """Return the disk after a crash of the program: the system keeps all that it was given.

    Args:
        start: What the disk held.
        log: What was done.
        count: How many of the steps were.
        torn: The part that was done of the step after, where that is a writing.
    """
    disk = Disk(start)
    for step in log[:count]:
        disk.apply(step)
    if torn and count < len(log) and isinstance(step := log[count], Write):
        disk.apply(step._replace(data=step.data[: int(len(step.data) * torn)]))
    return disk


def cut_power(
    start: Snapshot, log: Sequence[Step], count: int, luck: Luck, chance: random.Random
) -> Disk:
    """Return the disk after a power cut: what was flushed, and as much of the rest as luck says.

    Of what was written, each sector may come or not; so may each name that was given or taken,
    whatever became of the others. A name is there for certain once its folder was flushed.
    """
    disk = Disk(start)
    filling: dict[int, list[_Filling]] = {}
    naming: dict[str, list[_Naming]] = {}
    for step in log[:count]:
        match step:
            case Write() | Truncate():
                filling.setdefault(step.node, []).append(step)
            case Sync(node):
                for waiting in filling.pop(node, []):
                    disk.apply(waiting)
            case FailedSync(node):
                for waiting in filling.pop(node, []):
                    for part in _split(waiting):
                        if _comes(luck, chance):
                            disk.apply(part)
            case SyncFolder(path):
                for change in naming.pop(path, []):
                    disk.apply(change)
            case Link() | Unlink() | Rename():
                naming.setdefault(_get_folder(step), []).append(step)
    for changes in naming.values():
        for change in changes:
            if _comes(luck, chance):
                disk.apply(change)
    for fillings in filling.values():
        for waiting in fillings:
            for part in _split(waiting):
                if _comes(luck, chance):
                    disk.apply(part)
    return disk


def _comes(luck: Luck, chance: random.Random) -> bool:
    return luck == "all" or (luck == "some" and chance.random() < 0.5)


def _get_folder(step: _Naming) -> str:
    path = step.target if isinstance(step, Rename) else step.path
    return path.rpartition("/")[0] or "."


def _split(step: _Filling) -> list[_Filling]:
    """Return the sectors that a writing is made of."""
    if isinstance(step, Truncate):
        return [step]
    parts: list[_Filling] = []
    place = 0
    while place < len(step.data):
        end = place + SECTOR - (step.offset + place) % SECTOR
        parts.append(Write(step.node, step.offset + place, step.data[place:end]))
        place = end
    return parts
