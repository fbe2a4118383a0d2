"""From one gap to the next, whatever page it stands on, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget

from inspector_app.domain.entities import Block
from inspector_app.domain.search.typed_texts import FIELDS, walk
from inspector_app.texts import pluralise
from inspector_app.ui.outline.page_finder import PageFinder
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.shell.reviewing import make_spot
from inspector_app.ui.spelling.spelling_marks import SpellingMarks
from inspector_app.ui.widgets.keys import Keys, add_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QTextCursor

    from inspector_app.checks.result import Location
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.find_commands import FindCommands
    from inspector_app.ui.shell.inspection_view import InspectionView


class _Place(NamedTuple):
    """Where something stands, in the order of the pages."""

    page: int
    part: int
    field: int
    at: tuple[int, ...]
    start: int
    end: int


class GapCommands(Commands):
    """Puts the cursor on the next or the previous gap, round and round; counts them."""

    def __init__(self, parts: WindowParts, view: InspectionView, find: FindCommands) -> None:
        super().__init__(parts)
        self._view = view
        self._find = find
        self._status = parts.window.statusBar()
        self._shown: tuple[QWidget, object, Location] | None = None
        """The field that was shown last, how its cursor stood then, and the gap in it."""
        self._told = ""
        """What the status line was given to say about gaps."""
        self.button = QToolButton(parts.window)
        self.button.setObjectName("gap_count")
        self.button.setProperty("role", "quiet")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = "Square brackets that still have to be filled in. Select this to go to the next"
        self.button.setToolTip(add_key(tip, Keys.NEXT_GAP))
        self.button.clicked.connect(self.go_on)
        self.button.hide()
        self._status.addPermanentWidget(self.button)
        parts.actions.next_gap.triggered.connect(self.go_on)
        parts.actions.previous_gap.triggered.connect(self.go_back)
        view.document_shown.connect(self._on_document_shown)

    @Slot(object)
    def _on_document_shown(self, document: InspectionDocument | None) -> None:
        self._document = document
        self._shown = None
        if document is not None:
            document.gaps.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        count = self._document.gaps.count() if self._document is not None else 0
        self.button.setVisible(count > 0)
        self.button.setText(pluralise(count, "gap"))
        self.button.setAccessibleName(f"{self.button.text()} to fill in")
        if self._told and self._status.currentMessage() == self._told:
            # It counted the gaps as they were.
            self._status.clearMessage()

    @Slot()
    def go_on(self) -> None:
        """Go to the next gap."""
        self._go(1)

    @Slot()
    def go_back(self) -> None:
        """Go to the previous gap."""
        self._go(-1)

    def _go(self, step: int) -> None:
        document = self._document
        if document is None:
            return
        gaps = document.gaps.list_all()
        if not gaps:
            self._tell("There are no gaps in your text. What the preview marks is still empty.")
            return
        order = self._make_order(document)
        places = sorted((order(gap), gap) for gap in gaps)
        here = self._find_here()
        if here is not None:
            at = order(here)
            if step > 0:
                rest = [gap for place, gap in places if place[:5] >= (*at[:4], at.end)]
                rest += [gap for _, gap in places]
            else:
                rest = [gap for place, gap in reversed(places) if _ends_before(place, at)]
                rest += [gap for _, gap in reversed(places)]
        else:
            rest = [gap for _, gap in places][::step]
        for gap in rest:
            if self._show(document, gap):
                return

    def _make_order(self, document: InspectionDocument) -> Callable[[Location], _Place]:
        """Return what gives the place of a location in the order of the window's pages."""
        inspection = document.inspection
        entries = list(self._view.outline.walk())
        numbers = {entry.id: number for number, entry in enumerate(entries)}
        parts = {part.id: number for number, part in enumerate(walk(inspection))}
        finder = PageFinder(entries)

        def order(place: Location) -> _Place:
            entry = finder.find(place.entity, inspection)
            part = inspection.find(place.entity)
            name, *at = place.field.split(".")
            fields = FIELDS.get(type(part), ()) if part is not None else ()
            return _Place(
                numbers[entry.id] if entry is not None else -1,
                parts.get(place.entity, -1),
                fields.index(name) if name in fields else -1,
                tuple(int(number) for number in at if number.isdecimal()),
                place.start,
                place.end,
            )

        return order

    def _show(self, document: InspectionDocument, gap: Location) -> bool:
        if not self._find.show_spot(make_spot(gap, document.inspection)):
            return False
        field = QApplication.focusWidget()
        if field is not None:
            self._shown = (field, _read_cursor(field), gap)
        part = document.inspection.find(gap.entity)
        count = document.gaps.count()
        if isinstance(part, Block) and part.kind == "table" and gap.field != "caption":
            text = make_spot(gap, document.inspection).text[gap.start : gap.end]
            self._tell(f"{text} is in this table. Press Enter to open it.")
        else:
            self._tell(f"{pluralise(count, 'gap')} to fill in")
        return True

    def _tell(self, text: str) -> None:
        self._told = text
        self._status.showMessage(text)

    # -- where the cursor is

    def _find_here(self) -> Location | None:
        """Return the place of the cursor or of what is selected, or None."""
        from inspector_app.checks.result import Location
        from inspector_app.ui.blocks.editor import BlockEditor

        focus = QApplication.focusWidget()
        if focus is None or not self._window.isAncestorOf(focus):
            return None
        if self._shown is not None:
            field, cursor, gap = self._shown
            if field is focus and cursor == _read_cursor(focus):
                return gap
        marks = focus.findChild(SpellingMarks)
        if marks is None:
            return None
        cursor = marks.editor.textCursor()
        place = marks.place_of(cursor.block())
        if place is None:
            # A table or picture: its gaps come next.
            if isinstance(focus, BlockEditor):
                return Location(focus.current_block, "text")
            return None
        first = cursor.block()
        while first.previous().isValid() and marks.place_of(first.previous()) == place:
            first = first.previous()
        start = _count_letters(cursor, first.position(), cursor.selectionStart())
        end = _count_letters(cursor, first.position(), cursor.selectionEnd())
        return Location(place.entity, place.field, start, end)


def _ends_before(place: _Place, here: _Place) -> bool:
    if place[:4] != here[:4]:
        return place[:4] < here[:4]
    return place.end <= here.start


def _count_letters(cursor: QTextCursor, start: int, end: int) -> int:
    """Return how many of Python's characters stand between two places."""
    there = type(cursor)(cursor)
    there.setPosition(start)
    there.setPosition(end, there.MoveMode.KeepAnchor)
    return len(there.selectedText())


def _read_cursor(field: QWidget) -> object:
    if isinstance(field, QLineEdit):
        return field.cursorPosition(), field.selectionStart()
    marks = field.findChild(SpellingMarks)
    if marks is None:
        return None
    cursor = marks.editor.textCursor()
    return cursor.anchor(), cursor.position()
