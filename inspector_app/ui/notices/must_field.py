"""The must line of a breach: the regulation's own, or one of the inspector's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QPushButton

from inspector_app.domain.entities import Notice
from inspector_app.ui.widgets.fields import TextField
from inspector_app.ui.widgets.labels import make_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument


class MustField(TextField):
    """While it is empty the regulation's own line prints, which shows in its place."""

    def __init__(
        self, document: InspectionDocument, notice: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, notice, "must", "Must line", parent)
        self.step = "Change must line of breach"
        self.text.set_lines(2, 8)
        self.set_hint("Left empty, the regulation's own line prints")
        self.copying = QPushButton("Use and edit", self)
        self.copying.setObjectName(f"{notice}.use_must")
        self.copying.setAccessibleName("Use the regulation's must line and edit it")
        self.copying.setToolTip("Put the regulation's own line here, to be changed")
        self._menu = QMenu(self.copying)
        self._source = make_label("", "hint", self)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._source)
            layout.addWidget(self.copying)
            layout.setAlignment(self.copying, self.label.alignment().AlignLeft)
        self.copying.clicked.connect(self._on_copying)
        self.refresh_source()

    def refresh_source(self) -> None:
        """Show what the regulation offers now, and whether it can be put in."""
        notice = self.document.inspection.find(self.entity)
        if not isinstance(notice, Notice):
            return
        regulation = self.document.reference.regulations.get(notice.regulation)
        own = regulation.must if regulation else ""
        others = regulation.other_musts if regulation else ()
        self._offered = [item for item in (own, *others) if item]
        self.text.setPlaceholderText(own or "What the provider must do")
        if own and regulation is not None:
            mark = "" if regulation.must_verified else " (wording not verified)"
            self._source.setText(f"Left empty, the regulation's own line prints{mark}.")
        else:
            self._source.setText("This regulation has no line of its own: write one here.")
        self._source.setVisible(regulation is not None)
        self.copying.setVisible(self.document.can_edit)
        self.copying.setEnabled(bool(self._offered) and not notice.must)
        self._menu.clear()
        for text in self._offered:
            self._menu.addAction(text.replace("&", "&&")).triggered.connect(
                lambda _=False, text=text: self._use(text)
            )

    @Slot()
    def _on_copying(self) -> None:
        if len(self._offered) == 1:
            self._use(self._offered[0])
        else:
            self._menu.popup(self.copying.mapToGlobal(self.copying.rect().bottomLeft()))

    def _use(self, text: str) -> None:
        self.store(text)
        self.text.setFocus()
        self.text.moveCursor(QTextCursor.MoveOperation.End)
