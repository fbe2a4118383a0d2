"""The report in small pieces, so that a view need only redraw those that changed.

`splitting.py` makes them of a rendered report.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

ListPlace: TypeAlias = Literal["", "only", "first", "middle", "last"]


class Piece(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One heading, paragraph, bullet with those below it, or table, and what stands around it."""

    opening: str
    """The start tags of what it stands in."""
    html: str
    closing: str
    place: ListPlace = ""
    """A bullet's place in its list."""

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.html.startswith("<table")


class Hunk(msgspec.Struct, frozen=True, array_like=True):
    """Pieces that take the place of others. `start` counts in the pieces before all hunks."""

    start: int
    removed: int
    pieces: tuple[Piece, ...]


def compare_pieces(old: Sequence[Piece], new: Sequence[Piece]) -> list[Hunk]:
    """Return the fewest replacements that make one report of another, in order."""
    before, after = 0, 0
    shorter = min(len(old), len(new))
    while before < shorter and old[before] == new[before]:
        before += 1
    while after < shorter - before and old[-1 - after] == new[-1 - after]:
        after += 1
    old_middle = old[before : len(old) - after]
    new_middle = new[before : len(new) - after]
    hunks = []
    matcher = SequenceMatcher(None, old_middle, new_middle, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        pieces = tuple(new_middle[new_start:new_end])
        if len(pieces) == end - start:
            # One for one, so that each is a small step for who draws it.
            hunks += [
                Hunk(before + start + index, 1, (piece,)) for index, piece in enumerate(pieces)
            ]
        else:
            hunks.append(Hunk(before + start, end - start, pieces))
    return hunks


def apply_hunks(pieces: Sequence[Piece], hunks: Sequence[Hunk]) -> list[Piece]:
    """Return the pieces after all hunks."""
    changed = list(pieces)
    for hunk in reversed(hunks):
        changed[hunk.start : hunk.start + hunk.removed] = hunk.pieces
    return changed
