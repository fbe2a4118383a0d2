"""The inspections that were open last, and what was in them then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector_app.document.disk_thread import ask_disk_all
from inspector_app.files import follow_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QSettings

_KEY = "recent_files"
_FACTS = "recent_facts"
_MOST = 8
_LONGEST = 200


class RecentFacts(NamedTuple):
    """What was in a file when it was closed last; everything may be empty."""

    location: str = ""
    visited: str = ""
    """“9 January 2020”"""
    state: str = ""
    entry: str = ""
    """The page that was shown."""
    inspection: str = ""
    """Its id, by which backups are found where the file is lost."""


def list_recent_files(settings: QSettings) -> list[Path]:
    """Return the files that still exist, or whose folder does not answer; the latest first."""
    paths = list_remembered_files(settings)
    there = ask_disk_all(_is_file, paths, otherwise=True)
    return [path for path, is_there in zip(paths, there, strict=True) if is_there]


def list_remembered_files(settings: QSettings) -> list[Path]:
    """Return the files that were open last, the latest first, whether they still exist or not."""
    stored: Any = settings.value(_KEY)
    # An INI file gives a list of one back as a text, and may have been written by anybody.
    names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
    return [Path(str(name)) for name in names]


def add_recent_file(settings: QSettings, path: Path) -> None:
    """Put a file in front."""
    others = [item for item in list_remembered_files(settings) if item != path]
    settings.setValue(_KEY, [str(item) for item in [path, *others][:_MOST]])


def remove_recent_files(settings: QSettings, paths: Iterable[Path]) -> None:
    """Remember nothing of files any more."""
    recent, facts = list_remembered_files(settings), _load_facts(settings)
    gone = find_same([*recent, *map(Path, facts)], paths)
    settings.setValue(_KEY, [str(item) for item in recent if item not in gone])
    kept = {name: value for name, value in facts.items() if Path(name) not in gone}
    settings.setValue(_FACTS, json.dumps(kept))


def find_same(known: Sequence[Path], paths: Iterable[Path]) -> set[Path]:
    """Return those of some paths that lead to the same place as others, through links or not.

    Where a folder does not answer, they are compared as they are written.
    """
    others = list(paths)
    found = [*known, *others]
    places = [
        place or path
        for place, path in zip(ask_disk_all(_follow, found, otherwise=None), found, strict=True)
    ]
    wanted = {*others, *places[len(known) :]}
    return {path for path, place in zip(known, places, strict=False) if {path, place} & wanted}


def _follow(path: Path) -> Path | None:
    return follow_links(path)


def get_recent_facts(settings: QSettings, path: Path) -> RecentFacts:
    """Return what is remembered of a file; the file itself is not touched."""
    facts = _load_facts(settings).get(str(path))
    if not isinstance(facts, list):
        return RecentFacts()
    texts = [text if isinstance(text, str) else "" for text in facts]
    return RecentFacts(*texts[: len(RecentFacts._fields)])


def store_recent_facts(settings: QSettings, path: Path, facts: RecentFacts) -> None:
    """Remember what is in a file; only of files in the list of recent ones."""
    kept = {str(item) for item in list_remembered_files(settings)}
    all_facts = {name: value for name, value in _load_facts(settings).items() if name in kept}
    all_facts[str(path)] = [text[:_LONGEST] for text in facts]
    settings.setValue(_FACTS, json.dumps(all_facts))


def _load_facts(settings: QSettings) -> dict[str, Any]:
    try:
        facts = json.loads(str(settings.value(_FACTS) or "{}"))
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        # In a folder that is closed to this person now.
        return False
