"""The few styles that matter to a paste: what hides, strikes out, is bold, keeps lines, is a list.

They stand in an element's own `style`, or in rules of the page for its class.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml import etree

Declarations: TypeAlias = dict[str, str]
Reason: TypeAlias = Literal["", "hidden", "deleted"]

_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_REMARK = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_COMPOUND = re.compile(r"([a-z][\w:-]*|\*)?((?:\.[\w-]+)*)(#[\w-]+)?")
_LIST_LEVEL = re.compile(r"(?:^|\s)(l\d+)\s+level(\d)")
_BOLD = re.compile(r"(?:^|\s)(?:bold|bolder|[6-9]00)(?:\s|$)")
_ZERO = re.compile(r"\s*0(?:\.0+)?\s*(?:px|pt|in|cm|mm|em|%)?\s*")
_REMARK_CLASS = re.compile(
    r"msocom\w*|msocommentreference|msocommenttext|msocommentsubject|msoannotation\w*"
)
_NOTE_CLASS = re.compile(r"mso(?:footnote|endnote)reference")
_BOLD_TAGS = {"b", "strong", "th"}
_DELETED_TAGS = {"del", "s", "strike", "w:del"}
_KEEPING = re.compile(r"\b(?:pre|pre-wrap|pre-line|break-spaces|preserve|preserve-breaks)\b")
_PROPERTIES = {
    "display",
    "visibility",
    "opacity",
    "width",
    "height",
    "font",
    "font-weight",
    "white-space",
    "white-space-collapse",
    "text-decoration",
    "text-decoration-line",
}


class Style(NamedTuple):
    """What the styles say of one element."""

    gone: Reason
    bold: bool | None
    """None: as what it stands in."""
    keeps_lines: bool | None
    word_list: str
    """Name of Word's list that a paragraph is an item of, or ""."""
    level: int
    """Counted from 0."""
    is_list_mark: bool
    element: str
    """What Word says that it is: "comment", "footnote", "field-begin"; or ""."""
    special: str
    """The mark that stands for something in Word: "comment", "footnote"; or ""."""
    is_flat: bool
    """It has no width, or no height."""
    is_remark: bool
    """Its class is that of a reviewer's comment, or of the mark of one."""
    is_note_mark: bool
    """Its class is that of a footnote's mark."""


class _Rule(NamedTuple):
    weight: tuple[int, int, int]
    tag: str
    classes: frozenset[str]
    id: str
    ancestors: tuple[_Rule, ...]
    """Rules for what it stands in, from the outside."""
    values: Declarations

    def fits(self, element: etree._Element) -> bool:
        return (
            self.tag in {"", "*", element.tag}
            and (not self.id or self.id == element.get("id", "").lower())
            and self.classes.issubset(_classes(element))
            and self._fits_around(element)
        )

    def _fits_around(self, element: etree._Element) -> bool:
        wanted = list(self.ancestors)
        for around in element.iterancestors():
            if not wanted:
                break
            if wanted[-1].fits(around):
                wanted.pop()
        return not wanted


class Styles:
    """Knows the styles of a page's elements.

    Args:
        sheets: The texts of the page's style elements.
    """

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[str, list[_Rule]] = {}
        """By the class, id or tag that a rule is for."""
        self._is_local = True
        """No rule looks at what an element stands in."""
        self._known: dict[tuple[str | None, ...], Style] = {}
        for sheet in sheets:
            for selectors, text in _RULE.findall(_REMARK.sub("", sheet.lower())):
                values = _read(text)
                for selector in selectors.split(",") if values else ():
                    self._add(selector.strip(), values)

    def get(self, element: etree._Element) -> Style:
        """Return the style of an element."""
        key = (
            str(element.tag),
            element.get("class"),
            element.get("style"),
            element.get("id") if self._rules else None,
        )
        found = self._known.get(key) if self._is_local else None
        if found is None:
            found = self._known[key] = self._make(element)
        return found

    def _add(self, selector: str, values: Declarations) -> None:
        parts = [part for part in re.split(r"[\s>]+", selector) if part]
        rules: list[_Rule] = []
        for part in parts:
            found = _COMPOUND.fullmatch(part)
            if found is None:
                return
            tag, classes, id_ = (group or "" for group in found.groups())
            names = frozenset(classes.split(".")[1:])
            weight = (int(bool(id_)), len(names), int(tag not in {"", "*"}))
            rules.append(_Rule(weight, tag, names, id_[1:], (), values))
        if not rules:
            return
        rule = rules[-1]._replace(ancestors=tuple(rules[:-1]))
        self._is_local = self._is_local and len(rules) == 1
        key = next(iter(rule.classes), rule.id or rule.tag or "*")
        self._rules.setdefault(key, []).append(rule)

    def _make(self, element: etree._Element) -> Style:
        values: Declarations = {}
        for rule in sorted(self._find_rules(element), key=lambda rule: rule.weight):
            _merge(values, rule.values)
        _merge(values, _read(element.get("style", "").lower()))
        return _judge(element, {name: value.split("!")[0] for name, value in values.items()})

    def _find_rules(self, element: etree._Element) -> list[_Rule]:
        if not self._rules:
            return []
        keys = (*_classes(element), element.get("id", "").lower(), str(element.tag), "*")
        found = [rule for key in dict.fromkeys(keys) for rule in self._rules.get(key, ())]
        return [rule for rule in found if rule.fits(element)]


def _classes(element: etree._Element) -> list[str]:
    names: str = element.get("class", "")
    return names.lower().split()


def _read(text: str) -> Declarations:
    """Return the declarations of a style that matter."""
    values: Declarations = {}
    for part in text.split(";"):
        name, _, value = part.partition(":")
        name = name.strip()
        if name in _PROPERTIES or name.startswith("mso-"):
            _merge(values, {name: value.strip()})
    return values


def _merge(values: Declarations, later: Mapping[str, str]) -> None:
    for name, value in later.items():
        if "!" in value or "!" not in values.get(name, ""):
            values[name] = value


def _judge(element: etree._Element, values: Declarations) -> Style:
    tag = str(element.tag)
    word_list = values.get("mso-list", "").strip()
    found = _LIST_LEVEL.search(word_list)
    return Style(
        gone=_find_reason(element, values),
        bold=_is_bold(tag, values),
        keeps_lines=_keeps_lines(tag, values),
        word_list=found.group(1) if found else "",
        level=max(int(found.group(2)) - 1, 0) if found else 0,
        is_list_mark=word_list == "ignore",
        element=values.get("mso-element", "").strip(),
        special=values.get("mso-special-character", "").strip(),
        is_flat=is_zero(values.get("width")) or is_zero(values.get("height")),
        is_remark=any(_REMARK_CLASS.fullmatch(name) for name in _classes(element)),
        is_note_mark=any(_NOTE_CLASS.fullmatch(name) for name in _classes(element)),
    )


def _find_reason(element: etree._Element, values: Declarations) -> Reason:
    decoration = values.get("text-decoration", "") + values.get("text-decoration-line", "")
    tag = str(element.tag)
    if tag in _DELETED_TAGS or "line-through" in decoration:
        return "deleted"
    if any(name == "msodel" or _is_deletion(name) for name in _classes(element)):
        return "deleted"
    if (
        values.get("display", "").strip() == "none"
        or values.get("visibility", "").strip() in {"hidden", "collapse"}
        or values.get("mso-hide", "").strip() in {"all", "screen"}
        or values.get("opacity", "").strip() in {"0", "0%", "0.0"}
    ):
        return "hidden"
    return ""


def _is_deletion(name: str) -> bool:
    """Tell whether a class is that of deleted text in Word on the web."""
    return name.startswith("trackchange") and "deletion" in name


def _is_bold(tag: str, values: Declarations) -> bool | None:
    weight = values.get("font-weight", "").strip() or values.get("font", "").strip()
    if _BOLD.search(weight):
        return True
    if values.get("font-weight", "").strip() not in {"", "inherit"}:
        return False
    return True if tag in _BOLD_TAGS else None


def _keeps_lines(tag: str, values: Declarations) -> bool | None:
    space = f"{values.get('white-space', '')} {values.get('white-space-collapse', '')}".strip()
    if _KEEPING.search(space):
        return True
    if space and space != "inherit":
        return False
    return True if tag == "pre" else None


def is_zero(size: str | None) -> bool:
    """Tell whether a width or height is none."""
    return size is not None and _ZERO.fullmatch(size) is not None
