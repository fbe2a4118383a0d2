"""The catalogue of checks: names, severities, wordings and sources, from `resources/checks/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

import msgspec

from inspector_app.assets import get_resource
from inspector_app.checks.result import CheckGroup, CheckInfo
from inspector_app.errors import Fault, ResourceFault
from inspector_app.frameworks.schema import get_record
from inspector_app.shapes import ListOf, Record, check, need, no_such
from inspector_app.toml_files import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_SHAPE = Record(
    {
        "groups": need(ListOf(get_record(CheckGroup), min_items=1)),
        "checks": need(ListOf(get_record(CheckInfo), min_items=1)),
    }
)


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """All checks by id, in the order of the file, and their groups."""

    groups: tuple[CheckGroup, ...]
    checks: Mapping[str, CheckInfo]

    def get_group(self, check: str) -> CheckGroup:
        """Return the group of a check.

        Raises:
            KeyError: There is no such check.
        """
        wanted = self.checks[check].group
        return next(group for group in self.groups if group.id == wanted)


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Return the catalogue.

    Args:
        folder: Where `checks.toml` is; None for the application's own.

    Raises:
        ResourceFault: The file is missing or faulty; lists every fault.
    """
    return _load(folder or get_resource("checks"))


def read_table(path: Path) -> dict[str, Any]:
    """Return the content of one of the checks' files.

    Raises:
        ResourceFault: It cannot be read.
    """
    try:
        return read_toml(path)
    except OSError as error:
        faults = [Fault(path.name, f"cannot be read: {error.strerror}")]
    except ValueError as error:
        faults = [Fault(path.name, str(error))]
    raise make_fault(faults)


def make_fault(faults: Sequence[Fault]) -> ResourceFault:
    """Return the error that lists faults of the checks' files."""
    return ResourceFault(
        "The checks cannot be used. Your inspections are not affected. Correct the file, or "
        "install the application again.",
        faults,
    )


@cache
def _load(folder: Path) -> Catalogue:
    path = folder / "checks.toml"
    data = read_table(path)
    found = [*check(_SHAPE, data), *_check_references(data)]
    if found:
        raise make_fault([Fault(f"{path.name}: {fault.path}", fault.message) for fault in found])
    return msgspec.convert(
        {"groups": data["groups"], "checks": {row["id"]: row for row in data["checks"]}}, Catalogue
    )


def _check_references(data: Mapping[str, Any]) -> Iterable[Fault]:
    """Yield what the shape cannot say: doubles, unknown groups, wordings that cannot be filled."""
    groups = {row.get("id") for row in _rows(data, "groups")}
    seen: set[object] = set()
    for index, row in enumerate(_rows(data, "checks")):
        place = f"$.checks[{index}]"
        if row.get("id") in seen:
            yield Fault(f"{place}.id", "stands twice")
        seen.add(row.get("id"))
        if isinstance(row.get("group"), str) and row["group"] not in groups:
            yield Fault(f"{place}.group", no_such("group", row["group"], sorted(map(str, groups))))
        messages = row.get("messages")
        texts = {"message": row.get("message"), **(messages if isinstance(messages, dict) else {})}
        for name, text in texts.items():
            if isinstance(text, str) and not _can_be_filled(text):
                yield Fault(f"{place}.{name}", "has a brace that is no {name}")


def _rows(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = data.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _can_be_filled(text: str) -> bool:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return False
    return all(
        name is None or (name.isidentifier() and not spec and not conversion)
        for _, name, spec, conversion in parts
    )
