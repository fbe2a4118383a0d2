"""HTML of the clipboard as a tree, whatever declarations and conditions stand in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from inspector_app.pasting.flattening import flatten
from inspector_app.pasting.styles import Styles
from inspector_app.texts import clean_text

START, END = "StartFragment", "EndFragment"
"""Comments around what was selected, as Windows and Word write them."""
_LINES_TAGS = ("textarea", "xmp", "listing", "plaintext")
_OPENINGS = rf"!--|!\[CDATA\[|!|\?|/?style\b|/?script\b|/?(?:{'|'.join(_LINES_TAGS)})\b"
_OPENING = re.compile(rf"<(?:{_OPENINGS})|\]\]>", re.IGNORECASE)
_OPENING_OR_TAG = re.compile(rf"<(?:{_OPENINGS}|[a-z])|\]\]>", re.IGNORECASE)
_MARKUP_IN_VALUE = re.compile(r"""=\s*(?:"[^"<]*<|'[^'<]*<)""")
_WHOLE_TAG = re.compile(
    r"""<[a-z][^\s/>]*+(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)*+>""",
    re.IGNORECASE,
)
_COMMENT_END = re.compile(r"--!?>")
_STYLE_END = re.compile(r"</style\s*>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"<[!?](?:\[[^\]<>]*\](?:--)?>?|[^<>]*>|\[[^<>]{0,60}(?=<))?")
_TAG = re.compile(r"<[^<>]*>?")
# Of a condition that every reader takes: “<![if !x]>”, “<!--[if !x]-->”, “<!--[if !x]><!-->”.
_CONDITION = re.compile(r"\s*\[if\s+([^\]]*)\]\s*(?:>?\s*<!(?:--\s*)?)?\s*$", re.IGNORECASE)
_CONDITION_END = re.compile(r"\s*(?:<!\s*)?\[endif\]\s*$", re.IGNORECASE)
_CLIPBOARD_HEAD = re.compile(r"Version:[\d.]+\s+(?:\w+:\S*\s+)*(?=<)")
_SPREADSHEET = re.compile(
    r"office:excel|excel\.sheet|microsoft excel|google-sheets-html-origin|data-sheets-"
    r"|\bsdnum=|\bsdval=|<colgroup width=",
    re.IGNORECASE,
)


_HEAD = 50_000
"""Letters from the start in which a spreadsheet has shown that it is one."""


class PastedTree(NamedTuple):
    """HTML that was read."""

    root: etree._Element | None
    """None: there is nothing in it."""
    styles: Styles
    is_spreadsheet: bool
    is_cut: bool
    """Its end is missing: it is nested too deeply."""


def read_page(html: str) -> PastedTree:
    """Return HTML as a tree, with comments that say where a condition or the selection starts.

    Other comments, declarations, styles and scripts are not in it. Nothing else is lost where one
    of them is broken.
    """
    html = clean_text(html)
    head = _CLIPBOARD_HEAD.match(html)
    source = _PastedSource(html[head.end() :] if head is not None else html)
    source.read()
    styles = Styles(source.sheets)
    root, is_cut = _parse(source.text)
    if is_cut:
        root, is_cut = _parse(flatten(source.text))
    if root is not None:
        _complete_tables(root)
    return PastedTree(root, styles, _SPREADSHEET.search(html, 0, _HEAD) is not None, is_cut)


def _parse(html: str) -> tuple[etree._Element | None, bool]:
    """Return HTML as a tree, and whether the parser gave up before its end."""
    if not html.strip():
        return None, False
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    root = etree.fromstring(f"<html><body>{html}</body></html>".encode(), parser)
    return root, bool(parser.error_log.filter_from_fatals())


class _PastedSource:
    """Takes out of HTML what is no element, before a parser sees it.

    Parsers differ in what “<![if …]>” is to them: a comment, a declaration, an error.
    """

    def __init__(self, html: str) -> None:
        self.sheets: list[str] = []
        self._html = html
        self._parts: list[str] = []
        self._data = 0
        """Sections of plain data that are open."""
        self._unended: set[re.Pattern[str]] = set()
        """Ends that do not come any more: looked for once, not for each beginning."""
        start, end = html.find(f"<!--{START}"), html.rfind(f"<!--{END}")
        self._fragment = (start, end) if 0 <= start < end else (-1, -1)

    @property
    def text(self) -> str:
        """What is left."""
        return "".join(self._parts)

    def read(self) -> None:
        at = 0
        # What stands in the value of an attribute begins nothing.
        opening = _OPENING_OR_TAG if _MARKUP_IN_VALUE.search(self._html) else _OPENING
        while (found := opening.search(self._html, at)) is not None:
            self._parts.append(self._html[at : found.start()])
            at = self._skip(found)
        self._parts.append(self._html[at:])

    def _skip(self, found: re.Match[str]) -> int:
        """Take what begins at a place, and return where it ends."""
        opening = found.group().lower()
        if opening == "<!--":
            return self._skip_comment(found)
        if opening == "<![cdata[":
            self._data += 1
            return found.end()
        if len(opening) == len("<a") and opening[1].isalpha():
            return self._keep_tag(found)
        if opening[1:].strip("/") in _LINES_TAGS:
            # Lines stay lines; what stands in them is read like everything else.
            self._parts.append("</pre" if "/" in opening else "<pre")
            return found.end()
        if opening == "]]>":
            self._parts.append("" if self._data else opening)
            self._data = max(self._data - 1, 0)
            return found.end()
        if opening in {"<style", "<script"}:
            return self._skip_raw(found, _STYLE_END if opening == "<style" else _SCRIPT_END)
        pattern = _TAG if opening.startswith("</") else _DECLARATION
        declaration = pattern.match(self._html, found.start())
        if declaration is None:
            return found.end()
        self._keep_condition(declaration.group().strip("<!->"))
        return declaration.end()

    def _keep_tag(self, found: re.Match[str]) -> int:
        tag = None
        if _WHOLE_TAG not in self._unended:
            tag = _WHOLE_TAG.match(self._html, found.start())
        if tag is None:
            # From here on there is none that ends.
            self._unended.add(_WHOLE_TAG)
        end = found.end() if tag is None else tag.end()
        self._parts.append(self._html[found.start() : end])
        return end

    def _skip_comment(self, found: re.Match[str]) -> int:
        if found.start() in self._fragment:
            self._parts.append(f"<!--{START if found.start() == self._fragment[0] else END}-->")
        for empty in (">", "->"):
            if self._html.startswith(empty, found.end()):
                return found.end() + len(empty)
        end = self._find(_COMMENT_END, found.end())
        if end is None:
            broken = _TAG.match(self._html, found.start())
            return broken.end() if broken is not None else found.end()
        self._keep_condition(self._html[found.end() : end.start()])
        return end.end()

    def _skip_raw(self, found: re.Match[str], ending: re.Pattern[str]) -> int:
        tag = _WHOLE_TAG.match(self._html, found.start())
        start = tag.end() if tag is not None else found.end()
        end = self._find(ending, start)
        if end is None:
            return start
        if ending is _STYLE_END:
            self.sheets.append(self._html[start : end.start()])
        return end.end()

    def _find(self, ending: re.Pattern[str], start: int) -> re.Match[str] | None:
        if ending in self._unended:
            return None
        end = ending.search(self._html, start)
        if end is None:
            self._unended.add(ending)
        return end

    def _keep_condition(self, text: str) -> None:
        condition = _CONDITION.match(text)
        if condition is not None:
            name = re.sub(r"[^\w! ]", "", condition.group(1))
            self._parts.append(f"<!--if {name}-->")
        elif _CONDITION_END.match(text):
            self._parts.append("<!--endif-->")


def _complete_tables(root: etree._Element) -> None:
    """Put cells and rows without a row or table around them into one."""
    _wrap(root, ("td", "th"), {"tr"}, "tr")
    _wrap(root, ("tr",), {"table", "thead", "tbody", "tfoot"}, "table")


def _wrap(root: etree._Element, tags: tuple[str, ...], parents: set[str], wrapper: str) -> None:
    for element in list(root.iter(*tags)):
        parent = element.getparent()
        if parent is None or parent.tag in parents:
            continue
        before = element.getprevious()
        tail, element.tail = element.tail, None
        if before is not None and before.get("data-wrapped") and not (before.tail or "").strip():
            around = before
        else:
            around = etree.Element(wrapper, {"data-wrapped": "yes"})
            element.addprevious(around)
        around.append(element)
        around.tail = tail
