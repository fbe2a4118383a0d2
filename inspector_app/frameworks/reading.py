"""Read and check the files under `resources/`: shape, ids, references, the syntax of their texts.

Who wants the values asks `inspector_app.frameworks.load`, which reads a file only when it has to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from inspector_app.errors import Fault, ResourceFault
from inspector_app.frameworks import SAFE, references, schema
from inspector_app.frameworks.model import Framework, Reference
from inspector_app.shapes import MISSING, check, repair
from inspector_app.toml_files import TomlFault, read_toml, read_toml_text
from inspector_app.toml_places import find_line, tell_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from inspector_app.shapes import Record

    Table = dict[str, Any]


def read_reference(files: Sequence[Path]) -> Reference:
    """Return regulations, activities, ratings and the rules for ratings.

    Args:
        files: Those four, in the order of `REFERENCE`.

    Raises:
        ResourceFault: A file is missing or faulty; lists the faults of all four.
    """
    faults: list[Fault] = []
    regulations_file, activities_file, ratings_file, rules_file = files
    law = _read(regulations_file, schema.REGULATIONS, references.check_regulations, faults)
    activities = _read(activities_file, schema.ACTIVITIES, references.check_activities, faults)
    ratings = _read(
        ratings_file, schema.RATINGS, lambda data: references.check_ratings(data, data), faults
    )
    rules = _read(
        rules_file,
        schema.RATING_RULES,
        lambda data: references.check_rating_rules(data, ratings),
        faults,
    )
    if faults:
        raise ResourceFault(f"Regulations, activities and ratings cannot be used. {SAFE}", faults)
    return make_reference(law, activities, ratings, rules)


def make_reference(law: Table, activities: Table, ratings: Table, rules: Table) -> Reference:
    """Return what the four files say that all frameworks share; they have no faults."""
    scale = _join_scale(ratings)
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


def read_framework(
    path: Path, ratings_file: Path, rules_file: Path, faults: list[Fault]
) -> Framework | None:
    """Return a framework, or None where its file has faults, which are added."""
    before = len(faults)
    # What is wrong with these two themselves is told where the reference is loaded.
    ratings = _read(ratings_file, schema.RATINGS, lambda _: [], [])
    rules = _read(rules_file, schema.RATING_RULES, lambda _: [], [])
    data = _read(
        path,
        schema.FRAMEWORK,
        lambda data: references.check_framework(data, path.stem, rules, ratings),
        faults,
    )
    return make_framework(data) if len(faults) == before else None


def read_for_trial(path: Path) -> Framework | None:
    """Return what can be made of a framework file with faults, or None where that is nothing."""
    try:
        data = repair(schema.FRAMEWORK, read_toml(path))
    except (OSError, TomlFault):
        return None
    return make_framework({**data, "id": path.stem})


def make_framework(data: Table) -> Framework:
    """Return the framework that a file without faults describes."""
    other = {key: value for key, value in data.items() if key != "no_ratings"}
    lists = {
        "regimes": _name_tables(data["regimes"]),
        "ratings": _join_scale(data),
        "instruments": _name_tables(data.get("instruments", {})),
    }
    return msgspec.convert({**other, **lists}, Framework)


def _read(
    path: Path, shape: Record, check_references: Callable[[Table], list[Fault]], faults: list[Fault]
) -> Table:
    """Return a file's content and add its faults, each with the file's name and the line."""
    try:
        data, text = read_toml_text(path)
    except OSError as error:
        faults.append(Fault(path.name, f"cannot be read: {error.strerror}"))
    except TomlFault as error:
        faults.append(Fault(_name_place(path, error.line), str(error)))
    else:
        for fault in (*check(shape, data), *check_references(data)):
            place = f"{_name_place(path, find_line(text, fault.path))}: {fault.path}"
            message = fault.message
            if message == MISSING:
                message = f"{MISSING}; add a line {fault.path.rpartition('.')[2]} = …"
            faults.append(Fault(place, tell_lines(text, message)))
        return data
    return {}


def _name_place(path: Path, line: int | None) -> str:
    return path.name if line is None else f"{path.name}, line {line}"


def _join_scale(data: Table) -> list[Table]:
    """Return the ratings of a file, and what stands in place of one behind them."""
    return [
        {**row, "is_rating": is_rating}
        for name, is_rating in (("ratings", True), ("no_ratings", False))
        for row in data.get(name, ())
    ]


def _name_tables(tables: dict[str, Table]) -> list[Table]:
    """Return the tables of a table, each with its name as id."""
    return [{"id": name, **table} for name, table in tables.items()]
