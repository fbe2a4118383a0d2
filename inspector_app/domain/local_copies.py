"""What a computer holds of inspections, and what became of it when it was removed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import msgspec

from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Kind: TypeAlias = Literal[
    "file", "backup", "kept", "rescued", "journal", "left", "aside", "attachments", "unfinished"
]
"""What a copy is.

file: the inspection itself. backup: made by itself. kept: made before the file was replaced or
migrated. rescued: written when the file could not be. journal: of a session that runs or broke off.
left: of one that broke off, offered to the person. aside: fits no file. attachments: photos that
could not be put into the file. unfinished: what a crash left of a copy in the making.
"""

KINDS: tuple[Kind, ...] = (
    *("file", "rescued", "left", "journal", "backup", "kept", "aside", "attachments"),
    "unfinished",
)
"""In the order in which a person wants to know of them."""


KIND_NAMES: Mapping[Kind, tuple[str, str]] = {
    "file": ("Inspection file", "Inspection files"),
    "rescued": ("Rescued copy", "Rescued copies"),
    "left": ("Changes that wait for your decision", "Changes that wait for your decision"),
    "journal": ("Safety copy", "Safety copies"),
    "backup": ("Backup", "Backups"),
    "kept": (
        "Copy made before replacing",
        "Copies made before replacing",
    ),
    "aside": ("Safety copy without its file", "Safety copies without their file"),
    "attachments": ("Photos that are not in the file", "Photos that are not in the file"),
    "unfinished": ("Unfinished copy", "Unfinished copies"),
}
"""What one of a kind is called, and several."""


class Copy(NamedTuple):
    """A file, or a folder of loose attachments, that holds an inspection or a part of one."""

    kind: Kind
    path: Path
    size: int
    """Bytes."""
    when: datetime
    """When it was made or, for files and journals, last written; UTC."""
    change: str = ""
    """Id of the last change in it, where that is known."""
    in_use: bool = False
    """Whether it is a journal that a running process writes."""
    readable: bool = True
    """Whether it could be looked into; nothing is said about journals."""
    opened: bool = False
    """Whether it is a rescued copy that the person has opened since."""
    protected: bool = False
    """Whether it is encrypted with a password, as far as that was looked for."""
    number: int = 0
    """How many changes a backup has; 0: that is not known."""


class InspectionCopies(NamedTuple):
    """All there is of one inspection, or whole copies of which nobody can tell of which one."""

    id: str
    """“”: nobody can tell."""
    title: str
    """Name of the service as the latest copy has it, to be shown and never to be stored; or ""."""
    protected: bool
    """Whether a copy is encrypted, so that nothing of it can be shown."""
    copies: tuple[Copy, ...]
    """The files first, then kind by kind, the latest first; of backups, that with most changes."""
    missing: tuple[Path, ...]
    """Where files of it were that are not there any more."""
    last_used: datetime
    """When it was open or changed last, not after now; UTC."""
    ahead: datetime | None = None
    """The latest time of it that is still to come, where that is seen for the first time."""

    @property
    def size(self) -> int:
        """Bytes of all copies."""
        return sum(copy.size for copy in self.copies)

    @property
    def is_undecided(self) -> bool:
        """Whether the person has something to decide: what a crash left, or a rescued copy."""
        return any(
            copy.kind == "left"
            or (copy.kind == "journal" and not copy.in_use)
            or (copy.kind == "rescued" and not copy.opened)
            for copy in self.copies
        )

    @property
    def is_in_use(self) -> bool:
        """Whether a running process writes its journal. That it has none proves nothing."""
        return any(copy.in_use for copy in self.copies)

    def list_kind(self, *kinds: Kind) -> tuple[Copy, ...]:
        """Return the copies of some kinds."""
        return tuple(copy for copy in self.copies if copy.kind in kinds)


class OtherItem(NamedTuple):
    """What lies below the state folder and holds no inspection: logs, notes of the program."""

    path: Path
    size: int
    when: datetime


class Holdings(NamedTuple):
    """Everything, the inspection that was used last first."""

    inspections: tuple[InspectionCopies, ...]
    others: tuple[OtherItem, ...]

    @property
    def size(self) -> int:
        """Bytes of it all, the inspection files included."""
        sizes = [item.size for item in self.inspections] + [item.size for item in self.others]
        return sum(sizes)

    def find(self, inspection: str) -> InspectionCopies | None:
        """Return what there is of an inspection."""
        return next((item for item in self.inspections if item.id == inspection), None)


class NotRemoved(NamedTuple):
    """A copy that is still there, and why."""

    copy: Copy
    reason: str


class Removal(NamedTuple):
    """What was removed, and what could not be."""

    removed: tuple[Copy, ...]
    failed: tuple[NotRemoved, ...]
    no_bin: tuple[Copy, ...] = ()
    """Inspection files that are still there, since the system has no bin for them."""

    @property
    def freed(self) -> int:
        """Bytes."""
        return sum(copy.size for copy in self.removed)


class Removed(msgspec.Struct, frozen=True, kw_only=True):
    """What went of one inspection."""

    inspection: str
    count: int
    size: int


class LastLook(msgspec.Struct, frozen=True, kw_only=True):
    """When old backups were looked through last, and what went the last time that any did.

    Times are UTC. Nothing but ids and numbers is kept.
    """

    when: datetime
    removed_at: datetime | None = None
    removed: tuple[Removed, ...] = ()


def describe_size(size: int) -> str:
    """Return bytes as a person reads them: “1.2 MB”."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{max(1, round(size / 1_000))} kB" if size else "0 kB"


def describe_copies(number: int, size: int) -> str:
    """Return how many copies there are, and how large they are together: “3 copies, 1.2 MB”."""
    return f"{pluralise(number, 'copy', 'copies')}, {describe_size(size)}"


def describe_count(copies: Sequence[Copy]) -> str:
    """Return how many copies of one kind there are, in words: “12 backups”."""
    names = (f"{name[0].lower()}{name[1:]}" for name in KIND_NAMES[copies[0].kind])
    return pluralise(len(copies), *names)
