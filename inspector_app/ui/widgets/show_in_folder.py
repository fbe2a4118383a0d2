"""Showing a file where it lies, selected where the system's file manager can do that."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def show_in_folder(path: Path) -> None:
    """Open the folder of a file with the file selected, or else just the folder."""
    command = make_command(path, sys.platform)
    if command and QProcess.startDetached(command[0], list(command[1:]))[0]:
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def make_command(path: Path, platform: str) -> Sequence[str]:
    """Return the command that shows a file selected; empty where a system has none."""
    if platform == "win32":
        return ("explorer.exe", "/select,", str(path))
    if platform == "darwin":
        return ("open", "-R", str(path))
    return ()
