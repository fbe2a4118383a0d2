"""The page with the details of the inspection: service, visit, what was before, who signs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector_app.document.inspection_document import Signatory
from inspector_app.document.slices import Slices
from inspector_app.domain.states import STATE_NAMES
from inspector_app.report.context import OVERALL
from inspector_app.ui.details.field_grid import Card, FieldGrid
from inspector_app.ui.details.item_rows import RowsField, TextItem
from inspector_app.ui.details.people import PeopleList
from inspector_app.ui.details.publishing import ask_to_publish
from inspector_app.ui.details.remarks import find_remarks
from inspector_app.ui.details.visit_dates import VisitDates
from inspector_app.ui.details.visit_words import VISIT_TYPES
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.date_fields import DateField
from inspector_app.ui.widgets.fields import (
    BoundField,
    ChoiceField,
    FlagField,
    LineField,
    LinesField,
)
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, stay_under_mouse
from inspector_app.ui.widgets.lines import SuggestingLine, find_by_words
from inspector_app.ui.widgets.painted import SOON, is_painted

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.entities import State
    from inspector_app.frameworks.report_forms import PrintedPart
    from inspector_app.ui.prompts import Prompts

_VISIT_TYPES = tuple(VISIT_TYPES.items())
STATES = tuple(STATE_NAMES.items())
_ROOM = 48
"""Pixels that are left free above and below a place that is shown."""
_SETTLED = 250
"""Milliseconds after which a page has its sizes for certain."""
_PRINTED_PARTS: Mapping[str, PrintedPart] = {
    "telephone": "telephone",
    "website": "website",
    "previous_rating_note": "previous_rating_note",
    "signatory_name": "signatory",
    "signatory_title": "signatory",
}
"""The fields that some reports do not print."""
_ONLY_CHECKED = "The report does not print these. A check asks whether each is answered."
ANNOUNCED = ((True, "Announced"), (False, "Unannounced"))


class DetailsPage(ScrollPage):
    """Everything about the inspection that is no finding."""

    def __init__(self, document: InspectionDocument, prompts: Prompts) -> None:
        super().__init__(document, prompts, "Inspection details")
        self.setObjectName("details_page")
        self._root = document.inspection.id
        self._fields: dict[str, BoundField] = {}
        self._wanted: QWidget | None = None
        self.scroll_area.verticalScrollBar().rangeChanged.connect(self._show_wanted)
        # What is below the fold is made once the window is painted.
        self.waiting = [self._build_previous, self._build_report, self._build_people]
        self._build()
        self._refresh_remarks()
        self._refresh_printed()
        self._slices = Slices(0, self)
        self._slices.start(self._make_in_steps())

    # -- building

    def _build(self) -> None:
        self.body.addStretch(1)
        self._build_service()
        self._build_activities()
        self._build_visit()

    def _make_in_steps(self) -> Generator[int | None, None, None]:
        """Make one card after the other; keys and clicks come in between."""
        while self.waiting:
            if not is_painted(self):
                yield SOON
                continue
            self._make_card()
            yield None

    def show_everything(self) -> None:
        while self.waiting:
            self._make_card()

    def _make_card(self) -> None:
        self.waiting.pop(0)()
        # Qt would show it a moment later, too late for the focus.
        self._last_card.show()
        self._refresh_remarks()
        self._refresh_printed()

    def _build_service(self) -> None:
        grid = self._add_card("Service").add_grid()
        self._line(grid, "location_name", "Location name", "As it is in the register", wide=True)
        self._line(grid, "location_id", "Location ID", "Number in the register: 1-1234567890")
        self._line(grid, "service_type", "Service type", "Such as independent consulting doctors")
        address = LinesField(self.document, self._root, "address", "Address")
        address.text.set_lines(3, 6)
        address.set_hint("One line for each part, as the report prints it")
        self._put(grid, address, wide=True)
        self._line(grid, "telephone", "Telephone", "As the report prints it")
        self._line(grid, "website", "Website", "Address such as www.example.org.uk")
        self._line(grid, "provider_name", "Provider name", "Who carries on the service")
        self._line(grid, "provider_id", "Provider ID", "Number in the register: 1-123456789")

    def _build_activities(self) -> None:
        card = self._add_card(
            "Registered activities",
            "Type part of a name and choose from the list, or write your own wording.",
        )
        options = [(item.name, item.name) for item in self.document.reference.activities.values()]

        def make_item() -> TextItem:
            return TextItem(SuggestingLine(lambda text: find_by_words(text, options)))

        field = RowsField(
            self.document,
            self._root,
            "registered_activities",
            "Registered activities",
            "registered activity",
            make_item,
        )
        field.label.hide()
        self._fields[field.field] = field
        card.add(field)

    def _build_visit(self) -> None:
        card = self._add_card("Visit")
        grid = card.add_grid()
        self._choice(grid, "visit_type", "Type of inspection", _VISIT_TYPES, "Not chosen")
        self._choice(grid, "announced", "Announced", ANNOUNCED, "Not known")
        details = self.document.inspection.details
        forms = self.document.framework.list_forms(details.regime)
        if len(forms) > 1:
            choices = [(form.id, form.name) for form in forms]
            usual = f"As usual: {forms[0].name}"
            self._choice(grid, "form", "Form of the report", choices, usual, empty="")
        notice = FlagField(self.document, self._root, "short_notice", "At short notice")
        notice.set_hint("Announced, but only shortly before the visit")
        self._put(grid, notice, wide=True)
        dates = VisitDates(self.document)
        for field in (dates.days, dates.first, dates.last):
            self._fields[field.field] = field
        card.add(dates)

    def _build_previous(self) -> None:
        card = self._add_card("Previous inspection")
        grid = card.add_grid()
        document, root = self.document, self._root
        day = DateField(document, root, "previous_rating_date", "Date of the previous inspection")
        self._put(grid, day)
        if document.regime.judged_by != "met" or document.inspection.details.previous_ratings:
            choices = [(item.id, item.name) for item in document.reference.ratings.values()]
            names = [(item.id, item.name) for item in document.framework.key_questions]
            ratings = card.add_grid()
            for id_, name in [(OVERALL, "Overall"), *names]:
                field = f"previous_ratings.{id_}"
                made = self._choice(ratings, field, name, choices, "Not known")
                made.step = f"Change previous rating of {name}"
                made.combo.setAccessibleName(f"Previous rating of {name}")
                made.set_hint(f"How {name} was rated then")
        self._line(
            card.add_grid(),
            "previous_rating_note",
            "Note on the previous rating",
            "Printed in brackets after the overall rating",
            wide=True,
        )
        card.add(make_label("Breaches found then", "heading", card))
        self._breaches_hint = make_label(_ONLY_CHECKED, "hint", card)
        card.add(self._breaches_hint)
        # Imported here, as this is made: a window starts sooner without.
        from inspector_app.ui.details.breaches import BreachList

        self.breaches = BreachList(document)
        card.add(self.breaches)

    def _build_report(self) -> None:
        signed = self.document.regime.prints("signatory")
        card = self._add_card("Report and signatory" if signed else "Report")
        grid = card.add_grid()
        state = StateField(self.document, self.prompts)
        state.set_hint("The state of the report")
        self._put(grid, state)
        self._put(
            grid, DateField(self.document, self._root, "publication_date", "Date of publication")
        )
        self._line(grid, "signatory_name", "Signatory", "Who signs the report", wide=True)
        self._line(
            grid, "signatory_title", "Title of the signatory", "Printed below the name", wide=True
        )
        self.offer = QWidget(card)
        button = self._offer_button = make_button("", "offer_signatory_title", "", self.offer)
        button.clicked.connect(self._on_offer_clicked)
        row = QHBoxLayout(self.offer)
        row.setContentsMargins(0, 0, 0, 0)
        self._offer_line = make_label("", "hint", self.offer)
        add_all(row, (self._offer_line, 1), button)
        card.add(self.offer)
        self._refresh_offer()

    def _build_people(self) -> None:
        card = self._add_card(
            "Names that must not appear in the report",
            "Staff and people who use the service. The names stay in this file; the report speaks "
            "of roles.",
        )
        self.people = PeopleList(self.document)
        card.add(self.people)

    def _add_card(self, heading: str, help_text: str = "") -> Card:
        card = Card(heading, help_text)
        # Before the stretch that keeps all of them at the top.
        self.body.insertWidget(self.body.count() - 1, card)
        self._last_card = card
        return card

    def _put(self, grid: FieldGrid, field: BoundField, *, wide: bool = False) -> None:
        self._fields[field.field] = field
        grid.add(field, wide=wide)

    def _line(
        self, grid: FieldGrid, field: str, label: str, hint: str, *, wide: bool = False
    ) -> None:
        made = LineField(self.document, self._root, field, label)
        made.set_hint(hint)
        if field == "website":
            made.keep_room()
        self._put(grid, made, wide=wide)

    def _choice(
        self,
        grid: FieldGrid,
        field: str,
        label: str,
        choices: Sequence[tuple[Any, str]],
        none: str,
        *,
        empty: str | None = None,
    ) -> ChoiceField:
        made = ChoiceField(self.document, self._root, field, label, choices, none, empty=empty)
        made.set_hint(label)
        self._put(grid, made)
        return made

    # -- following the document

    def refresh(self, change: Change) -> None:
        if any(edit.entity == self._root for edit in change.edits):
            self._refresh_remarks()
            self._refresh_printed()
            if self._build_report not in self.waiting:
                self._refresh_offer()

    def show_place(self, place: str) -> bool:
        """See `Page.show_place`.

        Args:
            place: Id of the inspection, a previous breach or a person; of the inspection also with
                a field's name: "….publication_date".
        """
        self.show_everything()
        found: QWidget | None = self.breaches.show_key(place) or self.people.show_key(place)
        root, _, name = place.partition(".")
        if found is None and root == self._root:
            found = self._fields.get(name or "location_name")
            if found is not None:
                found.setFocus(Qt.FocusReason.OtherFocusReason)
        if found is None:
            return False
        self._wanted = found
        self._show_wanted()
        QTimer.singleShot(_SETTLED, self, self._forget_wanted)
        return True

    @Slot()
    def _show_wanted(self) -> None:
        """Keep a place in view while a page that was just made finds its sizes."""
        if self._wanted is not None:
            self.scroll_area.ensureWidgetVisible(self._wanted, 0, _ROOM)

    @Slot()
    def _forget_wanted(self) -> None:
        self._show_wanted()
        self._wanted = None

    def _refresh_remarks(self) -> None:
        today = datetime.now().astimezone().date()
        remarks = find_remarks(self.document.inspection.details, today)
        for name, field in self._fields.items():
            field.show_remark(remarks.get(name, ""))

    def _refresh_printed(self) -> None:
        """Offer what the form of the report prints."""
        regime = self.document.regime
        for name, part in _PRINTED_PARTS.items():
            if name in self._fields:
                self._fields[name].show_printed(regime.prints(part))
        if self._build_previous not in self.waiting:
            self._breaches_hint.setVisible(not regime.prints("previous_breaches"))

    def _refresh_offer(self) -> None:
        details = self.document.inspection.details
        name, title = self._get_offered()
        lacks = (name and not details.signatory_name.strip()) or (
            title and not details.signatory_title.strip()
        )
        with stay_under_mouse(self.offer):
            offered = self.document.can_edit and self.document.regime.prints("signatory")
            self.offer.setVisible(bool(lacks) and offered)
        self._offer_line.setText(f"Usually: {', '.join(filter(None, (name, title)))}")
        self._offer_button.setText("Use this signatory" if name else "Use this title")
        self._offer_button.setToolTip("Fill in what is empty above")

    def _on_offer_clicked(self) -> None:
        name, title = self._get_offered()
        details = self.document.inspection.details
        empty_name = bool(name) and not details.signatory_name.strip()
        wanted = "signatory_name" if empty_name else "signatory_title"
        self._fields[wanted].setFocus(Qt.FocusReason.OtherFocusReason)
        draft = self.document.draft()
        if empty_name:
            draft.set(self._root, "signatory_name", name)
        if title and not details.signatory_title.strip():
            draft.set(self._root, "signatory_title", title)
        label = "Use the usual signatory" if name else "Use the framework's title of the signatory"
        self.document.apply_draft(draft, label)

    def _get_offered(self) -> Signatory:
        """Return who usually signs; without a preference, the framework's title."""
        name, title = self.document.usual_signatory
        return Signatory(name, title or self.document.framework.signatory_title)


class StateField(ChoiceField):
    """The state: a new one is entered today, and the last one asked about."""

    def __init__(self, document: InspectionDocument, prompts: Prompts) -> None:
        self._prompts = prompts
        super().__init__(document, document.inspection.id, "state", "State", STATES, none=None)

    def store(self, value: object, *, typing: bool = False) -> None:
        """Give the inspection another state."""
        if value == "published" and not ask_to_publish(self.document, self._prompts):
            self.show_value()
        elif value in STATE_NAMES and value != self.value:
            self.document.change_state(cast("State", value))
