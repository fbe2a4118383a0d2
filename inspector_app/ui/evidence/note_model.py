"""The table of evidence notes: filtered, sorted, and following the document row by row."""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from inspector_app.domain.entities import EvidenceNote
from inspector_app.domain.evidence import EvidenceIndex
from inspector_app.domain.part_notes import fold_note, has_topic
from inspector_app.texts import shorten
from inspector_app.ui.evidence.note_labels import SOURCES, STANCES, describe_time, list_topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.inspection import Inspection

NOTES_MIME = "application/x-inspector-notes"
"""Dragged notes: their ids in ASCII, one a line."""
_MANY = 200
"""From so many changed notes on, showing all anew is quicker than row by row."""
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class NoteColumn(IntEnum):
    """The columns, by what stands above them."""

    TIME = 0
    STANCE = 1
    NOTE = 2
    SOURCE = 3
    TOPICS = 4
    USED = 5
    BY = 6


class NoteFilter(NamedTuple):
    """Which notes to show; None or "" lets all pass."""

    words: tuple[str, ...] = ()
    """Case-folded; all must stand in text, source detail or tags."""
    topic: str = ""
    """A key question takes its topics along."""
    stance: str = ""
    source: str = ""
    used: bool | None = None
    corroborated: bool | None = None


class NoteModel(QAbstractTableModel):
    """Evidence notes, a row each.

    A row stays where it is while its note is edited, even where it no longer fits the filter:
    nothing jumps away under the hands. The next search, filter or sort puts all in their places.
    """

    uses_changed = Signal(object)
    """Notes support other sentences than before; carries the set of their ids."""

    def __init__(self, document: InspectionDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.index_of_uses = EvidenceIndex(document.inspection)
        self._filter = NoteFilter()
        self._column: int = NoteColumn.TIME
        self._descending = False
        topics = list_topics(document.framework, document.inspection.details.regime)
        self._topic_names = {topic.id: topic.name for topic in topics}
        self._topic_order = {topic.id: index for index, topic in enumerate(topics)}
        self._folded: dict[str, str] = {}
        self._ids: list[str] = []
        self._keys: list[tuple[Any, ...]] = []
        """Sort key of each row, as it was when the row was placed."""
        self._place_all()
        document.changed.connect(self._on_document_changed)

    # -- asking

    @property
    def total(self) -> int:
        """How many notes the inspection has, shown or not."""
        inspection = self._document.inspection
        return len(inspection.child_ids(inspection.id, EvidenceNote))

    def get_id(self, row: int) -> str:
        """Return the id of the note in a row."""
        return self._ids[row]

    def find_row(self, note: str) -> int | None:
        """Return the row of a note, or None where it is not shown."""
        try:
            return self._ids.index(note)
        except ValueError:
            return None

    def list_rows(self, notes: set[str]) -> list[int]:
        """Return the rows of many notes, in order."""
        return [row for row, id_ in enumerate(self._ids) if id_ in notes]

    # -- arranging

    def set_filter(self, wanted: NoteFilter) -> None:
        """Show the notes that fit."""
        self._filter = wanted
        self._reset()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._column = column
        self._descending = order == Qt.SortOrder.DescendingOrder
        self._reset()

    def _reset(self) -> None:
        self.beginResetModel()
        self._place_all()
        self.endResetModel()

    def _place_all(self) -> None:
        inspection = self._document.inspection
        fits = self._fits
        rows = [(self._key(note), note.id) for note in inspection.all(EvidenceNote) if fits(note)]
        rows.sort(key=itemgetter(0), reverse=self._descending)
        self._ids = [id_ for _, id_ in rows]
        self._keys = [key for key, _ in rows]

    def _fits(self, note: EvidenceNote) -> bool:
        wanted = self._filter
        if wanted.words:
            folded = self._folded.get(note.id)
            if folded is None:
                folded = self._folded[note.id] = fold_note(note)
            for word in wanted.words:
                if word not in folded:
                    return False
        if wanted.topic and not has_topic(note, wanted.topic):
            return False
        return not (
            (wanted.stance and note.stance != wanted.stance)
            or (wanted.source and note.source != wanted.source)
            or (
                wanted.used is not None
                and (self.index_of_uses.count(note.id) > 0) is not wanted.used
            )
            or (wanted.corroborated is not None and note.corroborated is not wanted.corroborated)
        )

    def _key(self, note: EvidenceNote) -> tuple[Any, ...]:
        """Return what rows are sorted by: the column, then time, then the order of entry."""
        end = (note.when, note.position, note.id)
        match self._column:
            case NoteColumn.STANCE:
                return (tuple(STANCES).index(note.stance), *end)
            case NoteColumn.NOTE:
                return (note.text[:120].casefold(), *end)
            case NoteColumn.SOURCE:
                return (SOURCES[note.source], note.source_detail.casefold(), *end)
            case NoteColumn.TOPICS:
                last = len(self._topic_order)
                return (
                    min((self._topic_order.get(t, last) for t in note.topics), default=last + 1),
                    *end,
                )
            case NoteColumn.USED:
                return (self.index_of_uses.count(note.id), *end)
            case NoteColumn.BY:
                return (note.by.casefold(), *end)
            case _:
                return end

    # -- following

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        inspection = self._document.inspection
        moved_uses = self.index_of_uses.follow(change, inspection)
        touched = dict.fromkeys(
            edit.entity
            for edit in change.edits
            if edit.field != "" or _is_note(edit.before) or _is_note(edit.after)
        )
        touched.update(dict.fromkeys(sorted(moved_uses)))
        notes = {
            id_: found if isinstance(found, EvidenceNote) else None
            for id_ in touched
            if isinstance(found := inspection.find(id_), EvidenceNote) or found is None
        }
        for id_ in notes:
            self._folded.pop(id_, None)
        if len(notes) > _MANY:
            self._reset()
        else:
            rows = {id_: row for row, id_ in enumerate(self._ids)} if len(notes) > 1 else None
            for id_, note in notes.items():
                row = self.find_row(id_) if rows is None else rows.get(id_)
                if note is not None and row is not None:
                    self.dataChanged.emit(
                        self.index(row, NoteColumn.TIME), self.index(row, NoteColumn.BY)
                    )
                elif note is not None and self._fits(note):
                    self._insert(note)
                    rows = {other: at for at, other in enumerate(self._ids)} if rows else None
                elif note is None and row is not None:
                    self._remove(row)
                    rows = {other: at for at, other in enumerate(self._ids)} if rows else None
        if moved_uses:
            self.uses_changed.emit(moved_uses)

    def _insert(self, note: EvidenceNote) -> None:
        key = self._key(note)
        row = bisect_left(self._keys[::-1] if self._descending else self._keys, key)
        if self._descending:
            row = len(self._keys) - row
        self.beginInsertRows(_NOWHERE, row, row)
        self._ids.insert(row, note.id)
        self._keys.insert(row, key)
        self.endInsertRows()

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(_NOWHERE, row, row)
        del self._ids[row]
        del self._keys[row]
        self.endRemoveRows()

    # -- Qt

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many notes are shown."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(NoteColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(NoteColumn):
            if role == Qt.ItemDataRole.DisplayRole:
                return NoteColumn(section).name.capitalize()
            if role == Qt.ItemDataRole.ToolTipRole and section == NoteColumn.USED:
                return "How many sentences of the report the note supports"
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = column == NoteColumn.USED
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return None
        note = self._document.inspection.find(self._ids[index.row()])
        return self._text(note, column) if isinstance(note, EvidenceNote) else None

    def _text(self, note: EvidenceNote, column: int) -> str:
        match column:
            case NoteColumn.TIME:
                return describe_time(note.when)
            case NoteColumn.STANCE:
                return STANCES[note.stance]
            case NoteColumn.NOTE:
                return shorten(note.text)
            case NoteColumn.SOURCE:
                detail = shorten(note.source_detail, 80)
                return f"{SOURCES[note.source]}: {detail}" if detail else SOURCES[note.source]
            case NoteColumn.TOPICS:
                return ", ".join(self._topic_names.get(id_, id_) for id_ in note.topics)
            case NoteColumn.USED:
                return str(self.index_of_uses.count(note.id) or "–")
            case _:
                return shorten(note.by, 24)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Rows can be selected and dragged onto a sentence."""
        flags = super().flags(index)
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def mimeTypes(self) -> list[str]:
        """Return the kind of what is dragged."""
        return [NOTES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """See `make_note_mime`."""
        ids = [self._ids[row] for row in sorted({index.row() for index in indexes})]
        return make_note_mime(self._document.inspection, ids)


def make_note_mime(inspection: Inspection, ids: Sequence[str]) -> QMimeData:
    """Return notes for dragging and for the clipboard: ids for this window, text for any other."""
    data = QMimeData()
    data.setData(NOTES_MIME, "\n".join(ids).encode("ascii"))
    data.setText("\n".join(inspection.get(id_, EvidenceNote).text for id_ in ids))
    return data


def read_note_mime(data: QMimeData, inspection: Inspection) -> list[EvidenceNote]:
    """Return the notes of this inspection that are dragged; none where it is something else."""
    ids = bytes(data.data(NOTES_MIME).data()).decode("ascii", "ignore").split()
    return [note for id_ in ids if isinstance(note := inspection.find(id_), EvidenceNote)]


def _is_note(data: object) -> bool:
    return isinstance(data, dict) and data.get("entity") == "evidence_note"
