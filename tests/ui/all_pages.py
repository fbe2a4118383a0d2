"""Every page of the sample inspection, and what a person can reach on it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QStackedWidget, QWidget

from inspector_app.content.samples import load_sample
from inspector_app.frameworks.load import load_framework, load_reference
from inspector_app.ui.outline.entries import RATINGS, list_entries
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.pages.page import Page

if TYPE_CHECKING:
    from inspector_app.ui.shell.main_window import MainWindow


def _list_pages() -> list[str]:
    inspection = load_sample("rated").inspection
    framework = load_framework(inspection.details.framework)
    opened = SimpleNamespace(
        inspection=inspection,
        framework=framework,
        regime=framework.get_regime(inspection.details.regime),
        reference=load_reference(),
    )
    return [entry.id for entry in list_entries(opened) if entry.id != RATINGS]  # type: ignore[arg-type]


PAGES = _list_pages()
"""Ids of the entries that have a page in the centre."""


def show_page(window: MainWindow, page: str) -> Page:
    """Show a page, as a click in the outline does, and return it."""
    window.findChild(Outline).entry_wanted.emit(page)
    QApplication.processEvents()
    page = get_page(window)
    while getattr(page, "waiting", None):
        # Cards below the fold.
        QApplication.processEvents()
    return page


def get_page(window: MainWindow) -> Page:
    """Return the page that is shown."""
    shown = window.findChild(QWidget, "workspace").findChild(QStackedWidget).currentWidget()
    assert isinstance(shown, Page)
    return shown


def list_stops(pane: QWidget) -> list[QWidget]:
    """Return the enabled and visible widgets of a pane that Tab is to reach."""
    return [widget for widget in [pane, *pane.findChildren(QWidget)] if _is_stop(widget)]


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}"


def has_label(widget: QWidget) -> bool:
    """Tell whether a label on the screen names a widget, or a part that hands its focus on."""
    named = [label.buddy() for label in widget.window().findChildren(QLabel)]
    while widget.isWidgetType() and not widget.isWindow():
        if widget in named:
            return True
        parent = widget.parentWidget()
        if parent is None or parent.focusProxy() is not widget:
            return False
        widget = parent
    return False


def _is_stop(widget: QWidget) -> bool:
    takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    # What only scrolls, and what hands the focus on to a part of it.
    passes = isinstance(widget, QScrollArea) or widget.focusProxy() is not None
    return takes_tab and widget.isVisible() and widget.isEnabled() and not passes
