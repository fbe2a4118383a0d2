"""Columns and rows of widgets, with the window's spacing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from inspector_app.ui.widgets.labels import SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Box = TypeVar("Box", bound=QBoxLayout)
Margins: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom."""
_NONE: Margins = (0, 0, 0, 0)
Part: TypeAlias = (
    QWidget | QLayout | int | tuple[QWidget | QLayout, int] | tuple[QWidget, int, Qt.AlignmentFlag]
)
"""A widget or layout, alone or with its stretch and alignment; or pixels between two of them."""
STRETCH = -1
"""In place of pixels: all the room that is left."""


def make_column(
    parent: QWidget | None = None, *parts: Part, margins: Margins = _NONE, spacing: int = SPACE
) -> QVBoxLayout:
    """Return a layout from top to bottom; without a parent, for another layout."""
    layout = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    return _fill(layout, parts, margins, spacing)


def make_row(
    parent: QWidget | None = None, *parts: Part, margins: Margins = _NONE, spacing: int = SPACE
) -> QHBoxLayout:
    """Return a layout from left to right; without a parent, for another layout."""
    layout = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    return _fill(layout, parts, margins, spacing)


def _fill(layout: Box, parts: Iterable[Part], margins: Margins, spacing: int) -> Box:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    add_all(layout, *parts)
    return layout


def add_all(layout: QBoxLayout, *parts: Part) -> None:
    """Put parts behind those that a layout has."""
    for part in parts:
        if part == STRETCH:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            content, *how = part if isinstance(part, tuple) else (part,)
            add = layout.addLayout if isinstance(content, QLayout) else layout.addWidget
            add(content, *how)  # type: ignore[arg-type]


def clear_layout(layout: QLayout) -> None:
    """Discard the widgets of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            discard(widget)


def discard(widget: QWidget) -> None:
    """Take a widget off the screen now, and have Qt delete it soon."""
    widget.hide()
    widget.deleteLater()


def make_scroll_area(content: QWidget, parent: QWidget) -> QScrollArea:
    """Return what scrolls a content where there is little room."""
    area = QScrollArea(parent)
    set_up_scroll_area(area)
    area.setWidget(content)
    return area


def set_up_scroll_area(area: QScrollArea) -> None:
    """Have an area scroll and be no more: a click beside the fields leaves the cursor alone."""
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus)


@contextlib.contextmanager
def stay_under_mouse(part: QWidget) -> Iterator[None]:
    """Have the page scroll along while a part of it changes, so that what is pointed at stays."""
    area = part.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    content = area.widget() if area is not None else None
    pointed = content.childAt(content.mapFromGlobal(QCursor.pos())) if content else None
    if area is None or pointed is None or not area.isVisible():
        yield
        return
    before = pointed.mapTo(area, QPoint()).y()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    bar = area.verticalScrollBar()
    bar.setValue(bar.value() + pointed.mapTo(area, QPoint()).y() - before)


def add_middle(page: QWidget) -> QWidget:
    """Return what is to stand in the middle of a page, and scrolls where there is little room."""
    around = QWidget()
    make_column(page).addWidget(make_scroll_area(around, page))
    middle = QWidget(around)
    centre = QVBoxLayout(around)
    # Not the layout as a whole, which would spread what is in it as lines get longer.
    centre.addWidget(middle, 0, Qt.AlignmentFlag.AlignCenter)
    return middle


def fit_middle(page: QWidget, middle: QWidget, letters: int) -> bool:
    """Give what stands in the middle of a page the width of so many letters, as far as there is.

    Returns:
        Whether there is.
    """
    wanted = letters * page.fontMetrics().averageCharWidth()
    room = page.width() - 6 * SPACE
    middle.setFixedWidth(max(1, min(wanted, room)))
    return wanted <= room
