"""Takes away what must not reach a report: hidden, deleted, remarks, and what is no text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from inspector_app.pasting.marks import is_number
from inspector_app.pasting.styles import is_zero
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from inspector_app.pasting.styles import Style
    from inspector_app.pasting.tree import Page

LISTED = "data-listed"
"""Attribute of a paragraph in front of which Word drew a mark."""
SPANS = ("colspan", "rowspan", "span")
_NO_TEXT = {
    "style",
    "script",
    "head",
    "title",
    "xml",
    "object",
    "svg",
    "template",
    "iframe",
    "math",
}
_NO_TEXT |= {"canvas", "audio", "video", "applet", "embed", "noframes", "w:sdtpr", "select", "map"}
_REMARK_LINK = re.compile(r"#_?(?:msocom|msoanchor|cmnt)_?(?:ref)?\w*\d")
_PARAGRAPHS = ("p", "li", "div", "td", "h1", "h2", "h3", "h4", "h5", "h6")
_LEFT_OUT = {
    "hidden": "Hidden text, rows or columns were left out.",
    "deleted": "Text that is deleted or struck out in the source was left out.",
    "comment": "Reviewers’ comments were left out.",
}


class Removed:
    """Counts what was taken away."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.numbers = 0
        """Items whose number was taken away."""

    def describe(self) -> list[str]:
        """Return what the person is to be told."""
        told = [text for reason, text in _LEFT_OUT.items() if self.counts[reason]]
        pictures = self.counts["picture"]
        if pictures:
            them = "it by itself" if pictures == 1 else "each by itself"
            were = "was" if pictures == 1 else "were"
            told.append(f"{pluralise(pictures, 'picture')} {were} left out: copy {them} to paste.")
        return told


def remove(page: Page) -> Removed:
    """Empty the elements of a page that must not reach a report.

    The elements stay, without a name that means anything; cells keep their place in the table.
    """
    removed = Removed()
    if page.root is None:
        return removed
    gone: list[tuple[etree._Element, str]] = []
    walk = etree.iterwalk(page.root, events=("start",))
    for _, element in walk:
        reason = _find_reason(element, page.styles.get(element))
        if reason:
            gone.append((element, reason))
            walk.skip_subtree()
    for element, reason in gone:
        _count(element, reason, removed)
        _empty(element)
    return removed


def _find_reason(element: etree._Element, style: Style) -> str:
    """Return why an element must not reach a report, or ""."""
    tag = str(element.tag)
    if tag in {"img", "picture"}:
        return "no text" if _is_flat(element, style) else "picture"
    if tag in _NO_TEXT or tag.startswith("v:"):
        return "no text"
    if style.gone:
        return style.gone
    if element.get("hidden") is not None or (tag in {"col", "tr"} and _is_flat(element, style)):
        return "hidden"
    if style.is_list_mark:
        return "list mark"
    if style.is_remark or "comment" in {style.special, style.element.partition("-")[0]}:
        return "comment"
    if tag == "a":
        target = element.get("href", "").lower()
        return "comment" if _REMARK_LINK.fullmatch(target[target.find("#") :]) else ""
    if style.is_note_mark or style.special == "footnote":
        links = (element.iterdescendants("a"), element.iterancestors("a"))
        return "" if any(next(link, None) is not None for link in links) else "note mark"
    return ""


def _is_flat(element: etree._Element, style: Style) -> bool:
    return style.is_flat or is_zero(element.get("width")) or is_zero(element.get("height"))


def _count(element: etree._Element, reason: str, removed: Removed) -> None:
    text = "".join(element.itertext(tag=etree.Element)).strip() if reason != "picture" else "x"
    if reason == "list mark":
        removed.numbers += is_number(text)
        for around in element.iterancestors(*_PARAGRAPHS):
            around.set(LISTED, "yes")
            break
    elif text or element.tag == "col":
        removed.counts[reason] += 1


def _empty(element: etree._Element) -> None:
    if element.tag == "tr":
        element.text = None
        for child in element:
            _empty(child)
            child.tail = None
        element.set("hidden", "")
        return
    keeps_place = element.tag in {"td", "th", "col", "colgroup"}
    spans = {name: element.get(name, "") for name in SPANS if element.get(name)}
    if element.tag == "colgroup" and len(element):
        spans["span"] = str(len(element))
    element.clear(keep_tail=True)
    if keeps_place:
        element.attrib.update({"hidden": "", **spans})
    elif isinstance(element.tag, str):
        element.tag = "span"
