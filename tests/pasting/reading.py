"""What was pasted, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.pasting.reading_html import blocks_from_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.domain.block_edits import WantedBlock

Rows = tuple[tuple[str, ...], ...]


def lines(blocks: Sequence[WantedBlock]) -> list[tuple[str, int, str]]:
    """Return kind, level and text of each block."""
    return [(block.kind, block.level, block.text) for block in blocks]


def rows(block: WantedBlock) -> Rows:
    """Return all rows of a table, the header in front."""
    assert block.like is not None
    return ((block.like.header,) if block.like.header else ()) + block.like.rows


def everything(blocks: Sequence[WantedBlock]) -> str:
    """Return all text of blocks, cells included."""
    cells = [cell for block in blocks if block.like for row in rows(block) for cell in row]
    return "\n".join([*(block.text for block in blocks), *cells])


def read(html: str) -> list[tuple[str, int, str]]:
    return lines(blocks_from_html(html).blocks)


def read_table(html: str) -> Rows:
    (block,) = blocks_from_html(html).blocks
    assert block.kind == "table", block
    return rows(block)
