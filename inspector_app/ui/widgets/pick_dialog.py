"""Picking one of a long list by typing part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListView,
    QWidget,
)

from inspector_app.ui.widgets.buttons import add_clear_button, make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column
from inspector_app.ui.widgets.window_sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Sequence


class Option(NamedTuple):
    """What can be picked: an id and the line that shows it."""

    id: str
    text: str


class PickDialog(QDialog):
    """A list with a line above it that filters; Enter or a double click picks.

    It blocks nothing: show it by `open`, and listen to `picked`.
    """

    picked = Signal(str)
    """Carries the id of what was picked."""

    def __init__(
        self,
        title: str,
        hint: str,
        verb: str,
        options: Sequence[Option],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(fit_size(self, 640, 480))
        self._options = [(option, option.text.casefold()) for option in options]
        self._shown: list[Option] = []
        self._build(hint, verb)
        self._line.textEdited.connect(self._on_edited)
        self._line.installEventFilter(self)
        self._view.doubleClicked.connect(self.accept)
        self._on_edited("")

    def _build(self, hint: str, verb: str) -> None:
        layout = make_column(self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE))
        label = make_label(hint, "label", self)
        self._line = QLineEdit(self, placeholderText="Type to filter")
        add_clear_button(self._line)
        self._line.setObjectName("pick_line")
        self._line.setAccessibleName(hint)
        self._line.setToolTip("Type words from it. Up and Down choose, Enter accepts")
        label.setBuddy(self._line)
        self._view = QListView(self)
        self._view.setObjectName("pick_list")
        self._view.setAccessibleName(self.windowTitle())
        self._view.setUniformItemSizes(True)
        self._view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAlternatingRowColors(True)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._model = QStringListModel(self)
        self._view.setModel(self._model)
        self._empty = make_label("Nothing matches these words.", "hint", self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._button = make_button(verb, "pick_button", "", self, role="primary")
        buttons.addButton(self._button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        add_all(layout, label, self._line, self._view, self._empty, buttons)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        words = text.casefold().split()
        self._shown = [
            option for option, folded in self._options if all(word in folded for word in words)
        ]
        self._model.setStringList([option.text for option in self._shown])
        self._view.setCurrentIndex(self._model.index(0))
        self._empty.setVisible(not self._shown)
        self._button.setEnabled(bool(self._shown))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the line move in the list."""
        if (
            watched is self._line
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key()
            in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        ):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10}.get(
                Qt.Key(event.key()), 10
            )
            row = self._view.currentIndex().row() + step
            last = len(self._shown) - 1
            self._view.setCurrentIndex(self._model.index(max(0, min(row, last))))
            return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Pick what is current."""
        index: QModelIndex = self._view.currentIndex()
        if index.isValid():
            id_ = self._shown[index.row()].id
            super().accept()
            self.picked.emit(id_)
