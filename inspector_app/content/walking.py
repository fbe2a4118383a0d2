"""Every object of content and every id in it, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector_app.shapes import ValuePath

if TYPE_CHECKING:
    from collections.abc import Iterator


def walk(value: Any) -> Iterator[tuple[ValuePath, dict[str, Any]]]:
    """Yield every object in plain data with its place, in the order of the file.

    The data may have any faults; the walk keeps its own stack, so that nesting cannot stop it.
    """
    waiting: list[tuple[ValuePath, Any]] = [(ValuePath(), value)]
    while waiting:
        place, item = waiting.pop()
        parts: list[tuple[ValuePath, Any]] = []
        if isinstance(item, dict):
            yield place, item
            parts = [
                (ValuePath(place, key), part) for key, part in item.items() if _has_parts(part)
            ]
        elif isinstance(item, list):
            parts = [(ValuePath(place, i), part) for i, part in enumerate(item) if _has_parts(part)]
        waiting += reversed(parts)


def _has_parts(value: Any) -> bool:
    return isinstance(value, (dict, list))


def walk_ids(content: dict[str, Any]) -> Iterator[tuple[ValuePath, str]]:
    """Yield the id of every part that has one, with the part's place."""
    # The ids of provider and location are the register's, not the file's.
    register = [content.get("provider"), content.get("location")]
    for place, item in walk(content):
        id_ = item.get("id")
        if isinstance(id_, str) and id_ and not any(item is other for other in register):
            yield place, id_
