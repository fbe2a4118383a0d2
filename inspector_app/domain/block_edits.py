"""From what a text area holds to the edits that bring its blocks there.

A text area shows the blocks of one part (a topic, a section, a notice) as lines. Whatever happened
in it (typing, Enter, a paste, a deleted passage), what counts is the result: this compares it with
the blocks as they are, and drafts the fewest edits. A block keeps its id and its evidence for as
long as the text area knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from inspector_app.domain.entities import Block, Topic
from inspector_app.domain.ids import new_id
from inspector_app.domain.order import longest_rising, positions_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import BlockKind


class WantedBlock(NamedTuple):
    """A line of a text area.

    `id` is that of the block it shows, or "" for a new one. `evidence` is what a new block stands
    on (a split leaves both halves with the notes of the whole), and what a known one gains (a join
    keeps the notes of both). `like` is the block that a new one is a copy of, for what a line does
    not show (the rows of a table that was cut and pasted).
    """

    kind: BlockKind
    text: str
    id: str = ""
    level: int = 0
    evidence: tuple[str, ...] = ()
    like: Block | None = None


def draft_blocks(draft: Draft, parent: str, wanted: Sequence[WantedBlock]) -> list[str]:
    """Draft the edits that make the text blocks of a part those of a text area.

    Args:
        draft: Takes the edits.
        parent: The part that the blocks stand below.
        wanted: The lines, in order. An id that stands twice, or is none of the part's blocks,
            counts as new the second time.

    Returns:
        The id of each line's block.
    """
    blocks = list(draft.result.children(parent, Block))
    head, tail = _untouched(blocks, wanted)
    ids = _draft_middle(
        draft,
        parent,
        blocks[head : len(blocks) - tail],
        wanted[head : len(wanted) - tail],
        blocks[head - 1].position if head else "",
        blocks[-tail].position if tail else "",
    )
    front = [block.id for block in blocks[:head]]
    return [*front, *ids, *(block.id for block in blocks[len(blocks) - tail :])]


def _untouched(blocks: Sequence[Block], wanted: Sequence[WantedBlock]) -> tuple[int, int]:
    """Return how many blocks at the front and at the end are as they are wanted already.

    A key pressed among five hundred bullets touches one or two of them.
    """
    most = min(len(blocks), len(wanted))
    head = 0
    while head < most and _is_wanted(blocks[head], wanted[head]):
        head += 1
    tail = 0
    while tail < most - head and _is_wanted(blocks[-1 - tail], wanted[-1 - tail]):
        tail += 1
    if tail:
        # The first of two lines with one id is the block.
        behind = {block.id for block in blocks[len(blocks) - tail :]}
        if any(line.id in behind for line in wanted[: len(wanted) - tail]):
            tail = 0
    if head and tail and blocks[head - 1].position >= blocks[-tail].position:
        # Two people's blocks at one place leave no room between them.
        return 0, 0
    return head, tail


def _is_wanted(block: Block, line: WantedBlock) -> bool:
    return (
        line.id == block.id
        and line.text == block.text
        and line.kind == block.kind
        and bool(line.level) == bool(block.level)
        and (line.evidence == block.evidence or set(line.evidence) <= set(block.evidence))
    )


def _draft_middle(
    draft: Draft,
    parent: str,
    blocks: Sequence[Block],
    wanted: Sequence[WantedBlock],
    low: str,
    high: str,
) -> list[str]:
    """Draft the edits for the blocks between two positions."""
    known = {block.id: block for block in blocks}
    ids: list[str] = []
    free = set(known)
    for line in wanted:
        if line.id in free:
            free.discard(line.id)
            ids.append(line.id)
        else:
            ids.append("")
    draft.delete_all([id_ for id_ in known if id_ in free])
    positions = _place([known[id_].position if id_ else None for id_ in ids], low, high)
    new: list[Block] = []
    changed: list[tuple[str, str, object]] = []
    for index, (line, id_, position) in enumerate(zip(wanted, ids, positions, strict=True)):
        if id_:
            changed += _list_changes(known[id_], line, position)
        else:
            new.append(_make_block(parent, line, position))
            ids[index] = new[-1].id
    # At once: a pasted report would otherwise copy the inspection for each of its lines.
    draft.set_all(changed)
    draft.create_all(new)
    return ids


def draft_move(draft: Draft, ids: Sequence[str], parent: str, before: str | None) -> None:
    """Draft that blocks stand below a part, in order; they keep their ids and their notes.

    Args:
        draft: Takes the edits.
        ids: The blocks; none of them is `before`.
        parent: The part that they are to stand below, theirs or another.
        before: The block that they are to stand in front of; None: at the end.
    """
    for id_ in ids:
        draft.move(id_, parent, before)
    # A bullet nests below one in front of it only.
    siblings = draft.result.child_ids(parent, Block)
    place = siblings.index(ids[0])
    above = draft.result.get(siblings[place - 1], Block).kind if place else ""
    if above != "bullet" and draft.result.get(ids[0], Block).level:
        draft.set(ids[0], "level", 0)


def draft_lead(draft: Draft, part: str, lead: str) -> None:
    """Draft that a part opens with a lead sentence of another, or goes on with it.

    It becomes that of a topic that has none, else a paragraph at the end of the part.
    """
    found = draft.result.find(part)
    if not lead.strip():
        return
    if isinstance(found, Topic) and not found.lead.strip():
        draft.set(part, "lead", lead)
    else:
        place = draft.position_at_end(part, Block)
        draft.create(Block(id=new_id(), parent=part, position=place, kind="paragraph", text=lead))


def _make_block(parent: str, line: WantedBlock, position: str) -> Block:
    fields: dict[str, Any] = {
        "id": new_id(),
        "external_id": "",
        "parent": parent,
        "position": position,
        "kind": line.kind,
        "text": line.text,
        "level": 1 if line.level else 0,
        "evidence": line.evidence,
    }
    return msgspec.structs.replace(line.like, **fields) if line.like else Block(**fields)


def _list_changes(block: Block, line: WantedBlock, position: str) -> list[tuple[str, str, object]]:
    gained = [note for note in line.evidence if note not in block.evidence]
    return [
        (block.id, "kind", line.kind),
        (block.id, "text", line.text),
        (block.id, "level", 1 if line.level else 0),
        (block.id, "evidence", (*block.evidence, *gained)),
        (block.id, "position", position),
    ]


def _place(given: Sequence[str | None], low: str, high: str) -> list[str]:
    """Return a rising position between two for each place, keeping most of the given ones."""
    positions = [
        position if position and low < position and (not high or position < high) else None
        for position in given
    ]
    kept = sorted(longest_rising(positions))
    placed: list[str] = []
    for index in [*kept, None]:
        behind = high if index is None else positions[index] or ""
        count = (len(positions) if index is None else index) - len(placed)
        placed += positions_between(placed[-1] if placed else low, behind, count)
        if index is not None:
            placed.append(behind)
    return placed
