"""The inspections that were open last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

_KEY = "recent_files"
_MOST = 8


def list_recent_files(settings: QSettings) -> list[Path]:
    """Return the files that still exist, the latest first."""
    stored: Any = settings.value(_KEY)
    # An INI file gives a list of one back as a text, and may have been written by anybody.
    names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
    return [path for name in names if _is_file(path := Path(str(name)))]


def add_recent_file(settings: QSettings, path: Path) -> None:
    """Put a file in front."""
    others = [item for item in list_recent_files(settings) if item != path]
    settings.setValue(_KEY, [str(item) for item in [path, *others][:_MOST]])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # In a folder that is closed to this person now.
        return False
