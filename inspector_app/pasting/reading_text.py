"""Plain text as clean blocks: marks become bullets, wrapped lines one paragraph, tabs tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.pasting.marks import find_bullets, find_mark
from inspector_app.pasting.pasted import Pasted, finish, keep_levels
from inspector_app.pasting.signs import clean_signs
from inspector_app.pasting.tables import find_tables

if TYPE_CHECKING:
    from inspector_app.pasting.marks import Mark
    from inspector_app.pasting.pasted import Reading

_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_WRAPPED = 50
"""Letters; a shorter line of a PDF is taken to end where its writer ended it."""
_STEP = 500
"""Lines between two chances to do something else."""


@dataclass
class _Item:
    """A paragraph, bullet or table in the making."""

    lines: list[str] = field(default_factory=list)
    mark: Mark | None = None
    table: WantedBlock | None = None

    def make_block(self, *, is_bullet: bool) -> WantedBlock:
        """Return the block."""
        if self.table is not None:
            return self.table
        if is_bullet and self.mark is not None:
            text = _join([self.mark.rest, *self.lines[1:]])
            return WantedBlock("bullet", text, level=self.mark.level)
        return WantedBlock("paragraph", _join(self.lines))


def blocks_from_text(text: str) -> Pasted:
    """Return the blocks of plain text."""
    return finish(read_text(text))


def read_text(text: str) -> Reading:
    """Read plain text in steps."""
    lines = clean_signs(text).split("\n")
    wraps = sum(len(line) >= _WRAPPED for line in lines) > 1
    items: list[_Item] = []
    previous = ""
    tables = find_tables(lines)
    end = 0
    for index, line in enumerate(lines):
        if index % _STEP == 0:
            yield index / len(lines)
        if index in tables:
            end, table = tables[index]
            items.append(_Item(table=table))
            previous = ""
        if index < end:
            continue
        stripped = line.rstrip()
        mark = find_mark(stripped)
        if not stripped:
            previous = ""
        elif mark is None and previous and _goes_on(previous, stripped, items[-1], wraps=wraps):
            items[-1].lines.append(stripped.strip())
            previous = stripped
        else:
            items.append(_Item([stripped.strip()], mark))
            previous = stripped
    bullets = find_bullets([item.mark for item in items], mixed=True)
    blocks = [item.make_block(is_bullet=index in bullets) for index, item in enumerate(items)]
    return Pasted(keep_levels(blocks, [False] * len(blocks)), [])


def _goes_on(previous: str, line: str, item: _Item, *, wraps: bool) -> bool:
    """Tell whether a line is the rest of the sentence in the line before."""
    if "\t" in line or "\t" in previous or _SENTENCE_END.search(previous):
        return False
    if item.mark is not None:
        return line[:1].isspace() or line.lstrip()[:1].islower() or len(previous) >= _WRAPPED
    return wraps and (len(previous) >= _WRAPPED or line.lstrip()[:1].islower())


def _join(lines: list[str]) -> str:
    # A word broken at the end of a line keeps its hyphen: “follow-up” is as likely as “medi-cine”.
    parts = lines[:1]
    for line in lines[1:]:
        broken = parts[-1].endswith("-") and line[:1].islower()
        parts += [line] if broken else [" ", line]
    return "".join(parts)
