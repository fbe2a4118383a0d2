"""Showing a file where it lies, selected where the system's file manager can do that."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def show_in_folder(path: Path) -> None:
    """Open the folder of a file with the file selected, or else just the folder."""
    if sys.platform == "win32":
        # By its whole path: Windows looks for programs in the folder of the inspection first.
        explorer = Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "explorer.exe")
        with contextlib.suppress(OSError):
            # In quotation marks: a comma would end the name.
            os.startfile(explorer, "open", f'/select,"{path}"')  # noqa: S606 - no shell is meant
            return
    elif sys.platform == "darwin" and QProcess.startDetached("open", ["-R", str(path)])[0]:
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
