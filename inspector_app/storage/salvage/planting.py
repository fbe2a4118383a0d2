"""A tree again, of parts some of which have lost their parents, their places or what they link to.

What has lost its place is kept where it is seen: texts of blocks, topics and key questions become
notes with the tag “salvaged”; what stands below the inspection itself is put there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from inspector_app.domain.entities import (
    PARENTS,
    Action,
    Attachment,
    Block,
    Details,
    EvidenceNote,
    Topic,
)
from inspector_app.domain.ids import id_from, is_own_id, new_id
from inspector_app.domain.inspection import Inspection
from inspector_app.storage.reading_rows import is_position
from inspector_app.storage.salvage.report import SalvagedItem, describe_item, shorten_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.storage.salvage.finds import FoundPart

SALVAGED = "salvaged"
"""The tag of notes that hold texts without a place."""
_LAST = "z"
"""A place behind all others."""
_DEEPEST = 4


class Planted(NamedTuple):
    """The inspection that the parts make."""

    inspection: Inspection
    moved: tuple[SalvagedItem, ...]
    lost: tuple[SalvagedItem, ...]
    made_details: bool


class Planter:
    """Makes an inspection of parts that need not fit together."""

    def __init__(
        self,
        parts: Mapping[str, AnyEntity],
        fragments: Sequence[FoundPart],
        root: str,
        make_details: Callable[[str, Sequence[AnyEntity]], Details],
    ) -> None:
        """Take parts.

        Args:
            parts: By id.
            fragments: Rows of which only the text can be read.
            root: Id of the inspection, or "" where nothing says it.
            make_details: Gives the details, where they are lost, from the inspection's id and all
                other parts.
        """
        self._found = parts
        self._fragments = fragments
        self._root = root
        self._make_details = make_details
        self._parts: dict[str, AnyEntity] = {}
        self._moved: list[SalvagedItem] = []
        self._lost: list[SalvagedItem] = []
        self._notes = 0

    def plant(self) -> Planted:
        """Return the inspection, and what could not be where it was."""
        made_details = self._plant_details()
        ids = {entity.id for entity in self._found.values()}
        renamed = {id_: id_from(id_) for id_ in ids if not is_own_id(id_)}
        for entity in self._found.values():
            if not isinstance(entity, Details):
                self._parts[entity.id] = _rename(entity, renamed)
        self._parts = {entity.id: entity for entity in self._parts.values()}
        for entity in [*self._parts.values()]:
            if not isinstance(entity, Details) and not self._is_placed(entity):
                self._move(entity)
        # Whoever stood below a part that has become a note has lost its place with it.
        for _ in range(_DEEPEST):
            for entity in [*self._parts.values()]:
                if not isinstance(entity, Details) and not self._is_placed(entity):
                    self._move(entity)
        for fragment in self._fragments:
            self._keep_fragment(fragment)
        parts = [self._without_dead_links(entity) for entity in self._parts.values()]
        inspection = Inspection(parts)
        return Planted(inspection, tuple(self._moved), tuple(self._lost), made_details)

    def _plant_details(self) -> bool:
        details = [entity for entity in self._found.values() if isinstance(entity, Details)]
        best = next((item for item in details if item.id == self._root), None)
        best = best or (details[0] if details else None)
        made = best is None
        others = [entity for entity in self._found.values() if not isinstance(entity, Details)]
        root = self._root or _guess_root(others)
        if best is None:
            best = self._make_details(root or new_id(), others)
        self._lost += [describe_item(item) for item in details if item is not best]
        used = any(entity.parent == best.id for entity in others)
        root = best.id if used or not root else root
        self._root = root if is_own_id(root) else id_from(root)
        best = msgspec.structs.replace(best, id=self._root, parent="", position="")
        self._parts[best.id] = best
        return made

    def _is_placed(self, entity: AnyEntity) -> bool:
        parent = self._parts.get(entity.parent)
        return parent is not None and type(parent) in PARENTS[type(entity)]

    def _move(self, entity: AnyEntity) -> None:
        """Put a part where it is seen."""
        item = describe_item(entity, self._parts.get)
        del self._parts[entity.id]
        if Details in PARENTS[type(entity)]:
            place = {} if is_position(entity.position) else {"position": _LAST}
            self._parts[entity.id] = msgspec.structs.replace(entity, parent=self._root, **place)
            self._moved.append(item)
            return
        texts = _list_texts(entity)
        if texts:
            self._add_note("\n".join(texts), id_from(f"{SALVAGED} {entity.id}"))
            self._moved.append(item)
        elif isinstance(entity, Block):
            self._lost.append(item)

    def _keep_fragment(self, fragment: FoundPart) -> None:
        item = SalvagedItem(id=fragment.id, kind=fragment.kind, text=shorten_text(fragment.text))
        if fragment.text:
            self._add_note(fragment.text, id_from(f"{SALVAGED} {fragment.id} {fragment.text}"))
            self._moved.append(item)
        else:
            self._lost.append(item)

    def _add_note(self, text: str, id_: str) -> None:
        self._notes += 1
        self._parts[id_] = EvidenceNote(
            id=id_,
            parent=self._root,
            position=f"{_LAST}{self._notes:06}V",
            text=text,
            tags=(SALVAGED,),
        )

    def _without_dead_links(self, entity: AnyEntity) -> AnyEntity:
        """Return a part without links to parts that are gone, and with a place that can be one."""
        if isinstance(entity, Details):
            return entity
        fields: dict[str, object] = {}
        if not is_position(entity.position):
            fields["position"] = _LAST
        if isinstance(entity, Block | Action):
            kept = self._keep(entity.evidence, EvidenceNote)
            if kept != entity.evidence:
                fields["evidence"] = kept
        if isinstance(entity, EvidenceNote):
            kept = self._keep(entity.attachments, Attachment)
            if kept != entity.attachments:
                fields["attachments"] = kept
        return msgspec.structs.replace(entity, **fields) if fields else entity

    def _keep(self, ids: tuple[str, ...], kind: type[EvidenceNote | Attachment]) -> tuple[str, ...]:
        return tuple(id_ for id_ in ids if isinstance(self._parts.get(id_), kind))


def _rename(entity: AnyEntity, renamed: Mapping[str, str]) -> AnyEntity:
    if entity.id not in renamed and entity.parent not in renamed:
        return entity
    id_, parent = entity.id, entity.parent
    return msgspec.structs.replace(
        entity, id=renamed.get(id_, id_), parent=renamed.get(parent, parent)
    )


def _guess_root(parts: Sequence[AnyEntity]) -> str:
    """Return the id that most parts stand below which can stand only below the details."""
    parents = [part.parent for part in parts if PARENTS[type(part)] == (Details,)]
    return max(set(parents), key=lambda id_: (parents.count(id_), id_), default="")


def _list_texts(entity: AnyEntity) -> list[str]:
    if isinstance(entity, Block):
        rows = (" | ".join(row) for row in (entity.header, *entity.rows) if any(row))
        return [text for text in (entity.text, entity.caption, *rows) if text]
    if isinstance(entity, Topic):
        return [text for text in (entity.title, entity.lead) if text]
    return []
