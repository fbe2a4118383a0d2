"""Which ratings of a service stand: those of this inspection, and those carried forward.

A service that is left out of an inspection keeps its ratings, each with its date; one that was
looked at in part keeps those of what was not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.entities import Service
from inspector_app.texts import collapse_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector_app.domain.inspection import Inspection

PARTIAL_VISITS = frozenset({"focused", "follow_up", "desk_based"})
"""Types of visits that do not look at everything."""


class Standing(NamedTuple):
    """The ratings of a service that stand, by key question and “overall”.

    `dates` say when they were given, where that is known; `carried` are those of an earlier
    inspection.
    """

    ratings: Mapping[str, str]
    dates: Mapping[str, str]
    carried: frozenset[str] = frozenset()


def find_standing(inspection: Inspection, service: Service) -> Standing:
    """Return the ratings of a service that stand.

    Those of earlier contents, which rate it in a row of the grid, count where it has none.
    """
    rated = _find_row(inspection, service) or service
    is_partial = service.left_out or inspection.details.visit_type in PARTIAL_VISITS
    before = service.previous_ratings if is_partial else {}
    carried = frozenset(key for key in before if key not in rated.ratings)
    old = {key: date for key, date in service.previous_dates.items() if key in carried}
    return Standing({**before, **rated.ratings}, {**old, **rated.dates}, carried)


def list_grid(inspection: Inspection) -> Iterator[tuple[Service, Standing]]:
    """Yield the services that have a row in the ratings grid, each with what stands there.

    That is every service that has a rating or was left out. Population groups are no services.
    """
    for service in inspection.all(Service):
        if service.group or _find_row(inspection, service):
            continue
        standing = find_standing(inspection, service)
        if service.row_only or service.left_out or standing.ratings:
            yield service, standing


def list_inspected(inspection: Inspection) -> Iterator[Service]:
    """Yield the services and groups that this inspection looked at, in order."""
    for service in inspection.all(Service):
        if not service.left_out and not service.row_only:
            yield service


def _find_row(inspection: Inspection, service: Service) -> Service | None:
    """Return the row of the grid that rates a service which has no ratings of its own.

    Earlier contents have what was found of a service here and its ratings there, by its name.
    """
    if service.row_only or service.ratings or service.previous_ratings or not service.name.strip():
        return None
    name = _fold(service.name)
    rows = (row for row in inspection.all(Service) if row.row_only)
    return next((row for row in rows if _fold(row.name) == name), None)


def _fold(name: str) -> str:
    return collapse_spaces(name).casefold()
