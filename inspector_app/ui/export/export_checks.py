"""Gaps, and what the checks have open, told before the report is exported. It stops nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from inspector_app.checks.counts import describe_open
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.checks.marks import make_mark
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column
from inspector_app.ui.widgets.theme import get_text_scale

if TYPE_CHECKING:
    from inspector_app.checks.result import CheckResult
    from inspector_app.document.inspection_document import InspectionDocument

_SHOWN = 3
"""Results that are quoted; the page of the checks has them all."""
_LONGEST = 150
_MARK = 16


class OpenChecks(QWidget):
    """How many gaps, errors and warnings are open, the first of them, and the way to all."""

    checks_wanted = Signal()
    """The person wants to see what the checks found."""
    gaps_wanted = Signal()
    """The person wants to fill the gaps in."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = document.checks
        self._document = document
        self.setObjectName("export_checks")
        self._build()
        self._watch.changed.connect(self._refresh)
        document.changed.connect(self._refresh)
        document.gaps.changed.connect(self._show_gaps)
        self._watch.start()
        self._refresh()
        self._show_gaps()

    def _build(self) -> None:
        self._gaps = make_label("", "label", self, "export_gaps")
        self._gaps.setWordWrap(True)
        self._fill = self._make_way("Show &gaps", "export_show_gaps", "Close this and go to a gap")
        self._fill.clicked.connect(self.gaps_wanted)
        self._count = make_label("", "label", self, "export_checks_count")
        self._count.setWordWrap(True)
        self._show = self._make_way(
            "Show &checks", "export_show_checks", "Close this and show what the checks found"
        )
        self._show.clicked.connect(self.checks_wanted)
        gaps, head = QHBoxLayout(), QHBoxLayout()
        gaps.addWidget(self._gaps, 1)
        gaps.addWidget(self._fill)
        head.addWidget(self._count, 1)
        head.addWidget(self._show)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        self._lines = []
        for number in range(_SHOWN):
            mark, line = make_label("", "hint", self), make_label("", "hint", self)
            line.setObjectName(f"export_check_{number + 1}")
            grid.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line, number, 1)
            self._lines.append((mark, line))
        self._more = make_label("", "hint", self, "export_checks_more")
        layout = make_column(self, spacing=SPACE // 2)
        layout.addLayout(gaps)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addWidget(self._more)

    def _make_way(self, text: str, name: str, tip: str) -> QPushButton:
        spoken = text.replace("&", "")
        button = make_button(text, name, tip, self, role="quiet", spoken=spoken)
        button.setAutoDefault(False)
        return button

    @Slot()
    def _show_gaps(self) -> None:
        count = self._document.gaps.count()
        self._gaps.setVisible(count > 0)
        self._fill.setVisible(count > 0)
        self._gaps.setText(f"{pluralise(count, 'gap')} to fill in: prompts in [square brackets]")

    @Slot()
    def _refresh(self) -> None:
        run, problem = self._watch.answer, self._watch.problem
        found = [item for item in run.results if item.severity != "hint"] if run else []
        if problem:
            text, found = f"The checks could not be run. {problem}", []
        elif run is None:
            text = "The checks are still looking…"
        elif found:
            text = f"Open in the checks: {describe_open(run)}"
        else:
            text = "The checks have nothing open."
        if run is not None and not self._watch.is_fresh and not problem:
            text += " (looking again…)"
        self._count.setText(text)
        self._show_lines(found)

    def _show_lines(self, found: list[CheckResult]) -> None:
        for number, (mark, line) in enumerate(self._lines):
            result = found[number] if number < len(found) else None
            mark.setVisible(result is not None)
            line.setVisible(result is not None)
            if result is not None:
                # The gravity is told by its shape; who hears the line is told it in words.
                side = round(_MARK * get_text_scale())
                mark.setPixmap(make_mark(result.severity).pixmap(side, side))
                line.setText(shorten(result.message, _LONGEST))
                line.setAccessibleName(f"{result.severity}: {line.text()}")
        more = len(found) - _SHOWN
        self._more.setText(f"and {more} more")
        self._more.setVisible(more > 0)
