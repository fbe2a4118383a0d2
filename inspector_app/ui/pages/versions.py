"""The page of versions: what the inspection was like before, what differs now, and going back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QSplitter,
    QWidget,
)

from inspector_app.document.slices import Slices
from inspector_app.domain.dates import to_local
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.domain.versions.restoring import choose_for_all
from inspector_app.errors import InspectorError
from inspector_app.texts import pluralise
from inspector_app.ui.outline.entries import NEW_VERSION
from inspector_app.ui.pages.page import Page
from inspector_app.ui.versions.comparison import Compared, compare_in_steps, describe_consequences
from inspector_app.ui.versions.difference_card import DifferenceCard
from inspector_app.ui.versions.difference_labels import DifferenceWords
from inspector_app.ui.versions.difference_model import (
    DIFFERENCE,
    DifferenceModel,
    PlacedDifference,
)
from inspector_app.ui.versions.version_model import ROW, VersionModel, VersionRow, describe_row
from inspector_app.ui.widgets.buttons import add_clear_button, make_button
from inspector_app.ui.widgets.file_drops import leave_files
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row, make_scroll_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QAbstractScrollArea

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.saving import SaveState
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.domain.versions.comparing import Difference
    from inspector_app.domain.versions.history import HistoryLine
    from inspector_app.ui.prompts import Prompts

_ABOUT = (
    "Every change is kept, with its time and author. Choose a state to see what is different now, "
    "and restore as much of it as you like. You can undo that like any other change."
)
_CHOOSE = "Choose a state above to see what is different now."
_SAME = "Nothing is different now."
_DELAY = 700
"""Milliseconds without a change before the lists follow."""
_LONGEST_NAME = 200
_AT_ONCE = 40
"""Milliseconds that are taken at once: what is done by then never shows as under way."""
_SLICE = 8
"""Milliseconds of looking up and comparing between two events."""


class VersionsPage(Page):
    """The states that the inspection had, and what differs between one of them and now."""

    def __init__(self, document: InspectionDocument, prompts: Prompts) -> None:
        super().__init__(document, prompts, "Versions")
        self._lines: Sequence[HistoryLine] = ()
        self._row: VersionRow | None = None
        """The state that is compared with now."""
        self._then: Inspection | None = None
        self._words: DifferenceWords | None = None
        self._slices = Slices(_SLICE, self)
        self._stale = True
        self.setObjectName("versions_page")
        self._build()
        self._connect()
        self._show_differences()

    def _build(self) -> None:
        self.name = QLineEdit(self, maxLength=_LONGEST_NAME, placeholderText="“Before the review”")
        self.name.setObjectName("version_name")
        self.name.setAccessibleName("Name of a version")
        self.name.setToolTip("A name for the inspection as it is now; Enter keeps it")
        name_label = make_label("Keep the inspection as it is now &under a name", "label", self)
        name_label.setBuddy(self.name)
        tip = "Keep the inspection as it is now, under the name (Enter)"
        self.keep = make_button("&Keep this version", "keep_version", tip, self)
        self.search = QLineEdit(self)
        self.search.setObjectName("version_search")
        self.search.setAccessibleName("Search in versions and history")
        self.search.setPlaceholderText("Search in what was done and by whom")
        self.search.setToolTip("Shows only states whose name, change or author has these letters")
        add_clear_button(self.search)
        tip = "See, save and remove backups and other copies"
        self.copies = make_button("Files on this &computer…", "versions_copies", tip, self)
        leave_files(self.name, self.search)
        self.problem = make_label("", "problem", self, "versions_problem")
        self.model = VersionModel(self)
        self.list = _make_list("versions", "Versions and history", self)
        self.list.setToolTip("States of the inspection, the latest one first (Up and Down)")
        self.list.setModel(self.model)
        self.summary = make_label(_CHOOSE, "label", self, "differences_summary")
        self.summary.setWordWrap(True)
        self.differences = DifferenceModel(self)
        self.difference_list = _make_list("differences", "What is different now", self)
        self.difference_list.setToolTip("What is different now, by page (Up and Down)")
        self.difference_list.setModel(self.differences)
        self.summary.setBuddy(self.difference_list)
        self.card = DifferenceCard(self)
        self._lay_out(name_label)

    def _lay_out(self, name_label: QWidget) -> None:
        naming = make_row(None, (self.name, 1), self.keep)
        lower = QWidget(self)
        below = make_column(lower, margins=(0, SPACE, 0, 0))
        add_all(below, self.summary, (self.difference_list, 1))
        split = QSplitter(Qt.Orientation.Vertical, self, childrenCollapsible=False)
        split.addWidget(self.list)
        split.addWidget(lower)
        split.addWidget(self.card)
        for index, stretch in enumerate((3, 3, 3)):
            split.setStretchFactor(index, stretch)
        # Where there is little room all of it scrolls, rather than that the window grows.
        content = QWidget(self)
        make_column(self).addWidget(make_scroll_area(content, self))
        layout = make_column(content, margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE))
        layout.addWidget(make_label("Versions", "title", self))
        layout.addWidget(make_label(_ABOUT, "hint", self))
        layout.addWidget(name_label)
        layout.addLayout(naming)
        searching = make_row(None, (self.search, 1), self.copies)
        add_all(layout, searching, self.problem, (split, 1))
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._read_anew)
        self.document.save_state_changed.connect(self._on_save_state_changed)
        versions = self.document.versions
        versions.kept.connect(self._read_anew)
        if versions.backups is not None:
            versions.backups.changed.connect(self._on_past_changed)
        self.name.returnPressed.connect(self._on_keep)
        self.name.textChanged.connect(self._refresh_naming)
        self.keep.clicked.connect(self._on_keep)
        self.search.textChanged.connect(self._show_states)
        self.copies.clicked.connect(self.copies_wanted)
        self.list.selectionModel().currentChanged.connect(self._on_state_changed)
        self.difference_list.selectionModel().currentChanged.connect(self._show_card)
        self.card.restore_wanted.connect(self._on_restore_one)
        self.card.place_wanted.connect(self._on_restore_place)
        self.card.all_wanted.connect(self._on_restore_all)

    @property
    def scroll_area(self) -> QAbstractScrollArea:
        return self.list

    def show_place(self, place: str) -> bool:
        """See `Page.show_place`; `NEW_VERSION` is where a version gets its name."""
        if place == NEW_VERSION:
            self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return place == NEW_VERSION

    def showEvent(self, event: QShowEvent) -> None:
        """Show what happened while the page was not seen."""
        super().showEvent(event)
        if self._stale:
            self._read_anew()

    @property
    def is_comparing(self) -> bool:
        """Whether a state is being looked up, or compared."""
        return self._slices.is_running

    # -- following the document

    def refresh(self, change: Change) -> None:
        self._on_past_changed()

    @Slot()
    def _on_past_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._timer.start()

    @Slot(object)
    def _on_save_state_changed(self, state: SaveState) -> None:
        """Read what could not be read while the file was out of reach."""
        if state.kind == "saved" and self.problem.text():
            self._on_past_changed()

    @Slot()
    def _read_anew(self) -> None:
        """Read the history anew, with the same state chosen."""
        self._timer.stop()
        self._stale = False
        try:
            self._lines = self.document.versions.list_lines()
        except InspectorError as error:
            self._tell(str(error))
        else:
            self._tell("")
        self._show_states()
        self._show_differences()
        self._refresh_naming()

    @Slot()
    def _show_states(self) -> None:
        row = self._row
        backups = self.document.versions.list_backups()
        self.model.show_states(self._lines, backups, self.search.text())
        if row is not None:
            self.list.setCurrentIndex(self.model.find(row.key))

    @Slot()
    def _refresh_naming(self) -> None:
        can_keep = self.document.can_change_state
        self.name.setEnabled(can_keep)
        self.keep.setEnabled(can_keep and bool(self.name.text().strip()))

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    # -- a state, and what is different

    @Slot(QModelIndex)
    def _on_state_changed(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() else None
        if not isinstance(row, VersionRow) or (self._row is not None and row.key == self._row.key):
            return
        self._row = row
        self._then = None
        self._tell("")
        self._show_differences()

    def _show_differences(self) -> None:
        """Read the state that is chosen, unless it is known, and compare it with now."""
        row = self._row
        if self._then is None:
            self.differences.clear()
            self._show_card()
        if row is None:
            self.summary.setText(_CHOOSE)
            return
        if self._then is None:
            # What was typed just now is part of what differs.
            self.document.save()
        steps = compare_in_steps(self.document, row, self._then)
        self._slices.start(steps, self._on_compared, self._on_not_compared)
        self._slices.take(_AT_ONCE)
        if self._slices.is_running and self._then is None:
            self.summary.setText(f"Looking up {_write_time(row)}…")

    def _on_compared(self, compared: Compared) -> None:
        current = self._get_current()
        key = current.difference.key if current is not None else None
        self._then = compared.then
        self._words = DifferenceWords(self.document, compared.then)
        self.differences.show_rows(compared.rows, self._words)
        found = compared.found
        self.summary.setText(_count(found, compared.row) if found else _SAME)
        self.difference_list.setCurrentIndex(self.differences.find(key))
        self._show_card()

    def _on_not_compared(self, error: InspectorError) -> None:
        self._then = None
        self.differences.clear()
        self.summary.setText(_CHOOSE)
        self._tell(str(error))
        self._show_card()

    def _get_current(self) -> PlacedDifference | None:
        found = self.difference_list.currentIndex().data(DIFFERENCE)
        return found if isinstance(found, PlacedDifference) else None

    @Slot()
    def _show_card(self) -> None:
        current = self._get_current()
        place = current.place if current is not None else ""
        self.card.show_difference(
            current,
            self._words,
            can_edit=self.document.can_edit,
            in_place=len(choose_for_all(self.differences.list_place(place))),
            in_all=len(choose_for_all(self.differences.list_all())),
        )

    # -- what the person does

    @Slot()
    def _on_keep(self) -> None:
        name = self.name.text()
        if not name.strip():
            return
        with self.prompts.telling("The version was not kept."):
            if not self.document.versions.keep(name):
                self._tell(
                    "Inspector cannot save the file just now. The version is kept as soon as it "
                    "can be, with everything else that is not saved yet."
                )
            self.name.clear()

    @Slot()
    def _on_restore_one(self) -> None:
        self._slices.finish()
        current = self._get_current()
        if current is None or self._words is None:
            return
        difference = current.difference
        is_evidence = isinstance(difference.entity, EvidenceNote | Attachment)
        if (
            difference.kind == "added"
            and is_evidence
            and not self.prompts.confirm(
                "Remove what was added since?",
                f"{self._words.describe(difference)}\n\nIt is removed, with the links to it. You "
                "can undo this.",
                "Remove",
            )
        ):
            return
        self._restore([difference], self._words.name_part(difference.entity).lower())

    @Slot()
    def _on_restore_place(self) -> None:
        self._slices.finish()
        current = self._get_current()
        if current is not None:
            self._restore_many(self.differences.list_place(current.place), f"“{current.place}”")

    @Slot()
    def _on_restore_all(self) -> None:
        self._slices.finish()
        self._restore_many(self.differences.list_all(), "everything")

    def _restore_many(self, differences: Sequence[Difference], what: str) -> None:
        row = self._row
        if row is None:
            return
        chosen = choose_for_all(differences)
        message = describe_consequences(differences, chosen)
        headline = f"Restore {what} as of {describe_row(row)}?"
        if self.prompts.confirm(headline, message, "Restore"):
            self._restore(chosen, what)

    def _restore(self, chosen: Sequence[Difference], what: str) -> None:
        row, then = self._row, self._then
        if row is None or then is None:
            return
        label = f"Restore {what} as of {_write_time(row)}"
        with self.prompts.telling("Nothing was restored."):
            self.document.versions.restore(then, chosen, label, row.path)
        self._read_anew()


def _make_list(name: str, title: str, parent: QWidget) -> QListView:
    view = QListView(parent)
    view.setObjectName(name)
    view.setAccessibleName(title)
    view.setUniformItemSizes(True)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    return view


def _write_time(row: VersionRow) -> str:
    if row.when is None:
        return row.text
    local = to_local(row.when)
    return f"{local.day} {local:%B %Y, %H:%M:%S}"


def _count(number: int, row: VersionRow) -> str:
    count = pluralise(number, "difference")
    return f"{count} between {_write_time(row)} and now"
