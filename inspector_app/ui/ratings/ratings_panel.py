"""Ratings always at hand: a row a key question, and overall with the reason for departing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.ui.ratings.limits import LimitsField
from inspector_app.ui.ratings.proposal import ProposalBox, ProposalLine
from inspector_app.ui.ratings.rating_marks import MORE_VALUES
from inspector_app.ui.ratings.rating_row import RatingRow
from inspector_app.ui.widgets.fields import TextField
from inspector_app.ui.widgets.layouts import add_all, make_column, make_scroll_area

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

OVERALL = "overall"
_JUDGEMENTS = (("met", "Met"), ("not_met", "Not met"))
_FIELDS = {"ratings", "judgements", "previous_ratings", ""}


class RatingsPanel(QWidget):
    """The ratings of the inspection, for a dock; in an unrated regime met or not met."""

    def __init__(self, document: InspectionDocument) -> None:
        super().__init__()
        self.document = document
        regime = document.framework.find_regime(document.inspection.details.regime)
        self._field = "judgements" if regime and regime.judged_by == "met" else "ratings"
        self._editable = document.can_edit
        self.rows: dict[str, RatingRow] = {}
        """The rows by key question, and `OVERALL`."""
        self.proposal: ProposalBox | None = None
        self.reason: TextField | None = None
        self.setObjectName("ratings_panel")
        self.setAccessibleName("Ratings" if self._field == "ratings" else "Judgements")
        self.setMinimumWidth(260)
        self._build()
        document.changed.connect(self._on_document_changed)
        self._refresh()

    def show_place(self, entity: str) -> bool:
        """Put the cursor on the choice of a key question, or "overall"; False: none here."""
        row = self.rows.get(entity)
        if row is None:
            return False
        self._area.ensureWidgetVisible(row)
        row.choice.setFocus()
        return True

    def bring_into_view(self, key: str) -> None:
        """Scroll to the row of a key question; the focus stays where it is."""
        row = self.rows.get(key)
        if row is not None:
            self._area.ensureWidgetVisible(row)

    def _build(self) -> None:
        content = QWidget()
        self._body = make_column(content, margins=(8, 8, 8, 12))
        for question in self.document.framework.key_questions:
            self._add_row(question.id, question.name, content)
        if self._field == "ratings":
            line = QFrame(content)
            line.setFrameShape(QFrame.Shape.HLine)
            line.setFrameShadow(QFrame.Shadow.Plain)
            line.setForegroundRole(QPalette.ColorRole.Mid)
            self._body.addWidget(line)
            self._add_row(OVERALL, "Overall", content)
            self.proposal = ProposalBox(self.document, content)
            self.proposal.taken.connect(lambda rating: self._choose(OVERALL, "Overall", rating))
            self._body.addWidget(self.proposal)
            self.reason = TextField(
                self.document,
                self.document.inspection.id,
                "overall_departure_reason",
                "Reason for departing",
                content,
            )
            self.reason.text.setFixedHeight(72)
            self.reason.text.setPlaceholderText("Only where the rating is not the one proposed")
            self.reason.text.setToolTip("Why the overall rating is not the one that the rules give")
            add_all(self._body, self.reason, LimitsField(self.document, content))
        self._body.addStretch(1)
        self._area = area = make_scroll_area(content, self)
        area.setHorizontalScrollBarPolicy(area.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        layout = make_column(self, spacing=0)
        if self.proposal is not None:
            # Always in sight, however far the rows are scrolled.
            summary = ProposalLine(self.proposal, self)
            summary.clicked.connect(self._on_line_clicked)
            layout.addWidget(summary)
        layout.addWidget(area)
        # To choose is what the person comes for.
        self.setFocusProxy(next(iter(self.rows.values())).choice)

    def _add_row(self, key: str, name: str, parent: QWidget) -> None:
        known = self.document.reference.ratings
        if self._field == "judgements":
            options, more = list(_JUDGEMENTS), []
        else:
            scale = [item for item in known.values() if item.is_rating]
            scale.sort(key=lambda item: -item.order)
            options = [(item.id, item.name) for item in scale]
            more = [(value, known[value].name) for value in MORE_VALUES if value in known]
        row = RatingRow(name, options, more, can_edit=self.document.can_edit, parent=parent)
        row.picked.connect(lambda value: self._choose(key, name, value))
        self.rows[key] = row
        self._body.addWidget(row)

    def _choose(self, key: str, name: str, value: str | None) -> None:
        what = "judgement" if self._field == "judgements" else "rating"
        label = "Change overall rating" if key == OVERALL else f"Change {what} of {name}"
        self.document.set_field(self.document.inspection.id, f"{self._field}.{key}", value, label)
        # Choosing what is chosen already changes nothing, and so tells nobody.
        self._show(key)

    @Slot()
    def _on_line_clicked(self) -> None:
        if self.proposal is not None:
            self._area.ensureWidgetVisible(self.proposal)

    def _show(self, key: str) -> None:
        details = self.document.inspection.details
        chosen = details.judgements if self._field == "judgements" else details.ratings
        self.rows[key].show_value(chosen.get(key), details.previous_ratings.get(key))

    def _refresh(self) -> None:
        for key in self.rows:
            self._show(key)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if self._editable != self.document.can_edit:
            self._editable = self.document.can_edit
            for row in self.rows.values():
                row.set_editable(self._editable)
        root = self.document.inspection.id
        for edit in change.edits:
            name, _, key = edit.field.partition(".")
            if edit.entity != root or name not in _FIELDS:
                continue
            if key in self.rows:
                self._show(key)
            elif not key:
                self._refresh()
