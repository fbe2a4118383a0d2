"""Who has the inspection open that is shown here as a copy, and the way to writing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from inspector_app.ui.banners.banners import make_banner_line
from inspector_app.ui.widgets.layouts import make_row

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument


class HolderBanner(QFrame):
    """Says whose the file is; once it can be written here, a button does it."""

    writing_wanted = Signal()
    """The person has read whose it is, and wants to write."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lock_watch = document.lock_watch
        self.setProperty("role", "banner")
        self._line = make_banner_line("holder_banner", self)
        self._write = QPushButton("&Open for writing here", self)
        self._write.setObjectName("open_for_writing_button")
        self._write.setAccessibleName("Open for writing here")
        self._write.setToolTip("Open the file as it is now, in this window, to go on with it")
        self._write.clicked.connect(self.writing_wanted)
        make_row(self, (self._line, 1), self._write, margins=(0, 0, 12, 0))
        if self._lock_watch is not None:
            self._lock_watch.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        watch = self._lock_watch
        self.setVisible(watch is not None)
        if watch is not None:
            self._line.setText(watch.message)
            self._write.setVisible(watch.can_take_over)
