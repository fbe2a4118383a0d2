"""Undo and redo in a window: the steps by name, and the fields in which they happen."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication

from inspector_app.domain.change import WHOLE
from inspector_app.domain.entities import Block
from inspector_app.domain.search.folding import Span
from inspector_app.domain.search.replace import Spot
from inspector_app.texts import count_units
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.widgets.changed_mark import ChangedMark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change, Edit, Plain
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.inspection_view import InspectionView
    from inspector_app.ui.shell.reviewing import Reviewing
    from inspector_app.ui.shell.weighing import Weighing


class Undoing(Commands):
    """Takes steps back and makes them again; each is shown where it happens."""

    def __init__(
        self, parts: WindowParts, view: InspectionView, reviewing: Reviewing, weighing: Weighing
    ) -> None:
        super().__init__(parts)
        self._weighing = weighing
        self._view = view
        self._reviewing = reviewing
        self._made: Change | None = None
        self._mark = ChangedMark(self)
        parts.actions.undo.triggered.connect(self._on_undo)
        parts.actions.redo.triggered.connect(self._on_redo)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Follow the steps of an inspection, or of none."""
        self._document = document
        if document is not None:
            document.changed.connect(self._on_changed)
            stack = document.undo_stack
            for signal in (stack.indexChanged, stack.undoTextChanged, stack.redoTextChanged):
                signal.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        document = self._document
        self._actions.show_steps(document.undo_stack if document is not None else None)

    @Slot()
    def _on_undo(self) -> None:
        if self._document is not None:
            self._travel(self._document.undo_stack.undo)

    @Slot()
    def _on_redo(self) -> None:
        if self._document is not None:
            self._travel(self._document.undo_stack.redo)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        self._made = change

    def _travel(self, step: Callable[[], None]) -> None:
        """Make a step and show it, once the pages show what is there now."""
        before = QApplication.focusWidget()
        self._made = None
        step()
        if self._made is None:
            return
        for edit in self._made.edits:
            length = self._show(edit)
            field = QApplication.focusWidget()
            if length is not None and field is not None:
                self._mark.show(field, length)
                return
        self._view.show_change(self._made)
        # Where there is no field to show, typing goes nowhere rather than into another one.
        page = self._view.page
        if page is not None and QApplication.focusWidget() is not before:
            page.scroll_area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, edit: Edit) -> int | None:
        """Put the cursor behind what an edit changed.

        Returns:
            How many of Qt's characters in front of the cursor changed; None: it is in no field.
        """
        inspection = self._document.inspection if self._document is not None else None
        if inspection is None:
            return None
        whole = edit.before if edit.field == WHOLE else None
        if isinstance(whole, dict) and edit.after is None:
            # Of a sentence that is no longer there, the text that it stood in.
            parent = str(whole.get("parent"))
            is_block = whole.get("entity") == Block.__struct_config__.tag
            return self._show_in(parent, "blocks") if is_block else None
        entity = inspection.find(edit.entity)
        if entity is None or edit.field == "position":
            return None
        if edit.field == "met_characteristics":
            return 0 if self._weighing.show_tick(edit) else None
        if isinstance(entity, Block) and edit.field != "text":
            # That it is a bullet now, or new: all of it is what changed.
            return self._show_in(edit.entity, "", "", entity.text)
        if edit.field == WHOLE:
            shown = self._show_in(edit.entity, "")
            return 0 if shown is None and self._view.show_place(edit.entity) else shown
        return self._show_in(edit.entity, edit.field, edit.before, edit.after)

    def _show_in(
        self, entity: str, field: str, before: Plain = "", after: Plain = ""
    ) -> int | None:
        """Put the cursor behind what changed in a text, or in an entry of a list; see `_show`."""
        at: tuple[int, ...] = ()
        if isinstance(before, list) and isinstance(after, list):
            same = _count_same(before, after)
            at = (same,)
            before, after = (value[same] if same < len(value) else "" for value in (before, after))
        old, new = (value if isinstance(value, str) else "" for value in (before, after))
        start = _count_same(old, new)
        end = len(new) - _count_same(old[start:][::-1], new[start:][::-1])
        spot = Spot(entity, field, at, new or old, Span(end, end))
        if not self._reviewing.show_field("" if field == "blocks" else field, spot):
            return None
        return count_units(new[start:end])


def _count_same(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many items two sequences begin with in common."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
