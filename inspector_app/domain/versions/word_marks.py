"""Two texts word by word: what went, what came, what stayed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

MarkKind: TypeAlias = Literal["same", "gone", "new"]
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]+")
_MOST = 2_000
"""Tokens of a changed passage that are compared; a longer one is shown as gone and new."""


class WordMark(NamedTuple):
    """A piece of a text: in both, only in the earlier, or only in the later."""

    kind: MarkKind
    text: str


def mark_words(then: str, now: str) -> tuple[WordMark, ...]:
    """Return both texts as one: without the “new” pieces it is `then`, without the “gone” `now`."""
    old, new = _TOKEN.findall(then), _TOKEN.findall(now)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    behind = old[len(old) - tail :]
    marks = [
        ("same", old[:head]),
        *_mark_middle(old[head : len(old) - tail], new[head : len(new) - tail]),
        ("same", behind),
    ]
    return _join(marks)


def _mark_middle(old: list[str], new: list[str]) -> list[tuple[MarkKind, list[str]]]:
    if not old or not new or len(old) + len(new) > _MOST:
        return [("gone", old), ("new", new)]
    # Spaces are found beside words, and are no anchors themselves.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    marks: list[tuple[MarkKind, list[str]]] = []
    blocks = [(0, 0, 0), *matcher.get_matching_blocks()]
    for (left, right, size), (next_left, next_right, _) in pairwise(blocks):
        marks.append(("same", old[left : left + size]))
        marks.append(("gone", old[left + size : next_left]))
        marks.append(("new", new[right + size : next_right]))
    return marks


def _join(marks: list[tuple[MarkKind, list[str]]]) -> tuple[WordMark, ...]:
    """Return the pieces without empty ones, and a lone space between two changes as changed too.

    “two words” that became “other things” read better as one piece than as four.
    """
    pieces: list[WordMark] = []
    gone = new = ""
    filled = [(kind, "".join(tokens)) for kind, tokens in marks if tokens]
    for index, (kind, text) in enumerate(filled):
        bridge = text.isspace() and bool(gone or new) and index + 1 < len(filled)
        if kind != "same" or bridge:
            gone += text if kind != "new" else ""
            new += text if kind != "gone" else ""
            continue
        pieces += [WordMark("gone", gone), WordMark("new", new), WordMark("same", text)]
        gone = new = ""
    pieces += [WordMark("gone", gone), WordMark("new", new)]
    return tuple(piece for piece in pieces if piece.text)
