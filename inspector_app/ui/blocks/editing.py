"""What commands do to the lines of a text area, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.ui.blocks.lines import EMBEDDED_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.domain.block_edits import WantedBlock
    from inspector_app.domain.entities import BlockKind

Lines = list["WantedBlock"]


def set_kind(lines: Sequence[WantedBlock], first: int, last: int, kind: BlockKind) -> Lines:
    """Return the lines with those from `first` to `last` of another kind; tables stay tables."""
    return [
        line._replace(kind=kind, level=0)
        if first <= index <= last and line.kind not in EMBEDDED_KINDS and line.kind != kind
        else line
        for index, line in enumerate(lines)
    ]


def toggle(lines: Sequence[WantedBlock], first: int, last: int, kind: BlockKind) -> Lines:
    """Return the lines with some of a kind, or as paragraphs where they are of that kind already.

    Bullet and paragraph are the two ends of one switch: paragraphs become bullets.
    """
    touched = [line.kind for line in lines[first : last + 1] if line.kind not in EMBEDDED_KINDS]
    on = all(found == kind for found in touched)
    return set_kind(lines, first, last, "paragraph" if on else kind)


def nest(lines: Sequence[WantedBlock], first: int, last: int, level: int) -> Lines | None:
    """Return the lines with some bullets nested (1) or not (0); None where nothing can change.

    A bullet nests below one in front of it only.
    """
    new = list(lines)
    for index in range(first, last + 1):
        line = new[index]
        below = index > 0 and new[index - 1].kind == "bullet"
        if line.kind == "bullet" and line.level != level and (below or not level):
            new[index] = line._replace(level=level)
    return new if new != list(lines) else None


def move(lines: Sequence[WantedBlock], index: int, by: int) -> tuple[Lines, bool]:
    """Return the lines with one moved up (-1) or down (1), and whether it could move.

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


def group(lines: Sequence[WantedBlock], index: int) -> tuple[int, int]:
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
    """Return the lines with others put in where the cursor is.

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
        # An empty line becomes the first of what is pasted, and stays the block that it was.
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
