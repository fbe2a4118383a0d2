"""The gaps of a one-line field: marked, and selected by a click, as those of text areas are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QMouseEvent

from inspector_app.texts import count_units
from inspector_app.ui.widgets.line_marks import LineMarks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QLineEdit

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.spelling.places import TextPlace

    PlaceOf: TypeAlias = Callable[[], TextPlace]

_LOOKS = {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}


class LineGaps(QObject):
    """Follows the text of a field.

    Args:
        line: The field.
        document: The open inspection.
        place_of: Gives the field of the inspection that it shows.
    """

    def __init__(self, line: QLineEdit, document: InspectionDocument, place_of: PlaceOf) -> None:
        super().__init__(line)
        self._line = line
        self._gaps = document.gaps
        self._place_of = place_of
        self._is_marked = False
        self._chosen: tuple[int, int] | None = None
        """What was selected before the click."""
        line.textChanged.connect(self.refresh)
        line.installEventFilter(self)
        self.refresh()

    def _find(self) -> Sequence[tuple[int, int]]:
        text = self._line.text()
        found = self._gaps.find_in(text, *self._place_of()) if "[" in text else ()
        return [(count_units(text[:start]), count_units(text[:end])) for start, end in found]

    @Slot()
    def refresh(self) -> None:
        """Mark the gaps of the text as it is now, which may have come without a signal."""
        gaps = self._find()
        if gaps or self._is_marked:
            self._is_marked = bool(gaps)
            LineMarks.of(self._line).show("warning", gaps)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the theme, and select what is clicked; a second click is for the letters."""
        kind = event.type()
        if kind in _LOOKS:
            self.refresh()
        elif kind == QEvent.Type.MouseButtonPress:
            self._chosen = self._read_selection()
        elif kind == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.button() == Qt.MouseButton.LeftButton:
                self._select(event.position().toPoint())
        return super().eventFilter(watched, event)

    def _select(self, spot: QPoint) -> None:
        if self._line.hasSelectedText():
            return
        at = self._line.cursorPositionAt(spot)
        for start, end in self._find():
            if start < at < end and (start, end) != self._chosen:
                self._line.setSelection(start, end - start)

    def _read_selection(self) -> tuple[int, int] | None:
        line = self._line
        return (line.selectionStart(), line.selectionEnd()) if line.hasSelectedText() else None
