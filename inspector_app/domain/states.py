"""How far an inspection is: its states, and the step from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from inspector_app.domain.drafting import Draft
    from inspector_app.domain.entities import Details, State

STATE_NAMES: Mapping[State, str] = {
    "draft": "Draft",
    "in_review": "In review",
    "factual_accuracy": "Factual accuracy",
    "final": "Final",
    "published": "Published",
}
"""What people call the states, in the order that an inspection goes through them."""

REOPENED: State = "draft"
"""What a published inspection becomes when it is reopened: whatever is changed in it is looked at
again before it counts as final."""


def get_state(details: Details) -> State:
    """Return the state; imported content that says nothing is a draft."""
    return details.state or "draft"


def is_published(details: Details) -> bool:
    """Tell whether an inspection is published, so that nothing in it may change."""
    return details.state == "published"


def is_finished(details: Details) -> bool:
    """Tell whether the report is no draft any more."""
    return details.state in {"final", "published"}


def enter_state(draft: Draft, state: State, today: date) -> None:
    """Put an inspection into a state, entered on a day; one that it is in already stays as it is.

    The days of the other states are kept: they say how the inspection came here.
    """
    details = draft.result.details
    if details.state == state:
        return
    draft.set(details.id, "state", state)
    draft.set(details.id, f"state_dates.{state}", today)
