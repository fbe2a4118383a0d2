"""What stands above a page when the last backup was not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument


class BackupBanner(QLabel):
    """Tells a backup's problem until one is made; typing goes on meanwhile."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backups = document.backups
        self.setObjectName("backup_banner")
        self.setProperty("role", "banner")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWordWrap(True)
        if self._backups is not None:
            self._backups.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        problem = self._backups.problem if self._backups is not None else ""
        self.setText(problem)
        self.setVisible(bool(problem))
