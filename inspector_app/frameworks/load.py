"""Load frameworks, regulations, activities and ratings from `resources/`.

A faulty file is refused with all its faults at once (`ResourceFault`): shape, ids, references and
the syntax of its texts. What was loaded stays in memory for as long as the application runs.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from inspector_app.assets import get_resource
from inspector_app.errors import Fault, ResourceFault
from inspector_app.frameworks import references, schema
from inspector_app.frameworks.model import Framework, Reference
from inspector_app.shapes import check, no_such

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector_app.shapes import Record

    Table = dict[str, Any]

_RULES = "rating_rules.toml"
_SAFE = "Your inspections are not affected. Correct the file, or install the application again."


def load_reference(folder: Path | None = None) -> Reference:
    """Return regulations, activities, ratings and the rules for ratings.

    Args:
        folder: Where the four files are; None for the application's own.

    Raises:
        ResourceFault: A file is missing or faulty; lists the faults of all four.
    """
    return _load_reference(folder or get_resource())


def load_framework(framework: str, folder: Path | None = None) -> Framework:
    """Return an assessment framework.

    Args:
        framework: Its id.
        folder: Where the folder `frameworks/` is; None for the application's own.

    Raises:
        ResourceFault: There is no such framework, or its file is faulty.
    """
    return _load_framework(framework, folder or get_resource())


def list_frameworks(folder: Path | None = None) -> tuple[Framework, ...]:
    """Return all assessment frameworks, by id.

    Args:
        folder: Where the folder `frameworks/` is; None for the application's own.

    Raises:
        ResourceFault: A file is faulty; lists the faults of all files.
    """
    return _list_frameworks(folder or get_resource())


def list_framework_ids(folder: Path | None = None) -> tuple[str, ...]:
    """Return the ids of all assessment frameworks, in order; their files are not read.

    Args:
        folder: Where the folder `frameworks/` is; None for the application's own.
    """
    return tuple(_find_files(folder or get_resource()))


@cache
def _load_reference(folder: Path) -> Reference:
    faults: list[Fault] = []
    law = _read(
        folder / "regulations.toml", schema.REGULATIONS, references.check_regulations, faults
    )
    activities = _read(
        folder / "activities.toml", schema.ACTIVITIES, references.check_activities, faults
    )
    ratings = _read(folder / "ratings.toml", schema.RATINGS, references.check_ratings, faults)
    rules = _read(
        folder / _RULES,
        schema.RATING_RULES,
        lambda data: references.check_rating_rules(data, ratings),
        faults,
    )
    if faults:
        raise ResourceFault(f"Regulations, activities and ratings cannot be used. {_SAFE}", faults)
    scale = [{**row, "is_rating": True} for row in ratings["ratings"]]
    scale += [{**row, "is_rating": False} for row in ratings.get("no_ratings", ())]
    return msgspec.convert(
        {
            "instruments": {row["id"]: row for row in _name_tables(law["instruments"])},
            "regulations": {row["id"]: row for row in law["regulations"]},
            "activities": {row["id"]: row for row in activities["activities"]},
            "ratings": {row["id"]: row for row in scale},
            "limiters": {row["id"]: row for row in ratings.get("limiters", ())},
            "rule_sets": {row["id"]: row for row in rules["rule_sets"]},
            "scorings": {row["id"]: row for row in rules.get("scorings", ())},
        },
        Reference,
    )


@cache
def _load_framework(framework: str, folder: Path) -> Framework:
    known = _find_files(folder)
    if framework not in known:
        message = no_such("framework", framework, known)
        raise ResourceFault(
            "The assessment framework is not installed. Nothing has been changed.",
            [Fault("frameworks", message)],
        )
    faults: list[Fault] = []
    found = _read_framework(known[framework], faults)
    if found is None:
        raise ResourceFault(f"The assessment framework cannot be used. {_SAFE}", faults)
    return found


@cache
def _list_frameworks(folder: Path) -> tuple[Framework, ...]:
    faults: list[Fault] = []
    found = [_read_framework(path, faults) for path in _find_files(folder).values()]
    if faults:
        raise ResourceFault(f"The assessment frameworks cannot be used. {_SAFE}", faults)
    return tuple(item for item in found if item is not None)


def _find_files(folder: Path) -> dict[str, Path]:
    """Return the framework files by the id that their names say."""
    return {path.stem: path for path in sorted((folder / "frameworks").glob("*.toml"))}


def _read_framework(path: Path, faults: list[Fault]) -> Framework | None:
    """Return a framework, or None where its file has faults, which are added."""
    before = len(faults)
    # What is wrong with the rules themselves is told where the reference is loaded.
    rules = _read(path.parent.parent / _RULES, schema.RATING_RULES, lambda _: [], [])
    data = _read(
        path,
        schema.FRAMEWORK,
        lambda data: references.check_framework(data, path.stem, rules),
        faults,
    )
    if len(faults) > before:
        return None
    return msgspec.convert({**data, "regimes": _name_tables(data["regimes"])}, Framework)


def _read(
    path: Path, shape: Record, check_references: Callable[[Table], list[Fault]], faults: list[Fault]
) -> Table:
    """Return a file's content and add its faults, each with the file's name."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        faults.append(Fault(path.name, f"cannot be read: {error.strerror}"))
    except UnicodeDecodeError:
        faults.append(Fault(path.name, "is not UTF-8 text"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(path.name, f"is no valid TOML: {error}"))
    except RecursionError:
        faults.append(Fault(path.name, "is nested too deeply"))
    else:
        found = [*check(shape, data), *check_references(data)]
        faults += (Fault(f"{path.name}: {fault.path}", fault.message) for fault in found)
        return data
    return {}


def _name_tables(tables: dict[str, Table]) -> list[Table]:
    """Return the tables of a table, each with its name as id."""
    return [{"id": name, **table} for name, table in tables.items()]
