"""One part for each id: from its row where that is sound, else from the history, else as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.storage.checksums import CHANGE
from inspector_app.storage.salvage.replaying import list_deleted, list_states, replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector_app.domain.entities import AnyEntity
    from inspector_app.storage.salvage.finds import Finds, FoundPart
    from inspector_app.storage.salvage.replaying import History


class SalvagedVersion(NamedTuple):
    """The parts that were chosen, and what is known of each."""

    parts: dict[str, AnyEntity]
    rebuilt: tuple[str, ...]
    """Ids of those that the history gave."""
    doubtful: tuple[str, ...]
    """Ids of those that may have been changed, or be older than the last change."""
    fragments: tuple[FoundPart, ...]
    """Rows that cannot be understood, of parts that nothing else has."""


def choose_parts(finds: Finds, history: History) -> SalvagedVersion:
    """Choose among rows and history.

    Where the history is whole, it alone is right. Where it is not, a sound row is: it is the latest
    state of the part. What only the history has is a part whose row was lost, or one that was
    deleted by a change that was lost: better too much than too little.
    """
    replayed = replay(history.changes)
    if is_history_whole(finds, history):
        return _follow_history(finds, replayed)
    chosen: dict[str, AnyEntity] = {}
    rebuilt: list[str] = []
    doubtful: list[str] = []
    fragments: list[FoundPart] = []
    for id_, rows in finds.parts.items():
        sound = _list_distinct(row.entity for row in rows if row.sound)
        readable = _list_distinct(row.entity for row in rows)
        known = replayed.get(id_)
        if len(sound) == 1:
            chosen[id_] = sound[0]
        elif known is not None:
            chosen[id_] = known
            (rebuilt if history.unbroken else doubtful).append(id_)
        elif not readable and id_ in finds.rescued:
            chosen[id_] = finds.rescued[id_]
            doubtful.append(id_)
        elif sound or readable:
            chosen[id_] = (sound or readable)[-1]
            doubtful.append(id_)
        else:
            fragments.append(max(rows, key=lambda row: len(row.text)))
    if not finds.has_all_parts:
        deleted = list_deleted(history.changes)
        for id_, entity in {**finds.rescued, **replayed}.items():
            if id_ not in chosen and id_ not in deleted:
                chosen[id_] = entity
                doubtful.append(id_)
        fragments = [row for row in fragments if row.id not in chosen]
    return SalvagedVersion(chosen, tuple(rebuilt), tuple(doubtful), tuple(fragments))


def is_history_whole(finds: Finds, history: History) -> bool:
    """Tell whether the history leads from nothing to what the file held, as far as is known.

    Where a sound row has what the history never had, it is newer than the last change found.
    """
    if not history.unbroken or not finds.has_last_change:
        return False
    if not finds.has_checksums:
        return True  # one of the first format: nothing says more
    if CHANGE not in finds.seals:
        return False  # what says which change was the last is lost
    replayed = replay(history.changes)
    others = [
        row
        for rows in finds.parts.values()
        for row in rows
        if row.sound and row.entity != replayed.get(row.id)
    ]
    states = list_states(history.changes, {row.id for row in others})
    return all(row.entity in states[row.id] for row in others)


def _follow_history(finds: Finds, replayed: dict[str, AnyEntity]) -> SalvagedVersion:
    rebuilt: list[str] = []
    doubtful: list[str] = []
    parts = dict(replayed)
    for id_, entity in replayed.items():
        rows = finds.parts.get(id_, [])
        if entity in [row.entity for row in rows if row.sound]:
            continue
        # In a file without checksums row or history was altered, and nothing tells which.
        unsure = not finds.has_checksums and any(row.sound for row in rows)
        (doubtful if unsure else rebuilt).append(id_)
    return SalvagedVersion(parts, tuple(rebuilt), tuple(doubtful), ())


def _list_distinct(entities: Iterable[AnyEntity | None]) -> Sequence[AnyEntity]:
    distinct: list[AnyEntity] = []
    for entity in entities:
        if entity is not None and entity not in distinct:
            distinct.append(entity)
    return distinct
