"""The panels around the page: outline, ratings, preview, notes, characteristics, find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRegularExpression, QSettings, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QMainWindow,
    QWidget,
)

from inspector_app.ui.outline.entries import REPORT
from inspector_app.ui.shell.narrow_window import STATE_VERSION, NarrowWindow
from inspector_app.ui.widgets.panes import focus_next_pane, focus_next_stop, focus_pane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.ui.find.find_panel import FindPanel
    from inspector_app.ui.outline.outline import Outline
    from inspector_app.ui.preview.preview_panel import PreviewPanel
    from inspector_app.ui.ratings.characteristics_panel import CharacteristicsPanel
    from inspector_app.ui.ratings.ratings_panel import RatingsPanel
    from inspector_app.ui.support.notes_panel import NotesPanel

_STATE = "main_window/panels"
_CHARACTERISTICS = "main_window/characteristics"
"""Whether that panel is open where there are any: most frameworks have none."""
_OUTLINE_SHARE, _PREVIEW_SHARE = 0.15, 0.32
"""Of the window's width, as long as nobody has moved the edges."""
_OUTLINE_LETTERS, _PREVIEW_LETTERS = (33, 43), (57, 103)
"""That they have room for at least and at most, as long as the page keeps most of the window."""
_DOCK_BUTTON = QRegularExpression("^qt_dockwidget_")
_RATINGS_SHARE = 0.5
"""Of the height: all key questions, or most of them on a small screen."""


class Docks(QObject):
    """Panels of a window; hidden while no inspection is open, then as the person left them."""

    def __init__(
        self, window: QMainWindow, centre: QWidget, outline: Outline, preview: PreviewPanel
    ) -> None:
        super().__init__(window)
        self._window = window
        self._centre = centre
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self.outline = self._add("Outline", "outline_dock", outline, left)
        self.ratings = self._add("Ratings", "ratings_dock", QWidget(), right)
        self.preview = self._add("Preview", "preview_dock", preview, right)
        self.notes = self._add("Notes", "notes_dock", QWidget(), right)
        self.characteristics = self._add(
            "Characteristics", "characteristics_dock", QWidget(), right
        )
        window.tabifyDockWidget(self.preview, self.notes)
        window.tabifyDockWidget(self.notes, self.characteristics)
        self.preview.raise_()
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        self.find = self._add("Find", "find_dock", QWidget(), bottom)
        # Below the page only: outline and preview keep their height.
        window.setCorner(Qt.Corner.BottomLeftCorner, left)
        window.setCorner(Qt.Corner.BottomRightCorner, right)
        self.ratings_panel: RatingsPanel | None = None
        """The panel of the open inspection."""
        self._shown = False
        self._entry = ""
        self._is_preview_away = False
        """Whether the preview comes back once the report itself is shown no longer."""
        self._first = window.saveState(STATE_VERSION)
        self._narrow = NarrowWindow(window, centre, self.all)
        self.hide()

    @property
    def all(self) -> Sequence[QDockWidget]:
        """The panels, in the order of the View menu."""
        return [
            *(self.outline, self.ratings, self.preview, self.notes),
            *(self.characteristics, self.find),
        ]

    def set_ratings(self, panel: RatingsPanel | None) -> None:
        """Put another inspection's ratings panel in the place of the last; None: there is none."""
        self.ratings_panel = panel
        _put(self.ratings, panel)
        self.ratings.toggleViewAction().setVisible(panel is not None)

    def set_notes(self, panel: NotesPanel | None) -> None:
        """Put another inspection's notes panel in the place of the last; None: there is none."""
        _put(self.notes, panel)

    def set_characteristics(self, panel: CharacteristicsPanel | None) -> None:
        """Put another inspection's panel in the place of the last; None: there is nothing in it."""
        _put(self.characteristics, panel)
        self.characteristics.toggleViewAction().setVisible(panel is not None)

    def set_find(self, panel: FindPanel | None) -> None:
        """Put another inspection's find panel in the place of the last; None: there is none."""
        _put(self.find, panel)

    def show(self, settings: QSettings) -> None:
        """Show the panels as they were last."""
        self._shown = True
        for dock in self.all:
            dock.toggleViewAction().setEnabled(True)
        state = settings.value(_STATE)
        # WORKAROUND: where panels that stand behind each other are shown already, Qt 6.11 puts the
        # tabs that it restores beside those it has, and leaves both on the screen.
        if not isinstance(state, QByteArray) or not self._window.restoreState(state, STATE_VERSION):
            state = None
            self._show_all()
        if not self.ratings.toggleViewAction().isVisible():
            self.ratings.hide()
        is_wanted = settings.value(_CHARACTERISTICS, True, bool)
        self.characteristics.setVisible(self._has_characteristics and bool(is_wanted))
        # Opened when something is to be found, wherever it stood last.
        self.find.hide()
        self._narrow.start(state)

    @Slot()
    def reset(self) -> None:
        """Show the panels as they are at first."""
        self._narrow.stop()
        for dock in self.all:
            dock.setFloating(False)
            dock.hide()
        self._window.restoreState(self._first, STATE_VERSION)
        self._show_all()
        self._is_preview_away = False
        self._narrow.start()
        self.show_entry(self._entry)

    def _show_all(self) -> None:
        for dock in self.all:
            # Find makes its panel when it is first seen.
            dock.setVisible(dock is not self.find and dock.toggleViewAction().isVisible())
        self._arrange()

    @Slot(str)
    def show_entry(self, entry: str) -> None:
        """Have no preview stand beside the report itself."""
        self._entry = entry
        self._mark_ratings(is_current=False)
        if entry == REPORT and not self.preview.isHidden():
            self._is_preview_away = True
            self.preview.hide()
        elif entry != REPORT and self._is_preview_away and not self._narrow.is_narrow:
            self._is_preview_away = False
            self.preview.show()
            self.preview.raise_()

    def _mark_ratings(self, *, is_current: bool) -> None:
        """Show by the colour of its title whether the outline stands on the panel."""
        if bool(self.ratings.property("current")) != is_current:
            self.ratings.setProperty("current", is_current)
            self.ratings.style().unpolish(self.ratings)
            self.ratings.style().polish(self.ratings)
            self.ratings.update()

    @Slot()
    def show_text(self) -> None:
        """Bring the page into sight, where a panel stands in place of it."""
        self._narrow.show_text()

    def _arrange(self) -> None:
        """Give the panels their usual part of the window."""
        width, height = self._window.width(), self._window.height()
        letter = self._window.fontMetrics().horizontalAdvance("x")
        widths = [
            min(_share(width, _OUTLINE_SHARE, _OUTLINE_LETTERS, letter), width // 4),
            min(_share(width, _PREVIEW_SHARE, _PREVIEW_LETTERS, letter), width // 3),
        ]
        self._window.resizeDocks([self.outline, self.preview], widths, Qt.Orientation.Horizontal)
        ratings = round(height * _RATINGS_SHARE)
        self._window.resizeDocks(
            [self.ratings, self.preview], [ratings, height - ratings], Qt.Orientation.Vertical
        )
        self.preview.raise_()

    def hide(self) -> None:
        """Hide all: there is nothing to show in them."""
        self._shown = self._is_preview_away = False
        self._narrow.stop()
        for dock in self.all:
            dock.hide()
            dock.toggleViewAction().setEnabled(False)

    @Slot(bool)
    def show_ratings(self, focus: bool) -> None:
        """Bring the ratings panel to the front.

        Args:
            focus: Whether the cursor goes there too.
        """
        self.ratings.show()
        self.ratings.raise_()
        self._mark_ratings(is_current=True)
        if focus and self.ratings_panel is not None:
            focus_pane(self.ratings_panel)

    def move_focus(self, step: int) -> None:
        """Give the cursor to the next (1) or the previous (-1) of the panels and the page."""
        focus_next_pane(self._list_panes(), step)
        self._raise_focused()

    def move_to_stop(self, step: int) -> bool:
        """Give the cursor to the next (1) or the previous (-1) control in sight."""
        seen = [pane for pane in self._list_panes() if not self._is_behind(pane)]
        return focus_next_stop(seen, step)

    def _list_panes(self) -> list[QWidget]:
        outline, *panels = [dock.widget() for dock in self.all]
        return [outline, self._centre, *panels, self._narrow.strip]

    def _is_behind(self, panel: QWidget) -> bool:
        """Tell whether a panel stands behind another.

        Qt calls it visible all the same, and puts it beyond the corner of the window.
        """
        dock = next((dock for dock in self.all if dock.widget() is panel), None)
        if dock is None or dock.isFloating():
            return False
        return dock.geometry().right() < 0 or dock.geometry().bottom() < 0

    def _raise_focused(self) -> None:
        """Bring the panel with the cursor to the front, where it stands behind another."""
        focus = QApplication.focusWidget()
        for dock in self.all:
            if focus is not None and dock.isAncestorOf(focus) and not dock.isFloating():
                dock.raise_()

    def store(self, settings: QSettings) -> None:
        """Remember how the panels are."""
        if self._shown:
            if self._is_preview_away:
                self.preview.show()
            if self._has_characteristics and not self._narrow.is_narrow:
                settings.setValue(_CHARACTERISTICS, not self.characteristics.isHidden())
            settings.setValue(_STATE, self._narrow.save_state())

    @property
    def _has_characteristics(self) -> bool:
        return self.characteristics.toggleViewAction().isVisible()

    def _add(self, title: str, name: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(content)
        for button in dock.findChildren(QAbstractButton, _DOCK_BUTTON):
            button.setAccessibleName(f"{button.accessibleName()} {title}")
        # Who asks for a panel wants to see it, not that it stands behind another.
        dock.toggleViewAction().triggered.connect(lambda on: dock.raise_() if on else None)
        self._window.addDockWidget(area, dock)
        return dock


def _share(whole: int, share: float, bounds: tuple[int, int], letter: int) -> int:
    least, most = bounds
    return max(least * letter, min(round(whole * share), most * letter))


def _put(dock: QDockWidget, panel: QWidget | None) -> None:
    old = dock.widget()
    dock.setWidget(panel or QWidget())
    if old is not None:
        old.deleteLater()
