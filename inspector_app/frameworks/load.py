"""Load frameworks, regulations, activities and ratings from `resources/`.

A faulty file is refused with all its faults at once (`ResourceFault`): shape, ids, references and
the syntax of its texts. What was loaded stays in memory for as long as the application runs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from inspector_app.assets import get_resource
from inspector_app.errors import Fault, ResourceFault
from inspector_app.frameworks import RULES, SAFE
from inspector_app.frameworks.cache import find_cached, store_cached
from inspector_app.frameworks.model import Framework, Reference

if TYPE_CHECKING:
    from pathlib import Path

_REFERENCE = ("regulations.toml", "activities.toml", "ratings.toml", RULES)


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
    files = [folder / name for name in _REFERENCE]
    found = find_cached("reference", files, Reference)
    if found is None:
        # Imported here, as below: most often nothing has to be read.
        from inspector_app.frameworks.reading import read_reference

        found = read_reference(folder)
        store_cached("reference", files, found)
    return found


@cache
def _load_framework(framework: str, folder: Path) -> Framework:
    known = _find_files(folder)
    if framework not in known:
        from inspector_app.shapes import no_such

        message = no_such("framework", framework, known)
        raise ResourceFault(
            "The assessment framework is not installed. Nothing has been changed.",
            [Fault("frameworks", message)],
        )
    faults: list[Fault] = []
    found = _get_framework(known[framework], faults)
    if found is None:
        raise ResourceFault(f"The assessment framework cannot be used. {SAFE}", faults)
    return found


@cache
def _list_frameworks(folder: Path) -> tuple[Framework, ...]:
    faults: list[Fault] = []
    found = [_get_framework(path, faults) for path in _find_files(folder).values()]
    if faults:
        raise ResourceFault(f"The assessment frameworks cannot be used. {SAFE}", faults)
    return tuple(item for item in found if item is not None)


def _find_files(folder: Path) -> dict[str, Path]:
    """Return the framework files by the id that their names say."""
    return {path.stem: path for path in sorted((folder / "frameworks").glob("*.toml"))}


def _get_framework(path: Path, faults: list[Fault]) -> Framework | None:
    """Return a framework, or None where its file has faults, which are added."""
    # The rules for ratings are looked at, too: a framework names some of them.
    files = [path, path.parent.parent / RULES]
    found = find_cached(path.stem, files, Framework)
    if found is None:
        from inspector_app.frameworks.reading import read_framework

        found = read_framework(path, faults)
        if found is not None:
            store_cached(path.stem, files, found)
    return found
