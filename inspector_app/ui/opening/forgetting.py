"""Forgetting what settings hold of an inspection: that it was open, and where the person was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector_app.ui.opening.last_place import remove_last_place
from inspector_app.ui.opening.recent_files import remove_recent_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtCore import QSettings


def forget_files(settings: QSettings, paths: Iterable[Path]) -> None:
    """Remove what settings hold of files."""
    for path in paths:
        remove_recent_file(settings, path)
        remove_last_place(settings, path)
