"""A state compared with now, in steps; and what restoring what differs would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.ui.outline.entries import list_entries
from inspector_app.ui.versions.difference_model import PageOrder, Row, place_in_steps

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.comparing import Difference
    from inspector_app.ui.versions.version_model import VersionRow


class Compared(NamedTuple):
    """What came of comparing a state with now."""

    row: VersionRow
    then: Inspection
    rows: list[Row]
    found: int
    """How many differences there are."""


def compare_in_steps(
    document: InspectionDocument, row: VersionRow, then: Inspection | None
) -> Generator[int | None, None, Compared]:
    """Look up a state and compare it with now, in steps, each small.

    Args:
        document: The open inspection.
        row: The state.
        then: The inspection as it was; None: it is looked up.

    Raises:
        InspectorError: It cannot be read.
    """
    versions = document.versions
    if then is None and row.path is not None:
        then = yield from versions.read_backup_in_steps(row.path)
    elif then is None:
        then = yield from versions.read_state_in_steps(row.change)
    found = yield from versions.compare_in_steps(then)
    places = PageOrder(list_entries(document), then, document.inspection)
    rows = yield from place_in_steps(found, places)
    return Compared(row, then, rows, len(found))


def describe_consequences(differences: Sequence[Difference], chosen: Sequence[Difference]) -> str:
    """Return in words what a restoration does, and what it leaves."""
    kinds = [item.kind for item in chosen]
    sentences = [
        f"{sentence} {number}."
        for sentence, number in (
            ("Parts that come back:", kinds.count("removed")),
            ("Parts that are again as they were:", kinds.count("changed") + kinds.count("moved")),
            ("Parts that were added since and are removed:", kinds.count("added")),
        )
        if number
    ]
    notes = [
        item
        for item in differences
        if item.kind == "added" and isinstance(item.entity, EvidenceNote | Attachment)
    ]
    if notes:
        sentences.append(f"Notes and files that were added since and stay: {len(notes)}.")
    return "\n".join([*sentences, "", "You can undo this."])
