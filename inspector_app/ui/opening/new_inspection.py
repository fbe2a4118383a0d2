"""Starting an inspection: framework, way of judging, who is inspected."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all, add_middle, fit_middle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from inspector_app.frameworks.model import Framework

_WIDTH = 80
_SHOWN = 5
"""Faults that are told; the command line lists all."""
"""Letters that the form is wide."""


class NewInspection(NamedTuple):
    """What a new inspection starts with."""

    framework: Framework
    regime: str
    form: str
    """Of the report; "" where there is only one."""
    location_name: str
    provider_name: str


class NewInspectionPage(QWidget):
    """A short form; everything in it but the framework can be changed later."""

    wanted = Signal(object)
    """Make this; carries the `NewInspection`."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frameworks: Sequence[Framework] = ()
        self.setObjectName("new_inspection_page")
        self._build()
        self._framework.currentIndexChanged.connect(self._refresh)
        self._regime.currentIndexChanged.connect(self._refresh_forms)
        self._create.clicked.connect(self._on_create)
        self._cancel.clicked.connect(self.cancelled)
        self._location.returnPressed.connect(self._provider.setFocus)
        self._provider.returnPressed.connect(self._on_create)

    def _build(self) -> None:
        column = self._column = add_middle(self)
        layout = QVBoxLayout(column)
        layout.setSpacing(4)
        add_all(layout, make_label("New inspection", "title", column), 12)
        self._framework = QComboBox(column)
        self._regime = QComboBox(column)
        self._form = QComboBox(column)
        self._location = QLineEdit(column)
        self._provider = QLineEdit(column)
        for text, editor, name, tip in (
            ("&Framework", self._framework, "framework", "What the service is assessed against"),
            ("&Judged as", self._regime, "regime", "Ratings, or met and not met"),
            ("Form of the &report", self._form, "form", "How the report is laid out"),
            ("&Location", self._location, "location_name", "Name of the service inspected"),
            ("&Provider", self._provider, "provider_name", "Name of who runs the service"),
        ):
            label = make_label(text, "label", column)
            label.setBuddy(editor)
            if editor is self._form:
                self._form_label = label
            editor.setObjectName(f"new_{name}")
            editor.setAccessibleName(text.replace("&", ""))
            editor.setToolTip(tip)
            if isinstance(editor, QComboBox):
                ignore_wheel_until_focused(editor)
            add_all(layout, label, editor, 8)
        layout.addWidget(
            make_label(
                "Next you choose where to save the file. You can change the names at any time.",
                "hint",
                column,
            )
        )
        self._faults = make_label("", "problem", column, "new_faults")
        self._faults.hide()
        layout.addWidget(self._faults)
        layout.addSpacing(12)
        buttons = QHBoxLayout()
        self._cancel = make_button(
            "Cancel", "new_cancel", "Back to the start (Esc)", column, role="quiet"
        )
        self._cancel.setShortcut("Esc")
        tip = "Choose where to save the file, and begin (Enter)"
        self._create = make_button("&Create…", "new_create", tip, column, role="primary")
        self._create.setAutoDefault(True)
        add_all(buttons, STRETCH, self._cancel, self._create)
        layout.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to the window."""
        super().resizeEvent(event)
        fit_middle(self, self._column, _WIDTH)

    def start(self, frameworks: Sequence[Framework], last: str) -> None:
        """Show the form, empty but for the framework that was chosen last, or else the newest."""
        self._frameworks = frameworks
        self._framework.clear()
        self._framework.addItems([framework.name for framework in frameworks])
        ids = [framework.id for framework in frameworks]
        first = last if last in ids else _find_newest(frameworks)
        self._framework.setCurrentIndex(ids.index(first) if first else -1)
        self._location.clear()
        self._provider.clear()
        self._refresh()

    def show_faults(self, faults: Sequence[str]) -> None:
        """Tell which files of the organisation are not used as they are, and why."""
        self._faults.setVisible(bool(faults))
        shown = "\n".join(faults[:_SHOWN])
        more = f"\n… and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        self._faults.setText(
            "Some files of your organisation have faults. What was sound before is used in their "
            f"place:\n{shown}{more}"
        )

    def focus_first(self) -> None:
        """Put the cursor where typing begins."""
        self._location.setFocus()

    @Slot()
    def _refresh(self) -> None:
        index = self._framework.currentIndex()
        self._regime.clear()
        if 0 <= index < len(self._frameworks):
            for regime in self._frameworks[index].regimes:
                self._regime.addItem(regime.name, regime.id)
        self._create.setEnabled(self._regime.count() > 0)
        self._refresh_forms()

    @Slot()
    def _refresh_forms(self) -> None:
        self._form.clear()
        index = self._framework.currentIndex()
        if 0 <= index < len(self._frameworks):
            for form in self._frameworks[index].list_forms(str(self._regime.currentData())):
                self._form.addItem(form.name, form.id)
        # Where there is nothing to choose, nothing is asked.
        for widget in (self._form_label, self._form):
            widget.setVisible(self._form.count() > 1)

    @Slot()
    def _on_create(self) -> None:
        index = self._framework.currentIndex()
        if not self._create.isEnabled() or index < 0:
            return
        self.wanted.emit(
            NewInspection(
                self._frameworks[index],
                str(self._regime.currentData()),
                str(self._form.currentData() or ""),
                self._location.text(),
                self._provider.text(),
            )
        )


def _find_newest(frameworks: Sequence[Framework]) -> str:
    """Return the id of the framework that came last into use; a draft only where all are."""
    newest = max(frameworks, key=lambda it: (it.status != "draft", it.in_use_from), default=None)
    return newest.id if newest is not None else ""
