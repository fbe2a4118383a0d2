"""What kinds of visits are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.domain.entities import VisitType

VISIT_TYPES: Mapping[VisitType, str] = {
    "comprehensive": "Comprehensive",
    "focused": "Focused",
    "follow_up": "Follow-up",
    "desk_based": "Desk-based",
}
"""In the order in which they are offered."""
