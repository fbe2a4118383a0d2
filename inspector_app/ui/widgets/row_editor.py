"""Rows that are edited in place, and an empty one to go on with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.document.slices import Slices
from inspector_app.ui.widgets.drop_list import DropList
from inspector_app.ui.widgets.editor_row import EditorRow
from inspector_app.ui.widgets.fields import STAYS
from inspector_app.ui.widgets.layouts import make_column

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

    from PySide6.QtGui import QShowEvent

Row = TypeVar("Row", bound=EditorRow)

_AT_ONCE = 12
"""Rows that are made with the editor: as many as a screen shows. The others follow in slices."""
_SLICE = 4
"""Rows that are made between two events."""
_OTHER = Qt.FocusReason.OtherFocusReason


class RowEditor(DropList, Generic[Row]):
    """Keeps a row a key, in order, and the cursor where it belongs.

    Who inherits says what the keys are, makes and shows rows, and changes what they stand for; then
    `refresh` brings the rows up to date, and `start` shows them first.

    A row without a key is no part of what is edited. The last row is always an empty one of these:
    with its first letter it is given a key, and another empty row follows. Enter opens one between
    two rows, which goes when it is left empty.

    Args:
        tail: What stands behind the rows in place of the empty row, such as a button that adds.
    """

    edge_reached = Signal(str, int)
    """A row was moved beyond the end (1) or the beginning (-1); carries its key and the step."""
    cursor_left = Signal(int)
    """The cursor went up (-1) or down (1) out of the list."""

    def __init__(self, parent: QWidget | None = None, *, tail: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        """The rows that are made, in order."""
        self.waiting: list[str] = []
        """Keys of the rows behind them, which are still to be made."""
        self.typing = 0
        """Number of the stay in a row: the letters of one are one step of undo."""
        self._tail = tail
        self._linked: list[Row] = []
        """The rows as Tab leads through them."""
        self.shows_editable = False
        """Whether the rows look as if they could be edited."""
        self.body = make_column(self, spacing=4)
        self.row_layout = QVBoxLayout()
        self.row_layout.setSpacing(4)
        self.body.addLayout(self.row_layout)
        if tail is not None:
            self.body.addWidget(tail, 0, Qt.AlignmentFlag.AlignLeft)

    # -- what is edited

    @property
    def can_edit(self) -> bool:
        """Whether a person may change anything."""
        raise NotImplementedError

    def list_keys(self) -> list[str]:
        """Return the keys, in order."""
        raise NotImplementedError

    def make_row(self, key: str) -> Row:
        """Return a row, as a child of this."""
        raise NotImplementedError

    def show_row(self, row: Row, number: int) -> None:
        """Show what a row stands for now, as the `number`th; or that it is empty."""
        raise NotImplementedError

    def delete_row(self, row: Row) -> None:
        """Delete what a row stands for; the row is gone already."""
        raise NotImplementedError

    def move_key(self, key: str, before: str | None) -> None:
        """Put a key in front of another; None: at the end."""
        raise NotImplementedError

    def add(self) -> None:
        """Add a row at the end; where there is a `tail`, Enter in the last row calls this."""

    def on_arranged(self) -> None:
        """Follow when rows came, went or changed places."""

    # -- showing

    def start(self) -> None:
        """Show the first rows; the others follow between events."""
        self.waiting = self.list_keys()[_AT_ONCE:]
        self._arrange(self.list_keys()[:_AT_ONCE])
        Slices(0, self).start(self._make_in_steps())

    def _make_in_steps(self) -> Generator[None, None, None]:
        """Make some more rows at a time; keys and clicks come in between."""
        while self.waiting:
            self._make_next(_SLICE)
            yield

    def show_everything(self) -> None:
        """Make the rows that are still to be made."""
        self._make_next(len(self.waiting))

    def _make_next(self, count: int) -> None:
        made = [self._make_connected(key) for key in self.waiting[:count]]
        if made:
            del self.waiting[:count]
            at = len(self.rows) - (self._tail is None)
            self.rows[at:at] = made
            self._place(self.rows[at:])

    def refresh(self, touched: Collection[str] | None = None) -> None:
        """Show the rows as they are now; those that stay keep their widgets and the cursor.

        Args:
            touched: Keys of what a change touched; None: all.
        """
        self.waiting = []
        keys = self.list_keys()
        if (
            touched is not None
            and keys == [row.key for row in self.rows if row.key]
            and self._has_end()
            and self.shows_editable == self.can_edit
        ):
            # Typing in one of many rows touches that one only.
            for number, row in enumerate(self.rows, start=1):
                if row.key in touched:
                    self.show_row(row, number)
        else:
            self._arrange(keys)

    def _arrange(self, keys: list[str]) -> None:
        self.shows_editable = self.can_edit
        wanted = set(keys)
        for row in [row for row in self.rows if row.key and row.key not in wanted]:
            self._take_out(row)
        last = self.rows.pop() if self._tail is None and self.rows and self._has_end() else None
        by_key = {row.key: row for row in self.rows if row.key}
        begun: defaultdict[str, list[Row]] = defaultdict(list)
        behind = ""
        for row in self.rows:
            behind = row.key or behind
            if not row.key:
                begun[behind].append(row)
        self.rows = begun[""]
        for key in keys:
            self.rows += [by_key.get(key) or self._make_connected(key), *begun[key]]
        if self._tail is None:
            self.rows.append(last or self._make_connected(""))
        self._place(self.rows)

    def _has_end(self) -> bool:
        """Tell whether what the next row is begun with is there."""
        return self._tail is not None or (bool(self.rows) and self._is_blank(self.rows[-1]))

    def _is_blank(self, row: Row) -> bool:
        return not row.key and row.is_empty

    def _make_connected(self, key: str) -> Row:
        row = self.make_row(key)
        row.next_wanted.connect(lambda: self._on_next(row))
        row.remove_wanted.connect(lambda: self._on_remove(row))
        row.move_wanted.connect(lambda step: self._on_move(row, step))
        row.leave_wanted.connect(lambda step: self._on_leave(row, step))
        for line in row.lines:
            line.installEventFilter(self)
        # At once: a new row must be able to take the cursor. In the layout it would cost more.
        row.show()
        return row

    def _place(self, changed: list[Row]) -> None:
        """Put the rows in order, moving only what stands elsewhere."""
        editable = self.shows_editable
        new = set(changed)
        for index, row in enumerate(self.rows):
            item = self.row_layout.itemAt(index)
            if item is None or item.widget() is not row:
                self.row_layout.removeWidget(row)
                self.row_layout.insertWidget(index, row)
            if row in new:
                self.show_row(row, index + 1)
                row.setVisible(bool(row.key) or editable or len(self.rows) == 1)
        self.on_arranged()
        self._link()

    def _link(self) -> None:
        """Let Tab lead through the rows in their order, behind what stands in front of them."""
        if self._linked == self.rows or self.waiting or not self.isVisible():
            return
        self._linked = list(self.rows)
        before = self._find_stop_before()
        for stop in [*(stop for row in self.rows for stop in row.stops), self._tail]:
            if before is not None and stop is not None:
                QWidget.setTabOrder(before, stop)
            before = stop

    def _find_stop_before(self) -> QWidget | None:
        found: QWidget | None = self.previousInFocusChain()
        while found is not None and found is not self:
            if (
                not self.isAncestorOf(found)
                and found.focusPolicy() & Qt.FocusPolicy.TabFocus
                and found.focusProxy() is None
            ):
                return found
            found = found.previousInFocusChain()
        return None

    def _take_out(self, row: Row) -> None:
        """Let a row go; the cursor goes to the one that takes its place."""
        index = self.rows.index(row)
        full = [other for other in self.rows if other.key and other is not row]
        above = sum(bool(other.key) for other in self.rows[:index])
        self.rows.remove(row)
        if row.has_cursor:
            target: QWidget | None = self._tail
            if full:
                target = full[min(above, len(full) - 1)].stops[0]
            elif self.rows:
                target = self.rows[-1].stops[0]
            if target is not None:
                target.setFocus(_OTHER)
        self.row_layout.removeWidget(row)
        row.hide()
        # It lives on for a moment, and must not be found in place of the one that comes after it.
        for stop in row.stops:
            stop.setObjectName("")
        row.deleteLater()

    # -- the cursor

    def show_key(self, key: str) -> Row | None:
        """Put the cursor in a row; None: there is none of that key."""
        self.show_everything()
        row = next((row for row in self.rows if row.key == key and key), None)
        if row is not None:
            row.stops[0].setFocus(_OTHER)
        return row

    def enter(self, step: int) -> None:
        """Put the cursor in the first row (coming down) or the last one (coming up)."""
        self.show_everything()
        self.rows[0 if step > 0 else -1].stops[0].setFocus(_OTHER)

    def key_behind(self, row: Row) -> str | None:
        """Return the key that follows a row, or None."""
        self.show_everything()
        below = self.rows[self.rows.index(row) + 1 :]
        return next((other.key for other in below if other.key), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have all rows as soon as the cursor comes; let an empty one go when it is left."""
        if event.type() == QEvent.Type.FocusIn:
            self.show_everything()
        elif isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in STAYS:
            self.typing += 1
            left = [row for row in self.rows[:-1] if watched in row.lines]
            if left and self._is_blank(left[0]) and not left[0].has_cursor:
                self._take_out(left[0])
                self._place(self.rows)
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the rows in the order of Tab, which Qt forgets when parents are given."""
        super().showEvent(event)
        self._link()

    # -- what the person does

    def _on_next(self, row: Row) -> None:
        if not self.can_edit or self._is_blank(row):
            return
        self.show_everything()
        index = self.rows.index(row) + 1
        if index == len(self.rows):
            self.add()
            return
        if self._tail is None and not self._is_blank(self.rows[index]):
            self.rows.insert(index, self._make_connected(""))
            self._place(self.rows)
        self.rows[index].stops[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_leave(self, row: Row, step: int) -> None:
        index = self.rows.index(row) + step
        if not 0 <= index < len(self.rows):
            self.cursor_left.emit(step)
            return
        column = next((at for at, line in enumerate(row.lines) if line.hasFocus()), 0)
        self.rows[index].lines[column].setFocus(_OTHER)

    def _on_remove(self, row: Row) -> None:
        if row not in self.rows or not self.can_edit:
            return
        if self._is_blank(row):
            self._on_leave(row, -1)
            return
        self.show_everything()
        self._take_out(row)
        self._place(self.rows)
        self.delete_row(row)

    def _on_move(self, row: Row, step: int) -> None:
        if not row.key or not self.can_edit:
            return
        self.show_everything()
        keys = [other.key for other in self.rows if other.key]
        target = keys.index(row.key) + step
        if not 0 <= target < len(keys):
            self.edge_reached.emit(row.key, step)
            return
        # A step down puts it in front of the one after the next.
        self.move_key(row.key, [*keys, None][target if step < 0 else target + 1])
        if not row.has_cursor:
            row.stops[0].setFocus(_OTHER)

    # -- drag and drop

    def list_rows(self) -> list[QWidget]:
        self.show_everything()
        return [row for row in self.rows if row.key]

    def take_drop(self, key: str, index: int) -> None:
        keys = [*self.list_keys(), None]
        before = keys[index]
        if key != before and (key not in keys or keys[keys.index(key) + 1] != before):
            self.move_key(key, before)

    def take_at_edge(self, key: str, step: int) -> None:
        """Take a row of another list, in front of all (coming down) or at the end."""
        self.take_drop(key, 0 if step > 0 else len(self.list_keys()))
