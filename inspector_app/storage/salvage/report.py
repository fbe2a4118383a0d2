"""What was saved of a damaged file, and what was not, as data: the window finds the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from inspector_app.domain.entities import Block, KeyQuestion, Notice, Section, Topic
from inspector_app.texts import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.domain.entities import AnyEntity

_LONGEST = 200


class SalvagedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One part that is not, or not quite, what it was."""

    id: str = ""
    """Id of the part, where it is known."""
    kind: str
    """What kind of part; of blocks, what kind of block."""
    place: str = ""
    """Id of the key question or section that it stands in, “notices” for one of a notice, or ""."""
    text: str = ""
    """How it begins."""


class SalvageReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a damaged file. `framework` and `regime` say whose words to use."""

    source: str
    target: str
    framework: str
    parts: int
    """How many parts the new file has."""
    history: int
    """How many changes the history of the new file goes back; 0: it begins anew."""
    from_journal: int
    """How many changes only the journal had."""
    rebuilt: tuple[SalvagedItem, ...]
    """Made again from the history, since their rows were lost or altered."""
    doubtful: tuple[SalvagedItem, ...]
    """As they were read, but they may have been changed, or be older than the last change."""
    moved: tuple[SalvagedItem, ...]
    """They had lost their place; they are kept where they can be seen, mostly as notes."""
    lost: tuple[SalvagedItem, ...]
    """Not in the new file, or without their bytes."""
    lost_parts: int
    """How many more parts there were, of which nothing could be read."""
    uncounted: bool
    """Whether nothing says how many parts there were: some may be lost without a trace."""
    unproved: bool
    """Whether the sums do not agree with what was read: parts may be older than the last change."""
    lost_changes: int
    """How many changes of the history could not be read, at the least."""
    refused: tuple[str, ...]
    """Labels of changes in the journal that do not fit."""
    made_details: bool
    """Whether the details were lost, so that the inspection has new ones, nearly empty."""
    protected: bool = False
    """Whether the new file has the password that the damaged one had."""
    backup: str = ""
    """The latest backup of the inspection, or ""."""
    backup_when: float = 0.0
    """When it was made; seconds since 1970."""

    @property
    def is_whole(self) -> bool:
        """Whether everything is in the new file, just as it was."""
        several = (self.doubtful, self.moved, self.lost, self.refused)
        numbers = (
            self.lost_parts,
            self.uncounted,
            self.unproved,
            self.lost_changes,
            self.made_details,
        )
        return not any(several) and not any(numbers)


def describe_item(
    entity: AnyEntity, find: Callable[[str], AnyEntity | None] = lambda _: None
) -> SalvagedItem:
    """Return what a part is, where it stands, and how it begins.

    Args:
        entity: The part.
        find: Gives other parts by id, to know where it stands.
    """
    kind = entity.kind if isinstance(entity, Block) else str(entity.__struct_config__.tag)
    texts = (
        getattr(entity, name, "") for name in ("text", "name", "title", "lead", "must", "caption")
    )
    text = next((text for text in texts if text), "")
    return SalvagedItem(
        id=entity.id, kind=kind, place=_find_place(entity, find), text=shorten_text(text)
    )


def shorten_text(text: str) -> str:
    """Return the beginning of a text in one line."""
    return shorten(text, _LONGEST)


def _find_place(entity: AnyEntity | None, find: Callable[[str], AnyEntity | None]) -> str:
    for _ in range(4):
        if entity is None:
            break
        if isinstance(entity, KeyQuestion):
            return entity.key_question
        if isinstance(entity, Section):
            return entity.section
        if isinstance(entity, Notice):
            return "notices"
        if isinstance(entity, Topic) and not entity.parent:
            return entity.topic
        entity = find(entity.parent)
    return ""
