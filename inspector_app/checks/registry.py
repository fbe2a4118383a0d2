"""Every check function by the id that the catalogue knows it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks import (
    breaches,
    identifiers,
    other_places,
    people,
    repeats,
    style,
    voice,
    wording,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.checks.finding import CheckFunction

CHECKS: Mapping[str, CheckFunction] = {
    **breaches.CHECKS,
    **people.CHECKS,
    **identifiers.CHECKS,
    **other_places.CHECKS,
    **wording.CHECKS,
    **repeats.CHECKS,
    **style.CHECKS,
    **voice.CHECKS,
}
