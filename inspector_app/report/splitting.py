"""Taking a rendered report apart into its pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from inspector_app.report.pieces import ListPlace, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARSER = etree.XMLParser(huge_tree=True)
_TEXTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_WHOLE = frozenset({*_TEXTS, "ol", "table"})
_INSIDE = frozenset({*_WHOLE, "ul"})


def split_report(html: str) -> list[Piece]:
    """Return the pieces of a rendered report, in order."""
    root = etree.fromstring(html.encode(), _PARSER)
    return list(_split(root, "", ""))


def _split(element: etree._Element, opening: str, closing: str) -> Iterator[Piece]:
    if not isinstance(element.tag, str):
        return
    if element.tag in _WHOLE or not (
        element.tag == "ul" or any(child.tag in _INSIDE for child in element.iterdescendants())
    ):
        yield Piece(opening, _write(element), closing)
        return
    opening += _write_start(element)
    closing = f"</{element.tag}>{closing}"
    if element.tag != "ul":
        for child in element:
            yield from _split(child, opening, closing)
        return
    last = len(element) - 1
    for index, item in enumerate(element):
        place: ListPlace = "middle"
        if index in {0, last}:
            place = "only" if last == 0 else "first" if index == 0 else "last"
        yield Piece(opening, _write(item), closing, place)


def _write(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)  # type: ignore[no-any-return]


def _write_start(element: etree._Element) -> str:
    bare = etree.Element(element.tag, dict(element.attrib))
    return f"{_write(bare).removesuffix('/>')}>"
