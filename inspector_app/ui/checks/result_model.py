"""Results as a tree: by gravity, hints and what was set aside by check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt

from inspector_app.checks.catalogue import load_catalogue
from inspector_app.checks.counts import count_results
from inspector_app.texts import shorten
from inspector_app.ui.checks.marks import make_mark
from inspector_app.ui.widgets.row_tree import RowTreeModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from inspector_app.checks.check_run import CheckRun
    from inspector_app.checks.result import CheckResult, Severity
    from inspector_app.ui.widgets.row_tree import Branch, Index, Node

_LONGEST = 240
ROW = Qt.ItemDataRole.UserRole
"""The `ResultRow` of an index."""
ASIDE = "set_aside"


class ResultRow(NamedTuple):
    """A line of the tree: a heading, or a result with the reason for which it was set aside."""

    text: str
    severity: str
    """“error”, “warning”, “hint”, or `ASIDE`."""
    check: str = ""
    result: CheckResult | None = None
    reason: str = ""

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells the line from all others, before and after the checks ran anew."""
        return self.severity, self.check, self.result.key if self.result is not None else ""


class CheckResultModel(RowTreeModel[ResultRow]):
    """What the checks found, for a tree view."""

    def show_run(self, run: CheckRun | None) -> None:
        """Show a run in place of the last."""
        with self.filling() as root:
            if run is not None:
                _fill(root, run)

    def find(self, row: ResultRow) -> QModelIndex:
        """Return the index of the line that is now what a line was; invalid where there is none."""
        return self.find_row(lambda other: other.name == row.name)

    # -- Qt

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.get_row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.severity}: {row.text}" if row.result is not None else row.text
        if role == Qt.ItemDataRole.DecorationRole and not (row.check and row.result is None):
            return make_mark(row.severity)
        if role == ROW:
            return row
        return None


def _fill(root: Branch[ResultRow], run: CheckRun) -> None:
    names = {id_: info.name for id_, info in load_catalogue().checks.items()}
    severities: tuple[Severity, ...] = ("error", "warning")
    for severity in severities:
        found = [item for item in run.results if item.severity == severity]
        if found:
            head = root.add(ResultRow(count_results(severity, len(found)), severity))
            for result in found:
                _add_result(head, result)
    hints = [(item, "") for item in run.results if item.severity == "hint"]
    if hints:
        head = root.add(ResultRow(count_results("hint", run.count("hint")), "hint"))
        _add_kinds(head, hints, names, "hint")
    if run.set_aside:
        head = root.add(ResultRow(f"{len(run.set_aside)} set aside", ASIDE))
        _add_kinds(head, run.set_aside, names, ASIDE)


def _add_kinds(
    head: Node[ResultRow],
    found: Sequence[tuple[CheckResult, str]],
    names: dict[str, str],
    severity: str,
) -> None:
    kinds: dict[str, list[tuple[CheckResult, str]]] = {}
    for result, reason in found:
        kinds.setdefault(result.check, []).append((result, reason))
    for check, below in kinds.items():
        text = f"{names.get(check, check)} ({len(below)})"
        kind = head.add(ResultRow(text, severity, check))
        for result, reason in below:
            _add_result(kind, result, reason, severity)


def _add_result(
    parent: Node[ResultRow], result: CheckResult, reason: str = "", severity: str = ""
) -> None:
    # Of hints of one kind the passage tells them apart, not the message.
    told = result.excerpt if result.severity == "hint" else ""
    text = shorten(told or result.message, _LONGEST)
    row = ResultRow(text, severity or result.severity, result.check, result, reason)
    parent.add(row)
