"""The one kind of edit. Undo, autosave, journal and history are consequences of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import msgspec

from inspector_app.domain.ids import new_id

if TYPE_CHECKING:
    Plain: TypeAlias = bool | int | float | str | list["Plain"] | dict[str, "Plain"] | None
    """Data as JSON knows it."""
else:
    Plain = Any  # msgspec reads the fields' types at run time and knows no recursive ones

WHOLE = ""
"""The field name that means the entity itself: None on one side creates or deletes it."""


def to_plain(value: object) -> Plain:
    """Return a value as a file would give it back: dates as texts, tuples as lists."""
    if value is None or isinstance(value, str | bool | int):
        return value
    return cast("Plain", msgspec.json.decode(msgspec.json.encode(value)))


class Edit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One field of one entity, before and after.

    `field` is a field's name, a key of a mapping field ("ratings.safe", None removes the key), or
    `WHOLE`. Values are plain data, as `to_plain` gives them.
    """

    entity: str
    field: str = WHOLE
    before: Plain = None
    after: Plain = None

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(entity=self.entity, field=self.field, before=self.after, after=self.before)


class Change(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An edit as a person sees it: a label, who, when, and the edits in order.

    `when` is UTC. All edits apply, or none.
    """

    id: str = msgspec.field(default_factory=new_id)
    label: str
    who: str = ""
    when: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))
    edits: tuple[Edit, ...]

    def inverse(self, label: str) -> Change:
        """Return a new change that takes this one back."""
        edits = tuple(edit.inverse() for edit in reversed(self.edits))
        return Change(label=label, who=self.who, edits=edits)


def merge_changes(first: Change, second: Change) -> Change:
    """Return one change that does what two in a row do, with the label and author of the first.

    Edits of one field become one; what was typed letter by letter is one edit from the first
    letter to the last.
    """
    edits: list[Edit] = []
    latest: dict[tuple[str, str], int] = {}
    for edit in (*first.edits, *second.edits):
        key = (edit.entity, edit.field)
        index = latest.get(key)
        if index is not None and edit.field != WHOLE:
            earlier = edits[index]
            edits[index] = Edit(
                entity=edit.entity, field=edit.field, before=earlier.before, after=edit.after
            )
            continue
        name = edit.field.partition(".")[0]
        # What else touches the same thing ends the run: its own before depends on it.
        for other in [
            item
            for item in latest
            if item[0] == edit.entity
            and (WHOLE in {edit.field, item[1]} or item[1].partition(".")[0] == name)
        ]:
            del latest[other]
        latest[key] = len(edits)
        edits.append(edit)
    kept = tuple(edit for edit in edits if edit.field == WHOLE or edit.before != edit.after)
    return Change(id=second.id, label=first.label, who=first.who, when=second.when, edits=kept)
