"""The ids of imported parts: the one in the content, or one made from the part's place.

An id made from the place is always the same, so importing a file twice gives equal reports, and
`inspector_app.content.writing` can leave out ids that an import would make again.
"""

from __future__ import annotations

from typing import Any

from inspector_app.content.walking import walk_ids
from inspector_app.domain.ids import id_from, is_own_id, new_id


class Identities:
    """Hands out the ids of one content file."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._taken = {get_inner_id(id_) for _, id_ in walk_ids(content)}

    def get_root(self, content: dict[str, Any]) -> str:
        """Return the inspection's id; where the content has none, each import is a new one."""
        return get_inner_id(content.get("id", "")) or new_id()

    def get(self, item: dict[str, Any], path: str) -> str:
        """Return the id of a part that stands at a path (without the leading “$.”)."""
        if item.get("id"):
            return get_inner_id(item["id"])
        made = make_id(path)
        attempt = 1
        while made in self._taken:
            attempt += 1
            made = id_from(f"{path}#{attempt}")
        self._taken.add(made)
        return made


def make_id(path: str) -> str:
    """Return the id that belongs to a place in the content."""
    return id_from(path)


def get_inner_id(id_: str) -> str:
    """Return the id under which the inspection keeps an id of the content; none is none."""
    return id_ if is_own_id(id_) or not id_ else id_from(f"external:{id_}")


def get_external_id(item: dict[str, Any]) -> str:
    """Return the content's id where it has not the form of ours, else ""."""
    id_ = item.get("id", "")
    return "" if is_own_id(id_) else id_


def get_links(item: dict[str, Any]) -> tuple[str, ...]:
    """Return the ids of the evidence notes that a part stands on."""
    return tuple(get_inner_id(link) for link in item.get("evidence", ()))
