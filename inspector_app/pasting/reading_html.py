"""HTML of the clipboard as clean blocks: Word, Excel, web pages, mail.

First what is hidden, deleted or a remark is taken away, then the structure is read: paragraphs,
bullets on two levels, headings and tables. Styles, links and pictures stay behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.pasting.flow import BREAK, FlowRun
from inspector_app.pasting.footnotes import place_footnotes
from inspector_app.pasting.grid import Grid
from inspector_app.pasting.marks import find_bullets, find_mark, remove_drawn_mark, remove_mark
from inspector_app.pasting.pasted import Pasted, finish, keep_levels
from inspector_app.pasting.removing import LISTED, remove
from inspector_app.pasting.signs import clean_signs, collapse
from inspector_app.pasting.tree import END, START, read_page
from inspector_app.texts import shorten

if TYPE_CHECKING:
    from inspector_app.domain.entities import BlockKind
    from inspector_app.pasting.marks import Mark
    from inspector_app.pasting.pasted import Reading
    from inspector_app.pasting.styles import Style
    from inspector_app.pasting.tree import PastedTree

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PARAGRAPHS = {"p", "li", "dt", "dd", "caption", "figcaption", *_HEADINGS}
_PARTS = {"div", "section", "article", "header", "footer", "blockquote", "pre", "address", "main"}
_PARTS |= {"aside", "nav", "dl", "figure", "form", "hr", "body", "ul", "ol", "table", "center"}
_PARTS |= {"details", "summary", "fieldset"}
_CELLS = {"td", "th"}
_WORD_ITEM = re.compile(r"mso-?list(?:paragraph|continue)\w*", re.IGNORECASE)
_REFERENCE = re.compile(
    r"[^.!?\n]*\b(?:points?|items?|numbers?|nos?\.|steps?|paragraphs?|recommendations?|actions?|"
    r"bullets?)\s+(?:\d{1,3}|[ivx]{1,4}|[a-h])\b[^.!?\n]*",
    re.IGNORECASE,
)
_GAP = re.compile(rf"{BREAK}(?:[ \xa0]*{BREAK})+")
_MOST_BREAKS = 40
"""Of a paragraph."""
_STEP = 400
"""Elements between two chances to do something else."""


class _Line(NamedTuple):
    """A block that was read."""

    block: WantedBlock
    in_list: bool = False
    """It is a paragraph of a list item."""
    mark: Mark | None = None
    """What a plain paragraph begins with."""


class _WordItem(NamedTuple):
    """A paragraph that Word says is a list item."""

    name: str
    """Of the list; "" where only a mark shows that it is one."""
    level: int
    has_mark: bool
    """The mark may still stand in the text."""


@dataclass
class _ListItem:
    """A list item that is open."""

    level: int
    is_begun: bool = False


def blocks_from_html(html: str) -> Pasted:
    """Return the blocks of a piece of HTML, as the clipboard of Word, Excel or a browser has it."""
    return finish(read_html(html))


def read_html(html: str) -> Reading:
    """Read HTML in steps."""
    page = read_page(html)
    yield 0
    removed = remove(page)
    yield 0
    remarks = place_footnotes(page, removed)
    reader = _Reader(page)
    if page.root is not None:
        total = 2 * sum(1 for _ in page.root.iter())
        walk = etree.iterwalk(page.root, events=("start", "end", "comment"))
        for number, (event, element) in enumerate(walk):
            reader.take(event, element)
            if number % _STEP == 0:
                yield min(number / total, 1)
        reader.end_line()
    lines = reader.lines
    bullets = find_bullets([line.mark for line in lines], mixed=False)
    blocks = [
        WantedBlock("bullet", line.mark.rest, level=line.mark.level)
        if index in bullets and line.mark is not None
        else line.block
        for index, line in enumerate(lines)
    ]
    blocks = keep_levels(blocks, [line.in_list for line in lines])
    remarks = [*removed.describe(), *remarks]
    if removed.numbers or reader.numbers:
        remarks.append(_describe_numbers(blocks))
    if page.is_cut:
        remarks.append("The end was left out: its parts are nested too deeply to be read.")
    return Pasted(blocks, remarks)


def _describe_numbers(blocks: list[WantedBlock]) -> str:
    told = "The numbers of a list became bullets."
    for block in blocks:
        found = _REFERENCE.search(block.text[:2000])
        if found is not None:
            return f"{told} “{shorten(found.group().strip(), 60)}” may refer to one."
    return told


class _Reader:
    """Gathers the text of a page into lines, element by element."""

    def __init__(self, page: PastedTree) -> None:
        self.lines: list[_Line] = []
        self.numbers = 0
        """Items of numbered lists."""
        self._page = page
        self._run = FlowRun()
        self._open: list[tuple[bool, bool]] = [(False, False)]
        """For each open element: whether its text is bold, whether its lines stay lines."""
        self._lists: list[str] = []
        self._items: list[_ListItem] = []
        self._word_item: _WordItem | None = None
        self._word_lists: set[str] = set()
        """Lists of Word's that have an item."""
        self._continues = False
        """The paragraph is one of an item of Word's."""
        self._headings = 0
        self._paragraphs = 0
        self._grids: list[Grid | None] = []
        """The open tables; None: one that only places what is in it."""
        self._in_cell = False
        self._in_head = False
        self._inside = not _has_fragment(page.root)
        """Within what was selected."""

    # -- what is met

    def take(self, event: str, element: etree._Element) -> None:
        """Take the start or end of an element, or a comment."""
        if event == "comment":
            self._take_comment((element.text or "").strip())
            self._add_text(element.tail)
        elif event == "start":
            style = self._page.styles.get(element)
            self._start(element, style)
            bold, keeps_lines = self._open[-1]
            self._open.append(
                (
                    bold if style.bold is None else style.bold,
                    keeps_lines if style.keeps_lines is None else style.keeps_lines,
                )
            )
            self._add_text(element.text)
        else:
            self._open.pop()
            self._end(element)
            self._add_text(element.tail)

    def _take_comment(self, text: str) -> None:
        if text in {START, END}:
            self._inside = text == START
        elif text.startswith("if "):
            self._run.start_condition(text[3:])
        elif text == "endif":
            self._run.end_condition()

    def _add_text(self, text: str | None) -> None:
        if not text or not self._inside:
            return
        bold, keeps_lines = self._open[-1]
        if not keeps_lines:
            self._run.add(text.replace("\n", " "), bold=bold)
            return
        first, *rest = text.split("\n")
        self._run.add(first, bold=bold)
        for line in rest:
            if self._in_cell or self._paragraphs:
                self._run.add_break()
            else:
                self.end_line()
            self._run.add(line, bold=bold)

    def _start(self, element: etree._Element, style: Style) -> None:
        tag = str(element.tag)
        if style.element.startswith("field-"):
            self._run.take_field(style.element)
        if tag == "br":
            self._run.add_break()
        elif tag == "table":
            self._start_table(element)
        elif self._grids and self._grids[-1] is not None:
            self._start_in_table(element, self._grids[-1])
        elif tag in _PARAGRAPHS or tag in _PARTS or tag in {"tr", *_CELLS}:
            self._start_part(element, style)

    def _end(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag == "table":
            self._end_table()
        elif self._grids and self._grids[-1] is not None:
            self._end_in_table(element, self._grids[-1])
        elif tag in _PARAGRAPHS or tag in _PARTS or tag in {"tr", *_CELLS}:
            self._end_part(tag)

    # -- paragraphs and lists

    def _start_part(self, element: etree._Element, style: Style) -> None:
        tag = str(element.tag)
        self.end_line()
        if tag in {"ul", "ol"}:
            self._lists.append(tag)
        elif tag == "li":
            self._items.append(_ListItem(self._find_level(element)))
            self.numbers += bool(self._lists) and self._lists[-1] == "ol"
        self._paragraphs += tag in _PARAGRAPHS
        self._headings += tag in _HEADINGS
        has_mark = element.get(LISTED) is None
        if style.word_list or not has_mark:
            self._word_item = _WordItem(style.word_list, style.level, has_mark)
        else:
            self._continues = bool(_WORD_ITEM.match(element.get("class", "")))

    def _end_part(self, tag: str) -> None:
        self.end_line()
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "li" and self._items:
            self._items.pop()
        self._paragraphs -= tag in _PARAGRAPHS
        self._headings -= tag in _HEADINGS
        self._word_item = None
        self._continues = False

    def _find_level(self, item: etree._Element) -> int:
        # Word on the web writes a list of its own for each item.
        told = item.get("data-aria-level") or item.get("aria-level") or ""
        return int(told) - 1 if told in {*"123456789"} else max(len(self._lists) - 1, 0)

    def end_line(self) -> None:
        """Finish the block that is being gathered."""
        if self._word_item is not None and self._run.lost_mark:
            self._word_item = self._word_item._replace(has_mark=False)
        raw = self._run.take()
        if raw.count(BREAK) > _MOST_BREAKS:
            # A whole text whose lines end in breaks, as mail programs write it.
            parts = raw.split(BREAK)
        else:
            parts = _GAP.split(raw) if BREAK in raw else [raw]
        for part in parts:
            self._add_line(part)

    def _add_line(self, raw: str) -> None:
        text = _tidy(raw)
        item = self._items[-1] if self._items else None
        if not text:
            return
        if self._headings:
            self._add("heading", text.replace("\n", " "))
        elif self._word_item is not None:
            self._add_word_item(self._word_item, raw)
            self._word_item, self._continues = None, True
            if item is not None:
                item.is_begun = True
        elif item is not None and not item.is_begun:
            item.is_begun = True
            self._add("bullet", _tidy(remove_mark(raw)), item.level)
        elif item is not None or self._continues:
            self._add("paragraph", text, in_list=True)
        else:
            self._add("paragraph", text, mark=find_mark(raw))

    def _add_word_item(self, item: _WordItem, raw: str) -> None:
        in_list = item.name in self._word_lists
        if item.name and not item.level:
            self._word_lists.add(item.name)
        text = _tidy(remove_drawn_mark(raw) if item.has_mark else raw)
        self._add("bullet", text, item.level, in_list=in_list)

    def _add(
        self,
        kind: BlockKind,
        text: str,
        level: int = 0,
        *,
        in_list: bool = False,
        mark: Mark | None = None,
    ) -> None:
        if text:
            block = WantedBlock(kind, text, level=min(level, 1))
            self.lines.append(_Line(block, in_list, mark))

    # -- tables

    def _start_table(self, table: etree._Element) -> None:
        self.end_line()
        spreadsheet = self._page.is_spreadsheet
        layout = _is_layout(table, is_spreadsheet=spreadsheet)
        self._grids.append(None if layout else Grid(table, is_spreadsheet=spreadsheet))

    def _start_in_table(self, element: etree._Element, grid: Grid) -> None:
        tag = str(element.tag)
        if tag in _CELLS:
            self.end_line()
            self._in_cell = True
        elif self._in_cell:
            if tag in _PARAGRAPHS or tag in _PARTS:
                self._run.add_break()
        elif tag in {"thead", "tbody", "tfoot"}:
            self._in_head = tag == "thead"
        elif tag == "tr":
            hidden = element.get("hidden") is not None
            grid.start_row(in_head=self._in_head, is_hidden=hidden)

    def _end_in_table(self, element: etree._Element, grid: Grid) -> None:
        tag = str(element.tag)
        if tag in _CELLS:
            bold = self._run.is_bold
            lines = map(_tidy, self._run.take().split(BREAK))
            grid.add_cell(element, "\n".join(filter(None, lines)), is_bold=bold)
            self._in_cell = False
        elif self._in_cell:
            if tag in _PARAGRAPHS or tag in _PARTS:
                self._run.add_break()
        elif tag == "caption":
            self.end_line()

    def _end_table(self) -> None:
        self.end_line()
        grid = self._grids.pop() if self._grids else None
        self._in_head = False
        if grid is None:
            return
        block = grid.make_block()
        if block is not None:
            self.lines.append(_Line(block))
            return
        for row in grid.get_rows():
            text = "\t".join(cell.replace("\n", " ") for cell in row).rstrip("\t")
            if len(row) == 1:
                text = row[0]
            self._add("paragraph", text)


def _tidy(raw: str) -> str:
    if BREAK not in raw:
        return collapse(clean_signs(raw))
    lines = (collapse(clean_signs(line)) for line in raw.split(BREAK))
    return "\n".join(lines).strip("\n")


def _has_fragment(root: etree._Element | None) -> bool:
    return root is not None and any(
        (comment.text or "").strip() == START for comment in root.iter(etree.Comment)
    )


def _is_layout(table: etree._Element, *, is_spreadsheet: bool) -> bool:
    """Tell whether a table only places what is in it: another table, or a page of text."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    rows = [sum(cell.tag in _CELLS for cell in row) for row in table.iterdescendants("tr")]
    return max(rows, default=0) <= 1 and (not is_spreadsheet or len(rows) < 2)
