"""From one misspelt word of the inspection to the next, whatever page it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.ui.outline.entries import RATINGS
from inspector_app.ui.outline.page_finder import find_entry_of
from inspector_app.ui.shell.find_commands import IN_RATINGS_PANEL
from inspector_app.ui.spelling.speller import get_speller
from inspector_app.ui.spelling.spelling_marks import SpellingMarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.spelling.checker import Checker
    from inspector_app.spelling.places import TextPlace
    from inspector_app.ui.shell.inspection_view import InspectionView


class _Spot(NamedTuple):
    """A misspelt word on the screen: the text area's marks, and the word's place in the text."""

    marks: SpellingMarks
    start: int
    end: int


class Misspellings(QObject):
    """Puts the cursor on the next or the previous misspelt word, round and round."""

    told = Signal(str)
    """There is something to say about it: that all words are right, or cannot be checked."""

    def __init__(self, view: InspectionView, window: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._window = window
        self._document: InspectionDocument | None = None

    def show_document(self, document: InspectionDocument | None) -> None:
        """Go about an inspection, or none."""
        self._document = document

    @Slot()
    def go_on(self) -> None:
        """Go to the next misspelt word."""
        self._go(1)

    @Slot()
    def go_back(self) -> None:
        """Go to the previous misspelt word."""
        self._go(-1)

    def _go(self, step: int) -> None:
        document = self._document
        if document is None:
            return
        speller = get_speller(document)
        checker = speller.load()
        if checker is None:
            reason = "there is no British dictionary" if speller.enabled else "it is switched off"
            self.told.emit(f"Spelling is not checked: {reason}.")
            return
        places = self._list_places(document, checker)
        here, at = self._find_here()
        order = [place for place, _ in places]
        if here is not None and here in order:
            # The rest of this text, all others, and at last its beginning.
            index = order.index(here)
            round_ = [*places[index + 1 :], *places[:index]]
            if self._show_in(here, at, step):
                return
        else:
            round_ = places
        for place, wrong in round_ if step > 0 else reversed(round_):
            if wrong and self._show(place, step):
                return
        if here is None or not self._show_in(here, None, step):
            self.told.emit("No misspelt words in this inspection.")

    def _list_places(
        self, document: InspectionDocument, checker: Checker
    ) -> list[tuple[TextPlace, bool]]:
        """Return the texts in the order of the outline, and whether something in each is wrong."""
        from inspector_app.spelling.places import list_texts

        inspection = document.inspection
        entries = list(self._view.outline.walk())
        numbers = {entry.id: number for number, entry in enumerate(entries)}
        found: list[tuple[int, TextPlace, bool]] = []
        for place, text in list_texts(inspection):
            entry = find_entry_of(place.entity, inspection, entries)
            if entry is not None:
                found.append((numbers[entry.id], place, bool(checker.find(text))))
        found.sort(key=lambda item: item[0])  # keeps the order within a page
        return [(place, wrong) for _, place, wrong in found]

    def _find_here(self) -> tuple[TextPlace | None, QTextCursor | None]:
        focus = QApplication.focusWidget()
        marks = focus.findChild(SpellingMarks) if focus is not None else None
        if marks is None or not self._window.isAncestorOf(marks.editor):
            return None, None
        cursor = marks.editor.textCursor()
        return marks.place_of(cursor.block()), cursor

    def _show(self, place: TextPlace, step: int) -> bool:
        if place.field in IN_RATINGS_PANEL:
            self._view.enter(RATINGS)
        elif not self._view.go_to_part(place.entity):
            return False
        return self._show_in(place, None, step)

    def _show_in(self, place: TextPlace, after: QTextCursor | None, step: int) -> bool:
        """Select the first misspelt word of a text that is shown, or the first after a cursor."""
        spots = list(self._list_spots(place))
        if after is not None:
            spots = [
                spot
                for spot in spots
                if (
                    spot.start >= after.selectionEnd()
                    if step > 0
                    else spot.end <= after.selectionStart()
                )
            ]
        if not spots:
            return False
        spot = spots[0] if step > 0 else spots[-1]
        editor = spot.marks.editor
        cursor = editor.textCursor()
        cursor.setPosition(spot.start)
        cursor.setPosition(spot.end, QTextCursor.MoveMode.KeepAnchor)
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        editor.setTextCursor(cursor)
        return True

    def _list_spots(self, place: TextPlace) -> Iterator[_Spot]:
        for marks in self._window.findChildren(SpellingMarks):
            if not marks.editor.isVisible():
                continue
            line = marks.editor.document().begin()
            while line.isValid():
                if marks.place_of(line) == place:
                    for word in marks.find(line):
                        start = line.position()
                        yield _Spot(marks, start + word.start, start + word.end)
                line = line.next()
