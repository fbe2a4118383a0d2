"""What stands above a page and needs no answer: why nothing can be changed, what does not work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from inspector_app.ui.widgets.layouts import add_all, make_column

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument

_TEMPLATES = (
    "Your own report templates cannot be used, so reports are made with Inspector's: {problem}"
)


class Banners(QWidget):
    """Says above the page why an inspection is read-only, and which templates are not used."""

    reopen_wanted = Signal()

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._read_only = QFrame(self)
        self._read_only.setProperty("role", "banner")
        self._reason = make_banner_line("banner", self._read_only)
        self._reopen = QPushButton("&Reopen for changes", self._read_only)
        self._reopen.setObjectName("reopen_button")
        self._reopen.setToolTip("Make this published inspection a draft again; asks first")
        self._reopen.clicked.connect(self.reopen_wanted)
        row = QHBoxLayout(self._read_only)
        row.setContentsMargins(0, 0, 12, 0)
        add_all(row, (self._reason, 1), self._reopen)
        self._templates = make_banner_line("templates_banner", self)
        make_column(self, self._read_only, self._templates, spacing=1)
        document.changed.connect(self.refresh)
        document.reports.templates_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what holds now."""
        document = self._document
        # Who has the file open is told by a banner of its own.
        reason = "" if document.lock_watch is not None else document.read_only_reason
        self._reason.setText(reason)
        self._read_only.setVisible(bool(reason))
        self._reopen.setVisible(document.is_published and document.can_change_state)
        problem = document.reports.template_problem
        self._templates.setText(_TEMPLATES.format(problem=problem))
        self._templates.setVisible(bool(problem))


def make_banner_line(name: str, parent: QWidget) -> QLabel:
    """Return a line of text in the colours of a banner."""
    line = QLabel(parent)
    line.setObjectName(name)
    line.setProperty("role", "banner")
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line.setWordWrap(True)
    return line
