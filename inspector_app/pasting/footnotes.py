"""Footnotes as sentences in brackets, where their marks stood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from inspector_app.pasting.signs import clean_signs
from inspector_app.texts import collapse_spaces, pluralise

if TYPE_CHECKING:
    from inspector_app.pasting.removing import Removed
    from inspector_app.pasting.tree import Page

# Word, Google Docs, LibreOffice, web pages: where a mark leads, and where a note leads back to.
_MARK = re.compile(
    r"#_?(?:(ftnt|ftn|edn|fn|cite_note)[-:]?([\w.-]*\d)|(sdfootnote|sdendnote)(\d+)sym)$"
)
_BACK = re.compile(
    r"#_?(?:(ftnt|ftn|edn|fn)_?ref[-:]?([\w.-]*\d)|cite_ref[-:]?([\w.-]*\d)"
    r"|(sdfootnote|sdendnote)(\d+)anc)$"
)
_NOTE_ID = re.compile(r"(?:ftn|edn|sdfootnote|sdendnote|fn|cite_note)[-:]?[\w.-]*\d$")
_BLOCKS = ("p", "li", "div", "aside", "td")
_INLINE = {"sup", "span", "font", "a", "small"}
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_PUNCTUATION = re.compile(r"[.,;:!?]")


class _Link(NamedTuple):
    element: etree._Element
    key: tuple[str, str]


def place_footnotes(page: Page, removed: Removed) -> list[str]:
    """Put the text of each footnote where its mark stands, and return what is to be told."""
    if page.root is None:
        return []
    marks: list[_Link] = []
    backs: list[_Link] = []
    for element in page.root.iter("a"):
        target = element.get("href", "").lower()
        target = target[target.rfind("#") :] if "#" in target else ""
        if (back := _BACK.match(target)) is not None:
            backs.append(_Link(element, _key(back)))
        elif (mark := _MARK.match(target)) is not None:
            marks.append(_Link(element, _key(mark)))
    notes = _take_notes(page, backs)
    placed = 0
    for element, key in marks:
        note = notes.pop(key, "")
        placed += bool(note)
        _replace(element, note)
    lost = len(marks) - placed + removed.counts["note mark"]
    return _describe(placed, lost, _append(page.root, list(notes.values())))


def _key(found: re.Match[str]) -> tuple[str, str]:
    names = [group for group in found.groups() if group]
    return (names[0], names[-1]) if len(names) > 1 else ("cite_note", names[0])


def _take_notes(page: Page, backs: list[_Link]) -> dict[tuple[str, str], str]:
    """Take the texts of the notes out of the page."""
    bodies: dict[tuple[str, str], etree._Element] = {}
    for element, key in backs:
        body = _find_body(page, element)
        element.clear(keep_tail=True)
        if body is not None:
            bodies.setdefault(key, body)
    notes: dict[tuple[str, str], str] = {}
    for key, body in bodies.items():
        notes[key] = collapse_spaces(clean_signs(_read(body)))
        body.clear(keep_tail=True)
    return notes


def _find_body(page: Page, link: etree._Element) -> etree._Element | None:
    """Return the whole of a note, whose mark leads back to the text."""
    nearest: etree._Element | None = None
    for around in link.iterancestors():
        if around.tag == "body":
            break
        style = page.styles.get(around)
        if style.element in {"footnote", "endnote"} or _NOTE_ID.match(around.get("id", "").lower()):
            return around
        if nearest is None and around.tag in _BLOCKS:
            nearest = around
    return nearest


def _read(body: etree._Element) -> str:
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            parts += [" "] * (element.tag in {*_BLOCKS, "br"})
            parts.append(element.text or "")
        elif element is not body:
            parts.append(element.tail or "")
    return "".join(parts)


def _replace(mark: etree._Element, note: str) -> None:
    mark.clear(keep_tail=True)
    mark.tag = "span"
    if note:
        if _PUNCTUATION.match(_text_behind(mark)):
            note = note.removesuffix(".")
        mark.text = f" ({note})"


def _text_behind(element: etree._Element) -> str:
    while not (element.tail or "").strip():
        parent = element.getparent()
        if element.getnext() is not None or parent is None or parent.tag not in _INLINE:
            return ""
        element = parent
    return element.tail or ""


def _append(root: etree._Element, notes: list[str]) -> int:
    """Add the notes whose mark was not copied below the text."""
    found = [note for note in notes if note]
    for note in found:
        etree.SubElement(root, "p").text = f"({note})"
    return len(found)


def _describe(placed: int, lost: int, loose: int) -> list[str]:
    told: list[str] = []
    if placed:
        stand = "stands" if placed == 1 else "stand"
        told.append(f"{pluralise(placed, 'footnote')} {stand} in brackets in the text.")
    if loose:
        stand = "stands" if loose == 1 else "stand"
        told.append(f"{pluralise(loose, 'footnote')} {stand} in brackets at the end.")
    if lost:
        was = "was" if lost == 1 else "were"
        told.append(f"{pluralise(lost, 'footnote mark')} {was} left out: the text was not copied.")
    return told
