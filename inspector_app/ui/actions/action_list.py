"""The list of what the provider must do, or of what it should do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.entities import Action
from inspector_app.domain.ids import new_id
from inspector_app.spelling.places import TextPlace
from inspector_app.ui.actions.action_row import ActionRow
from inspector_app.ui.actions.action_text import ActionText
from inspector_app.ui.actions.drop_list import DropList
from inspector_app.ui.spelling.attaching import attach_spelling

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QTextCursor

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import ActionStrength

_AT_ONCE = 12
"""Lines that are made with the list: as many as a screen shows. The others follow in slices."""
_SLICE = 4
"""Lines that are made between two events."""


class ActionList(DropList):
    """The lines of one strength, and an empty one in which the next is typed.

    The empty line is no part of the inspection: with its first letter it becomes one. So the report
    never has empty bullets from lines that were begun and left.
    """

    edge_reached = Signal(str, int)
    """A line was moved beyond the end (1) or the beginning (-1); carries its id and the step."""
    cursor_left = Signal(int)
    """The cursor went up (-1) or down (1) out of the list."""

    def __init__(
        self,
        document: InspectionDocument,
        parent_id: str,
        strength: ActionStrength,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.parent_id = parent_id
        self.strength: ActionStrength = strength
        self._rows: dict[str, ActionRow] = {}
        self._order: list[str] = []
        """Ids of the lines that are made, in order."""
        self.waiting: list[str] = []
        """Ids of the lines behind them, which are still to be made."""
        self._before: str | None = None
        """The line that the empty line stands in front of; None: at the end."""
        self._typing = 0
        self._correcting = ""
        """What undo calls a change of a line while a word of it is corrected."""
        self.setObjectName(f"{strength}_list")
        self.setAcceptDrops(document.can_edit)
        self.empty = ActionText(self)
        self.empty.setObjectName(f"new_{strength}")
        self.empty.setPlaceholderText(f"Add what the provider {strength} do")
        self.empty.setAccessibleName(f"New {strength}")
        self.empty.setToolTip("Type a line; Enter begins the next")
        self.empty.setVisible(document.can_edit)
        self.empty.typed.connect(self._on_first_typed)
        self.empty.pasted.connect(self._on_pasted_into_empty)
        self.empty.leave_wanted.connect(self._leave_empty)
        self.empty.remove_wanted.connect(lambda: self._leave_empty(-1))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.empty)
        self.empty.installEventFilter(self)
        self.waiting = self._list_ids()[_AT_ONCE:]
        self.refresh()
        QTimer.singleShot(0, self, self._make_next)

    # -- showing

    def refresh(self, touched: Collection[str] | None = None) -> None:
        """Show the lines as they are now; rows that stay keep their widgets and the cursor.

        Args:
            touched: Ids of what a change touched; None: all.
        """
        if touched is not None:
            self.waiting = []
        waiting = set(self.waiting)
        actions = [item for item in self._list_actions() if item.id not in waiting]
        order = [item.id for item in actions]
        if touched is not None and order == self._order:
            # Typing in one of many lines touches that one only.
            for number, action in enumerate(actions, start=1):
                if action.id in touched:
                    self._rows[action.id].show_action(action, number)
            return
        had_cursor = next((i for i, id_ in enumerate(self._order) if self._has_cursor(id_)), None)
        lost = had_cursor is not None and self._order[had_cursor] not in order
        for id_ in [id_ for id_ in self._rows if id_ not in set(order)]:
            row = self._rows.pop(id_)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        if self._before not in order:
            self._before = None
        for number, action in enumerate(actions, start=1):
            if action.id not in self._rows:
                self._rows[action.id] = self._make_row(action)
            self._rows[action.id].show_action(action, number)
        self._order = order
        self._place()
        if lost and had_cursor is not None:
            self._focus_index(min(had_cursor, len(order) - 1))

    def _list_actions(self) -> list[Action]:
        found = self.document.inspection.children(self.parent_id, Action)
        return [item for item in found if item.strength == self.strength]

    def _list_ids(self) -> list[str]:
        return [item.id for item in self._list_actions()]

    @Slot()
    def _make_next(self) -> None:
        """Make some more lines; keys and clicks come in between."""
        self._make(self.waiting[:_SLICE])
        if self.waiting:
            QTimer.singleShot(0, self, self._make_next)

    def show_everything(self) -> None:
        """Make what is still to be made."""
        self._make(list(self.waiting))

    def _make(self, ids: list[str]) -> None:
        """Make the next of the lines that wait."""
        if not ids:
            return
        del self.waiting[: len(ids)]
        for number, id_ in enumerate(ids, start=len(self._order) + 1):
            action = self.document.inspection.get(id_, Action)
            self._rows[id_] = self._make_row(action)
            self._rows[id_].show_action(action, number)
        self._order += ids
        self._place()

    def show_line(self, id_: str, position: int | None = None) -> bool:
        """Put the cursor in a line; False: it is not in this list."""
        self.show_everything()
        row = self._rows.get(id_)
        if row is None:
            return False
        row.text.setFocus(Qt.FocusReason.OtherFocusReason)
        if position is not None:
            row.text.put_cursor(position)
        return True

    def focus_edge(self, step: int) -> None:
        """Put the cursor in the first line (coming down) or the last one (coming up)."""
        self.show_everything()
        if step < 0 or not self._order:
            self.empty.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.show_line(self._order[0])

    def _place(self) -> None:
        """Put rows and empty line in order, moving only what stands elsewhere."""
        wanted: list[QWidget] = [self._rows[id_] for id_ in self._order]
        at = self._order.index(self._before) if self._before else len(wanted)
        wanted.insert(at, self.empty)
        before: QWidget | None = None
        for index, widget in enumerate(wanted):
            item = self._layout.itemAt(index)
            if item is None or item.widget() is not widget:
                self._layout.removeWidget(widget)
                self._layout.insertWidget(index, widget)
            for stop in self._stops(widget):
                if before is not None:
                    QWidget.setTabOrder(before, stop)
                before = stop

    def _stops(self, widget: QWidget) -> list[QWidget]:
        if isinstance(widget, ActionRow):
            return [widget.text, widget.question, widget.switch, widget.removing]
        return [widget]

    def _make_row(self, action: Action) -> ActionRow:
        questions = [(item.id, item.name) for item in self.document.framework.key_questions]
        row = ActionRow(action, questions, can_edit=self.document.can_edit, parent=self)
        id_ = action.id
        row.text.typed.connect(lambda text: self._store(id_, text))
        row.text.left.connect(self._end_typing)
        row.text.enter_pressed.connect(lambda: self._open_line_after(id_))
        row.text.pasted.connect(lambda lines: self._add(lines, self._after(id_)))
        row.text.move_wanted.connect(lambda step: self._move(id_, step))
        row.text.remove_wanted.connect(lambda: self._remove(id_))
        row.text.leave_wanted.connect(lambda step: self._focus_index(self._order.index(id_) + step))
        row.switch_wanted.connect(lambda: self._switch(id_))
        row.remove_wanted.connect(lambda: self._remove(id_))
        row.question_chosen.connect(lambda question: self._set_question(id_, question))
        attach_spelling(
            row.text,
            self.document,
            lambda _: TextPlace(id_, "text"),
            replace=self._correct,
        )
        row.text.installEventFilter(self)
        row.show()
        return row

    def _has_cursor(self, id_: str) -> bool:
        row = self._rows.get(id_)
        return row is not None and any(stop.hasFocus() for stop in self._stops(row))

    @property
    def shown(self) -> list[str]:
        """Ids of the lines, in order."""
        return [*self._order, *self.waiting]

    def take_at_edge(self, id_: str) -> None:
        """Put a line of the other list in front of all of this."""
        self.show_everything()
        self.take(id_, self._order[0] if self._order else None)

    # -- editing

    def _store(self, id_: str, text: str) -> None:
        label = self._correcting or f"Change what the provider {self.strength} do"
        self.document.set_field(id_, "text", text, label, self._typing_key(id_))

    def _correct(self, cursor: QTextCursor, text: str, label: str) -> None:
        """Put a word in place of another, as a step of undo of its own."""
        self._end_typing()
        self._correcting = label
        cursor.insertText(text)
        self._correcting = ""
        self._end_typing()

    def _typing_key(self, id_: str) -> str:
        """Return what makes the letters of one stay in a line one step of undo."""
        return f"{id_}.text {self._typing}"

    def _end_typing(self) -> None:
        self._typing += 1

    def _set_question(self, id_: str, question: str) -> None:
        label = f"Change key question of {self.strength}"
        self.document.set_field(id_, "key_question", question, label)

    def _remove(self, id_: str) -> None:
        draft = self.document.draft()
        draft.delete(id_)
        self.document.apply_draft(draft, f"Remove {self.strength}")

    def _switch(self, id_: str) -> None:
        other = "should" if self.strength == "must" else "must"
        draft = self.document.draft()
        draft.set(id_, "strength", other)
        draft.move(id_, self.parent_id)
        self.document.apply_draft(draft, f"Move {self.strength} to {other}")

    def _move(self, id_: str, step: int) -> None:
        index = self._order.index(id_) + step
        if not 0 <= index < len(self._order):
            self.edge_reached.emit(id_, step)
            return
        behind = index + 1 if step > 0 else index
        self.take(id_, self._order[behind] if behind < len(self._order) else None)

    def take(self, id_: str, before: str | None) -> None:
        """Put a line, of this list or another, in front of one of this list; None: at the end."""
        self.show_everything()
        action = self.document.inspection.find(id_)
        if not isinstance(action, Action) or id_ == before:
            return
        if id_ in self._rows and self._after(id_) == before:
            return
        draft = self.document.draft()
        draft.set(id_, "strength", self.strength)
        draft.move(id_, self.parent_id, before)
        self.document.apply_draft(draft, f"Move {action.strength}")
        self.show_line(id_)

    def _add(self, lines: list[str], before: str | None) -> list[str]:
        ids = []
        draft = self.document.draft()
        for text in lines:
            action = Action(
                id=new_id(),
                parent=self.parent_id,
                position=draft.position_at_end(self.parent_id, Action),
                strength=self.strength,
                text=text,
            )
            draft.create(action)
            if before is not None:
                draft.move(action.id, self.parent_id, before)
            ids.append(action.id)
        # What goes on being typed in the new line belongs to the same step.
        key = self._typing_key(ids[0]) if len(ids) == 1 else ""
        self.document.apply_draft(draft, f"Add {self.strength}", key)
        return ids

    def _after(self, id_: str) -> str | None:
        index = self._order.index(id_) + 1
        return self._order[index] if index < len(self._order) else None

    # -- the empty line

    def _open_line_after(self, id_: str) -> None:
        if self.document.can_edit:
            self._before = self._after(id_)
            self._place()
            self.empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_empty(self, step: int) -> None:
        at = self._order.index(self._before) if self._before else len(self._order)
        self._before = None
        self._place()
        if step < 0 and at == 0 and not self._order:
            self.cursor_left.emit(-1)
        else:
            self._focus_index(at - 1 if step < 0 else at)

    def _focus_index(self, index: int) -> None:
        if 0 <= index < len(self._order):
            self.show_line(self._order[index])
        elif index < 0 and self._order:
            self.cursor_left.emit(-1)
        elif self.focusWidget() is self.empty:
            self.cursor_left.emit(1)
        else:
            self.empty.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_first_typed(self, text: str) -> None:
        if not text.strip():
            return
        cursor = self.empty.textCursor().position()
        before = self._before
        self.empty.show_text("")
        (id_,) = self._add([text], before)
        self._before = self._after(id_)
        self._place()
        self.show_line(id_, cursor)

    @Slot(object)
    def _on_pasted_into_empty(self, lines: list[str]) -> None:
        # The first line of the paste has become a line of the list by now.
        ids = self._add(lines, self._before)
        self.show_line(ids[-1])

    # -- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have all lines as soon as the cursor comes: keys lead from line to line."""
        if event.type() == QEvent.Type.FocusIn:
            self.show_everything()
        return super().eventFilter(watched, event)

    # -- drag and drop

    def list_rows(self) -> list[QWidget]:
        """See `DropList`."""
        self.show_everything()
        return [self._rows[id_] for id_ in self._order]

    def take_drop(self, id_: str, index: int) -> bool:
        """See `DropList`."""
        if not isinstance(self.document.inspection.find(id_), Action):
            return False
        self.take(id_, self._order[index] if index < len(self._order) else None)
        return True
