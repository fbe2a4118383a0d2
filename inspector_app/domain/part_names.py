"""What the parts of an inspection are called, by the kind of a block or the tag of an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.domain.entities import Action, Block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector_app.domain.entities import AnyEntity

PART_NAMES: Mapping[str, tuple[str, str]] = {
    "paragraph": ("paragraph", "paragraphs"),
    "bullet": ("bullet", "bullets"),
    "heading": ("sub-heading", "sub-headings"),
    "table": ("table", "tables"),
    "breach": ("breach statement", "breach statements"),
    "recommendation": ("recommendation", "recommendations"),
    "image": ("picture", "pictures"),
    "block": ("line of text", "lines of text"),
    "details": ("set of details", "sets of details"),
    "section": ("section", "sections"),
    "service": ("service", "services"),
    "key_question": ("key question", "key questions"),
    "topic": ("topic", "topics"),
    "action": ("must or should", "musts and shoulds"),
    "notice": ("notice", "notices"),
    "evidence_note": ("evidence note", "evidence notes"),
    "attachment": ("photo or file", "photos and files"),
    "person": ("name to keep out", "names to keep out"),
    "previous_breach": ("previous breach", "previous breaches"),
    "set_aside": ("result set aside", "results set aside"),
    "edition": ("framework", "frameworks"),
}
"""What one of a kind is called, and several."""


def name_part(part: AnyEntity) -> str:
    """Return what a part is called: “bullet”, “must”, “evidence note”."""
    if isinstance(part, Action):
        return part.strength
    kind = part.kind if isinstance(part, Block) else str(part.__struct_config__.tag)
    return PART_NAMES[kind][0]
