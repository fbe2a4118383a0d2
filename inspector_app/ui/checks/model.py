"""Findings as a tree: by gravity, hints and what was set aside by check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector_app.checks.catalogue import load_catalogue
from inspector_app.ui.checks.marks import make_mark
from inspector_app.ui.checks.words import count_findings
from inspector_app.ui.evidence.words import make_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector_app.checks.finding import Finding, Severity
    from inspector_app.checks.result import CheckResult

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LONGEST = 300
ROW = Qt.ItemDataRole.UserRole
"""The `FindingRow` of an index."""
ASIDE = "set_aside"


class FindingRow(NamedTuple):
    """A line of the tree: a heading, or a finding with the reason for which it was set aside."""

    text: str
    severity: str
    """“error”, “warning”, “hint”, or `ASIDE`."""
    check: str = ""
    finding: Finding | None = None
    reason: str = ""

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells the line from all others, before and after the checks ran anew."""
        return self.severity, self.check, self.finding.key if self.finding is not None else ""


class _Node:
    def __init__(self, row: FindingRow, parent: _Node | None) -> None:
        self.row = row
        self.parent = parent
        self.below: list[_Node] = []
        self.place = len(parent.below) if parent is not None else 0
        if parent is not None:
            parent.below.append(self)


class FindingModel(QAbstractItemModel):
    """What the checks found, for a tree view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(FindingRow("", ""), None)

    def show_result(self, result: CheckResult | None) -> None:
        """Show a result in place of the last."""
        # Indexes hold no reference to their line: the old ones must live until the views let go.
        before = self._root
        self.beginResetModel()
        self._root = _Node(FindingRow("", ""), None)
        if result is not None:
            self._fill(result)
        self.endResetModel()
        del before

    def find(self, row: FindingRow) -> QModelIndex:
        """Return the index of the line that is now what a line was; invalid where there is none."""
        for node in _walk(self._root):
            if node.row.name == row.name:
                return self.createIndex(node.place, 0, node)
        return QModelIndex()

    def _fill(self, result: CheckResult) -> None:
        names = {id_: info.name for id_, info in load_catalogue().checks.items()}
        severities: tuple[Severity, ...] = ("error", "warning")
        for severity in severities:
            found = [item for item in result.findings if item.severity == severity]
            if found:
                head = self._add(self._root, count_findings(severity, len(found)), severity)
                for finding in found:
                    self._add_finding(head, finding)
        hints = [(item, "") for item in result.findings if item.severity == "hint"]
        if hints:
            head = self._add(self._root, count_findings("hint", result.count("hint")), "hint")
            self._add_kinds(head, hints, names, "hint")
        if result.set_aside:
            head = self._add(self._root, f"{len(result.set_aside)} set aside", ASIDE)
            self._add_kinds(head, result.set_aside, names, ASIDE)

    def _add_kinds(
        self,
        head: _Node,
        found: Sequence[tuple[Finding, str]],
        names: dict[str, str],
        severity: str,
    ) -> None:
        kinds: dict[str, list[tuple[Finding, str]]] = {}
        for finding, reason in found:
            kinds.setdefault(finding.check, []).append((finding, reason))
        for check, below in kinds.items():
            text = f"{names.get(check, check)} ({len(below)})"
            kind = self._add(head, text, severity, check=check)
            for finding, reason in below:
                self._add_finding(kind, finding, reason, severity)

    def _add(self, parent: _Node, text: str, severity: str, check: str = "") -> _Node:
        return _Node(FindingRow(text, severity, check), parent)

    def _add_finding(
        self, parent: _Node, finding: Finding, reason: str = "", severity: str = ""
    ) -> None:
        # Of hints of one kind the passage tells them apart, not the message.
        told = finding.excerpt if finding.severity == "hint" else ""
        text = make_one_line(told or finding.message)[:_LONGEST]
        row = FindingRow(text, severity or finding.severity, finding.check, finding, reason)
        _Node(row, parent)

    # -- Qt

    def _node(self, index: _Index) -> _Node:
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, _Node) else self._root

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        """See Qt."""
        below = self._node(parent).below
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, below[row])

    def parent(self, index: _Index = _NOWHERE) -> Any:
        """See Qt."""
        node = self._node(index).parent if index.isValid() else None
        if node is None or node is self._root:
            return QModelIndex()
        return self.createIndex(node.place, 0, node)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """See Qt."""
        return len(self._node(parent).below)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """See Qt."""
        del parent
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        if not index.isValid():
            return None
        row = self._node(index).row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.severity}: {row.text}" if row.finding is not None else row.text
        if role == Qt.ItemDataRole.DecorationRole and not (row.check and row.finding is None):
            return make_mark(row.severity)
        if role == ROW:
            return row
        return None


def _walk(node: _Node) -> Iterable[_Node]:
    for below in node.below:
        yield below
        yield from _walk(below)
