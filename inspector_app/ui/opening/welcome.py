"""What the window shows while nothing is open: what to do first."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector_app.assets import get_resource
from inspector_app.content.samples import SAMPLES
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, add_key
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import (
    add_all,
    add_middle,
    clear_layout,
    fit_middle,
    make_column,
    make_row,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from inspector_app.content.samples import Sample
    from inspector_app.ui.opening.recent_files import RecentFacts

_FICTIONAL = "Fictional inspections to try things on, one for each kind of report."
_ABREAST = 2
_WIDTH = 92
"""Of the column, in letters: it grows with the text."""
_ICON = 56
_BUTTON_HEIGHT = 36
_PADDING = 32  # what a button needs beside its text


class WelcomePage(QWidget):
    """Start an inspection, open one, go on with a recent one, or try a sample."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal(str)
    recent_wanted = Signal(object)
    copies_wanted = Signal()
    """The person wants to see what this computer holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome_page")
        self._build()

    def _build(self) -> None:
        self._column = column = add_middle(self)
        layout = QVBoxLayout(column)
        layout.setSpacing(8)
        add_all(layout, _make_head(column), 16)
        new_button = _button("&New inspection", "new_button", column)
        new_button.setProperty("role", "primary")
        new_button.setToolTip(add_key("Start an inspection", Keys.NEW))
        new_button.clicked.connect(self.new_wanted)
        begin = make_row()
        self._rows = [begin]
        begin.addWidget(new_button, 1)
        open_button = _button("&Open an inspection…", "open_button", column)
        open_button.setToolTip(add_key("Open an inspection file", Keys.OPEN))
        open_button.clicked.connect(self.open_wanted)
        begin.addWidget(open_button, 1)
        layout.addLayout(begin)
        self._recent_heading = make_label("Recent", "heading", column)
        self._recent_heading.setContentsMargins(0, 16, 0, 0)
        layout.addWidget(self._recent_heading)
        self._recent = make_column()
        self._shown: Sequence[tuple[Path, RecentFacts]] = ()
        layout.addLayout(self._recent)
        heading = make_label("Look around first", "heading", column)
        heading.setContentsMargins(0, 16, 0, 0)
        add_all(layout, heading, make_label(_FICTIONAL, "hint", column))
        samples = list(SAMPLES.values())
        for start in range(0, len(samples), _ABREAST):
            row = make_row()
            for sample in samples[start : start + _ABREAST]:
                row.addWidget(self._make_sample_button(sample), 1)
            self._rows.append(row)
            layout.addLayout(row)
        layout.addSpacing(16)
        copies = _button("Files on this &computer…", "copies_button", column)
        copies.setProperty("role", "quiet")
        copies.setToolTip(
            "Files, backups and safety copies of all inspections: see them or remove them"
        )
        copies.clicked.connect(self.copies_wanted)
        layout.addWidget(copies, 0, Qt.AlignmentFlag.AlignLeft)
        self._fit_column()

    def _make_sample_button(self, sample: Sample) -> QPushButton:
        button = _button(f"{sample.name}\n{sample.what}", f"sample_{sample.id}", self._column)
        button.setProperty("role", "row")
        button.setAccessibleName(sample.name)
        button.setAccessibleDescription(sample.what)
        button.setToolTip("Open it to try things on")
        button.clicked.connect(lambda: self.sample_wanted.emit(sample.id))
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_column()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to the window."""
        super().resizeEvent(event)
        self._fit_column()

    def _fit_column(self) -> None:
        before = self._column.width()
        ways = QBoxLayout.Direction
        has_room = fit_middle(self, self._column, _WIDTH)
        for row in self._rows:
            row.setDirection(ways.LeftToRight if has_room else ways.TopToBottom)
        if self._column.width() != before:
            self.show_recent(self._shown)

    def show_recent(self, recent: Sequence[tuple[Path, RecentFacts]]) -> None:
        """Show the inspections that were open last."""
        self._shown = recent
        clear_layout(self._recent)
        self._recent_heading.setVisible(bool(recent))
        for path, facts in recent:
            button = _button("", "recent_button", self)
            button.setProperty("role", "row")
            lines = _describe(path, facts)
            elide = Qt.TextElideMode.ElideMiddle
            text = "\n".join(
                self.fontMetrics().elidedText(line, elide, self._column.width() - _PADDING)
                for line in lines
            )
            # An ampersand in a file name is no shortcut, and a tag in a path is no markup.
            button.setText(text.replace("&", "&&"))
            button.setToolTip(f"<p>{html.escape(str(path))}</p>")
            button.setAccessibleName(path.name)
            button.setAccessibleDescription(", ".join(lines))
            button.clicked.connect(lambda _=False, path=path: self.recent_wanted.emit(path))
            self._recent.addWidget(button)


def _describe(path: Path, facts: RecentFacts) -> list[str]:
    """Return the lines of a recent file: whose inspection, then file, visit and state."""
    details = [path.name]
    if facts.visited:
        details.append(f"visited {facts.visited}")
    if facts.state:
        details.append(facts.state.lower())
    if not facts.location:
        return [" · ".join(details)]
    return [facts.location, " · ".join(details)]


def _make_head(parent: QWidget) -> QHBoxLayout:
    """Return the sign of the application with its name beside it."""
    sign = QLabel(parent)
    sign.setPixmap(QIcon(str(get_resource("icons", "inspector.svg"))).pixmap(_ICON, _ICON))
    words = make_column(spacing=4)
    words.addWidget(make_label("Inspector", "title", parent))
    words.addWidget(
        make_label("Start or open an inspection, or drop its file here.", "hint", parent)
    )
    return make_row(None, sign, (words, 1), spacing=16)


def _button(text: str, name: str, parent: QWidget) -> QPushButton:
    button = make_button(text, name, "", parent)
    button.setMinimumHeight(_BUTTON_HEIGHT)
    button.setAutoDefault(True)
    return button
