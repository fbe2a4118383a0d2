"""A row that shows what one key question, or all of it, is judged, and changes it.

The panel has one of each, a key question's page its own: both show the value of the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from inspector_app.ui.ratings.rating_marks import ScaleStep, find_mark
from inspector_app.ui.ratings.rating_row import RatingRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

OVERALL = "overall"
_JUDGEMENTS = (("met", "Met"), ("not_met", "Not met"))


def get_judged_field(document: InspectionDocument) -> str:
    """Return the field of the details that holds what is chosen: judgements or ratings."""
    regime = document.framework.find_regime(document.inspection.details.regime)
    return "judgements" if regime is not None and regime.judged_by == "met" else "ratings"


class JudgedRow(RatingRow):
    """The rating, or the judgement, of one key question or overall, in the document."""

    def __init__(
        self,
        document: InspectionDocument,
        key: str,
        name: str,
        parent: QWidget | None = None,
        *,
        label: str = "",
        prefix: str = "",
    ) -> None:
        """Make the row.

        Args:
            document: The open inspection.
            key: Id of the key question, or `OVERALL`.
            name: What is rated: “Safe”.
            parent: Qt's parent.
            label: See `RatingRow`.
            prefix: See `RatingRow`.
        """
        self._document = document
        self._key = key
        self._field = get_judged_field(document)
        named, rest = list(_JUDGEMENTS), []
        if self._field == "ratings":
            offered = [item for item in document.reference.ratings.values() if item.offered]
            offered.sort(key=lambda rating: -rating.order)
            named = [(item.id, item.name) for item in offered if item.is_rating]
            rest = [(item.id, item.name) for item in offered if not item.is_rating]
        options, more = (
            [ScaleStep(id_, word, find_mark(document.reference, id_)) for id_, word in steps]
            for steps in (named, rest)
        )
        super().__init__(name, options, more, parent=parent, label=label, prefix=prefix)
        what = "judgement" if self._field == "judgements" else "rating"
        self._step = "Change overall rating" if key == OVERALL else f"Change {what} of {name}"
        self.picked.connect(self.choose)
        document.changed.connect(self._on_document_changed)
        self._show()

    @Slot(object)
    def choose(self, value: str | None) -> None:
        """Rate, or judge; None: take back what was chosen."""
        document = self._document
        document.set_field(document.inspection.id, f"{self._field}.{self._key}", value, self._step)
        # Choosing what is chosen already changes nothing, and so tells nobody.
        self._show()

    def _show(self) -> None:
        self.set_editable(self._document.can_edit)
        details = self._document.inspection.details
        chosen = details.judgements if self._field == "judgements" else details.ratings
        self.show_value(chosen.get(self._key), details.previous_ratings.get(self._key))

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        root = self._document.inspection.id
        if any(edit.entity == root for edit in change.edits):
            self._show()
