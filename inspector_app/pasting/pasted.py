"""What comes of a paste: its blocks, and what is to be said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from inspector_app.domain.block_edits import WantedBlock

Reading: TypeAlias = "Generator[float, None, Pasted]"
"""Reads in small steps, so that a window can paint between them; each gives the share done."""


class Pasted(NamedTuple):
    """What was pasted.

    `remarks` are sentences for the person: what was left out, and what became something else.
    """

    blocks: list[WantedBlock]
    remarks: list[str]


def finish(reading: Reading) -> Pasted:
    """Take all steps of a reading at once."""
    while True:
        try:
            next(reading)
        except StopIteration as ended:
            pasted: Pasted = ended.value
            return pasted


def keep_levels(blocks: Iterable[WantedBlock], inside: Iterable[bool]) -> list[WantedBlock]:
    """Return the blocks; a nested bullet without a bullet above it is not nested.

    Args:
        blocks: The blocks as they were read.
        inside: For each of them, whether it goes on a list whatever stands above it.
    """
    result: list[WantedBlock] = []
    has_parent = False
    for block, goes_on in zip(blocks, inside, strict=True):
        if block.kind != "bullet":
            has_parent = has_parent and goes_on
            result.append(block)
            continue
        has_parent = has_parent or goes_on or not block.level
        result.append(block if has_parent else block._replace(level=0))
    return result
