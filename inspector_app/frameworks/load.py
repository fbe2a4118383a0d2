"""Load frameworks, regulations, activities and ratings: the organisation's own files, else ours.

A faulty file is refused with all its faults at once (`ResourceFault`): shape, ids, references and
the syntax of its texts. One of the organisation's stops nobody: its last sound state is used, else
ours, and `find_faults` tells. What was loaded stays in memory for as long as the application runs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from inspector_app.assets import get_resource
from inspector_app.errors import Fault, ResourceFault
from inspector_app.frameworks import RATINGS, REFERENCE, RULES, SAFE
from inspector_app.frameworks.cache import find_cached, find_last_good, store_cached
from inspector_app.frameworks.model import Framework, Reference
from inspector_app.organisation import find_organisation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def load_reference(folder: Path | None = None) -> Reference:
    """Return regulations, activities, ratings and the rules for ratings.

    Args:
        folder: Where the four files are; None for the organisation's and the application's own.

    Raises:
        ResourceFault: A file is missing or faulty; lists the faults of all four.
    """
    return _load_reference(_choose_folders(folder))


def load_framework(framework: str, folder: Path | None = None) -> Framework:
    """Return an assessment framework.

    Args:
        framework: Its id.
        folder: Where the folder `frameworks/` is; None for the organisation's and our own.

    Raises:
        ResourceFault: There is no such framework, or its file is faulty.
    """
    return _load_framework(framework, _choose_folders(folder))


def list_frameworks(folder: Path | None = None) -> tuple[Framework, ...]:
    """Return all assessment frameworks that can be used, by id.

    Args:
        folder: Where the folder `frameworks/` is; None for the organisation's and our own.

    Raises:
        ResourceFault: A file of the folder, or of the application, is faulty; lists all faults.
    """
    return _list_frameworks(_choose_folders(folder))


def list_framework_ids(folder: Path | None = None) -> tuple[str, ...]:
    """Return the ids of all assessment frameworks, in order; their files are not read.

    Args:
        folder: Where the folder `frameworks/` is; None for the organisation's and our own.
    """
    return tuple(sorted(_find_files(_choose_folders(folder))))


def find_framework_file(framework: str) -> Path | None:
    """Return the file that a framework is read from: the organisation's own, else ours."""
    return _find_files(_choose_folders(None)).get(framework)


def find_faults(folder: Path) -> list[Fault]:
    """Return what is wrong with the frameworks, law and ratings of an organisation's folder.

    The files are read anew: who mends them looks at once whether that was it.
    """
    from inspector_app.frameworks.reading import read_framework, read_reference

    faults: list[Fault] = []
    folders = (folder, get_resource())
    files = [_find_file(name, folders) for name in REFERENCE]
    try:
        read_reference(files)
    except ResourceFault as error:
        faults += error.faults
    for path in _find_files((folder,)).values():
        read_framework(path, *_find_shared(folders), faults)
    return faults


def list_on_trial(folder: Path) -> tuple[Framework, ...]:
    """Return the frameworks of an organisation's folder that have faults, as far as they go."""
    from inspector_app.frameworks.reading import read_for_trial, read_framework

    found = []
    for path in _find_files((folder,)).values():
        if read_framework(path, *_find_shared((folder, get_resource())), []) is None:
            found.append(read_for_trial(path))
    return tuple(item for item in found if item is not None)


def _choose_folders(folder: Path | None) -> tuple[Path, ...]:
    """Return the folders to look into: the first that has a file is taken."""
    if folder is not None:
        return (folder,)
    organisation = find_organisation()
    return (get_resource(),) if organisation is None else (organisation, get_resource())


@cache
def _load_reference(folders: tuple[Path, ...]) -> Reference:
    files = [_find_file(name, folders) for name in REFERENCE]
    found = find_cached("reference", files, Reference)
    if found is not None:
        return found
    # Imported here, as below: most often nothing has to be read.
    from inspector_app.frameworks.reading import read_reference

    try:
        found = read_reference(files)
    except ResourceFault:
        if len(folders) == 1:
            raise
        return find_last_good("reference", files, Reference) or _load_reference(folders[1:])
    store_cached("reference", files, found)
    return found


@cache
def _load_framework(framework: str, folders: tuple[Path, ...]) -> Framework:
    known = _find_files(folders)
    if framework not in known:
        from inspector_app.shapes import no_such

        message = no_such("framework", framework, sorted(known))
        raise ResourceFault(
            "The assessment framework is not installed. Nothing has been changed.",
            [Fault("frameworks", message)],
        )
    faults: list[Fault] = []
    found = _get_framework(framework, folders, faults)
    if found is None:
        raise ResourceFault(f"The assessment framework cannot be used. {SAFE}", faults)
    return found


@cache
def _list_frameworks(folders: tuple[Path, ...]) -> tuple[Framework, ...]:
    faults: list[Fault] = []
    found = [_get_framework(id_, folders, faults) for id_ in sorted(_find_files(folders))]
    if faults and len(folders) == 1:
        raise ResourceFault(f"The assessment frameworks cannot be used. {SAFE}", faults)
    return tuple(item for item in found if item is not None)


def _find_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the framework files by the id that their names say."""
    return {
        path.stem: path
        for folder in reversed(folders)
        for path in (folder / "frameworks").glob("*.toml")
        if path.is_file() and not path.is_symlink()
    }


def _find_file(name: str, folders: Sequence[Path]) -> Path:
    """Return the first of the files of a name; where there is none, what the last would be."""
    paths = [folder / name for folder in folders]
    return next((path for path in paths if path.is_file() and not path.is_symlink()), paths[-1])


def _find_shared(folders: Sequence[Path]) -> tuple[Path, Path]:
    """Return the files of ratings and their rules: a framework names some of both."""
    return _find_file(RATINGS, folders), _find_file(RULES, folders)


def _get_framework(
    framework: str, folders: tuple[Path, ...], faults: list[Fault]
) -> Framework | None:
    """Return a framework, or None where its file has faults, which are added."""
    path = _find_files(folders)[framework]
    files = [path, *_find_shared(folders)]
    found = find_cached(framework, files, Framework)
    if found is not None:
        return found
    from inspector_app.frameworks.reading import read_framework

    found = read_framework(path, *_find_shared(folders), faults)
    if found is not None:
        store_cached(framework, files, found)
        return found
    if len(folders) == 1:
        return None
    # The organisation's own file is faulty: as it was when it was sound, or ours of that name.
    found = find_last_good(framework, files, Framework)
    if found is None and framework in _find_files(folders[1:]):
        found = _get_framework(framework, folders[1:], faults)
    return found
