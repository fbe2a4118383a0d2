"""An organisation's own word lists for the checks, laid over ours, file by file.

In `checks/` of an organisation's folder a file of the name of ours (`style.toml`, `wording.toml`,
`privacy.toml`, `themes.toml`) says only what is different:

    vague = ["some"]              # in place of our list
    [also]
    vague = ["a good many"]       # besides ours
    [without]
    vague = ["several"]           # not of ours

One with a fault stops nobody: its last sound state is used, else ours (`list_faults.py` tells).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from inspector_app.assets import get_resource
from inspector_app.checks.catalogue import make_fault, read_table
from inspector_app.errors import Fault, ResourceFault
from inspector_app.frameworks.cache import find_cached, find_last_good, store_cached
from inspector_app.organisation import VARIABLE, find_organisation
from inspector_app.settings import get_organisation_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = "checks"
_ALSO = "also"
_WITHOUT = "without"
_SAME_EVERYWHERE = {"wording.toml": ("prompts",)}
"""The window looks for gaps at every letter; it never waits for a folder of others."""
_PLAIN_TABLES = frozenset({"slips"})
"""Tables of words by words, not of lists."""
_Table = TypeVar("_Table", bound=msgspec.Struct)


def find_origin() -> str:
    """Return what tells one organisation's lists from another's; nothing on the disk is asked."""
    return os.environ.get(VARIABLE) or str(get_organisation_folder())


def read_lists(
    name: str, kind: type[_Table], convert: Callable[[Mapping[str, Any]], _Table]
) -> _Table:
    """Return the lists of a file: ours, with what the organisation changed of them.

    Args:
        name: The file's.
        kind: What holds the lists.
        convert: Checks what a file of that name holds, and returns the lists.

    Raises:
        ResourceFault: Our own file is missing or faulty.
    """
    ours = read_table(get_resource(FOLDER) / name)
    organisation = find_organisation()
    path = organisation / FOLDER / name if organisation is not None else None
    if path is None or not path.is_file() or path.is_symlink():
        return convert(ours)
    kept = f"checks-{path.stem}"
    try:
        found = convert(lay_over(name, ours, read_table(path)))
    except ResourceFault:
        return find_last_good(kept, [path], kind) or convert(ours)
    if find_cached(kept, [path], kind) is None:
        store_cached(kept, [path], found)
    return found


def lay_over(name: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return our lists of a file as an organisation's file of that name changes them.

    Raises:
        ResourceFault: It changes what is the same everywhere, or is no such file at all.
    """
    parts = {key: theirs.get(key, {}) for key in (_ALSO, _WITHOUT)}
    faults = [
        Fault(f"{name}: $.{key}", "is no table: put the lists below it")
        for key, part in parts.items()
        if not isinstance(part, dict)
    ]
    changed = {key for part in (theirs, *parts.values()) if isinstance(part, dict) for key in part}
    faults += [
        Fault(f"{name}: $.{key}", "is the same everywhere: take it out")
        for key in _SAME_EVERYWHERE.get(name, ())
        if key in changed
    ]
    if faults:
        raise make_fault(faults)
    own = {key: value for key, value in theirs.items() if key not in parts}
    found = _join(_join(ours, own, _replace), parts[_ALSO], _add)
    return dict(_join(found, parts[_WITHOUT], _take_out))


def _join(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], join: Callable[[Any, Any], Any]
) -> dict[str, Any]:
    """Return a table with each value of another one joined to it; tables in it, too."""
    joined = dict(ours)
    for key, value in theirs.items():
        mine = joined.get(key)
        if isinstance(mine, dict) and isinstance(value, dict) and key not in _PLAIN_TABLES:
            joined[key] = _join(mine, value, join)
        else:
            joined[key] = join(mine, value)
    return joined


def _replace(mine: Any, value: Any) -> Any:
    if _are_rows(mine) and _are_rows(value):
        # Of rows with an id, those of another id stay.
        return [*{row["id"]: row for row in (*mine, *value)}.values()]
    return value


def _add(mine: Any, value: Any) -> Any:
    if isinstance(mine, dict) and isinstance(value, dict):
        return {**mine, **value}
    if _are_rows(mine) and _are_rows(value):
        rows = {row["id"]: row for row in mine}
        for row in value:
            rows[row["id"]] = _join(rows.get(row["id"], {}), row, _add)
        return [*rows.values()]
    if isinstance(mine, list) and isinstance(value, list):
        return [*mine, *(item for item in value if item not in mine)]
    # Not of the same kind: who checks the lists says so.
    return value


def _take_out(mine: Any, value: Any) -> Any:
    if mine is None:
        return value
    if isinstance(mine, dict) and isinstance(value, list):
        return {key: item for key, item in mine.items() if key not in value}
    if _are_rows(mine) and _are_rows(value):
        taken = {row["id"]: {key: row[key] for key in row if key != "id"} for row in value}
        return [_join(row, taken.get(row["id"], {}), _take_out) for row in mine]
    if isinstance(mine, list) and isinstance(value, list):
        return [item for item in mine if item not in value]
    return value


def _are_rows(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in value)
    )
