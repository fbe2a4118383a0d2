"""Leaving for later what need not be there when a window is painted for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget

SOON = 30
"""Milliseconds until it is worth asking again."""


def is_painted(widget: QWidget) -> bool:
    """Tell whether the window of a widget has been on the screen: it is painted as it gets there.

    Timers cannot tell: one that ran out while the window was built is due before the painting.
    """
    handle = cast("QWindow | None", widget.window().windowHandle())
    return handle is not None and handle.isExposed()
