"""The size of the texts, and of the preview while it has the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication

from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.widgets.text_zoom import USUAL_ZOOM, get_text_zoom

if TYPE_CHECKING:
    from inspector_app.ui.preview.report_view import ReportView
    from inspector_app.ui.shell.commands import WindowParts


class ZoomCommands(Commands):
    """Makes the texts larger and smaller, and remembers it."""

    def __init__(self, parts: WindowParts, preview: ReportView) -> None:
        super().__init__(parts)
        self._preview = preview
        self._zoom = get_text_zoom()
        self._zoom.set_percent(parts.preferences.text_zoom)
        self._zoom.changed.connect(self._on_changed)
        parts.actions.larger.triggered.connect(lambda: self._step(1))
        parts.actions.smaller.triggered.connect(lambda: self._step(-1))
        parts.actions.usual_size.triggered.connect(lambda: self._zoom.set_percent(USUAL_ZOOM))

    def _step(self, by: int) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus is self._preview:
            self._preview.enlarge() if by > 0 else self._preview.reduce()
        else:
            self._zoom.step(by)

    @Slot(int)
    def _on_changed(self, percent: int) -> None:
        if percent != self._preferences.text_zoom:
            self._preferences.text_zoom = percent
            self._window.statusBar().showMessage(f"Texts at {percent} %")
