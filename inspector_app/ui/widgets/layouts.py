"""Columns and rows of widgets, with the window's spacing."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector_app.ui.widgets.labels import SPACE

Margins: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom."""
_NONE: Margins = (0, 0, 0, 0)


def make_column(
    parent: QWidget | None = None, *, margins: Margins = _NONE, spacing: int = SPACE
) -> QVBoxLayout:
    """Return a layout from top to bottom; without a parent, for another layout."""
    layout = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def make_row(
    parent: QWidget | None = None, *, margins: Margins = _NONE, spacing: int = SPACE
) -> QHBoxLayout:
    """Return a layout from left to right; without a parent, for another layout."""
    layout = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def add_middle(page: QWidget) -> QWidget:
    """Return what is to stand in the middle of a page, and scrolls where there is little room."""
    area = QScrollArea(page)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    make_column(page).addWidget(area)
    area.setWidget(around := QWidget(area))
    middle = QWidget(around)
    centre = QVBoxLayout(around)
    centre.setAlignment(Qt.AlignmentFlag.AlignCenter)
    centre.addWidget(middle)
    return middle
