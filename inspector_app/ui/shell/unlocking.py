"""Opening an inspection, with its password where it is protected with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.protecting import needs_password, unlock
from inspector_app.errors import WrongPassword

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject

    from inspector_app.ui.prompts import Prompts


def open_document(
    path: Path, backups: Path, prompts: Prompts, parent: QObject
) -> InspectionDocument | None:
    """Open an inspection, and return None where the person does not give the password.

    Raises:
        InspectorError: It cannot be opened.
    """
    if not needs_password(path):
        return InspectionDocument(path, backups, parent)
    problem = ""
    while (password := prompts.ask_password(path.name, problem)) is not None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            key = unlock(path, password)
        except WrongPassword as error:
            problem = str(error)
        else:
            return InspectionDocument(path, backups, parent, key=key)
        finally:
            QGuiApplication.restoreOverrideCursor()
    return None
