"""Operations on the lines of a text area, as pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.ui.blocks.lines import EMBEDDED_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.domain.entities import Block, BlockKind

Lines = list[WantedBlock]


def set_kind(lines: Sequence[WantedBlock], first: int, last: int, kind: BlockKind) -> Lines:
    """Return the lines, those from `first` to `last` with another kind; objects keep theirs."""
    return [
        line._replace(kind=kind, level=0)
        if first <= index <= last and line.kind not in EMBEDDED_KINDS and line.kind != kind
        else line
        for index, line in enumerate(lines)
    ]


def toggle(lines: Sequence[WantedBlock], first: int, last: int, kind: BlockKind) -> Lines:
    """Return the lines, those from `first` to `last` of a kind; as paragraphs if all are so."""
    on = are_all(lines, first, last, kind)
    return set_kind(lines, first, last, "paragraph" if on else kind)


def are_all(lines: Sequence[WantedBlock], first: int, last: int, kind: BlockKind) -> bool:
    """Tell whether the lines from `first` to `last` are of a kind; objects do not count."""
    touched = [line.kind for line in lines[first : last + 1] if line.kind not in EMBEDDED_KINDS]
    return all(found == kind for found in touched)


def can_nest(lines: Sequence[WantedBlock] | Sequence[Block], index: int, level: int) -> bool:
    """Tell whether a line is a bullet that can be nested (1) or moved out again (0).

    A bullet nests only below a bullet.
    """
    line = lines[index]
    below = index > 0 and lines[index - 1].kind == "bullet"
    return line.kind == "bullet" and line.level != level and (below or not level)


def nest(lines: Sequence[WantedBlock], first: int, last: int, level: int) -> Lines:
    """Return the lines with all bullets from `first` to `last` on a level that can be there."""
    return [
        line._replace(level=level)
        if first <= index <= last and can_nest(lines, index, level)
        else line
        for index, line in enumerate(lines)
    ]


def join(first: WantedBlock, last: WantedBlock, *, front: bool, back: bool) -> WantedBlock:
    """Return the line that is left when all between two places is removed.

    Args:
        first: The line that the first place is in.
        last: The line that the last place is in.
        front: Some of the first line's text is left.
        back: Some of the last line's text is left.
    """
    base = last if back and not front else first
    shape = base if first.kind in EMBEDDED_KINDS or (base is last and first.text) else first
    if shape.kind in EMBEDDED_KINDS:
        return WantedBlock("paragraph", "")
    notes = (*first.evidence, *last.evidence) if front and back else base.evidence
    return base._replace(kind=shape.kind, level=shape.level, evidence=tuple(dict.fromkeys(notes)))


def move(lines: Sequence[WantedBlock], index: int, by: int) -> tuple[Lines, bool]:
    """Move a line up (-1) or down (1), and return all lines and whether it could move.

    A bullet takes along those nested below it, and steps over a neighbour with its own.
    """
    first, end = group(lines, index)
    moved = list(lines[first:end])
    if by < 0:
        if first == 0:
            return list(lines), False
        target = first - 1
        if moved[0].level == 0:
            while target > 0 and lines[target].kind == "bullet" and lines[target].level:
                target -= 1
        return [*lines[:target], *moved, *lines[target:first], *lines[end:]], True
    if end >= len(lines):
        return list(lines), False
    target = end + 1
    if moved[0].level == 0:
        target = group(lines, end)[1]
    return [*lines[:first], *lines[end:target], *moved, *lines[target:]], True


def group(lines: Sequence[WantedBlock] | Sequence[Block], index: int) -> tuple[int, int]:
    """Return where a line and the bullets nested below it start and end."""
    end = index + 1
    if lines[index].kind == "bullet" and lines[index].level == 0:
        while end < len(lines) and lines[end].kind == "bullet" and lines[end].level:
            end += 1
    return index, end


def insert(
    lines: Sequence[WantedBlock],
    index: int,
    front: str,
    back: str,
    pasted: Sequence[WantedBlock],
) -> tuple[Lines, int, int]:
    """Return the lines with others inserted at the cursor.

    Args:
        lines: The lines as they are.
        index: The line with the cursor.
        front: Its text in front of the cursor.
        back: Its text behind it.
        pasted: What comes in.

    Returns:
        The lines, the index of the last pasted one, and the length of its text without `back`.
    """
    here = lines[index]
    new = list(pasted)
    if here.kind == "bullet" and all(line.kind == "paragraph" for line in new):
        new = [line._replace(kind="bullet", level=here.level) for line in new]
    before: Lines = []
    after: Lines = []
    if here.kind in EMBEDDED_KINDS:
        before = [here]
    elif not front and not back:
        # An empty line takes the first pasted text and keeps its id.
        if new[0].kind not in EMBEDDED_KINDS:
            notes = (*here.evidence, *(n for n in new[0].evidence if n not in here.evidence))
            new[0] = new[0]._replace(id=here.id, evidence=notes, like=None)
    elif not front:
        after = [here]
    elif new[0].kind in EMBEDDED_KINDS or (new[0].kind != here.kind and new[0].kind != "paragraph"):
        before = [here._replace(text=front)]
        after = [here._replace(text=back, id="")] if back else []
    else:
        notes = (*here.evidence, *(n for n in new[0].evidence if n not in here.evidence))
        new[0] = here._replace(text=front + new[0].text, evidence=notes)
        after = [here._replace(text=back, id="")] if back else []
    end = len(new[-1].text)
    if after and len(new) == 1 and front and new[0].id == here.id:
        new[0] = new[0]._replace(text=new[0].text + back)
        after = []
    elif after and not front and len(new) == 1 and new[0].kind in {"paragraph", here.kind}:
        new[0] = here._replace(text=new[0].text + back)
        after = []
    result = [*lines[:index], *before, *new, *after, *lines[index + 1 :]]
    return result, index + len(before) + len(new) - 1, end
