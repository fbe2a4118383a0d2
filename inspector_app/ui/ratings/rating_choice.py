"""Choosing one rating: a group of buttons of which one, or none, is chosen."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from inspector_app.ui.ratings.rating_marks import NO_MARK, ScaleStep, paint_mark
from inspector_app.ui.widgets.theme import get_text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_GAP = 4
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_MARK = 14
_PAD = 3
_AIR = 5
"""Above and below a text of one line; one of two lines has half of it."""


class RatingChoice(QWidget):
    """Buttons for the steps of a scale.

    The group is one stop of Tab. Arrow keys move within it and choose nothing, so that passing by
    never changes a rating; Space or Enter chooses, Delete clears.
    """

    picked = Signal(object)
    """A person chose a value; None: cleared."""

    def __init__(
        self,
        name: str,
        options: Sequence[ScaleStep],
        parent: QWidget | None = None,
        *,
        prefix: str = "",
    ) -> None:
        """Make the group.

        Args:
            name: What is rated, for accessible names: “Safe”.
            options: What each button chooses.
            parent: Qt's parent.
            prefix: What object names begin with, where the window has another group of that name.
        """
        super().__init__(parent)
        self._name = name
        self._prefix = prefix
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._stretches: list[int] = []
        self._options = [self._make_button(step) for step in options]
        # For a value that has no button of its own; seen only while it is chosen.
        self._other = self._make_button(ScaleStep("", "", NO_MARK))
        self._other.hide()
        self._buttons = [*self._options, self._other]
        columns = min(2, len(self._options))
        self._lay_out(columns, [1] * columns)
        self.show_value(None, "")

    def show_value(self, value: str | None, word: str) -> None:
        """Show what is chosen; `word` is what a value without a button is called."""
        known = value is None or any(button.value == value for button in self._options)
        self._other.value = "" if known or value is None else value
        self._other.setText("" if known else word)
        self._describe(self._other)
        had_focus = self._other.hasFocus()
        self._other.setVisible(not known)
        self._set_exclusive(on=False)
        for button in self._buttons:
            button.setChecked(value is not None and button.value == value)
            button.update()
        self._set_exclusive(on=True)
        stop = next((item for item in self._buttons if item.isChecked()), self._options[0])
        self._set_stop(stop)
        if known and had_focus:
            stop.setFocus()

    def _set_exclusive(self, *, on: bool) -> None:
        """Be one of several for screen readers; only while it is not can none be chosen."""
        for button in self._buttons:
            button.setAutoExclusive(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one row where there is room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Take the room that letters of another size need."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            # The buttons have the new font only once it has come to all of them.
            QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _fit(self) -> None:
        """Stand in one row where there is room, long names on two lines if need be."""
        hints = [button.sizeHint().width() for button in self._options]
        least = [button.get_least_width() for button in self._options]
        gaps = _GAP * (len(hints) - 1)
        if self.width() >= len(hints) * max(hints) + gaps:
            columns, stretches = len(hints), [1] * len(hints)
        elif self.width() >= sum(hints) + gaps:
            columns, stretches = len(hints), hints
        elif self.width() >= sum(least) + gaps:
            columns, stretches = len(hints), least
        else:
            columns = min(2, len(hints))
            stretches = [1] * columns
        self._lay_out(columns, stretches)
        room = self.width() - _GAP * (columns - 1)
        height = max(
            button.get_height(room * stretches[index % columns] // sum(stretches))
            for index, button in enumerate(self._options)
        )
        for button in self._options:
            button.setFixedHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that move, choose and clear."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, RatingButton):
            return False
        if not isinstance(event, QKeyEvent) or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._move_focus(watched, _STEPS[key])
        elif key in _CHOOSING:
            watched.click()
        elif key in _CLEARING and self.isEnabled():
            self.picked.emit(None)
        else:
            return False
        return True

    def _make_button(self, step: ScaleStep) -> RatingButton:
        button = RatingButton(step, self)
        button.setObjectName(f"{self._prefix}{self._name}.{step.value or 'other'}")
        self._describe(button)
        button.installEventFilter(self)
        button.clicked.connect(lambda: self._on_clicked(button))
        return button

    def _describe(self, button: RatingButton) -> None:
        button.setAccessibleName(f"{self._name}: {button.text()}")
        # Escaped: a value that came with a file may look like HTML.
        word = html.escape(button.text())
        button.setToolTip(f"<p>{word} (arrow keys move, Space chooses, Delete clears)</p>")

    def _on_clicked(self, button: RatingButton) -> None:
        self.picked.emit(button.value)

    def _move_focus(self, button: RatingButton, step: int) -> None:
        shown = [item for item in self._buttons if not item.isHidden()]
        target = shown[(shown.index(button) + step) % len(shown)]
        self._set_stop(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_stop(self, stop: RatingButton) -> None:
        for button in self._buttons:
            # Only one of the group is met by Tab, none takes the cursor from a text by a click.
            policy = Qt.FocusPolicy.TabFocus if button is stop else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)
        self.setFocusProxy(stop)

    def _lay_out(self, columns: int, stretches: list[int]) -> None:
        if stretches == self._stretches:
            return
        self._stretches = stretches
        for index, button in enumerate(self._options):
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(len(self._options)):
            self._grid.setColumnStretch(column, stretches[column] if column < columns else 0)
        row = (len(self._options) + columns - 1) // columns
        self._grid.addWidget(self._other, row, 0, 1, columns)


class RatingButton(QAbstractButton):
    """Filled with the colour of its rating when chosen; else the word beside a small swatch."""

    def __init__(self, step: ScaleStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = step.value
        self._look = step.mark
        self.setText(step.word)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the mark and the word."""
        metrics = QFontMetrics(self.font())
        mark = _measure_mark()
        width = metrics.horizontalAdvance(self.text()) + mark + 4 * _PAD
        return QSize(width, max(metrics.height(), mark) + 2 * _AIR)

    def minimumSizeHint(self) -> QSize:
        """Return room for the mark and a few letters; a long word then takes two lines."""
        return QSize(_measure_mark() + 40, self.sizeHint().height())

    def get_least_width(self) -> int:
        """Return the width in which every word of the text has room, one below the other."""
        metrics = QFontMetrics(self.font())
        words = self.text().split()
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        return longest + _measure_mark() + 4 * _PAD

    def get_height(self, width: int) -> int:
        """Return the height that the word needs in a width: of one line or of two."""
        hint = self.sizeHint()
        if hint.width() <= width:
            return hint.height()
        return 2 * QFontMetrics(self.font()).height() + _AIR

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; its state shows by its fill, focus by a ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        palette = self.palette()
        background, ink = QColor(self._look.ground), QColor(self._look.ink)
        chosen = self.isChecked()
        if not chosen:
            background = palette.color(QPalette.ColorRole.Base)
            if self.underMouse() and self.isEnabled():
                background = palette.color(QPalette.ColorRole.AlternateBase)
            ink = palette.color(QPalette.ColorRole.Text)
        edge = background if chosen else palette.color(QPalette.ColorRole.Mid)
        painter.setBrush(background)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(box, 4, 4)
        side = _measure_mark()
        mark = QRectF(box.left() + _PAD, box.center().y() - side / 2, side, side)
        paint_mark(painter, self._look, mark, swatch=not chosen)
        painter.setPen(ink)
        room = box.adjusted(2 * _PAD + side, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(flags | Qt.TextFlag.TextWordWrap), self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)


def _measure_mark() -> int:
    """Return the side of a mark, in pixels: it grows with the text."""
    return round(_MARK * get_text_scale())
