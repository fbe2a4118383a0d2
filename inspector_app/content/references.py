"""What a shape cannot say: ids unique in the file, links that lead somewhere.

These walks run over content that may still have other faults, and pass over what has not the
expected type, so that one list tells everything.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, Any

from inspector_app.errors import Fault
from inspector_app.shapes import no_such, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEW = 300


def find_reference_faults(content: dict[str, Any]) -> list[Fault]:
    """Return the faults of ids and links, and of topics and attachments."""
    return [
        *_find_repeated_ids(content),
        *_find_links_to_nowhere(content),
        *_find_topic_faults(content),
        *_find_attachment_faults(content),
    ]


def walk(value: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object in the content with its path, in the order of the file."""
    waiting: list[tuple[str, Any]] = [(path, value)]
    while waiting:
        path, item = waiting.pop()
        parts: list[tuple[str, Any]] = []
        if isinstance(item, dict):
            yield path, item
            parts = [(f"{path}.{shorten(str(key))}", part) for key, part in item.items()]
        elif isinstance(item, list):
            parts = [(f"{path}[{index}]", part) for index, part in enumerate(item)]
        waiting += [
            (there, part) for there, part in reversed(parts) if isinstance(part, dict | list)
        ]


def _items(content: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = content.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _find_repeated_ids(content: dict[str, Any]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for path, item in walk(content):
        # The ids of provider and location are the register's, not the file's.
        if path in {"$.provider", "$.location"}:
            continue
        id_ = item.get("id")
        if isinstance(id_, str):
            if id_ in first:
                message = f"the id '{shorten(id_)}' stands already at {first[id_]}"
                yield Fault(f"{path}.id", message)
            first.setdefault(id_, path)


def _find_links_to_nowhere(content: dict[str, Any]) -> Iterator[Fault]:
    notes = [id_ for item in _items(content, "evidence") if isinstance(id_ := item.get("id"), str)]
    known = set(notes)
    # Near names are worth looking for in a file that a person writes, not among thousands.
    offered = notes if len(notes) <= _FEW else []
    attachments = [
        id_ for item in _items(content, "attachments") if isinstance(id_ := item.get("id"), str)
    ]
    for path, item in walk(content):
        links = item.get("evidence")
        if path != "$" and isinstance(links, list):
            for index, link in enumerate(links):
                if isinstance(link, str) and link not in known:
                    message = no_such("evidence note", link, offered)
                    yield Fault(f"{path}.evidence[{index}]", message)
        image = item.get("image")
        if isinstance(image, str) and image not in attachments:
            yield Fault(f"{path}.image", no_such("attachment", image, attachments))


def _find_topic_faults(content: dict[str, Any]) -> Iterator[Fault]:
    for path, item in walk(content):
        topics = item.get("topics")
        if ".key_questions." not in path or not isinstance(topics, list):
            continue
        for index, topic in enumerate(topics):
            if isinstance(topic, dict) and ("topic" in topic) == ("title" in topic):
                yield Fault(f"{path}.topics[{index}]", "needs either 'topic' or 'title'")


def _find_attachment_faults(content: dict[str, Any]) -> Iterator[Fault]:
    names: dict[str, int] = {}
    for index, item in enumerate(_items(content, "attachments")):
        path = f"$.attachments[{index}]"
        name, data, wanted = item.get("name"), item.get("bytes"), item.get("sha256")
        if isinstance(name, str):
            if name in names:
                message = f"the name stands already at $.attachments[{names[name]}]"
                yield Fault(f"{path}.name", message)
            names.setdefault(name, index)
        if not isinstance(data, str) or not data:
            continue
        try:
            found = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            yield Fault(f"{path}.bytes", "is not base64")
            continue
        if isinstance(wanted, str) and wanted and hashlib.sha256(found).hexdigest() != wanted:
            yield Fault(f"{path}.sha256", "is not the SHA-256 of the bytes")
