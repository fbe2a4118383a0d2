"""The history as it is listed, and the way back along it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.change import Change
from inspector_app.domain.dates import to_local
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from datetime import datetime, tzinfo
    from pathlib import Path

    from inspector_app.domain.change import Edit
    from inspector_app.domain.inspection import Inspection

_EDITS = 500
"""Edits that are taken back in one step: more than what copying the table of all parts costs."""
_PAUSE = timedelta(hours=1)
"""Who does nothing for so long begins a new session."""


class HistoryLine(NamedTuple):
    """A change as the history lists it. `when` is UTC.

    One without edits changed nothing: it marks a version that was kept, and its label is the
    version's name.
    """

    id: str
    label: str
    who: str
    when: datetime
    marks_version: bool


class Backup(NamedTuple):
    """An automatic backup of an inspection."""

    path: Path
    when: datetime
    """UTC."""
    change: str
    """Id of the change that it reaches at least."""
    size: int
    """Bytes."""
    number: int = 0
    """How many changes it has; 0: it was made when names did not say so."""


class Session(NamedTuple):
    """Changes in a row on one day, without a long pause between them, the latest one first."""

    start: datetime
    """In the time zone that was asked for, as `end`."""
    end: datetime
    who: tuple[str, ...]
    """Who made the changes, in the order that they first did; "" where nobody said so."""
    lines: tuple[HistoryLine, ...]


def make_mark(name: str, who: str) -> Change:
    """Return the change that marks the state before it as a version of that name.

    Raises:
        ValueError: The name is blank.
    """
    if not name.strip():
        raise ValueError("A version needs a name.")
    return Change(label=collapse_spaces(name), who=who, edits=())


def rewind(inspection: Inspection, changes: Iterable[Change]) -> Inspection:
    """Return the inspection as it was before some changes.

    Args:
        inspection: As it is after them.
        changes: The latest one first.

    Raises:
        ChangeConflict: They do not lead to this inspection.
    """
    # As one change: each that is applied alone copies the table of all parts.
    edits = [edit.inverse() for change in changes for edit in reversed(change.edits)]
    return inspection.apply(Change(label="", edits=tuple(edits)))


def rewind_in_steps(
    inspection: Inspection, changes: Iterable[Change]
) -> Generator[None, None, Inspection]:
    """Do the same in steps, each small, for who cannot wait."""
    edits: list[Edit] = []
    for change in changes:
        edits += [edit.inverse() for edit in reversed(change.edits)]
        yield
    for start in range(0, len(edits), _EDITS):
        inspection = inspection.apply(Change(label="", edits=tuple(edits[start : start + _EDITS])))
        yield
    return inspection


def group_sessions(lines: Iterable[HistoryLine], zone: tzinfo | None = None) -> Iterator[Session]:
    """Yield the sessions that a history consists of, the latest one first.

    Args:
        lines: The latest one first.
        zone: Where days begin and end; None: as on this computer.
    """
    session: list[HistoryLine] = []
    first: datetime | None = None
    for line in lines:
        when = to_local(line.when, zone)
        if first is not None and (first.date() != when.date() or first - when > _PAUSE):
            yield _make_session(session, zone)
            session = []
        session.append(line)
        first = when
    if session:
        yield _make_session(session, zone)


def _make_session(lines: list[HistoryLine], zone: tzinfo | None) -> Session:
    times = [to_local(line.when, zone) for line in lines]
    who = dict.fromkeys(line.who for line in reversed(lines))
    return Session(min(times), max(times), tuple(who), tuple(lines))
