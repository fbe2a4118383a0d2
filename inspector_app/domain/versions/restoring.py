"""Bringing parts back to what they were: an ordinary change that keeps ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import (
    PARENTS,
    Action,
    Attachment,
    Block,
    Details,
    EvidenceNote,
)
from inspector_app.domain.versions.comparing import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.comparing import Difference

_RANK = {kind: rank for rank, kind in enumerate(PARENTS)}


_ON_PURPOSE = {"state", "state_dates", "framework_version"}


def is_restorable(difference: Difference) -> bool:
    """Tell whether a difference can be taken back: state and edition change on purpose only."""
    is_details = isinstance(difference.entity, Details)
    return not (is_details and difference.fields[0].field.partition(".")[0] in _ON_PURPOSE)


def choose_for_all(differences: Iterable[Difference]) -> list[Difference]:
    """Return the differences that restoring everything takes back.

    Notes and files that were added are not among them: what was taken down meanwhile is no part of
    a text that is put back.
    """
    return [
        item
        for item in differences
        if is_restorable(item)
        and not (item.kind == "added" and isinstance(item.entity, EvidenceNote | Attachment))
    ]


def draft_restore(draft: Draft, then: Inspection, chosen: Sequence[Difference]) -> None:
    """Draft that parts are again what they were.

    What a part needs comes along: the parts that it stood below and the files that it showed, if
    they are gone; older parts that were moved into one that goes return first. Links to notes that
    are not there are left out, and a file that something still shows stays.

    Args:
        draft: Takes the edits.
        then: The inspection as it was.
        chosen: Differences between `then` and what the draft starts from.
    """
    _Restoring(draft, then).restore(chosen)


class _Restoring:
    """One restoration, while its edits are drafted."""

    def __init__(self, draft: Draft, then: Inspection) -> None:
        self._draft = draft
        self._then = then
        self._wanted: dict[str, AnyEntity] = {}
        """Parts that are to be as they were."""
        self._going: set[str] = set()
        self._pending: set[str] = set()
        """Parts whose place is still to be put right."""

    def restore(self, chosen: Sequence[Difference]) -> None:
        for item in chosen:
            if isinstance(item.entity, Details):
                for field in item.fields:
                    self._draft.set(item.entity.id, field.field, field.then)
            elif item.kind == "added":
                self._let_go(item.entity.id)
            else:
                self._want(item.entity.id)
        parts = sorted(self._wanted.values(), key=_get_order)
        self._draft.create_all([part for part in parts if self._find_now(part.id) is None])
        self._draft.set_all(
            (part.id, field, value) for part in parts for field, value in self._list_fields(part)
        )
        self._pending = {part.id for part in parts if not self._is_in_place(part)}
        for part in parts:
            self._place(part)
        self._delete()

    def _want(self, id_: str) -> None:
        """Note a part to be as it was, and what it needs that is not there any more."""
        part = self._then.find(id_)
        if part is None or id_ in self._wanted:
            return
        self._wanted[id_] = part
        needed = [part.parent, *_list_files(part)]
        for other in needed:
            if self._draft.start.find(other) is None:
                self._want(other)

    def _let_go(self, id_: str) -> None:
        self._going.add(id_)
        for below in self._draft.start.descendants(id_):
            if self._then.find(below.id) is None:
                self._going.add(below.id)
            else:
                self._want(below.id)

    def _list_fields(self, part: AnyEntity) -> Iterator[tuple[str, object]]:
        for name in part.__struct_fields__:
            if name == "evidence":
                yield "evidence", tuple(self._list_known_notes(part))
            elif name != "id" and name not in PLACE:
                yield name, getattr(part, name)

    def _list_known_notes(self, part: AnyEntity) -> Iterator[str]:
        for note in part.evidence if isinstance(part, Block | Action) else ():
            if self._find_now(note) is not None or self._then.find(note) is None:
                yield note

    # -- places

    def _place(self, part: AnyEntity) -> None:
        """Put a part where it stood: below its parent, and between those that it stood between."""
        self._pending.discard(part.id)
        siblings = self._then.child_ids(part.parent, type(part))
        rank = siblings.index(part.id)
        in_front = self._find_settled(reversed(siblings[:rank]), part)
        behind = self._find_settled(siblings[rank + 1 :], part)
        here = (part.position, part.id)
        if (in_front is None or in_front < here) and (behind is None or here < behind):
            self._draft.set(part.id, "parent", part.parent)
            self._draft.set(part.id, "position", part.position)
            return
        ids = self._draft.result.child_ids(part.parent, type(part))
        others = [id_ for id_ in ids if id_ != part.id]
        place = others.index(in_front[1]) + 1 if in_front is not None else 0
        before = others[place] if place < len(others) else None
        self._draft.move(part.id, part.parent, before)

    def _find_settled(self, ids: Iterable[str], part: AnyEntity) -> tuple[str, str] | None:
        """Return position and id of the first of some siblings that stands where it will stay."""
        for id_ in ids:
            other = self._find_now(id_)
            if other is not None and other.parent == part.parent and id_ not in self._pending:
                return other.position, id_
        return None

    def _is_in_place(self, part: AnyEntity) -> bool:
        now = self._find_now(part.id)
        return now is not None and (now.parent, now.position) == (part.parent, part.position)

    # -- what goes

    def _delete(self) -> None:
        """Delete what goes, with the links to it."""
        if not self._going:
            return
        kept = [entity for entity in self._draft.result if entity.id not in self._going]
        shown = {file for entity in kept for file in _list_files(entity)}
        going = {
            id_
            for id_ in self._going
            if not (id_ in shown and isinstance(self._find_now(id_), Attachment))
        }
        self._draft.set_all(
            (entity.id, "evidence", tuple(note for note in entity.evidence if note not in going))
            for entity in kept
            if isinstance(entity, Block | Action) and not going.isdisjoint(entity.evidence)
        )
        self._draft.delete_all(sorted(going))

    def _find_now(self, id_: str) -> AnyEntity | None:
        return self._draft.result.find(id_)


def _get_order(part: AnyEntity) -> tuple[bool, int, str, str]:
    """Return what puts each part behind its parent, and siblings in their order."""
    return isinstance(part, Block), _RANK[type(part)], part.position, part.id


def _list_files(part: AnyEntity) -> Iterator[str]:
    """Yield the ids of the attachments that a part shows."""
    if isinstance(part, EvidenceNote):
        yield from part.attachments
    elif isinstance(part, Block) and part.attachment:
        yield part.attachment
