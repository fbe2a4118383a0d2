"""Asking for the password of a protected inspection until it is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from inspector_app.errors import WrongPassword

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.document.protecting import Key
    from inspector_app.ui.prompts import Prompts


def ask_key(name: str, prompts: Prompts, unlock: Callable[[str], Key | None]) -> Key | None:
    """Return the key of an inspection, and None where the person does not give the password.

    Args:
        name: What the file is called.
        prompts: Ask.
        unlock: Makes the key of the password, and raises `WrongPassword`.

    Raises:
        InspectorError: The file cannot be read.
    """
    problem = ""
    while (password := prompts.ask_password(name, problem)) is not None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return unlock(password)
        except WrongPassword as error:
            problem = str(error)
        finally:
            QGuiApplication.restoreOverrideCursor()
    return None
