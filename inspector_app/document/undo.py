"""Undo and redo: Qt's stack around changes and their inverses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from inspector_app.domain.change import merge_changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.domain.change import Change

_MERGING = 1


class ChangeCommand(QUndoCommand):
    """A change on the undo stack. Changes in a row with the same key are one step."""

    def __init__(
        self, change: Change, merge_key: str, apply: Callable[[Change, str], None]
    ) -> None:
        super().__init__(change.label)
        self.change = change
        self.merge_key = merge_key
        self._apply = apply
        self._done_before = False

    def id(self) -> int:
        """Return what tells Qt that this may merge."""
        return _MERGING if self.merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the change after this one, if it belongs to the same piece of typing."""
        if not isinstance(other, ChangeCommand) or other.merge_key != self.merge_key:
            return False
        self.change = merge_changes(self.change, other.change)
        self.setObsolete(not self.change.edits)
        return True

    def redo(self) -> None:
        """Do it, or do it again."""
        if self._done_before:
            again = self.change.inverse("").inverse(f"Redo: {self.change.label}")
            self._apply(again, "")
        else:
            self._done_before = True
            self._apply(self.change, self.merge_key)

    def undo(self) -> None:
        """Take it back."""
        self._apply(self.change.inverse(f"Undo: {self.change.label}"), "")
