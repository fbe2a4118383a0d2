"""Bringing back what a session that broke off has left in its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from inspector_app.domain.entities import Attachment
from inspector_app.errors import InspectorError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from inspector_app.document.saving import SaveState
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection
    from inspector_app.storage.recovery import LeftChanges

T = TypeVar("T")


class _RecoveryDocument(Protocol):
    """What is asked of the open inspection."""

    @property
    def inspection(self) -> Inspection: ...
    @property
    def can_edit(self) -> bool: ...
    @property
    def read_only_reason(self) -> str: ...
    @property
    def save_state(self) -> SaveState | None: ...
    def apply(self, change: Change) -> None: ...
    def save(self) -> bool: ...
    def ask_file(self, function: Callable[[], T]) -> T: ...
    def read_attachment(self, sha256: str) -> bytes | None: ...
    def add_attachment(self, data: bytes) -> str: ...


class Recovery(QObject):
    """What journals have more than the file, and the person's decision about it.

    Nothing is applied by itself. What is not decided is offered again with the next opening.
    """

    changed = Signal()
    """There is less to be decided, or nothing."""

    def __init__(
        self, document: _RecoveryDocument, left: LeftChanges | None, parent: QObject
    ) -> None:
        """Take what was left.

        Args:
            document: What it is brought back into.
            left: What was found; None where there was nothing, or the file cannot be edited.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._document = document
        self._left = left
        self.refused = 0
        """How many changes did not fit when they were brought back."""
        self._changes = self._left.changes if self._left is not None else ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is in a journal and not in the file, the first change first."""
        return self._changes

    @property
    def since(self) -> datetime | None:
        """When the session began that left it; UTC."""
        holder = self._left.holder if self._left is not None else None
        return holder.since if holder is not None else None

    @property
    def is_damaged(self) -> bool:
        """Whether a journal had more that cannot be read; it is kept where journals lie."""
        return self._left is not None and self._left.damaged

    def bring_back(self) -> None:
        """Make the changes in order, each a step that can be undone.

        Those that do not fit, because the same texts were changed since, stay in the journal.

        Raises:
            InspectorError: The inspection cannot be edited here.
        """
        if self._left is None:
            return
        if not self._document.can_edit:
            raise InspectorError(self._document.read_only_reason)
        refused: list[Change] = []
        for change in self._changes:
            try:
                self._bring_attachments(change)
                self._document.apply(change)
            except InspectorError:
                refused.append(change)
        self._document.save()
        if not refused and (state := self._document.save_state) is not None and state.copies:
            self._left.remove()
            self._left = None
        self._changes = tuple(refused)
        self.refused = len(refused)
        self.changed.emit()

    def discard(self) -> None:
        """Remove what was left, for good."""
        if self._left is not None:
            self._left.remove()
        self._left = None
        self._changes = ()
        self.changed.emit()

    def _bring_attachments(self, change: Change) -> None:
        """Store the bytes of the files that a change adds, unless they are there."""
        left = self._left
        after = self._document.inspection.apply(change)
        parts = [after.find(edit.entity) for edit in change.edits]
        wanted = {part.sha256 for part in parts if isinstance(part, Attachment)}
        if left is not None and wanted:
            self._document.ask_file(lambda: self._store(wanted, left))

    def _store(self, wanted: set[str], left: LeftChanges) -> None:
        for sha256 in wanted:
            if self._document.read_attachment(sha256) is None:
                data = left.read_attachment(sha256)
                if data is not None:
                    self._document.add_attachment(data)
