"""Notes for the panel beside the writing: in groups, each below a head that folds it away."""

from __future__ import annotations

import html
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt

from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.document.photos import is_picture
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.evidence.linking import name_note
from inspector_app.ui.evidence.note_labels import describe_sentence, describe_time
from inspector_app.ui.evidence.note_model import NOTES_MIME, make_note_mime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.evidence import EvidenceIndex
    from inspector_app.domain.part_notes import NoteGroup

_NOWHERE = QModelIndex()
_MOST_RUNS = 40
"""From so many separate places that change on, showing all anew is quicker."""
_MOST_USES = 6
"""Sentences that a tooltip names."""


class NoteRow(NamedTuple):
    """A row: a note of a group, or with no note the group's head."""

    group: NoteGroup
    note: str = ""


class GroupHead(NamedTuple):
    """What the head of a group says."""

    title: str
    count: int
    remark: str = ""


class NoteListModel(QAbstractListModel):
    """Rows of notes; what stands on them is asked for when they come into sight."""

    def __init__(
        self, document: InspectionDocument, index: EvidenceIndex, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.index_of_uses = index
        self._rows: list[NoteRow] = []
        self._heads: Mapping[NoteGroup, GroupHead] = {}
        self._folded: set[NoteGroup] = set()
        self._groups: Mapping[NoteGroup, Sequence[str]] = {}

    # -- asking

    def get_row(self, number: int) -> NoteRow:
        """Return what a row is."""
        return self._rows[number]

    def find_row(self, note: str) -> int | None:
        """Return the row of a note, or None where it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.note == note), None)

    def get_head(self, group: NoteGroup) -> GroupHead:
        """Return what the head of a group says."""
        return self._heads[group]

    def find_note(self, number: int) -> EvidenceNote | None:
        """Return the note of a row; None for a head, and for a note that is just going."""
        found = self._document.inspection.find(self._rows[number].note)
        return found if isinstance(found, EvidenceNote) else None

    def is_folded(self, group: NoteGroup) -> bool:
        """Tell whether the notes of a group are folded away."""
        return group in self._folded

    def list_photos(self, note: EvidenceNote) -> list[Attachment]:
        """Return the photos of a note."""
        found = (self._document.inspection.find(file) for file in note.attachments)
        return [file for file in found if isinstance(file, Attachment) and is_picture(file)]

    def describe_use(self, note: EvidenceNote) -> str:
        """Return what is to be known of a note before it is used: “Confidential · in 2 sentences”."""
        count = self.index_of_uses.count(note.id)
        words = ["Confidential"] if note.confidential else []
        if count:
            words.append(f"behind {pluralise(count, 'sentence')}")
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
        self._groups, self._heads = groups, heads
        self._place()

    def toggle(self, group: NoteGroup) -> None:
        """Fold a group away, or open it again."""
        self._folded ^= {group}
        self._place()

    def touch(self, notes: set[str]) -> None:
        """Have these notes drawn anew, whose words are others."""
        for at, row in enumerate(self._rows):
            if row.note in notes:
                self.dataChanged.emit(self.index(at), self.index(at))

    def _place(self) -> None:
        new = list(self._list_rows())
        kept = set(new)
        stay = [row for row in self._rows if row in kept]
        old = set(stay)
        gone = _find_runs([row not in kept for row in self._rows])
        come = _find_runs([row not in old for row in new])
        if len(gone) + len(come) > _MOST_RUNS or stay != [row for row in new if row in old]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(_NOWHERE, first, last)
            self._rows[first:first] = new[first : last + 1]
            self.endInsertRows()
        for at, row in enumerate(self._rows):
            if not row.note:
                self.dataChanged.emit(self.index(at), self.index(at))

    def _list_rows(self) -> Iterator[NoteRow]:
        for group in self._heads:
            yield NoteRow(group)
            if group not in self._folded:
                for note in self._groups[group]:
                    yield NoteRow(group, note)

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
            group = self._rows[index.row()].group
            return self._describe(note) if note else self._describe_head(group)
        if role == Qt.ItemDataRole.ToolTipRole and note is not None:
            return self._describe_places(note)
        return None

    def _describe(self, note: EvidenceNote) -> str:
        photos = self.list_photos(note)
        words = [name_note(note), describe_time(note.when), self.describe_use(note)]
        words += [pluralise(len(photos), "photo")] if photos else []
        return f"{', '.join(word for word in words if word)}: {shorten(note.text)}"

    def _describe_head(self, group: NoteGroup) -> str:
        head = self._heads[group]
        state = "closed" if group in self._folded else "open"
        return f"{head.title}: {head.count}. {head.remark}".rstrip() + f" ({state})"

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
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if index.isValid() and self._rows[index.row()].note:
            flags |= Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Return the kind of what is dragged."""
        return [NOTES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """See `make_note_mime`."""
        ids = [self._rows[row].note for row in sorted({index.row() for index in indexes})]
        return make_note_mime(self._document.inspection, [id_ for id_ in ids if id_])


def _find_runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the first and the last place of each run of places that are marked."""
    runs = []
    for marked, run in groupby(range(len(marks)), marks.__getitem__):
        if marked:
            places = list(run)
            runs.append((places[0], places[-1]))
    return runs
