"""Choosing several of many: type to filter, Enter takes; what is chosen stands below as chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QPushButton, QWidget

from inspector_app.texts import shorten
from inspector_app.ui.widgets.file_drops import leave_files
from inspector_app.ui.widgets.flow_layout import FlowLayout
from inspector_app.ui.widgets.labels import SPACE, make_label, make_tip
from inspector_app.ui.widgets.layouts import (
    STRETCH,
    add_all,
    clear_layout,
    make_column,
    make_row,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from inspector_app.ui.widgets.labelled import Labelled


class ManyChooser(QWidget):
    """A line that filters the choices, and the chosen ones below it.

    Args:
        choices: All that can be chosen.
        what: What one choice is called: “topic”.
    """

    edited = Signal(object)
    """A person chose or removed; carries the tuple of ids."""

    def __init__(
        self, choices: Sequence[Labelled], what: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._what = what
        self._choices = {choice.id: choice for choice in choices}
        self._by_name = {choice.full_name: choice.id for choice in choices}
        self._chosen: tuple[str, ...] = ()
        self._build()
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self._on_return)
        self.line.installEventFilter(self)
        # Two signals of one name, by text and by index: whichever comes is understood.
        self._completer.activated.connect(self._take)

    def _build(self) -> None:
        layout = make_column(self, spacing=4)
        self.line = QLineEdit(self, placeholderText=f"Type to find a {self._what}")
        self.line.setToolTip(
            f"Type part of a name, and Enter adds the {self._what}. Down shows all. Backspace in "
            "the empty line removes the last one"
        )
        self._completer = QCompleter(QStringListModel(list(self._by_name), self), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(12)
        self._popup = QListView()
        self._popup.setObjectName("chooser_list")
        self._completer.setPopup(self._popup)
        # Not the line's own completer, which would write the name into the line.
        self._completer.setWidget(self.line)
        # In the line, at its end: below it, the page would move with every other letter.
        self._nothing = make_label(f"No {self._what} matches these words", "hint", self.line)
        self._nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._nothing.setWordWrap(False)
        self._nothing.hide()
        make_row(self.line, STRETCH, self._nothing, margins=(0, 0, SPACE, 0))
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips)
        self._chips.hide()
        add_all(layout, self.line, self._chips)
        self.setFocusProxy(self.line)
        leave_files(self.line)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of what is chosen, in the order of choosing."""
        return self._chosen

    def show_chosen(self, ids: Sequence[str]) -> None:
        """Show these as chosen; nobody is told."""
        if tuple(ids) == self._chosen:
            return
        self._chosen = tuple(ids)
        clear_layout(self._flow)
        for id_ in self._chosen:
            self._flow.addWidget(self._make_chip(id_))
        self._chips.setVisible(bool(self._chosen))
        self._chips.updateGeometry()

    def _make_chip(self, id_: str) -> QPushButton:
        choice = self._choices.get(id_)
        name = choice.full_name if choice else id_
        chip = Chip(name, self._chips)
        chip.setObjectName(f"chip.{id_}")
        chip.setAccessibleName(f"Remove {self._what} {name}")
        chip.setToolTip(make_tip(f"Remove {name}"))
        chip.clicked.connect(lambda: self._choose(tuple(i for i in self._chosen if i != id_)))
        return chip

    def _choose(self, ids: tuple[str, ...]) -> None:
        had_focus = self._chips.isAncestorOf(self.focusWidget())
        self.show_chosen(ids)
        if had_focus:
            self.line.setFocus()
        self.edited.emit(ids)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._completer.setCompletionPrefix(text.strip())
        self._nothing.setVisible(bool(text.strip()) and not self._completer.completionCount())
        if not text.strip():
            self._popup.hide()
            return
        self._show_list()

    def _show_list(self) -> None:
        self._completer.complete()
        self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    @Slot()
    def _on_return(self) -> None:
        # The list is closed: Enter takes the one match there is.
        if self.line.text().strip() and self._completer.completionCount() == 1:
            self._take(self._completer.completionModel().index(0, 0))

    def _asks_for_all(self, event: QMouseEvent) -> bool:
        return (
            event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and not self.line.text()
            and not self.line.isReadOnly()
            and self.line.rect().contains(event.position().toPoint())
        )

    def _take(self, what: str | QModelIndex) -> None:
        name = what if isinstance(what, str) else str(what.data())
        id_ = self._by_name.get(name)
        self.line.clear()
        self._nothing.hide()
        if id_ is not None and id_ not in self._chosen:
            self._choose((*self._chosen, id_))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down or a click opens the list, Backspace in the empty line removes the last choice."""
        if watched is self.line and isinstance(event, QMouseEvent) and self._asks_for_all(event):
            self._completer.setCompletionPrefix("")
            self._show_list()
        if watched is self.line and isinstance(event, QKeyEvent) and not self.line.isReadOnly():
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Down:
                self._completer.setCompletionPrefix(self.line.text().strip())
                self._show_list()
                return True
            empty = not self.line.text()
            if pressed and event.key() == Qt.Key.Key_Backspace and empty and self._chosen:
                self._choose(self._chosen[:-1])
                return True
        return super().eventFilter(watched, event)


_LONGEST = 44
_CROSS = "  ✕"


class Chip(QPushButton):
    """A name with a cross. Where there is little room, the name is cut short, never the cross."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = shorten(name, _LONGEST)
        self._shown = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("role", "chip")
        # With large text a long name is cut short rather than that the fields scroll sideways.
        self.setMinimumWidth(1)
        self._show(self._name)

    def sizeHint(self) -> QSize:
        """Return the room for the whole name, whatever of it is shown now."""
        metrics = self.fontMetrics()
        missing = metrics.horizontalAdvance(self._name) - metrics.horizontalAdvance(self._shown)
        hint = super().sizeHint()
        return QSize(hint.width() + missing, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the name as there is room for."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        lacking = self.sizeHint().width() - self.width()
        if lacking <= 0:
            self._show(self._name)
            return
        room = max(metrics.horizontalAdvance(self._name) - lacking, 0)
        self._show(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room))

    def _show(self, name: str) -> None:
        if name != self._shown:
            self._shown = name
            self.setText(f"{name}{_CROSS}".replace("&", "&&"))
