"""The musts that come from breaches: shown where they print, changed in their notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.entities import Notice
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, clear_layout, make_column

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument


class NoticeMusts(QWidget):
    """One line a breach, as the report prints it, with a button to its notice."""

    place_wanted = Signal(str)
    """A person wants to see a notice; carries its id."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.setObjectName("notice_musts")
        self._layout = make_column(self, spacing=4)
        self._shown: list[tuple[str, str, str]] | None = None
        self.refresh()

    def refresh(self) -> None:
        """Show the lines as they are now."""
        lines = [(notice.id, *self._describe(notice)) for notice in self._notices()]
        if lines == self._shown:
            return
        self._shown = lines
        clear_layout(self._layout)
        for id_, text, remark in lines:
            self._layout.addWidget(self._make_line(id_, text, remark))
        self.setVisible(bool(lines))

    def _notices(self) -> list[Notice]:
        if not self.document.regime.prints("musts"):
            return []
        return list(self.document.inspection.all(Notice))

    def _describe(self, notice: Notice) -> tuple[str, str]:
        """Return the must line and, where it does not print, why."""
        regulation = self.document.reference.regulations.get(notice.regulation)
        own = regulation.must if regulation else ""
        text = notice.must or own
        if notice.withheld:
            return text or "A breach that is withheld", "Not printed: the notice is withheld."
        if not text:
            return "A breach without a must line", "Not printed until its notice has a must line."
        return text, ""

    def _make_line(self, id_: str, text: str, remark: str) -> QWidget:
        line = QWidget(self)
        words = QVBoxLayout()
        words.setSpacing(4)
        label = make_label(text, "", line)
        label.setWordWrap(True)
        # One endless word must not make the page scroll sideways.
        label.setMinimumWidth(60)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(label)
        if remark:
            words.addWidget(make_label(remark, "hint", line))
        button = make_button(
            "Notice",
            f"{id_}.show_notice",
            "This line comes from a breach; change it there",
            line,
            role="quiet",
            spoken=f"Show the notice of: {text[:80]}",
        )
        button.clicked.connect(lambda: self.place_wanted.emit(id_))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(12, 4, 0, 4)
        add_all(layout, (words, 1), (button, 0, Qt.AlignmentFlag.AlignTop))
        return line
