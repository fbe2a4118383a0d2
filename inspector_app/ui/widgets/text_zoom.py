"""How large the texts are that people write, apart from everything around them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

USUAL_ZOOM = 100
ZOOMS = (70, 80, 90, USUAL_ZOOM, 110, 125, 150, 175, 200, 250, 300)
"""Per cent of the size of the window's text."""
_NOTCH = 120
"""Of the wheel, in eighths of a degree, as Qt counts them."""


class TextZoom(QObject):
    """The size of all texts of the application; each that follows it changes at once."""

    changed = Signal(int)
    """There is another size; carries the per cent."""

    def __init__(self, application: QObject | None) -> None:
        super().__init__(application)
        self._turned = 0
        self.percent = USUAL_ZOOM

    def set_percent(self, percent: int) -> None:
        """Show the texts in a size, one of `ZOOMS`."""
        if percent != self.percent and percent in ZOOMS:
            self.percent = percent
            self.changed.emit(percent)

    def step(self, by: int) -> None:
        """Show the texts larger (1) or smaller (-1)."""
        index = ZOOMS.index(self.percent) + by
        self.set_percent(ZOOMS[min(max(index, 0), len(ZOOMS) - 1)])

    def refresh(self) -> None:
        """Follow another size of the window's text."""
        self.changed.emit(self.percent)

    def watch_wheel(self, widget: QWidget) -> None:
        """Let Ctrl and the wheel change the size over a widget."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the wheel while Ctrl is held; a fine one turns a while before anything happens."""
        if (
            isinstance(event, QWheelEvent)
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self._turned += event.angleDelta().y()
            notches = int(self._turned / _NOTCH)
            self._turned -= notches * _NOTCH
            if notches:
                self.step(notches)
            event.accept()
            return True
        return super().eventFilter(watched, event)


class ZoomedFont(QObject):
    """Keeps the font of a text area as large as texts are to be; Ctrl and the wheel change it.

    Args:
        area: The text area.
    """

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._scale = 1.0
        zoom = get_text_zoom()
        zoom.changed.connect(self._apply)
        zoom.watch_wheel(area.viewport())
        self._apply(zoom.percent)

    def set_scale(self, scale: float) -> None:
        """Make it so many times larger than other texts."""
        self._scale = scale
        self._apply(get_text_zoom().percent)

    @Slot(int)
    def _apply(self, percent: int) -> None:
        # One that is the same, too: of a font that says nothing, Qt's viewports take another size.
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * percent * self._scale / 100)
        self._area.setFont(font)


def get_text_zoom() -> TextZoom:
    """Return the application's text zoom, made when it is first asked for."""
    application = QApplication.instance()
    known = application.findChild(TextZoom) if application is not None else None
    return known or TextZoom(application)
