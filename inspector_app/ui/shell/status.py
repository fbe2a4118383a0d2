"""The status bar's lasting parts: state of the file, words, draft or final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from inspector_app.domain.states import STATE_NAMES, get_state
from inspector_app.report.phrases import dates_phrase, long_date
from inspector_app.texts import collapse_spaces, shorten
from inspector_app.ui.shell.word_count import WordCount
from inspector_app.ui.widgets.buttons import open_menu
from inspector_app.ui.widgets.labels import make_label, make_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QMenu, QStatusBar

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.saving import SaveState
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection

_LONGEST = 104
_GAP = 6
_NO_LIMIT = (1 << 24) - 1


class InspectionStatus(QObject):
    """Keeps the lasting parts of a status bar up to date with the inspection that is open."""

    def __init__(self, bar: QStatusBar, states: QMenu) -> None:
        super().__init__(bar)
        self._document: InspectionDocument | None = None
        self._protected_label = _add(bar, "protected", "Password")
        self._protected_label.setText("Protected")
        self._protected_label.setToolTip("The inspection is protected with a password")
        self._protected_label.setAccessibleDescription(self._protected_label.toolTip())
        self._save_label = _add(bar, "save_state", "State of the file")
        self._words_label = _add(bar, "word_count", "Words")
        self._words = WordCount(self._words_label)
        self._state_button = _add_state_button(bar, states)
        self._bar = bar
        bar.installEventFilter(self)
        self.show_document(None)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Follow an inspection, or none."""
        self._document = document
        self._words.show_document(document)
        for label in (self._save_label, self._state_button):
            label.setVisible(document is not None)
        self._protected_label.setVisible(document is not None and document.is_protected)
        if document is None:
            return
        document.changed.connect(self._on_changed)
        document.save_state_changed.connect(self._on_save_state_changed)
        document.protection_changed.connect(self._on_protection_changed)
        self._refresh()
        self._on_save_state_changed(document.save_state)

    def _refresh(self) -> None:
        if self._document is None:
            return
        details = self._document.inspection.details
        state = get_state(details)
        self._state_button.setText(STATE_NAMES[state])
        day = details.state_dates.get(state)
        since = f" since {long_date(day)}" if day else ""
        self._state_button.setToolTip(f"{STATE_NAMES[state]}{since}. Select it to change the state")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave out the words where there is no room for all: a narrow window stays narrow."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            children = self._bar.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            wanted = sum(
                child.sizeHint().width() + _GAP for child in children if not child.isHidden()
            )
            has_room = wanted <= self._bar.width()
            self._words_label.setMaximumWidth(_NO_LIMIT if has_room else 0)
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if self._document is None or self.sender() is not self._document:
            return
        self._refresh()

    @Slot()
    def _on_protection_changed(self) -> None:
        if self._document is not None and self.sender() is self._document:
            self._protected_label.setVisible(self._document.is_protected)

    @Slot(object)
    def _on_save_state_changed(self, state: SaveState | None) -> None:
        text = describe_save_state(state)
        self._save_label.setText(shorten(text, _LONGEST))
        self._save_label.setToolTip(make_tip(text))
        failed = state is not None and state.kind == "failed"
        role = "problem" if failed else "hint"
        if self._save_label.property("role") != role:
            self._save_label.setProperty("role", role)
            self._save_label.style().unpolish(self._save_label)
            self._save_label.style().polish(self._save_label)


def describe_save_state(state: SaveState | None) -> str:
    """Say whether the file holds everything; times are those of the clock on the wall."""
    if state is None:
        return "Read only"
    time = state.when.astimezone().strftime("%H:%M:%S")
    if state.kind == "saving":
        return "Saving…"
    if state.kind == "saved":
        if state.journal_message:
            return (
                f"Saved {time}, 1 copy: the safety copy on this computer cannot be saved "
                f"({state.journal_message})"
            )
        return f"Saved {time}, {state.copies} copies" if state.copies > 1 else f"Saved {time}"
    safe = (
        "your work is safe in the safety copy on this computer"
        if state.copies
        else "the safety copy on this computer cannot be saved either"
    )
    return f"Not in the file since {time}: {state.message}; {safe}. {state.advice}"


def describe_recent(inspection: Inspection) -> tuple[str, str, str]:
    """Return location, visit and state of an inspection, as the list of recent files shows them."""
    details = inspection.details
    location = collapse_spaces(details.location_name)
    visited = dates_phrase(details.visit_dates, details.visit_from, details.visit_to)
    return location, visited or "", STATE_NAMES[get_state(details)]


def _add(bar: QStatusBar, name: str, accessible: str) -> QLabel:
    label = make_label("", "hint", bar, name)
    label.setWordWrap(False)
    label.setMinimumWidth(1)
    label.setAccessibleName(accessible)
    bar.addPermanentWidget(label)
    return label


def _add_state_button(bar: QStatusBar, states: QMenu) -> QToolButton:
    button = QToolButton(bar)
    button.setObjectName("inspection_state")
    button.setAccessibleName("State of the inspection")
    button.setProperty("role", "quiet")
    open_menu(button, states)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    bar.addPermanentWidget(button)
    return button
