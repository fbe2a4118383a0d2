"""From the HTML of the templates to typed blocks.

The templates write a small vocabulary, well-formed as XML: containers (`article`, `section`,
`header`, `div`), `h1` to `h4`, `p`, `ul`, `ol`, `li`, `table`, `img`, and within text `strong`,
`em`, `a`, `span` with a class, `br`. Anything else is a fault of the template.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from inspector_app.report.blocks import Cell, ListItem, Paragraph, Picture, Row, Run, Table
from inspector_app.report.pictures import SHARES
from inspector_app.shapes import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.report.blocks import ReportBlock

_CONTAINERS = frozenset({"article", "section", "header", "footer", "div", "main"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4"})
_LISTS = frozenset({"ul", "ol"})
_FLOW = _CONTAINERS | _PARAGRAPHS | _LISTS | {"table"}
_RUNS = frozenset({"strong", "em", "a", "span"})
KNOWN_ELEMENTS = frozenset(
    _CONTAINERS | _PARAGRAPHS | _LISTS | _RUNS | {"table", "img", "br", "li", "tr", "th", "td"}
)
_SPACE = re.compile("[ \t\n]+")
_ATTACHMENT = "attachment:"
_MISMATCH = re.compile(
    r"Opening and ending tag mismatch: (?P<tag>\w+) line (?P<line>\d+) and (?P<other>\w+)"
)
_MARKER = re.compile(r"<\?at (.+?):(\d+)\?>")


class TemplateLine(NamedTuple):
    """Template and line that wrote a block."""

    template: str
    line: int


class HtmlFault(Exception):
    """The HTML is not what templates may write; `place` is known when it was rendered marked."""

    def __init__(self, message: str, place: TemplateLine | None) -> None:
        super().__init__(message)
        self.place = place


def read_blocks(html: str) -> list[ReportBlock]:
    """Return the blocks of a report's HTML, in reading order.

    Raises:
        HtmlFault: It is not well-formed, or has an element that reports do not know.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(html.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _explain(html, error) from error
    return list(_BlockReader(None).read(root))


def list_block_faults(html: str) -> list[HtmlFault]:
    """Return all that reports do not know in a report's HTML."""
    faults: list[HtmlFault] = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(html.encode(), parser)
    except etree.XMLSyntaxError as error:
        return [_explain(html, error)]
    try:
        list(_BlockReader(faults).read(root))
    except HtmlFault as fault:
        faults.append(fault)
    return faults


def _explain(html: str, error: etree.XMLSyntaxError) -> HtmlFault:
    mismatch = _MISMATCH.match(error.msg or "")
    if mismatch is None:
        line, column = error.position
        return HtmlFault(
            f"the HTML is not well-formed: {error.msg}", _find_mark(html, line, column)
        )
    # The parser notices only at the next end of another element; the person needs the beginning.
    tag, line = mismatch["tag"], int(mismatch["line"])
    text = html.split("\n")[line - 1]
    place = _find_mark(html, line, text.rfind(f"<{tag}"))
    return HtmlFault(f"'{tag}' is not closed before the end of '{mismatch['other']}'", place)


def _find_mark(html: str, line: int, column: int) -> TemplateLine | None:
    """Return the last mark before a place in the output."""
    lines = html.split("\n")
    before = "\n".join([*lines[: line - 1], lines[line - 1][: max(column, 0)]]) if lines else ""
    found = None
    for found in _MARKER.finditer(before):  # noqa: B007 - the last one is wanted
        pass
    return TemplateLine(found[1], int(found[2])) if found else None


class _BlockReader:
    """Makes the blocks.

    Args:
        faults: Where faults are put; what they are in is passed over. None: the first is raised.
    """

    def __init__(self, faults: list[HtmlFault] | None) -> None:
        self._ordered = 0
        self._faults = faults

    def read(self, element: etree._Element) -> Iterator[ReportBlock]:
        tag = element.tag
        if tag in _CONTAINERS:
            self._refuse_text(element.text, element)
            for child in element:
                if isinstance(child.tag, str):
                    yield from self._read_part(child)
                self._refuse_text(child.tail, child)
        elif tag in _PARAGRAPHS:
            yield self._paragraph(element)
        elif tag in _LISTS:
            yield from self._list(element, 0, 0)
        elif tag == "table":
            yield self._table(element)
        else:
            raise _fault(
                element, f"no such element '{tag}' here{did_you_mean(str(tag), KNOWN_ELEMENTS)}"
            )

    def _read_part(self, element: etree._Element) -> Iterator[ReportBlock]:
        try:
            yield from self.read(element)
        except HtmlFault as fault:
            self._note(fault)

    def _note(self, fault: HtmlFault) -> None:
        if self._faults is None:
            raise fault
        self._faults.append(fault)

    def _refuse_text(self, text: str | None, element: etree._Element) -> None:
        if text and not text.isspace():
            self._note(_fault(element, "text stands outside of a paragraph"))

    def _paragraph(self, element: etree._Element) -> Paragraph | Picture:
        image = element.find("img")
        if image is not None:
            return self._picture(element, image)
        return Paragraph(_key(element), _read_runs(element), element.get("data-id", ""))

    def _picture(self, element: etree._Element, image: etree._Element) -> Picture:
        source = image.get("src", "")
        if not source.startswith(_ATTACHMENT):
            raise _fault(element, "a picture must be an attachment of the inspection")
        look = image.get("class", "")
        if look not in SHARES:
            raise _fault(
                element, f"no such width of a picture '{look}'{did_you_mean(look, SHARES)}"
            )
        return Picture(
            _key(element),
            sha256=source.removeprefix(_ATTACHMENT),
            alt=image.get("alt", ""),
            id=element.get("data-id", ""),
            share=SHARES[look],
        )

    def _list(self, element: etree._Element, level: int, outer: int) -> Iterator[ListItem]:
        """Yield the items; `outer` is the number of the ordered list around this one, or 0."""
        number = 0
        if element.tag == "ol":
            # Word restarts the inner levels of an ordered list by itself.
            number = outer or self._count_ordered()
        for item in _children(element):
            if item.tag != "li":
                raise _fault(item, f"'{item.tag}' stands in a list, not 'li'")
            inner = [child for child in item if child.tag in _LISTS]
            runs = _read_runs(item, without=inner)
            if runs or not inner:
                yield ListItem(_key(element), level, runs, item.get("data-id", ""), number)
            for child in inner:
                yield from self._list(child, level + 1, number)

    def _count_ordered(self) -> int:
        self._ordered += 1
        return self._ordered

    def _table(self, element: etree._Element) -> Table:
        table = Table(_key(element), id=element.get("data-id", ""))
        for part in _children(element):
            rows = [part] if part.tag == "tr" else _children(part)
            for row in rows:
                cells = [self._cell(cell) for cell in _children(row)]
                table.rows.append(Row(cells, is_header=part.tag == "thead"))
        return table

    def _cell(self, element: etree._Element) -> Cell:
        if element.tag not in {"th", "td"}:
            raise _fault(element, f"'{element.tag}' stands in a table row, not 'th' or 'td'")
        is_header = element.tag == "th"
        if any(child.tag in _FLOW for child in _children(element)):
            self._refuse_text(element.text, element)
            blocks: list[ReportBlock] = []
            for child in _children(element):
                blocks += self._read_part(child)
                self._refuse_text(child.tail, child)
            return Cell(blocks, is_header)
        return Cell([Paragraph(_key(element), _read_runs(element))], is_header)


def _children(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _key(element: etree._Element) -> str:
    look = element.get("class")
    return f"{element.tag}.{look}" if look else str(element.tag)


def _read_runs(element: etree._Element, without: list[etree._Element] | None = None) -> list[Run]:
    """Return the text of an element as runs, white space folded as HTML does."""
    if not len(element):
        text = _SPACE.sub(" ", element.text or "").strip(" ")
        return [Run(text)] if text else []
    runs: list[Run] = []
    skipped = without or []

    def add(text: str | None, key: str, href: str) -> None:
        if text:
            runs.append(Run(_SPACE.sub(" ", text), key, href))

    def walk(parent: etree._Element, key: str, href: str) -> None:
        add(parent.text, key, href)
        for child in parent:
            if child.tag == "br":
                runs.append(Run("\n", key, href))
            elif child.tag in _RUNS:
                walk(child, _key(child), child.get("href", href))
            elif isinstance(child.tag, str) and child not in skipped:
                raise _fault(child, f"'{child.tag}' stands within text")
            add(child.tail, key, href)

    walk(element, "", "")
    return _trim(runs)


def _trim(runs: list[Run]) -> list[Run]:
    """Take away white space at the ends, next to line breaks and where two spaces meet."""
    trimmed: list[Run] = []
    after_space = True
    for run in runs:
        text = run.text.lstrip(" ") if after_space and run.text != "\n" else run.text
        if text == "\n" and trimmed:
            trimmed[-1].text = trimmed[-1].text.rstrip(" ")
        if text:
            trimmed.append(Run(text, run.key, run.href))
            after_space = text.endswith((" ", "\n"))
    if trimmed:
        trimmed[-1].text = trimmed[-1].text.rstrip(" ")
    return [run for run in trimmed if run.text]


def _fault(element: etree._Element, message: str) -> HtmlFault:
    return HtmlFault(message, find_template_line(element))


def find_template_line(element: etree._Element) -> TemplateLine | None:
    """Return the template and line of an element, from the nearest mark before it."""
    for before in element.xpath("preceding::processing-instruction('at')[1]"):
        name, _, line = (before.text or "").rpartition(":")
        return TemplateLine(name, int(line))
    return None
