"""Opening an inspection, with its password where it is protected with one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.document.protecting import needs_password, unlock
from inspector_app.errors import PasswordNeeded, WrongPassword

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject

    from inspector_app.ui.prompts import Prompts


def open_document(
    path: Path,
    backups: Path,
    prompts: Prompts,
    parent: QObject,
    copy: InspectionDocument | None = None,
) -> InspectionDocument | None:
    """Open an inspection, and return None where the person does not give the password.

    Args:
        path: The file.
        backups: The folder of all backups.
        prompts: Asks for the password.
        parent: Qt's parent.
        copy: The same inspection as it is shown here while somebody else holds it: it is taken
            over. Its password was given when it was opened.

    Raises:
        InspectorError: It cannot be opened.
    """
    take_over = copy is not None
    key = copy.get_key() if copy is not None else None
    if key is not None or not needs_password(path):
        with contextlib.suppress(PasswordNeeded):
            return InspectionDocument(path, backups, parent, key=key, take_over=take_over)
    problem = ""
    while (password := prompts.ask_password(path.name, problem)) is not None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            key = unlock(path, password)
        except WrongPassword as error:
            problem = str(error)
        else:
            return InspectionDocument(path, backups, parent, key=key, take_over=take_over)
        finally:
            QGuiApplication.restoreOverrideCursor()
    return None
