"""When two contents say the same: absent equals empty, and ids may have been added."""

from __future__ import annotations

import json
from typing import Any

from inspector_app.content.importing import Imported, import_content
from inspector_app.content.writing import build_content

Content = dict[str, Any]

_BLOCKS = {"summary", "body", "how_not_met"}
_LINES = {"must", "should"}
# What says of which kind an object is stays, empty or not.
_KINDS = {"paragraph", "heading", "breach", "recommendation", "image", "table"}


def load(content: Content, **more: Any) -> Imported:
    """Import plain data."""
    return import_content(json.dumps(content).encode(), "content.json", None, **more)


def dump(imported: Imported) -> Content:
    """Return what an import would be written as, as a file gives it back."""
    return json.loads(json.dumps(build_content(imported.inspection, imported.attachments.get)))


def normalise(content: Content) -> Content:
    """Return content in one way of writing it, whichever of the allowed ones it is in."""
    return _normalise(content)


def without_added_ids(found: Any, wanted: Any) -> Any:
    """Return what was found without the ids that what is wanted has not."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        return {
            key: without_added_ids(part, wanted.get(key))
            for key, part in found.items()
            if key != "id" or "id" in wanted
        }
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        return [without_added_ids(*pair) for pair in zip(found, wanted, strict=True)]
    return found


def assert_same(found: Content, wanted: Content) -> None:
    """Check that two contents say the same, but for ids that were added."""
    wanted = normalise(wanted)
    assert without_added_ids(normalise(found), wanted) == wanted


def _normalise(value: Any, key: str = "") -> Any:
    if isinstance(value, list):
        items = [_normalise(item) for item in value]
        if key in _LINES:
            return [_line(item) for item in items]
        return _blocks(items) if key in _BLOCKS else items
    if not isinstance(value, dict):
        return value
    # Below sections stand blocks, whatever the section is called.
    made = {
        name: _normalise(part, "body" if key == "sections" else name)
        for name, part in value.items()
    }
    return {
        name: part
        for name, part in made.items()
        if name in _KINDS or not (part is None or part is False or part in ("", [], {}))
    }


def _blocks(blocks: list[Content]) -> list[Content]:
    merged: list[Content] = []
    for block in blocks:
        if _KINDS & block.keys():
            merged.append(block)
            continue
        for bullet in block.get("bullets", []):
            line = _line(bullet)
            if not merged or "bullets" not in merged[-1]:
                merged.append({"bullets": []})
            lines = merged[-1]["bullets"]
            if "nested" in line and lines:
                above = lines[-1]
                key = "nested" if "nested" in above else "bullets"
                above[key] = [*above.get(key, []), *line["nested"]]
            else:
                lines.append(line)
    return merged


def _line(line: str | Content) -> Content:
    item: Content = {"text": line} if isinstance(line, str) else {"text": "", **line}
    for key in ("bullets", "nested"):
        if key in item:
            item[key] = [_line(part) for part in item[key]]
    return item
