"""The proposed overall rating: which, by which rules, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from inspector_app.checks.rating_advice import advise
from inspector_app.checks.rating_words import describe_advice
from inspector_app.domain.change import WHOLE
from inspector_app.domain.entities import Details
from inspector_app.ui.ratings.rating_marks import NO_MARK, find_mark, make_icon
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row, stay_under_mouse
from inspector_app.ui.widgets.theme import get_text_scale

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from inspector_app.checks.rating_advice import Advice
    from inspector_app.checks.rating_words import AdviceWords
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change, Edit

_MARK = 16
_NO_BREACH = {"paragraph", "bullet"}


class ProposalBox(QFrame):
    """Shows what the rules say of the ratings, live."""

    taken = Signal(str)
    """The inspector takes the proposed rating; carries its id."""
    changed = Signal()
    """There is another advice."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.advice: Advice | None = None
        """What is shown; None where the framework has no rules."""
        self.mark = NO_MARK
        """That of the rating that is proposed."""
        self.setObjectName("proposal")
        self.setProperty("role", "card")
        self.setAccessibleName("Proposed overall rating")
        self._mark = QLabel(self)
        self.headline = make_label("", "label", self, "proposal_headline")
        self.headline.setWordWrap(True)
        self.take = make_button("Use", "proposal_take", "", self)
        self.take.clicked.connect(self._on_take_clicked)
        self.departure = make_label("", "problem", self, "proposal_departure")
        self.because = make_label("", "hint", self, "proposal_because")
        self._changes_label = make_label("What would change it", "label", self)
        self.changes = make_label("", "hint", self, "proposal_changes")
        head = make_row(None, self._mark, (self.headline, 1), self.take)
        layout = make_column(self, margins=(12, 8, 12, 12))
        layout.addLayout(head)
        add_all(layout, self.departure, self.because, self._changes_label, self.changes)
        document.changed.connect(self._on_document_changed)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        document = self._document
        self.advice = advise(document.inspection, document.framework, document.reference)
        self.setVisible(self.advice is not None)
        if self.advice is not None:
            words = describe_advice(self.advice, document.framework, document.reference)
            with stay_under_mouse(self):
                self._show(self.advice, words)
        self.changed.emit()

    def _show(self, advice: Advice, words: AdviceWords) -> None:
        rating = advice.proposal.rating
        self._mark.setVisible(bool(rating))
        side = _measure_mark()
        self.mark = find_mark(self._document.reference, rating)
        self._mark.setFixedSize(side, side)
        self._mark.setPixmap(make_icon(self.mark, side).pixmap(side, side))
        self.headline.setText(f"Proposed: {words.headline}" if rating else "No proposal yet")
        self.take.setVisible(bool(rating) and advice.chosen != rating)
        self.take.setEnabled(self._document.can_edit)
        self.take.setAccessibleName(f"Use {words.headline} as overall rating")
        self.take.setToolTip(f"Make {words.headline} the overall rating")
        missing = advice.departs and not self._document.inspection.details.overall_departure_reason
        self.departure.setText(
            "The overall rating is different from this. Give the reason below: the reviewer "
            "will ask for it."
        )
        self.departure.setVisible(missing)
        self.because.setText("\n".join(words.because))
        self.because.setVisible(bool(words.because))
        self.because.setToolTip("\n".join(words.sources))
        self.changes.setText("\n".join(f"• {change}" for change in words.changes))
        self._changes_label.setVisible(bool(words.changes))
        self.changes.setVisible(bool(words.changes))

    def changeEvent(self, event: QEvent) -> None:
        """Paint the marks as large as the letters are now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._refresh)

    @Slot()
    def _on_take_clicked(self) -> None:
        if self.advice is not None:
            self.taken.emit(self.advice.proposal.rating)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if any(self._matters(edit) for edit in change.edits):
            self._refresh()

    def _matters(self, edit: Edit) -> bool:
        # Typing in a finding, and a new one, cannot make or end a breach.
        if edit.field == WHOLE:
            whole = edit.before if edit.after is None else edit.after
            return not isinstance(whole, dict) or whole.get("kind") not in _NO_BREACH
        return edit.field == "kind" or isinstance(
            self._document.inspection.find(edit.entity), Details
        )


class ProposalLine(QPushButton):
    """The proposal in one line; a click leads to all of it."""

    def __init__(self, box: ProposalBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = box
        self.setObjectName("proposal_line")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("role", "line")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._line = ""
        box.changed.connect(self._refresh)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the line to the room that there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - _measure_mark() - 4 * SPACE
        elided = self.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, room)
        self.setText(elided)

    @Slot()
    def _refresh(self) -> None:
        advice = self._box.advice
        self.setVisible(advice is not None)
        if advice is None:
            return
        side = _measure_mark()
        self.setIconSize(QSize(side, side))
        self.setIcon(make_icon(self._box.mark, side))
        departs = " (yours is different)" if advice.departs else ""
        headline = self._box.headline.text().replace("Proposed", "Overall, proposed")
        self._line = f"{headline}{departs}"
        self.setAccessibleName(self._line)
        self.setToolTip(f"{self._line}. Select it to see why, and what would change it")
        self._fit()


def _measure_mark() -> int:
    """Return the side of a mark, in pixels: it grows with the text."""
    return round(_MARK * get_text_scale())
