"""Positions among siblings as texts: between any two there is always room for another.

A position is a fraction written in base 62 without its leading "0.", compared as text. Moving or
inserting one sibling therefore touches that one only, and two people who insert at different
places do not disturb each other. Equal positions (two people, one place) are ordered by id.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T", str, int)

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}


def position_between(before: str = "", after: str = "") -> str:
    """Return a position after `before` and before `after`; "" means an open end.

    Raises:
        ValueError: `before` does not come before `after`.
    """
    if after and before >= after:
        raise ValueError(f"{before!r} does not come before {after!r}")
    digits: list[str] = []
    bounded = bool(after)
    index = 0
    while True:
        low = _VALUE[before[index]] if index < len(before) else 0
        high = _VALUE[after[index]] if bounded and index < len(after) else _BASE
        if high - low > 1:
            # Behind the last one, small steps: a list that grows at its end keeps short positions.
            appending = not bounded and index < len(before)
            digits.append(_DIGITS[low + 1 if appending else (low + high) // 2])
            return "".join(digits)
        digits.append(_DIGITS[low])
        # Once a digit is smaller than the upper bound's, that bound no longer limits the rest.
        bounded = bounded and low == high
        index += 1


def positions_for(count: int) -> Iterator[str]:
    """Yield `count` rising positions, spread evenly so that later insertions stay short."""
    width = 1
    while _BASE**width <= count + 1:
        width += 1
    step = _BASE**width / (count + 1)
    for number in range(1, count + 1):
        rest = int(step * number)
        digits = []
        for _ in range(width):
            rest, digit = divmod(rest, _BASE)
            digits.append(_DIGITS[digit])
        # A trailing zero would leave no room below it.
        yield "".join(reversed(digits)).rstrip("0")


def positions_between(before: str, after: str, count: int) -> list[str]:
    """Return `count` rising positions between two, as short as halving the room makes them.

    Raises:
        ValueError: `before` does not come before `after`.
    """
    if count <= 0:
        return []
    left = (count - 1) // 2
    middle = position_between(before, after)
    return [
        *positions_between(before, middle, left),
        middle,
        *positions_between(middle, after, count - 1 - left),
    ]


def longest_rising(values: Sequence[T | None]) -> set[int]:
    """Return the indexes of a longest strictly rising choice of the values; None is never in it."""
    tails: list[T] = []
    tail_indexes: list[int] = []
    previous: dict[int, int] = {}
    for index, value in enumerate(values):
        if value is None:
            continue
        place = bisect_left(tails, value)
        if place:
            previous[index] = tail_indexes[place - 1]
        tails[place : place + 1] = [value]
        tail_indexes[place : place + 1] = [index]
    kept: set[int] = set()
    current = tail_indexes[-1] if tail_indexes else None
    while current is not None:
        kept.add(current)
        current = previous.get(current)
    return kept
