"""Makes HTML flat that nests deeper than a parser goes: what only nests is left out there."""

from __future__ import annotations

import re

_DEEP = 500
"""Elements in one another; parsers stop at about 2,000, and give up all text behind."""
_TAG = re.compile(
    r"""<(/?)([a-z][^\s/>]*+)((?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)*+)>""",
    re.IGNORECASE,
)
# Elements that are left open by many programs; what they say of a text is no part of it.
_INLINE = {"span", "font", "b", "strong", "i", "em", "u", "a", "small", "big", "sub", "sup", "tt"}
_INLINE |= {"code", "kbd", "label", "nobr", "ins", "mark", "cite", "q", "abbr", "o:p", "bdi", "bdo"}
_PARTS = {"div", "p", "section", "article", "blockquote", "center", "main", "aside", "address"}
_PARTS |= {"form", "fieldset", "header", "footer", "nav", "figure"}
_EMPTY = {"br", "hr", "img", "wbr", "col", "input", "meta", "link", "area", "base", "embed"}
# What may say that a text is hidden or deleted.
_MATTERS = re.compile(r"\b(?:style|class|id|hidden)\b", re.IGNORECASE)
_PART = "<hr>"
"""Where a paragraph begins or ends."""
_NEAR = 50
"""Open elements in which the beginning of one that ends is looked for."""


def flatten(html: str) -> str:
    """Return HTML without the elements that stand deep in others and say nothing of their text."""
    parts: list[str] = []
    open_: list[tuple[str, str]] = []
    """Name of each open element, and what stands for its end."""
    depth = at = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        parts.append(html[at : tag.start()])
        at = tag.end()
        stands = tag.group()
        if tag[1]:
            index = _find(open_, name)
            if index is not None:
                stands = open_[index][1]
                depth -= sum(bool(end) and end != _PART for _, end in open_[index:])
                del open_[index:]
        elif name not in _EMPTY:
            end = f"</{tag[2]}>"
            if depth >= _DEEP and name in _INLINE | _PARTS and not _MATTERS.search(tag[3]):
                stands = end = _PART if name in _PARTS else ""
            else:
                depth += 1
            open_.append((name, end))
        parts.append(stands)
    return "".join([*parts, html[at:]])


def _find(open_: list[tuple[str, str]], name: str) -> int | None:
    for index in range(len(open_) - 1, max(len(open_) - _NEAR, 0) - 1, -1):
        if open_[index][0] == name:
            return index
    return None
