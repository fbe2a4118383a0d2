"""The report as typed blocks: what the HTML says, ready for a writer of any format.

`key` of a block is its element and class in the HTML ("p.lead"); a writer maps it to a style.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

NO_PICTURE = "[picture: it cannot be shown here]"
"""What stands where a picture is damaged or of a kind that reports do not show."""


@dataclass(slots=True)
class Run:
    r"""A stretch of text with one look. "\n" is a line break within the paragraph.

    `key` is "", "strong", "em", "a" or "span.…"; `href` the target of a link.
    """

    text: str
    key: str = ""
    href: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph or heading. `id` is that of its source, or ""."""

    key: str
    runs: list[Run]
    id: str = ""


@dataclass(slots=True)
class ListItem:
    """An item of a list. `key` is the list's ("ul"); `number` tells ordered lists apart."""

    key: str
    level: int
    runs: list[Run]
    id: str = ""
    number: int = 0


@dataclass(slots=True)
class Picture:
    """A picture by the hash of its attachment, in a paragraph of its own."""

    key: str
    sha256: str
    alt: str
    id: str = ""
    share: float = 1.0
    """How much of the room it may take across."""


@dataclass(slots=True)
class Cell:
    """A cell with its blocks, other tables among them."""

    blocks: list[ReportBlock]
    is_header: bool = False


@dataclass(slots=True)
class Row:
    """A row; a header row repeats on each page."""

    cells: list[Cell]
    is_header: bool = False


@dataclass(slots=True)
class Table:
    """A table. `columns` is the number of cells of its longest row."""

    key: str
    rows: list[Row] = field(default_factory=list)
    id: str = ""

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)


FlowBlock: TypeAlias = Paragraph | ListItem | Picture
ReportBlock: TypeAlias = FlowBlock | Table
