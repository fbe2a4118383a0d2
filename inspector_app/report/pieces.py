"""The report in small pieces, so that a view need only redraw those that changed."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PARSER = etree.XMLParser(huge_tree=True)
_TEXTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_WHOLE = frozenset({*_TEXTS, "ol", "table"})
_INSIDE = frozenset({*_WHOLE, "ul"})

ListPlace: TypeAlias = Literal["", "only", "first", "middle", "last"]


class Piece(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One heading, paragraph, bullet with those below it, or table, and what stands around it."""

    opening: str
    """The start tags of what it stands in."""
    html: str
    closing: str
    place: ListPlace = ""
    """A bullet's place in its list."""

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.html.startswith("<table")


class Hunk(msgspec.Struct, frozen=True, array_like=True):
    """Pieces that take the place of others. `start` counts in the pieces before all hunks."""

    start: int
    removed: int
    pieces: tuple[Piece, ...]


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


def compare_pieces(old: Sequence[Piece], new: Sequence[Piece]) -> list[Hunk]:
    """Return the fewest replacements that make one report of another, in order."""
    before, after = 0, 0
    shorter = min(len(old), len(new))
    while before < shorter and old[before] == new[before]:
        before += 1
    while after < shorter - before and old[-1 - after] == new[-1 - after]:
        after += 1
    old_middle = old[before : len(old) - after]
    new_middle = new[before : len(new) - after]
    hunks = []
    matcher = SequenceMatcher(None, old_middle, new_middle, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        pieces = tuple(new_middle[new_start:new_end])
        if len(pieces) == end - start:
            # One for one, so that each is a small step for who draws it.
            hunks += [
                Hunk(before + start + index, 1, (piece,)) for index, piece in enumerate(pieces)
            ]
        else:
            hunks.append(Hunk(before + start, end - start, pieces))
    return hunks


def apply_hunks(pieces: Sequence[Piece], hunks: Sequence[Hunk]) -> list[Piece]:
    """Return the pieces after all hunks."""
    changed = list(pieces)
    for hunk in reversed(hunks):
        changed[hunk.start : hunk.start + hunk.removed] = hunk.pieces
    return changed
