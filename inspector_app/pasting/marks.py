"""Marks that a bullet was drawn with, where the source does not say that it is one."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_SURE = "•·●▪■◦‣⁃∙○➢\uf0b7\uf0a7\uf0d8\uf0fc"
_MARK = re.compile(rf"(\s*)(?:([{_SURE}])(\s*)|([-–—*o]|§(?!\s+\d))(\s+))(?=\S)")
_NUMBER = re.compile(r"\(?(?:\d+(?:\.\d+)*|[a-z]{1,5})[.):]", re.IGNORECASE)
_DRAWN = re.compile(
    rf"\s*(?:[{_SURE}\-–—*o§ØüqvnlΘ]|{_NUMBER.pattern})\s{{2,}}(?=\S)", re.IGNORECASE
)
_SUB_MARKS = "◦○o"
_NESTED_INDENT = 2


class Mark(NamedTuple):
    """A mark at the beginning of a line, and what stands behind it."""

    sign: str
    rest: str
    level: int
    is_sure: bool
    """No sentence begins like this."""


def find_mark(text: str) -> Mark | None:
    """Return the mark that a line begins with, or None."""
    found = _MARK.match(text)
    if found is None:
        return None
    indent, sure, _, sign, gap = found.groups()
    # Word draws a mark with a tab, or with a row of no-break spaces.
    is_drawn = bool(gap) and ("\t" in gap or (len(gap) > 1 and "\xa0" in gap))
    mark = sure or sign
    nested = len(indent.expandtabs(4)) >= _NESTED_INDENT or mark in _SUB_MARKS
    return Mark(mark, text[found.end() :].strip(), int(nested), bool(sure) or is_drawn)


def remove_mark(text: str) -> str:
    """Return the text of a list item without a mark that no sentence begins with."""
    mark = find_mark(text)
    if mark is None or not mark.is_sure:
        return text
    return text[text.index(mark.sign) + 1 :]


def remove_drawn_mark(text: str) -> str:
    """Return the text of an item of Word's without the mark that was drawn in front of it."""
    found = _DRAWN.match(text)
    return remove_mark(text) if found is None else text[found.end() :]


def is_number(mark: str) -> bool:
    """Tell whether the mark of a list item is a number or letter: “1.”, “(a)”, “iv)”."""
    return _NUMBER.match(mark) is not None


def find_bullets(marks: Sequence[Mark | None], *, mixed: bool) -> set[int]:
    """Return the indexes of the lines that are bullets.

    A sentence may begin with a dash or a star. Two lines that begin alike are a list.

    Args:
        marks: The mark of each line.
        mixed: A line with another mark below a bullet is one, too.
    """
    found: set[int] = set()
    for marked, group in groupby(enumerate(marks), key=lambda pair: pair[1] is not None):
        if not marked:
            continue
        run = [(index, mark) for index, mark in group if mark is not None]
        counts = Counter(mark.sign for _, mark in run)
        below = False
        for index, mark in run:
            if mark.is_sure or counts[mark.sign] > 1 or (mixed and below):
                found.add(index)
                below = True
    return found
