"""Text of other programs as clean blocks: Word, Excel, web pages, PDF, plain text.

Only paragraphs, bullets on two levels, headings and tables come through; styles, scripts, pictures
and everything else stay behind. Single cells and single rows or columns are text.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.ui.blocks.lines import clean_text
from inspector_app.ui.blocks.paste_tables import BoldText, OpenTable
from inspector_app.ui.blocks.tables import find_tables

_MARK = re.compile(r"^(\s*)(?:[•·●▪■◦‣⁃∙○➢\uf0b7\uf0a7\u00a7]\s*|[-–—*]\s+|o[ \t]\s*)(?=\S)")
_SUB_MARKS = "◦○o–"
_SILENT = {"style", "script", "head", "title", "xml", "object", "svg", "math", "template"}
_PARTS = {"p", "div", "section", "article", "header", "footer", "blockquote", "pre", "address"}
_PARTS |= {"main", "aside", "nav", "dl", "dt", "dd", "figure", "figcaption", "form", "hr", "body"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_TABLE_PARTS = {"thead", "tbody", "tfoot", "tr", "td", "th"}
_WORD_LEVEL = re.compile(r"mso-list:[^;\"']*level(\d)", re.IGNORECASE)
_WRAPPED = 50
"""Letters; a shorter line of a PDF is taken to end where its writer ended it."""


def blocks_from_html(html: str) -> list[WantedBlock]:
    """Return the blocks of a piece of HTML, as the clipboard of Word, Excel or a browser has it."""
    reader = _PasteReader(BoldText(html))
    # Windows' clipboard and Word mark the part that was selected.
    start, end = html.find("<!--StartFragment"), html.rfind("<!--EndFragment")
    if 0 <= start < end:
        html = html[html.index(">", start) + 1 : end]
    reader.feed(html)
    reader.close()
    reader.end_line()
    return reader.blocks


def blocks_from_text(text: str) -> list[WantedBlock]:
    """Return the blocks of plain text: marks become bullets, wrapped lines one paragraph."""
    text = clean_text(text).replace("\u00ad", "")
    lines = text.split("\n")
    wraps = sum(len(line) >= _WRAPPED for line in lines) > 1
    blocks: list[WantedBlock] = []
    open_ = False
    previous = ""
    tables = find_tables(lines)
    end = 0
    for index, line in enumerate(lines):
        if index in tables:
            end, table = tables[index]
            blocks.append(table)
            open_ = False
        if index < end:
            continue
        stripped = line.rstrip()
        if not stripped.strip():
            open_ = False
            continue
        found = _mark(stripped)
        if found:
            blocks.append(found)
        elif open_ and blocks and _goes_on(previous, stripped, wraps=wraps, last=blocks[-1]):
            blocks[-1] = blocks[-1]._replace(text=_join(blocks[-1].text, stripped.strip()))
        else:
            blocks.append(WantedBlock("paragraph", stripped.strip(" ")))
        open_ = True
        previous = stripped
    return _with_parents(blocks)


def _goes_on(previous: str, line: str, *, wraps: bool, last: WantedBlock) -> bool:
    """Tell whether a line is the rest of the sentence in the line before."""
    if "\t" in line or "\t" in previous or _SENTENCE_END.search(previous):
        return False
    if last.kind == "bullet":
        return line[:1].isspace() or line.lstrip()[:1].islower() or len(previous) >= _WRAPPED
    return wraps and (len(previous) >= _WRAPPED or line.lstrip()[:1].islower())


def _join(front: str, back: str) -> str:
    # A word broken at the end of a line keeps its hyphen: “follow-up” is as likely as “medi-cine”.
    return front + back if front.endswith("-") and back[:1].islower() else f"{front} {back}"


def _mark(text: str) -> WantedBlock | None:
    """Return a line that starts with a bullet's mark as a bullet."""
    found = _MARK.match(text)
    if not found:
        return None
    mark = found.group().strip()
    indent = len(found.group(1).expandtabs(4))
    level = int(indent >= 2 or (mark in _SUB_MARKS and mark != "–"))
    return WantedBlock("bullet", text[found.end() :].strip(), level=level)


def _with_parents(blocks: list[WantedBlock]) -> list[WantedBlock]:
    """Return the blocks; a nested bullet without a bullet above it is not nested."""
    result: list[WantedBlock] = []
    shift = False
    for block in blocks:
        if block.kind != "bullet":
            shift = False
        elif block.level and (not result or result[-1].kind != "bullet"):
            shift = True
        elif not block.level:
            shift = False
        result.append(block._replace(level=0) if shift else block)
    return result


class _PasteReader(HTMLParser):
    """Gathers the text of HTML into blocks."""

    def __init__(self, bold: BoldText) -> None:
        super().__init__(convert_charrefs=True)
        self._bold = bold
        self.blocks: list[WantedBlock] = []
        self._text: list[str] = []
        self._silent: list[str] = []
        self._lists = 0
        self._kind = "paragraph"
        self._level = 0
        self._word_list = 0
        self._tables: list[OpenTable] = []
        self._ignoring = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        if self._silent:
            return
        values = {name: value or "" for name, value in attrs}
        self._bold.start(tag, values)
        if tag == "table":
            self._start_table()
        elif tag in _TABLE_PARTS and self._tables:
            self._start_table_part(tag, values)
        elif self._cell is not None:
            # Within a cell, a new line becomes a space.
            if tag in _PARTS or tag in _HEADINGS or tag in {"br", "li"}:
                self._cell.add_text(" ", bold=True)
        elif tag == "br":
            self._text.append("\v")
        elif tag in {"ul", "ol"}:
            self.end_line()
            self._lists += 1
        elif tag == "li":
            self.end_line()
            self._kind, self._level = "bullet", min(max(self._lists - 1, 0), 1)
        elif tag in _PARTS or tag in _HEADINGS:
            self._start_part(tag, values.get("style", ""))

    @property
    def _cell(self) -> OpenTable | None:
        """The table whose cell is being read."""
        table = self._tables[-1] if self._tables else None
        return table if table is not None and table.in_cell else None

    def _start_table(self) -> None:
        if self._tables and not self._tables[-1].is_layout:
            # A table around another is there for layout: its cells become lines.
            outer = self._tables[-1]
            self._add_rows(outer)
            outer.is_layout = True
        self.end_line()
        self._tables.append(OpenTable())

    def _start_table_part(self, tag: str, values: dict[str, str]) -> None:
        if self._tables[-1].is_layout:
            self.end_line()
            return
        if self._cell is None:
            self.end_line()
        self._tables[-1].start(tag, values)

    def _end_table(self) -> None:
        table = self._tables.pop()
        self.end_line()
        if table.is_layout:
            return
        block = table.finish()
        if block is not None:
            self.blocks.append(block)
        else:
            self._add_rows(table)

    def _add_rows(self, table: OpenTable) -> None:
        """Add the rows of a table that stays text as lines, tabs between the cells."""
        for row in table.get_rows():
            cells = [_squeeze(cell).replace("\n", " ") for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                self.blocks.append(WantedBlock("paragraph", "\t".join(cells)))

    def _start_part(self, tag: str, style: str) -> None:
        # The first paragraph in a list item is the item itself.
        if not (self._kind == "bullet" and not "".join(self._text).strip()):
            self.end_line()
        if tag in _HEADINGS:
            self._kind = "heading"
        found = _WORD_LEVEL.search(style)
        if found:
            self._kind, self._level = "bullet", min(int(found.group(1)) - 1, 1)
            self._word_list = 1

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
            return
        self._bold.end(tag)
        if tag == "table" and self._tables:
            self._end_table()
        elif tag in _TABLE_PARTS and self._tables:
            if self._tables[-1].is_layout:
                self.end_line()
            else:
                self._tables[-1].end_cell()
        elif self._cell is not None:
            return
        elif tag in {"ul", "ol"}:
            self.end_line()
            self._lists = max(0, self._lists - 1)
        elif tag in {"li", "caption"} or tag in _PARTS or tag in _HEADINGS:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if self._silent or self._ignoring:
            return
        text = re.sub(r"[\r\n\v\f]+", " ", data)
        if self._cell is not None:
            self._cell.add_text(text, bold=bool(self._bold))
        else:
            self._text.append(text)

    def unknown_decl(self, data: str) -> None:
        # Word puts the drawn mark of a bullet between <![if !supportLists]> and <![endif]>.
        if data.startswith("if !supportLists"):
            self._ignoring = True
        elif data.startswith("endif"):
            self._ignoring = False

    def close(self) -> None:
        super().close()
        while self._tables:
            self._end_table()

    def end_line(self) -> None:
        """Finish the block that is being gathered."""
        text = _squeeze("".join(self._text))
        self._text.clear()
        kind, level = self._kind, self._level
        self._kind, self._level, self._word_list = "paragraph", 0, 0
        if not text:
            return
        marked = _mark(text)
        if kind == "bullet":
            plain = marked.text if marked else text
            self._add(WantedBlock("bullet", plain, level=level))
        elif kind == "heading":
            self._add(WantedBlock("heading", text.replace("\n", " ")))
        else:
            self._add(marked or WantedBlock("paragraph", text))

    def _add(self, block: WantedBlock) -> None:
        if block.level and not (self.blocks and self.blocks[-1].kind == "bullet"):
            block = block._replace(level=0)
        self.blocks.append(block)


def _squeeze(text: str) -> str:
    """Collapse white space as a browser does."""
    text = re.sub(r"[ \t\xa0]+", " ", text.replace("\v", "\n"))
    return clean_text("\n".join(line.strip() for line in text.split("\n")).strip("\n"))
