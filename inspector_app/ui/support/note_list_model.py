"""Notes for the panel beside the writing: in groups, each below a head that folds it away."""

from __future__ import annotations

import html
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt

from inspector_app.document.photos import is_picture
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.domain.part_notes import NoteGroup
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.evidence.linking import name_note
from inspector_app.ui.evidence.note_labels import describe_sentence, describe_time
from inspector_app.ui.evidence.note_model import NOTES_MIME, make_note_mime

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.evidence import EvidenceIndex

_NOWHERE = QModelIndex()
GROUPS: Sequence[NoteGroup] = get_args(NoteGroup)
"""In the order in which they are shown."""
_HEAD = "\n"
"""No id begins with it."""
_GROUP_OF: Mapping[str, NoteGroup] = {f"{_HEAD}{group}": group for group in GROUPS}
_MOST_RUNS = 40
"""From so many separate places that change on, showing a whole group anew is quicker."""
_MOST_USES = 6
"""Sentences that a tooltip names."""


class GroupHead(NamedTuple):
    """What the head of a group says."""

    title: str
    size: int
    remark: str = ""


class NoteListModel(QAbstractListModel):
    """Rows of notes; what stands on them is asked for when they come into sight."""

    def __init__(
        self, document: InspectionDocument, index: EvidenceIndex, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.index_of_uses = index
        self._rows: list[str] = []
        """Ids of notes; what begins with `_HEAD` is the head of the group of that name."""
        self._heads: Mapping[NoteGroup, GroupHead] = {}
        self._folded: set[NoteGroup] = set()
        self._groups: Mapping[NoteGroup, Sequence[str]] = {}

    # -- asking

    def get_id(self, row: int) -> str:
        """Return the id of the note in a row, "" for a head."""
        id_ = self._rows[row]
        return "" if id_.startswith(_HEAD) else id_

    def get_group(self, row: int) -> NoteGroup:
        """Return the group that a row is of."""
        while not self._rows[row].startswith(_HEAD):
            row -= 1
        return _GROUP_OF[self._rows[row]]

    def find_row(self, note: str) -> int | None:
        """Return the row of a note, or None where it is not shown."""
        return self._rows.index(note) if note in self._rows else None

    def get_head(self, group: NoteGroup) -> GroupHead:
        """Return what the head of a group says."""
        return self._heads[group]

    def find_note(self, row: int) -> EvidenceNote | None:
        """Return the note of a row; None for a head, and for a note that is just going."""
        found = self._document.inspection.find(self._rows[row])
        return found if isinstance(found, EvidenceNote) else None

    def is_folded(self, group: NoteGroup) -> bool:
        """Tell whether the notes of a group are folded away."""
        return group in self._folded

    def list_photos(self, note: EvidenceNote) -> list[Attachment]:
        """Return the photos of a note."""
        found = (self._document.inspection.find(file) for file in note.attachments)
        return [file for file in found if isinstance(file, Attachment) and is_picture(file)]

    def describe_use(self, note: EvidenceNote) -> str:
        """Return when a note was taken and how it is used: “4 Mar 2024 · used once”."""
        count = self.index_of_uses.count(note.id)
        words = [time] if (time := describe_time(note.when)) else []
        words += ["Confidential"] if note.confidential else []
        if count:
            words.append("used once" if count == 1 else f"used {count} times")
        return " · ".join(words)

    # -- showing

    def show_groups(
        self, groups: Mapping[NoteGroup, Sequence[str]], heads: Mapping[NoteGroup, GroupHead]
    ) -> None:
        """Show other notes; the rows that stay are not touched.

        Args:
            groups: The notes of each, in order.
            heads: What stands above them; a group without a head is not shown.
        """
        before = self._list_parts()
        old, self._groups, self._heads = self._heads, groups, heads
        after = self._list_parts()
        # The words of heads are others only once the rows are.
        self._heads = {**heads, **old}
        self._follow(before, after)
        self._heads = heads
        self._touch_heads()

    def show_head(self, group: NoteGroup, head: GroupHead) -> None:
        """Show other words above a group that is shown."""
        if group in self._heads:
            self._heads = {**self._heads, group: head}
            self._touch_heads()

    def toggle(self, group: NoteGroup) -> None:
        """Fold a group away, or open it again."""
        before = self._list_parts()
        self._folded ^= {group}
        self._follow(before, self._list_parts())
        self._touch_heads()

    def touch(self, notes: set[str]) -> None:
        """Have these notes drawn anew, whose words are others."""
        for note in notes:
            if note in self._rows:
                at = self.index(self._rows.index(note))
                self.dataChanged.emit(at, at)

    def _list_parts(self) -> list[list[str]]:
        """Return the rows of each group, in order; none of one that is not shown."""
        return [
            [head, *([] if group in self._folded else self._groups[group])]
            if group in self._heads
            else []
            for head, group in _GROUP_OF.items()
        ]

    def _follow(self, before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> None:
        at = 0
        for old, new in zip(before, after, strict=True):
            if old != new:
                self._replace(at, old, new)
            at += len(new)

    def _touch_heads(self) -> None:
        for head in _GROUP_OF:
            if head in self._rows:
                at = self.index(self._rows.index(head))
                self.dataChanged.emit(at, at)

    def _replace(self, at: int, old: Sequence[str], new: Sequence[str]) -> None:
        """Put the rows of a group in the place of those it had; what stays is not touched."""
        known, kept = set(old), set(new)
        gone = _find_runs([row not in kept for row in old])
        come = _find_runs([row not in known for row in new])
        is_same = [row for row in old if row in kept] == [row for row in new if row in known]
        if len(gone) + len(come) > _MOST_RUNS or not is_same:
            gone = [(0, len(old) - 1)] if old else []
            come = [(0, len(new) - 1)] if new else []
        for first, last in reversed(gone):
            self.beginRemoveRows(_NOWHERE, at + first, at + last)
            del self._rows[at + first : at + last + 1]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(_NOWHERE, at + first, at + last)
            self._rows[at + first : at + first] = new[first : last + 1]
            self.endInsertRows()

    # -- Qt

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many heads and notes are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the words of a row."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        note = self.find_note(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if note is not None:
                return self._describe(note)
            return "" if self.get_id(index.row()) else self._describe_head(index.row())
        if role == Qt.ItemDataRole.ToolTipRole and note is not None:
            return self._describe_places(note)
        return None

    def _describe(self, note: EvidenceNote) -> str:
        photos = self.list_photos(note)
        words = [name_note(note), self.describe_use(note)]
        words += [pluralise(len(photos), "photo")] if photos else []
        return f"{', '.join(word for word in words if word)}: {shorten(note.text)}"

    def _describe_head(self, row: int) -> str:
        group = self.get_group(row)
        head = self._heads[group]
        state = "closed" if group in self._folded else "open"
        return f"{head.title}: {head.size}. {head.remark}".rstrip() + f" ({state})"

    def _describe_places(self, note: EvidenceNote) -> str:
        places = self.index_of_uses.places(note.id)
        found = [describe_sentence(self._document, place) for place in places[:_MOST_USES]]
        lines = [f"{place.where}: {shorten(place.text, 120)}" for place in found if place]
        if len(places) > _MOST_USES:
            lines.append("…")
        # As HTML: what looks like it would otherwise be shown as such.
        return "".join(f"<p>{html.escape(line)}</p>" for line in lines)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Notes can be selected and dragged, heads be opened only."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self.get_id(index.row()):
            flags |= Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Return the kind of what is dragged."""
        return [NOTES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """See `make_note_mime`."""
        ids = [self.get_id(row) for row in sorted({index.row() for index in indexes})]
        return make_note_mime(self._document.inspection, [id_ for id_ in ids if id_])


def _find_runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the first and the last place of each run of places that are marked."""
    runs = []
    for marked, run in groupby(range(len(marks)), marks.__getitem__):
        if marked:
            places = list(run)
            runs.append((places[0], places[-1]))
    return runs
