"""Moving the cursor by keys: between outline, page and panels, and from control to control."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_ARRIVING = Qt.FocusReason.OtherFocusReason
"""For a shortcut, a line would select all that is in it, and the first letter typed replace it."""


def focus_next_pane(panes: Sequence[QWidget], step: int) -> None:
    """Give the focus to the next pane that is visible; `step` is 1 or -1."""
    there = [pane for pane in panes if pane.isVisible()]
    focus = QApplication.focusWidget()
    here = next(
        (
            index
            for index, pane in enumerate(there)
            if focus is not None and (pane is focus or pane.isAncestorOf(focus))
        ),
        -1 if step > 0 else 0,
    )
    for offset in range(1, len(there) + 1):
        if focus_pane(there[(here + step * offset) % len(there)]):
            return


def focus_pane(pane: QWidget) -> bool:
    """Give the focus to what had it last in a pane, or else to where work in it begins.

    That is the pane's focus proxy, or its first control.
    """
    # The stub forgets that there may be none.
    last = cast("QWidget | None", pane.focusWidget())
    only_scrolls = last is pane or isinstance(last, QScrollArea)
    if last is not None and not only_scrolls and _takes_focus(last):
        last.setFocus(_ARRIVING)
        return True
    proxy = pane.focusProxy()
    while proxy is not None and proxy.focusProxy() is not None:
        proxy = proxy.focusProxy()
    if proxy is not None and _takes_focus(proxy):
        proxy.setFocus(_ARRIVING)
        return True
    stop = _find_first_stop(pane)
    if stop is not None:
        stop.setFocus(_ARRIVING)
    return stop is not None


def focus_next_stop(panes: Sequence[QWidget], step: int) -> bool:
    """Give the focus to the next control on the screen, as Tab (1) and Shift+Tab (-1) do.

    The order is that of the layouts. Qt's own is that in which controls were made and given a
    parent: what is made later, or moved, would be met in the wrong place, or never.
    """
    stops = [stop for pane in panes if pane.isVisible() for stop in list_stops(pane)]
    if not stops:
        return False
    focus = QApplication.focusWidget()
    if focus in stops:
        target = stops[(stops.index(focus) + step) % len(stops)]
    else:
        # In something that only a click can reach: go on behind what is around it.
        around = [stop for stop in stops if focus is not None and stop.isAncestorOf(focus)]
        target = around[0] if around else stops[0 if step > 0 else -1]
    reason = Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    return True


def list_stops(pane: QWidget) -> list[QWidget]:
    """Return what Tab stops at in a pane, in the order of the layouts."""
    inside = [stop for part in _list_parts(pane) for stop in list_stops(part)]
    # What only scrolls is a stop where there is nothing else.
    is_stop = _takes_focus(pane) and not (isinstance(pane, QScrollArea) and inside)
    return [pane, *inside] if is_stop and pane.focusProxy() is None else inside


def _find_first_stop(pane: QWidget) -> QWidget | None:
    """Return the first of `list_stops`, without looking at the others."""
    is_stop = _takes_focus(pane) and pane.focusProxy() is None
    if is_stop and not isinstance(pane, QScrollArea):
        return pane
    found = (_find_first_stop(part) for part in _list_parts(pane))
    return next((stop for stop in found if stop is not None), pane if is_stop else None)


def _list_parts(widget: QWidget) -> list[QWidget]:
    """Return the visible widgets right inside another, in the order of its layout."""
    ordered: list[QWidget] = []
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        content = widget.widget()
        return [content] if content is not None else []
    if isinstance(widget, QSplitter):
        parts = [widget.widget(index) for index in range(widget.count())]
        ordered = [part for part in parts if part is not None]
    elif layout is not None:
        ordered = list(_walk_layout(layout))
    children = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and child not in ordered and not child.isWindow()
    ]
    return [part for part in (*ordered, *children) if part.isVisible()]


def _walk_layout(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        # The stub knows only an object; it is row, column and the spans.
        places.sort(key=lambda place: cast("tuple[int, ...]", layout.getItemPosition(place)))
    for place in places:
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        below = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif below is not None:
            yield from _walk_layout(below)


def _takes_focus(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & tab)
