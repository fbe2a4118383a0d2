"""What a shape cannot say: ids unique in the file, links that lead somewhere.

These walks run over content that may still have other faults, and pass over what has not the
expected type, so that one list tells everything.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from itertools import chain
from typing import TYPE_CHECKING, Any

from inspector_app.content.identities import get_inner_id
from inspector_app.content.walking import walk, walk_ids
from inspector_app.errors import Fault
from inspector_app.shapes import Faults, ValuePath, make_printable, no_such

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEW = 300


def find_reference_faults(content: dict[str, Any]) -> Faults:
    """Return the faults of ids and links, and of topics and attachments."""
    return Faults(
        chain(
            _find_repeated_ids(content),
            _find_links_to_nowhere(content),
            _find_topic_faults(content),
            _find_attachment_faults(content),
        )
    )


def _items(content: dict[str, Any], key: str) -> list[tuple[ValuePath, dict[str, Any]]]:
    """Return the objects of a list at the top of the content, each with its place."""
    found = content.get(key)
    owner = ValuePath(ValuePath(), key)
    return [
        (ValuePath(owner, index), item)
        for index, item in enumerate(found if isinstance(found, list) else ())
        if isinstance(item, dict)
    ]


def _get_ids(content: dict[str, Any], key: str) -> dict[str, None]:
    return {id_: None for _, item in _items(content, key) if isinstance(id_ := item.get("id"), str)}


def _find_repeated_ids(content: dict[str, Any]) -> Iterator[Fault]:
    first: dict[str, ValuePath] = {}
    for place, id_ in walk_ids(content):
        # A foreign id is kept under one of our form, which somebody may have copied.
        inner = get_inner_id(id_)
        if inner in first:
            message = f"the id '{make_printable(id_)}' stands already at {first[inner]}"
            yield Fault(f"{place}.id", message)
        first.setdefault(inner, place)


def _find_links_to_nowhere(content: dict[str, Any]) -> Iterator[Fault]:
    notes = _get_ids(content, "evidence")
    attachments = _get_ids(content, "attachments")
    # Near names are worth looking for in a file that a person writes, not among thousands.
    near_notes = notes if len(notes) <= _FEW else ()
    near_attachments = attachments if len(attachments) <= _FEW else ()
    hints = _FEW
    for place, item in walk(content):
        links = item.get("evidence")
        if item is not content and isinstance(links, list):
            for index, link in enumerate(links):
                if isinstance(link, str) and link not in notes:
                    message = no_such("evidence note", link, near_notes if hints else ())
                    hints = max(hints - 1, 0)
                    yield Fault(f"{place}.evidence[{index}]", message)
        image = item.get("image")
        # Empty: an image that nobody has chosen yet.
        if isinstance(image, str) and image and image not in attachments:
            message = no_such("attachment", image, near_attachments if hints else ())
            hints = max(hints - 1, 0)
            yield Fault(f"{place}.image", message)


def _find_topic_faults(content: dict[str, Any]) -> Iterator[Fault]:
    notes = {id(item) for _, item in _items(content, "evidence")}
    for place, item in walk(content):
        topics = item.get("topics")
        # A note's topics are ids.
        if id(item) in notes or not isinstance(topics, list):
            continue
        for index, topic in enumerate(topics):
            if not isinstance(topic, dict):
                continue
            if "topic" not in topic and "title" not in topic:
                yield Fault(f"{place}.topics[{index}]", "needs 'topic' or 'title'")


def _find_attachment_faults(content: dict[str, Any]) -> Iterator[Fault]:
    names: dict[str, ValuePath] = {}
    for place, item in _items(content, "attachments"):
        name, data, wanted = item.get("name"), item.get("bytes"), item.get("sha256")
        if isinstance(name, str):
            if name in names:
                yield Fault(f"{place}.name", f"the name stands already at {names[name]}")
            names.setdefault(name, place)
        if not isinstance(data, str) or not data:
            continue
        try:
            found = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            yield Fault(f"{place}.bytes", "is not base64")
            continue
        if isinstance(wanted, str) and wanted and hashlib.sha256(found).hexdigest() != wanted:
            yield Fault(f"{place}.sha256", "is not the SHA-256 of the bytes")
