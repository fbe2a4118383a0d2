"""Boxes to tick, one a text of a list; what was ticked under other words stays."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from inspector_app.texts import collapse_spaces
from inspector_app.ui.widgets.fields import BoundField
from inspector_app.ui.widgets.layouts import discard, make_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QResizeEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.widgets.lines import RowLine

_LONGEST_TIP = 400


class ChecklistField(BoundField):
    """A list of texts: a box for each that is offered or chosen, and a line for others.

    Args:
        document: The open inspection.
        notice: Id of the notice.
        field: Name of its field, a list of texts.
        label: What stands above.
        offer: Gives value and words of what is offered now.
        line: Where others are typed; Enter adds.
        columns: In how many columns the boxes stand where there is room.
    """

    def __init__(
        self,
        document: InspectionDocument,
        notice: str,
        field: str,
        label: str,
        offer: Callable[[], Iterable[tuple[str, str]]],
        line: RowLine,
        columns: int,
        parent: QWidget | None = None,
    ) -> None:
        self._offer = offer
        self._columns = columns
        self._placed = 0
        self._shown: list[tuple[str, str]] | None = None
        self.boxes: dict[str, QCheckBox] = {}
        """The boxes by value."""
        self.line = line
        super().__init__(document, notice, field, label, parent)

    def make_editor(self) -> QWidget:
        area = QWidget()
        self._grid = QWidget(area)
        self._grid_place = make_column(area, self._grid, self.line, spacing=4)
        area.setFocusProxy(self.line)
        return area

    def set_up(self) -> None:
        self.line.setObjectName(f"{self.entity}.{self.field}.other")
        self.label.setBuddy(self.line)
        self.line.enter_pressed.connect(self._on_enter)
        self.setFocusProxy(self.line)
        super().set_up()

    def set_editable(self, editable: bool) -> None:
        for box in self.boxes.values():
            box.setEnabled(editable)
        self.line.setReadOnly(not editable)
        self.line.setVisible(editable)

    def show_value(self) -> None:
        chosen: Sequence[str] = self.value or ()
        offered = list(self._offer())
        known = {make_key(value) for value, _ in offered}
        shown = offered + [(item, item) for item in chosen if make_key(item) not in known]
        if shown != self._shown:
            self._shown = shown
            self._make_boxes(shown)
        keys = {make_key(item) for item in chosen}
        for value, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(make_key(value) in keys)

    def add(self, text: str) -> None:
        """Choose a text, offered or not."""
        chosen: tuple[str, ...] = tuple(self.value or ())
        text = collapse_spaces(text)
        more = add_choice(chosen, text, [value for value, _ in self._offer()])
        if text and more != chosen:
            self.store(more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use as many columns as there is room for."""
        super().resizeEvent(event)
        self._place_boxes()

    def _place_boxes(self) -> None:
        grid = self._grid.layout()
        widest = max((box.sizeHint().width() for box in self.boxes.values()), default=0)
        columns = max(1, min(self._columns, self.width() // (widest + 4)))
        if columns == self._placed or not isinstance(grid, QGridLayout):
            return
        self._placed = columns
        for index, box in enumerate(self.boxes.values()):
            grid.addWidget(box, index // columns, index % columns)
        for column in range(self._columns):
            grid.setColumnStretch(column, 1 if column < columns else 0)

    @Slot(str)
    def take(self, text: str) -> None:
        """Choose a text that the line suggested, and clear the line for the next."""
        self.add(text)
        self.line.clear()

    def _make_boxes(self, shown: Sequence[tuple[str, str]]) -> None:
        old = self._grid
        self._grid = QWidget(self.editor)
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self.boxes = {}
        before: QWidget | None = None
        for value, words in shown:
            # An ampersand would become a shortcut.
            box = QCheckBox(words.replace("&", "&&"), self._grid)
            box.setAccessibleName(words)
            box.setObjectName(f"{self.entity}.{self.field}.{value}")
            # Escaped: what looks like HTML would otherwise be shown as such.
            box.setToolTip(f"<p>{html.escape(words[:_LONGEST_TIP])} (Space ticks)</p>")
            box.setEnabled(self.document.can_edit)
            box.clicked.connect(lambda on, value=value: self._tick(value, on=on))
            # Long words are cut off rather than that the page scrolls sideways; the tip has all.
            box.setMinimumWidth(60)
            if before is not None:
                QWidget.setTabOrder(before, box)
            before = box
            self.boxes[value] = box
        self._placed = 0
        self._place_boxes()
        self._grid_place.replaceWidget(old, self._grid)
        discard(old)
        self._grid.setVisible(bool(shown))
        if before is not None:
            QWidget.setTabOrder(before, self.line)

    def _tick(self, value: str, *, on: bool) -> None:
        if on:
            self.add(value)
        else:
            self.store(
                tuple(item for item in self.value or () if make_key(item) != make_key(value))
            )

    @Slot()
    def _on_enter(self) -> None:
        self.add(self.line.text())
        self.line.clear()


def add_choice(chosen: tuple[str, ...], text: str, offered: Iterable[str]) -> tuple[str, ...]:
    """Return the choices with one more, in the order in which they are offered."""
    if make_key(text) in map(make_key, chosen):
        return chosen
    order = {make_key(value): index for index, value in enumerate(offered)}
    return tuple(sorted((*chosen, text), key=lambda item: order.get(make_key(item), len(order))))


def make_key(text: str) -> str:
    """Return what makes two texts the same choice: “12 (2)(a)” is “12(2)(a)”."""
    return "".join(text.casefold().split())
