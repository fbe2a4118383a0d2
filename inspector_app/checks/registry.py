"""Every check function by the id that the catalogue knows it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.checks import (
    breaches,
    completeness,
    figures,
    identifiers,
    judgements,
    kept_parts,
    other_places,
    people,
    printing,
    repeats,
    style,
    support,
    voice,
    wording,
)
from inspector_app.checks.contradictions import contradictions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.checks.subject import CheckFunction


CHECKS: Mapping[str, CheckFunction] = {
    **breaches.CHECKS,
    **judgements.CHECKS,
    **support.CHECKS,
    **completeness.CHECKS,
    **printing.CHECKS,
    **kept_parts.CHECKS,
    **figures.CHECKS,
    **contradictions.CHECKS,
    **people.CHECKS,
    **identifiers.CHECKS,
    **other_places.CHECKS,
    **wording.CHECKS,
    **repeats.CHECKS,
    **style.CHECKS,
    **voice.CHECKS,
}
