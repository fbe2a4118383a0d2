"""Versions, backups and changes as one list, headings between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from inspector_app.domain.dates import to_local
from inspector_app.domain.versions.history import group_sessions
from inspector_app.texts import collapse_spaces, pluralise
from inspector_app.ui.widgets.labels import make_tip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from inspector_app.domain.versions.history import Backup, HistoryLine, Session

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
RowKind: TypeAlias = Literal["heading", "version", "backup", "change"]
ROW = Qt.ItemDataRole.UserRole
"""The `VersionRow` of an index."""


class VersionRow(NamedTuple):
    """A line of the list: a heading, or a state that the inspection had."""

    kind: RowKind
    text: str
    who: str = ""
    when: datetime | None = None
    """UTC; None of a heading."""
    change: str = ""
    """Id of the change after which the inspection was so; "" of headings."""
    path: Path | None = None
    """Of a backup, where it lies."""

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by when the list is filled anew."""
        return self.kind, str(self.path or self.change)


class VersionModel(QAbstractListModel):
    """The states that an inspection had, the latest one first, by kind; changes by session.

    Texts are made when they are shown, so that ten thousand changes are listed at once.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[VersionRow] = []

    def show_states(
        self, lines: Sequence[HistoryLine], backups: Sequence[Backup], wanted: str = ""
    ) -> None:
        """Show what there is.

        Args:
            lines: The history, the latest change first.
            backups: The backups, the latest one first.
            wanted: Only states are shown whose text or author has it in it; "": all.
        """
        wanted = wanted.strip().casefold()
        fits = [line for line in lines if _fits(line, wanted)]
        versions = [
            VersionRow("version", line.label, line.who, line.when, line.id)
            for line in fits
            if line.marks_version
        ]
        copies = [
            VersionRow("backup", "Automatic backup", "", backup.when, backup.change, backup.path)
            for backup in backups
            if wanted in "automatic backup"
        ]
        rows: list[VersionRow] = []
        for title, found in (("Named versions", versions), ("Automatic backups", copies)):
            if found:
                rows += [VersionRow("heading", title), *found]
        for session in group_sessions(fits):
            rows.append(VersionRow("heading", _describe_session(session)))
            rows += (
                VersionRow(
                    "change",
                    f"Version kept: {line.label}" if line.marks_version else line.label,
                    line.who,
                    line.when,
                    line.id,
                )
                for line in session.lines
            )
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def states(self) -> int:
        """The number of lines that are no headings."""
        return sum(row.kind != "heading" for row in self._rows)

    def find(self, key: tuple[str, str]) -> QModelIndex:
        """Return the index of a row by its key; an invalid one where it is not here."""
        for number, row in enumerate(self._rows):
            if row.kind != "heading" and row.key == key:
                return self.index(number, 0)
        return QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings are only read."""
        if not index.isValid() or self._rows[index.row()].kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return describe_row(row)
        if role == Qt.ItemDataRole.ToolTipRole and row.kind != "heading":
            return make_tip(describe_row(row))
        if role == Qt.ItemDataRole.FontRole and row.kind == "heading":
            font = QFont()
            font.setBold(True)
            return font
        return row if role == ROW else None


def describe_row(row: VersionRow) -> str:
    """Return the line of a row."""
    text = collapse_spaces(row.text)
    if row.when is None:
        return text
    local = to_local(row.when)
    when = f"{local:%H:%M:%S}" if row.kind == "change" else f"{local.day} {local:%B %Y, %H:%M}"
    who = f", {collapse_spaces(row.who)}" if row.who else ""
    return f"{when}{who}  {text}"


def _fits(line: HistoryLine, wanted: str) -> bool:
    return wanted in line.label.casefold() or wanted in line.who.casefold()


def _describe_session(session: Session) -> str:
    times = f"{session.start:%A} {session.start.day} {session.start:%B %Y, %H:%M}"
    if f"{session.end:%H:%M}" != f"{session.start:%H:%M}":
        times += f"–{session.end:%H:%M}"
    count = len(session.lines)
    changes = pluralise(count, "change")
    # Who has not said who they are is left out: “by somebody” tells nobody anything.
    people = ", ".join(filter(None, map(collapse_spaces, session.who)))
    return f"{times}: {changes} by {people}" if people else f"{times}: {changes}"
