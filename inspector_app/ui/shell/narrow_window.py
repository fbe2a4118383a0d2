"""Narrow windows give up panels before the text: the right side first, then the outline."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from inspector_app.ui.shell.side_strip import SideStrip
from inspector_app.ui.widgets.panes import focus_pane

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
BELOW = Qt.DockWidgetArea.BottomDockWidgetArea
STATE_VERSION = 4
"""Of the arrangement of panels, for Qt."""
_WIDE, _NO_RIGHT, _NO_PANELS = range(3)
_LEAST_WIDTHS = {_WIDE: 1100, _NO_RIGHT: 760}
"""Pixels that a window has with all panels, and with the left ones."""
_TEXT, _OUTLINE, _PANEL = 45, 24, 38
"""Letters that a line of text, the outline and a panel at the right have room for."""
_BESIDE_TEXT = 184
"""Pixels of a narrow page that are not its text: margins, cards, bullets, numbers of notes."""
_WIDEST_PANEL = 68
"""Letters that a panel next to the text takes by itself."""
_NO_LIMIT = (1 << 24) - 1


class NarrowWindow(QObject):
    """Folds panels to a strip of tabs where they would leave the text too little room.

    A panel that is opened then stands next to the text, alone; the outline makes room for it if
    need be, and where even that is not enough, the panel stands in place of the text. All panels
    are as the person had them as soon as the window is wide again.
    """

    def __init__(self, window: QMainWindow, centre: QWidget, docks: Sequence[QDockWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._centre = centre
        self._docks = docks
        self._level = _WIDE
        self._wide = QByteArray()
        """The arrangement to come back to."""
        self._is_changed = True
        """Whether a panel has come or gone since that was saved."""
        self._away: list[QDockWidget] = []
        """The panels of that arrangement that do not come back with it."""
        self._left: list[QDockWidget] = []
        """The panels at the left that are open as long as there is room."""
        self._widths: dict[QDockWidget, int] = {}
        """How wide these were when they went."""
        self._opened: QDockWidget | None = None
        """The panel that was opened by its tab."""
        self._is_active = False
        self._is_arranging = False
        # Only once Qt has laid the panels out, they have their widths.
        self._limits = QTimer(self, singleShot=True, interval=0)
        self._limits.timeout.connect(self._limit)
        self.strip = SideStrip(window, docks)
        self.strip.panel_wanted.connect(self._on_panel_wanted)
        self._escapes = [self._watch(dock) for dock in docks]
        window.installEventFilter(self)

    def _watch(self, dock: QDockWidget) -> QShortcut:
        dock.visibilityChanged.connect(lambda: self._on_visibility_changed(dock))
        dock.topLevelChanged.connect(lambda: self._on_floated(dock))
        dock.installEventFilter(self)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), dock)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_panel)
        escape.setEnabled(False)
        return escape

    @property
    def is_narrow(self) -> bool:
        """Whether panels are folded now."""
        return self._level != _WIDE

    def start(self, state: QByteArray | None = None) -> None:
        """Begin: the panels that are to be seen in a wide window are shown.

        Args:
            state: The arrangement that they were brought into, if it came from a file.
        """
        self._is_active = self._is_changed = True
        self._level = _WIDE
        away = [dock for dock in self._docks if dock.isHidden()]
        self.refresh()
        if self.is_narrow and state is not None:
            # What was brought back into a narrow window is squeezed, and is not to be kept so.
            self._wide, self._away = state, away
        self._limits.start()

    def stop(self) -> None:
        """End: there are no panels."""
        self._is_active = False
        self._opened = None
        self._level = _WIDE
        self._centre.show()
        self.strip.show_panels([], None)
        for escape in self._escapes:
            escape.setEnabled(False)

    def save_state(self) -> QByteArray:
        """Return the arrangement of the panels in a wide window."""
        return self._wide if self.is_narrow else self._window.saveState(STATE_VERSION)

    @Slot()
    def close_panel(self) -> None:
        """Close the panel that was opened by its tab."""
        if self._opened is not None:
            self._open(None)

    @Slot()
    def show_text(self) -> None:
        """Close the panel that stands in place of the text."""
        if self._centre.isHidden():
            self._open(None)

    # -- how much is folded

    @Slot()
    def refresh(self) -> None:
        """Fold or unfold, as the window and its letters are now."""
        if not self._is_active:
            return
        level = self._choose_level()
        before, self._level = self._level, level
        if before == _WIDE and level != _WIDE:
            if self._is_changed:
                self._wide = self._window.saveState(STATE_VERSION)
            self._away = []
            self._left = [dock for dock in self._list(LEFT) if not dock.isHidden()]
        if level == before == _WIDE:
            return
        if level == _WIDE:
            self._unfold()
        elif level == before:
            self._arrange()
        else:
            self._open(self._opened)

    def _choose_level(self) -> int:
        width, letter, text = self._window.width(), self._measure_letter(), self._measure_text()
        wanted = {_WIDE: text + (_OUTLINE + _PANEL) * letter, _NO_RIGHT: text + _OUTLINE * letter}
        return next(
            (level for level, least in _LEAST_WIDTHS.items() if width >= max(least, wanted[level])),
            _NO_PANELS,
        )

    def _measure_letter(self) -> int:
        return self._window.fontMetrics().horizontalAdvance("x")

    def _measure_text(self) -> int:
        return _BESIDE_TEXT + _TEXT * self._measure_letter()

    def _unfold(self) -> None:
        opened, self._opened = self._opened, None
        with self._arranging():
            for dock in self._docks:
                if not dock.isFloating():
                    dock.hide()
            self._lift_limits()
            self._centre.show()
            self.strip.show_panels([], None)
            self._window.restoreState(self._wide, STATE_VERSION)
            for dock in self._away:
                dock.hide()
            if opened is not None:
                opened.show()
        for escape in self._escapes:
            escape.setEnabled(False)
        self._limits.start()

    # -- one panel at a time

    @Slot(object)
    def _on_panel_wanted(self, dock: QDockWidget) -> None:
        self._open(None if dock is self._opened else dock)
        if self._opened is not None and (panel := dock.widget()) is not None:
            panel.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_visibility_changed(self, dock: QDockWidget) -> None:
        if not self._is_active or self._is_arranging or not self.is_narrow or dock.isFloating():
            return
        is_open = not dock.isHidden()
        if dock in self._list(LEFT) and self._level == _NO_RIGHT:
            self._left = [item for item in self._left if item is not dock]
            if is_open:
                self._left.append(dock)
                self._open(None)
        elif dock in self._list(BELOW):
            if is_open:
                # What stands below the text has nothing to do without it.
                self.show_text()
        elif dock in self._list(LEFT, RIGHT) and is_open != (dock is self._opened):
            self._open(dock if is_open else None)

    def _on_floated(self, dock: QDockWidget) -> None:
        if self._is_arranging:
            return
        if dock.isFloating():
            dock.setMaximumWidth(_NO_LIMIT)
            if dock is self._opened:
                self._open(None)
        elif self._is_active and self.is_narrow and not dock.isHidden():
            self._open(dock)

    def _open(self, dock: QDockWidget | None) -> None:
        self._opened = dock
        self._arrange()

    def _arrange(self) -> None:
        """Show what there is room for."""
        opened = self._opened
        right = self._list(RIGHT)
        room = self._window.width() - self.strip.sizeHint().width() - self._measure_text()
        least = _PANEL * self._measure_letter()
        left = self._left if self._level == _NO_RIGHT else []
        least_left = _OUTLINE * self._measure_letter()
        for dock in self._list(LEFT):
            if not dock.isHidden() and not self._centre.isHidden():
                self._widths[dock] = max(dock.width(), least_left)
        widths = [self._widths.get(dock, least_left) for dock in left]
        beside = sum(widths)
        if opened in right and room - beside < least:
            left, beside = [], 0
        folded = [dock for dock in self._list(LEFT) if dock not in left and dock in self._left]
        with self._arranging():
            self._lift_limits()
            for dock in self._list(LEFT, RIGHT):
                dock.setVisible(dock is opened or dock in left)
            has_text = opened is None or room >= least or opened in left
            self._centre.setVisible(has_text)
            for dock in self._list(BELOW) if not has_text else ():
                # Beside the panel, where Qt would put it, there is no room.
                dock.hide()
            self.strip.show_panels([*folded, *right], opened)
            if left:
                # Qt brings a panel back in any width.
                self._window.resizeDocks(left, widths, Qt.Orientation.Horizontal)
            if opened in right:
                width = max(least, min(room - beside, _WIDEST_PANEL * self._measure_letter()))
                self._window.resizeDocks([opened], [width], Qt.Orientation.Horizontal)
        # The panel may be made only now that it is seen.
        QTimer.singleShot(0, self, self._leave_strip)
        for escape in self._escapes:
            escape.setEnabled(escape.parent() is opened)
        self._limits.start()

    @Slot()
    def _leave_strip(self) -> None:
        """Go on in the text, or in what stands in its place.

        Qt gives the strip the focus of what went.
        """
        focus = QApplication.focusWidget()
        if focus is not None and self.strip.isAncestorOf(focus):
            opened = self._opened if self._centre.isHidden() else None
            focus_pane(opened.widget() if opened is not None else self._centre)

    @contextmanager
    def _arranging(self) -> Iterator[None]:
        self._is_arranging = True
        try:
            yield
        finally:
            self._is_arranging = False

    def _list(self, *areas: Qt.DockWidgetArea) -> list[QDockWidget]:
        """Return the panels at some sides of the window."""
        return [
            dock
            for dock in self._docks
            if not dock.isFloating()
            and self._window.dockWidgetArea(dock) in areas
            and dock.toggleViewAction().isVisible()
        ]

    # -- the widths of panels

    def _lift_limits(self) -> None:
        for dock in self._docks:
            dock.setMaximumWidth(_NO_LIMIT)

    @Slot()
    def _limit(self) -> None:
        """Let no panel be drawn so wide that a line of text has too few letters."""
        if not self._is_active:
            return
        if not self.is_narrow:
            # Once the window is narrow it is too late: Qt has squeezed the panels by then.
            self._wide, self._is_changed = self._window.saveState(STATE_VERSION), False
        spare = self._window.width() - self._measure_text()
        if not self.strip.isHidden():
            spare -= self.strip.sizeHint().width()
        for side, other in ((LEFT, RIGHT), (RIGHT, LEFT)):
            beside = [dock.width() for dock in self._list(other) if not dock.isHidden()]
            for dock in self._list(side):
                room = max(spare - max(beside, default=0), dock.minimumSizeHint().width())
                limit = _NO_LIMIT if self._centre.isHidden() or dock.isHidden() else room
                if dock.maximumWidth() != limit:
                    dock.setMaximumWidth(limit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the sizes of the window, its letters and its panels."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.FontChange}:
            if watched is self._window:
                self.refresh()
            if self._is_active:
                self._limits.start()
        elif event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._is_changed = True
            if self._is_active:
                self._limits.start()
        return False
