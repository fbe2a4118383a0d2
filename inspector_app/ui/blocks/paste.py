"""Text of other programs as clean blocks: Word, Excel, web pages, PDF, plain text.

Only paragraphs, bullets on two levels and headings come through; styles, scripts, pictures and
everything else stay behind.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.ui.blocks.lines import clean_text

_MARK = re.compile(r"^(\s*)(?:[•·●▪■◦‣⁃∙○➢\uf0b7\uf0a7\u00a7]\s*|[-–—*]\s+|o[ \t]\s*)(?=\S)")
_SUB_MARKS = "◦○o–"
_SILENT = {"style", "script", "head", "title", "xml", "object", "svg", "math", "template"}
_PARTS = {"p", "div", "section", "article", "header", "footer", "blockquote", "pre", "address"}
_PARTS |= {"main", "aside", "nav", "dl", "dt", "dd", "figure", "figcaption", "form", "hr", "body"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_WORD_LEVEL = re.compile(r"mso-list:[^;\"']*level(\d)", re.IGNORECASE)
_WRAPPED = 50
"""A line of a PDF that is shorter is taken for one that ends where its writer ended it."""


def blocks_from_html(html: str) -> list[WantedBlock]:
    """Return the blocks of a piece of HTML, as the clipboard of Word, Excel or a browser has it."""
    reader = _Reader()
    # Windows' clipboard and Word mark what was really selected.
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
    for line in lines:
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
    """Return the blocks with no bullet nested below nothing."""
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


class _Reader(HTMLParser):
    """Gathers the text of HTML into blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[WantedBlock] = []
        self._text: list[str] = []
        self._silent: list[str] = []
        self._lists = 0
        self._kind = "paragraph"
        self._level = 0
        self._word_list = 0
        self._rows = 0
        self._cells: list[str] | None = None
        self._ignoring = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        if self._silent:
            return
        style = next((value or "" for name, value in attrs if name == "style"), "")
        if tag == "br":
            self._text.append("\v")
        elif tag in {"ul", "ol"}:
            self.end_line()
            self._lists += 1
        elif tag == "li":
            self.end_line()
            self._kind, self._level = "bullet", min(max(self._lists - 1, 0), 1)
        elif tag == "tr":
            self.end_line()
            self._cells = []
        elif tag in {"td", "th"}:
            self._text.append("")
        elif tag in _PARTS or tag in _HEADINGS:
            self._start_part(tag, style)
        elif tag in {"table", "tbody", "thead"}:
            self.end_line()

    def _start_part(self, tag: str, style: str) -> None:
        if self._cells is not None:
            if "".join(self._text).strip():
                self._text.append(" ")
            return
        # A paragraph just inside a list's item is that item.
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
        if tag in {"ul", "ol"}:
            self.end_line()
            self._lists = max(0, self._lists - 1)
        elif tag in {"td", "th"} and self._cells is not None:
            self._cells.append(_squeeze("".join(self._text)).replace("\n", " "))
            self._text.clear()
        elif tag in {"tr", "table"}:
            self._end_row()
        elif self._cells is None and (tag == "li" or tag in _PARTS or tag in _HEADINGS):
            self.end_line()

    def _end_row(self) -> None:
        cells, self._cells = self._cells, None
        if cells and any(cells):
            while cells and not cells[-1]:
                cells.pop()
            self.blocks.append(WantedBlock("paragraph", "\t".join(cells)))
        self._text.clear()

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._ignoring:
            self._text.append(re.sub(r"[\r\n\v\f]+", " ", data))

    def unknown_decl(self, data: str) -> None:
        # Word puts the drawn mark of a bullet between <![if !supportLists]> and <![endif]>.
        if data.startswith("if !supportLists"):
            self._ignoring = True
        elif data.startswith("endif"):
            self._ignoring = False

    def close(self) -> None:
        super().close()
        self._end_row() if self._cells else None

    def end_line(self) -> None:
        """Finish the block that is being gathered."""
        if self._cells is not None:
            return
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
    """Return HTML's text with its white space as a browser shows it."""
    text = re.sub(r"[ \t\xa0]+", " ", text.replace("\v", "\n"))
    return clean_text("\n".join(line.strip() for line in text.split("\n")).strip("\n"))
