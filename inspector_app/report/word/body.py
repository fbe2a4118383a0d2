"""The body of the Word document: typed blocks to WordprocessingML.

The XML is written as text: for thousands of bullets that is several times as fast as building a
tree, and a test parses what comes out. Every text goes through `escape`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from inspector_app.errors import ReportFault
from inspector_app.report.blocks import NO_PICTURE, Cell, ListItem, Paragraph, Picture, Run, Table
from inspector_app.report.contents import CONTENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inspector_app.report.blocks import FlowBlock, ReportBlock, Row
    from inspector_app.report.word.styles import WordStyles

BOOKMARK = "_ir_"
_HEADING = "_Toc"
"""Begins the names of the bookmarks that contents look up."""
_FIRST_HEADING = 1_000_000
"""Above the numbers of all other bookmarks."""
_MOST_COLUMNS = 63  # Word's limit
_HEADINGS = ("h1", "h2", "h3", "h4")
_CELL_MARGINS = 340  # left and right together, in twentieths of a point, as in the house style
_NARROWEST = 200
_SHORT_ROW = 24
"""Lines of text up to which a row is kept on one page, about half of one."""
_SHORT_HEAD = 6
"""Lines up to which a head is repeated: with it a short row must still fit on a page."""
_CHARACTER = 120  # the width of a wide letter of the text, in twentieths of a point
_PAIR = "table.pair"
"""Two pictures and their captions are lower than a page, and stay together."""
_GAP = 0.5  # the space around a paragraph, in lines


class PictureFrame(NamedTuple):
    """A picture that the package holds: its relationship and its size in EMU."""

    relationship: str
    width: int
    height: int


class Resources(NamedTuple):
    """What the body needs of the package around it."""

    link: Callable[[str], str]
    """Gives the relationship of an external address."""
    picture: Callable[[str, float], PictureFrame | None]
    """Gives the frame of an attachment, at most such a share of the text wide; None where it cannot
    be shown."""
    restart: Callable[[str], int]
    """Gives a new numbering for an ordered list of that style."""


class BodyWriter:
    """Writes blocks as the content of `w:body`, without the section's properties."""

    def __init__(self, styles: WordStyles, resources: Resources, text_width: int) -> None:
        self._styles = styles
        self._resources = resources
        self._width = self._text_width = text_width
        self._bookmarks: set[str] = set()
        self._numberings: dict[int, int] = {}
        self._lines = self._headings = 0
        """Lines of the contents, and those of their headings that were written."""
        self._pictures = 0

    def write(self, blocks: Iterable[ReportBlock]) -> str:
        """Return the XML of the blocks; it never ends in a table, which Word would not open."""
        parts: list[str] = []
        items = list(blocks)
        for block, following in zip(items, [*items[1:], None], strict=True):
            if isinstance(block, Table):
                parts.append(self._table(block))
                if not (isinstance(following, Paragraph) and following.key.startswith(_HEADINGS)):
                    # Two tables would run into one, and neither document nor cell ends in one.
                    parts.append(self._empty_paragraph("p.table-gap"))
            else:
                parts.append(self._flow(block))
        return "".join(parts)

    def _flow(self, block: FlowBlock) -> str:
        if isinstance(block, Picture):
            return self._picture(block)
        if isinstance(block, ListItem):
            return self._list_item(block)
        style = self._styles.paragraph(block.key)
        if block.key == CONTENTS:
            return self._contents_line(style, block)
        content = self._runs(block.runs)
        if block.key.startswith("h1") and self._headings < self._lines:
            self._headings += 1
            number = _FIRST_HEADING + self._headings
            start = f'<w:bookmarkStart w:id="{number}" w:name="{_HEADING}{self._headings}"/>'
            content = f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'
        return self._paragraph(style, "", content, block.id)

    def _contents_line(self, style: str, block: Paragraph) -> str:
        """Write a line of the contents with the page of its heading, which Word looks up."""
        self._lines += 1
        tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{self._width}"/></w:tabs>'
        asked = f" PAGEREF {_HEADING}{self._lines} \\h "
        field = "".join(
            f"<w:r>{part}</w:r>"
            for part in (
                "<w:tab/>",
                '<w:fldChar w:fldCharType="begin" w:dirty="true"/>',
                f'<w:instrText xml:space="preserve">{asked}</w:instrText>',
                '<w:fldChar w:fldCharType="separate"/>',
                "<w:t>…</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        )
        return self._paragraph(style, tab, f"{self._runs(block.runs)}{field}", "")

    def _paragraph(self, style: str, properties: str, content: str, id_: str) -> str:
        start, end = self._bookmark(id_)
        head = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        return f"{head}{start}{content}{end}</w:p>"

    def _empty_paragraph(self, key: str) -> str:
        return self._paragraph(self._styles.paragraph(key), "", "", "")

    def _bookmark(self, id_: str) -> tuple[str, str]:
        """Return start and end of a block's bookmark; a block that is printed again has none."""
        if not id_ or id_ in self._bookmarks:
            return "", ""
        self._bookmarks.add(id_)
        number = len(self._bookmarks)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{BOOKMARK}{id_}"/>'
        return start, f'<w:bookmarkEnd w:id="{number}"/>'

    def _list_item(self, item: ListItem) -> str:
        style = self._styles.list_level(item.key, item.level)
        properties = ""
        if item.number:
            numbering = self._numberings.get(item.number)
            if numbering is None:
                numbering = self._numberings[item.number] = self._resources.restart(style)
            properties = (
                f'<w:numPr><w:ilvl w:val="{min(item.level, 1)}"/>'
                f'<w:numId w:val="{numbering}"/></w:numPr>'
            )
        return self._paragraph(style, properties, self._runs(item.runs), item.id)

    # -- text

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        properties = ""
        if run.key:
            properties = f'<w:rPr><w:rStyle w:val="{self._styles.run(run.key)}"/></w:rPr>'
        content = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else ""
            for line in run.text.split("\n")
        )
        xml = f"<w:r>{properties}{content}</w:r>"
        if not run.href:
            return xml
        relationship = self._resources.link(run.href)
        return f'<w:hyperlink r:id="{relationship}" w:history="1">{xml}</w:hyperlink>'

    # -- pictures

    def _picture(self, picture: Picture) -> str:
        style = self._styles.paragraph(picture.key)
        share = picture.share * self._width / self._text_width
        frame = self._resources.picture(picture.sha256, share)
        if frame is None:
            runs = [Run(NO_PICTURE, "span.placeholder")]
            return self._paragraph(style, "", self._runs(runs), picture.id)
        self._pictures += 1
        # Headers number their drawings from 1; these must not meet them.
        number = 1000 + self._pictures
        size = f'cx="{frame.width}" cy="{frame.height}"'
        name = f'id="{number}" name="Picture {self._pictures}" descr={quoteattr(picture.alt)}'
        drawing = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" {_DRAWING}>'
            f"<wp:extent {size}/><wp:docPr {name}/>"
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
            "</wp:cNvGraphicFramePr><a:graphic><a:graphicData "
            'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{frame.relationship}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        return self._paragraph(style, "", drawing, picture.id)

    # -- tables

    def _table(self, table: Table) -> str:
        count = table.columns
        if count > _MOST_COLUMNS:
            raise ReportFault(
                f"A table has {count} columns; Word takes at most {_MOST_COLUMNS}. Your inspection "
                f"is safe. Split the table (block {table.id}) and export again."
            )
        if not count:
            return self._paragraph(self._styles.paragraph("td"), "", "", table.id)
        widths = self._styles.column_widths(table.key, count, self._width)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        is_pair = table.key == _PAIR
        rows = "".join(self._row(row, widths, is_kept=is_pair) for row in table.rows)
        start, end = self._bookmark(table.id)
        # A table that an inspector typed without a head has none; ours are made for their style.
        first = int(table.rows[0].is_header or table.key != "table")
        return (
            f'{start}<w:tbl><w:tblPr><w:tblStyle w:val="{self._styles.table(table.key)}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{600 + 20 * first:04}" w:firstRow="{first}" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{end}"
        )

    def _row(self, row: Row, widths: list[int], *, is_kept: bool) -> str:
        # What must not split and does not fit is cut off by LibreOffice, with the head before it.
        lines = self._count_lines(row, widths)
        # Said either way: what is not said is as the table style has it.
        is_whole = is_kept or lines <= _SHORT_ROW
        properties = _switch("cantSplit", on=is_whole)
        if row.is_header:
            properties += _switch("tblHeader", on=lines <= _SHORT_HEAD)
        cells = "".join(
            self._cell(cell if is_whole else _split_lines(cell), width)
            for cell, width in zip(row.cells, widths[: len(row.cells)], strict=True)
        )
        for width in widths[len(row.cells) :]:
            cells += f"{_cell_start(width, '')}{self._empty_paragraph('td')}</w:tc>"
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _count_lines(self, row: Row, widths: list[int]) -> float:
        """Return about how many lines of text a row is high, rather too many than too few."""
        return max(
            (
                _count_lines(cell.blocks, max(width - _CELL_MARGINS, _NARROWEST))
                for cell, width in zip(row.cells, widths, strict=False)
            ),
            default=0,
        )

    def _cell(self, cell: Cell, width: int) -> str:
        shading = next(
            (
                found
                for block in cell.blocks
                if isinstance(block, Paragraph) and (found := self._styles.shading(block.key))
            ),
            "",
        )
        outside, self._width = self._width, max(width - _CELL_MARGINS, _NARROWEST)
        content = self.write(cell.blocks) or self._empty_paragraph("td")
        self._width = outside
        return f"{_cell_start(width, shading)}{content}</w:tc>"


_DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def _split_lines(cell: Cell) -> Cell:
    """Return a cell with a paragraph for each line.

    LibreOffice loses a row that goes on on the next page where its first paragraph does not fit.
    """
    blocks: list[ReportBlock] = []
    for block in cell.blocks:
        if not isinstance(block, Paragraph):
            blocks.append(block)
            continue
        lines: list[list[Run]] = [[]]
        for run in block.runs:
            first, *others = run.text.split("\n")
            lines[-1].append(replace(run, text=first))
            lines += [[replace(run, text=text)] for text in others]
        blocks += [Paragraph(block.key, runs, block.id) for runs in lines]
    return Cell(blocks, cell.is_header)


def _switch(name: str, *, on: bool) -> str:
    return f"<w:{name}/>" if on else f'<w:{name} w:val="off"/>'


def _count_lines(blocks: Iterable[ReportBlock], width: int) -> float:
    total = 0.0
    for block in blocks:
        if isinstance(block, Picture):
            return _SHORT_ROW + 1
        if isinstance(block, Table):
            inner = width // max(block.columns, 1)
            total += sum(
                max((_count_lines(cell.blocks, inner) for cell in row.cells), default=0)
                for row in block.rows
            )
            continue
        lines = "".join(run.text for run in block.runs).split("\n")
        total += _GAP + sum(1 + len(line) * _CHARACTER // width for line in lines)
    return total


def _cell_start(width: int, shading: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shading}</w:tcPr>'
