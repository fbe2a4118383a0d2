"""How large windows open: as their letters need, and as the screen lets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from inspector_app.ui.widgets.theme import get_text_scale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_EDGES = 60
"""What the frame of a window takes, with some of the screen left beside it."""


_SHARE = 0.9


def get_room(window: QWidget) -> QSize:
    """Return how large a window may be on its screen."""
    return window.screen().availableSize() - QSize(_EDGES, _EDGES)


def fit_size(window: QWidget, width: int, height: int) -> QSize:
    """Return a size that is meant for text at 100 %, for the text of now, within the screen."""
    return (QSize(width, height) * max(get_text_scale(), 1.0)).boundedTo(get_room(window))


def share_size(window: QWidget, owner: QWidget, least: QSize | None = None) -> QSize:
    """Return a size a little below that of the main window that another belongs to.

    Args:
        window: The window that gets the size.
        owner: What it belongs to: the main window, or anything in it or in a dialog of it.
        least: What it has at least, where the screen has room for it.
    """
    main = owner.window()
    while (parent := main.parentWidget()) is not None:
        main = parent.window()
    return (main.size() * _SHARE).expandedTo(least or QSize()).boundedTo(get_room(window))
