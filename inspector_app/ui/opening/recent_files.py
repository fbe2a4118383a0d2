"""The inspections that were open last, and what was in them then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector_app.document.disk_thread import ask_disk_all
from inspector_app.files import follow_links

if TYPE_CHECKING:
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


def remove_recent_file(settings: QSettings, path: Path) -> None:
    """Remember nothing of a file any more."""
    recent = list_remembered_files(settings)
    settings.setValue(_KEY, [str(item) for item in recent if not is_same_path(item, path)])
    facts = _load_facts(settings)
    kept = {name: value for name, value in facts.items() if not is_same_path(Path(name), path)}
    settings.setValue(_FACTS, json.dumps(kept))


def is_same_path(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to the same place, through links or not."""
    return one == other or follow_links(one) == follow_links(other)


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
