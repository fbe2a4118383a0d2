"""Ratings always at hand: a row a key question, and overall with the reason for departing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.ui.ratings.judged_row import OVERALL, JudgedRow, get_judged_field
from inspector_app.ui.ratings.limits import LimitsField
from inspector_app.ui.ratings.proposal import ProposalBox, ProposalLine
from inspector_app.ui.widgets.fields import TextField
from inspector_app.ui.widgets.layouts import make_column, make_scroll_area

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument


class RatingsPanel(QWidget):
    """The ratings of the inspection, for a dock; in an unrated regime met or not met."""

    def __init__(self, document: InspectionDocument) -> None:
        super().__init__()
        self.document = document
        self._field = get_judged_field(document)
        self.rows: dict[str, JudgedRow] = {}
        """The rows by key question, and `OVERALL`."""
        self.proposal: ProposalBox | None = None
        self.reason: TextField | None = None
        self.setObjectName("ratings_panel")
        self.setAccessibleName("Ratings" if self._field == "ratings" else "Judgements")
        self.setMinimumWidth(260)
        self._build()

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
            self.proposal.taken.connect(self.rows[OVERALL].choose)
            self._body.addWidget(self.proposal)
            if self._needs_reason():
                self._add_reason(content)
            self._body.addWidget(LimitsField(self.document, content))
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
        self.rows[key] = JudgedRow(self.document, key, name, parent)
        self._body.addWidget(self.rows[key])

    def _needs_reason(self) -> bool:
        """Tell whether there is something to depart from, or a reason all the same."""
        details = self.document.inspection.details
        return bool(self.document.framework.rating_rules or details.overall_departure_reason)

    def _add_reason(self, parent: QWidget) -> None:
        self.reason = TextField(
            self.document,
            self.document.inspection.id,
            "overall_departure_reason",
            "Reason for a different rating",
            parent,
        )
        self.reason.text.setFixedHeight(72)
        self.reason.text.setPlaceholderText("Only where the rating is not the one proposed")
        self.reason.text.setToolTip("Why the overall rating is not the one that the rules give")
        self._body.addWidget(self.reason)

    @Slot()
    def _on_line_clicked(self) -> None:
        if self.proposal is not None:
            self._area.ensureWidgetVisible(self.proposal)
