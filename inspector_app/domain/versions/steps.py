"""Work in steps: a generator that pauses, for who cannot wait, and returns what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

T = TypeVar("T")


def finish(steps: Generator[Any, None, T]) -> T:
    """Take all steps now, and return what comes of them."""
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            result: T = ended.value
            return result
