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


def fit_size(window: QWidget, width: int, height: int) -> QSize:
    """Return a size that is meant for text at 100 %, for the text of now, within the screen."""
    room = window.screen().availableSize() - QSize(_EDGES, _EDGES)
    return (QSize(width, height) * max(get_text_scale(), 1.0)).boundedTo(room)


def share_size(window: QWidget, owner: QWidget) -> QSize:
    """Return a size a little below that of the window that another belongs to, on any screen."""
    room = window.screen().availableSize() - QSize(_EDGES, _EDGES)
    return (owner.window().size() * _SHARE).boundedTo(room)
