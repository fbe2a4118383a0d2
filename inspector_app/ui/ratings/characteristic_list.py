"""The rating characteristics of one topic, each with a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from inspector_app.domain.entities import KeyQuestion
from inspector_app.texts import shorten
from inspector_app.ui.ratings.balance_bars import RatingCount
from inspector_app.ui.ratings.rating_marks import find_mark
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.tick_words import TickWords

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.frameworks.key_questions import Characteristic

_AID = "Tick what was met. It helps to judge as a whole: no rating follows from the numbers."
_LONGEST = 60


class CharacteristicList(QWidget):
    """The characteristics under a heading for each rating; a tick says that one is met."""

    def __init__(
        self,
        document: InspectionDocument,
        items: Sequence[Characteristic],
        question: KeyQuestion | None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the list.

        Args:
            document: The open inspection.
            items: The characteristics.
            question: The part that keeps the ticks; None: the key question was not inspected.
            parent: See Qt.
        """
        super().__init__(parent)
        self._document = document
        self._items = items
        self.question = question.id if question is not None else ""
        self._heads: dict[str, QLabel] = {}
        """The headings by rating."""
        self._boxes: dict[str, QCheckBox] = {}
        """The boxes by the characteristic's id."""
        self._build()
        self.show_ticks()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, SPACE, SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        grid.addWidget(make_label(_AID, "hint", self), 0, 0, 1, 2)
        for count in count_met(self._document, self._items, ()):
            head = self._heads[count.rating] = make_label("", "label", self)
            grid.addWidget(head, grid.rowCount(), 0, 1, 2)
            for item in self._items:
                if item.rating == count.rating:
                    self._add_row(grid, item, count.name)
        grid.setRowStretch(grid.rowCount(), 1)

    def _add_row(self, grid: QGridLayout, item: Characteristic, rating: str) -> None:
        box = self._boxes[item.id] = QCheckBox(self)
        box.setObjectName(f"{self.question}.met_characteristics.{item.id}")
        box.setAccessibleName(f"{rating}: {item.text}")
        box.setEnabled(self._document.can_edit and bool(self.question))
        box.clicked.connect(lambda is_met: self._on_ticked(item, is_met=is_met))
        row = grid.rowCount()
        grid.addWidget(box, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(TickWords(item.text, box, self), row, 1)

    def focus_box(self, characteristic: str) -> QCheckBox:
        """Put the focus on the box of a characteristic, and return it."""
        box = self._boxes[characteristic]
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        return box

    def show_ticks(self) -> None:
        """Show what is met now."""
        question = self._document.inspection.find(self.question)
        met = question.met_characteristics if isinstance(question, KeyQuestion) else ()
        for id_, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setChecked(id_ in met)
        for count in count_met(self._document, self._items, met):
            self._heads[count.rating].setText(f"{count.mark.symbol} {count.describe()}")

    def _on_ticked(self, item: Characteristic, *, is_met: bool) -> None:
        question = self._document.inspection.get(self.question, KeyQuestion)
        others = [id_ for id_ in question.met_characteristics if id_ != item.id]
        value = [*others, item.id] if is_met else others
        step = f"{'Tick' if is_met else 'Untick'} “{shorten(item.text, _LONGEST)}”"
        self._document.set_field(self.question, "met_characteristics", value, step)


def count_met(
    document: InspectionDocument, items: Iterable[Characteristic], met: Collection[str]
) -> list[RatingCount]:
    """Return how many are met of each rating, the best first; what is off the scale stands last.

    Args:
        document: The inspection, for the scale.
        items: The characteristics.
        met: Ids of those that are met.
    """
    known = document.reference.ratings
    ticks: dict[str, list[bool]] = {}
    for item in items:
        ticks.setdefault(item.rating, []).append(item.id in met)
    order = document.reference.order
    return [
        RatingCount(
            rating=rating,
            name=known[rating].name if rating in known else rating,
            mark=find_mark(document.reference, rating),
            met=sum(ticks[rating]),
            total=len(ticks[rating]),
        )
        for rating in sorted(ticks, key=lambda rating: -order.get(rating, 0))
    ]
