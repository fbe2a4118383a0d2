"""Parts as the history of changes makes them, without asking whether each change fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from inspector_app.domain.change import WHOLE
from inspector_app.domain.inspection import entity_from_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from inspector_app.domain.change import Change, Edit, Plain
    from inspector_app.domain.entities import AnyEntity
    from inspector_app.storage.salvage.finds import FoundChange


class History(NamedTuple):
    """The changes that were found, in order."""

    changes: tuple[Change, ...]
    unbroken: bool
    """Whether they lead from nothing to the last that was found, without a gap."""
    later: tuple[Change, ...]
    """Changes after the last one, which only a journal has."""


def join_history(
    rows: Mapping[str, FoundChange],
    journal: Iterable[tuple[str, Change]],
) -> History:
    """Return the changes in their order, gaps filled from a journal.

    Args:
        rows: Those that the file holds, by id.
        journal: Those of a journal, each with the id of the one before it.
    """
    ordered = sorted(rows.values(), key=lambda found: found.number)
    previous = {found.change.id: found.previous for found in ordered}
    changes = [found.change for found in ordered]
    last = changes[-1].id if changes else ""
    for before, change in journal:
        if change.id in previous:
            continue
        previous[change.id] = before
        places = [index for index, other in enumerate(changes) if other.id == before]
        changes.insert(places[0] + 1 if places else len(changes), change)
    end = next((index for index, change in enumerate(changes) if change.id == last), -1)
    head = ""
    unbroken = end >= 0
    for change in changes[: end + 1]:
        unbroken = unbroken and previous[change.id] == head
        head = change.id
    return History(tuple(changes[: end + 1]), unbroken, tuple(changes[end + 1 :]))


def replay(changes: Sequence[Change]) -> dict[str, AnyEntity]:
    """Return the parts that there are after some changes, those that can be understood.

    Args:
        changes: In order. Where some are missing, what they did is missing.
    """
    plain: dict[str, Plain] = {}
    for change in changes:
        for edit in change.edits:
            _do(plain, edit)
    found = ((id_, _understand(data)) for id_, data in plain.items())
    return {id_: part for id_, part in found if part is not None}


def list_states(changes: Sequence[Change], ids: Collection[str]) -> dict[str, list[AnyEntity]]:
    """Return what some parts were like after each of the changes that touched them.

    Args:
        changes: In order.
        ids: Of the parts.
    """
    plain: dict[str, Plain] = {}
    states: dict[str, list[AnyEntity]] = {id_: [] for id_ in ids}
    for change in changes:
        edits = [edit for edit in change.edits if edit.entity in states]
        for edit in edits:
            _do(plain, edit)
        for id_ in {edit.entity for edit in edits}:
            part = _understand(plain[id_]) if id_ in plain else None
            if part is not None:
                states[id_].append(part)
    return states


def list_deleted(changes: Sequence[Change]) -> set[str]:
    """Return the ids of parts that were deleted, and not made again."""
    deleted: set[str] = set()
    for change in changes:
        for edit in change.edits:
            if edit.field == WHOLE:
                (deleted.add if edit.after is None else deleted.discard)(edit.entity)
    return deleted


def _understand(data: Plain) -> AnyEntity | None:
    try:
        return entity_from_plain(data)
    except (msgspec.ValidationError, RecursionError):
        return None


def _do(plain: dict[str, Plain], edit: Edit) -> None:
    if edit.field == WHOLE:
        if edit.after is None:
            plain.pop(edit.entity, None)
        elif isinstance(edit.after, dict):
            plain[edit.entity] = dict(edit.after)
        return
    part = plain.get(edit.entity)
    if not isinstance(part, dict):
        return
    name, _, key = edit.field.partition(".")
    if not key:
        part[name] = edit.after
        return
    values = part.get(name)
    values = dict(values) if isinstance(values, dict) else {}
    values.pop(key, None)
    if edit.after is not None:
        values[key] = edit.after
    part[name] = values
