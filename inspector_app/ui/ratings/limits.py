"""What limits the rating of a key question: a box to tick for each published circumstance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from inspector_app.ui.widgets.fields import BoundField
from inspector_app.ui.widgets.tick_words import TickWords

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.frameworks.rating_scale import Limiter


class LimitsField(BoundField):
    """The limiters of an inspection. Habits that are no rules are left to the checks."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        area = self._area = QWidget()
        grid = QGridLayout(area)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.boxes: dict[str, QCheckBox] = {}
        """The boxes by the limiter's id."""
        names = {item.id: item.name for item in document.framework.key_questions}
        for limiter in document.reference.limiters.values():
            if limiter.verified == "practice" or limiter.key_question not in names:
                continue
            box = QCheckBox(area)
            box.setAccessibleName(_describe(limiter, names[limiter.key_question]))
            box.setToolTip(f"{limiter.source}. {limiter.note}".strip())
            box.clicked.connect(lambda _=False: self._on_ticked())
            words = TickWords(limiter.when[:1].upper() + limiter.when[1:], box, area)
            row = len(self.boxes)
            grid.addWidget(box, row, 0)
            grid.addWidget(words, row, 1)
            self.boxes[limiter.id] = box
        super().__init__(
            document, document.inspection.id, "limiters", "What limits a rating", parent
        )
        self.label.setText(self._make_title(names))
        for id_, box in self.boxes.items():
            box.setObjectName(f"{self.entity}.limiters.{id_}")
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            self.label.setBuddy(first)
            self.setFocusProxy(first)
        self.setVisible(bool(self.boxes))

    def make_editor(self) -> QWidget:
        return self._area

    def show_value(self) -> None:
        chosen = self.value or ()
        for id_, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(id_ in chosen)

    def _make_title(self, names: dict[str, str]) -> str:
        limited = dict.fromkeys(
            names[self.document.reference.limiters[id_].key_question] for id_ in self.boxes
        )
        return f"What limits {' and '.join(limited)}"

    def _on_ticked(self) -> None:
        ticked = {id_ for id_, box in self.boxes.items() if box.isChecked()}
        other = [id_ for id_ in self.value or () if id_ not in self.boxes]
        self.store([*(id_ for id_ in self.boxes if id_ in ticked), *other])


def _describe(limiter: Limiter, question: str) -> str:
    return f"{question} is limited: {limiter.when}"
