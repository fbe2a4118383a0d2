"""Days, typed in the ways people write them or picked in a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QPainter, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.dates import parse_british_date
from inspector_app.report.phrases import long_date
from inspector_app.texts import shorten
from inspector_app.ui.widgets.fields import BoundField, take_one_line
from inspector_app.ui.widgets.keys import Keys, add_key
from inspector_app.ui.widgets.layouts import make_row
from inspector_app.ui.widgets.lines import RowLine

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent


DATE_HINT = add_key(
    "Type a date such as 9 January 2020 or 9/1/20, or pick one in the calendar", Keys.CALENDAR
)
_LONGEST_QUOTE = 30
_STEPS = (
    ("qt_calendar_prevmonth", "‹", "Previous month (Page Up)"),
    ("qt_calendar_nextmonth", "›", "Next month (Page Down)"),
)


class CalendarPopup(QFrame):
    """A calendar that opens below a date and goes with a click, Enter or Escape."""

    picked = Signal(object)
    """The person picked a day; carries the `date`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("calendar_popup")
        self.calendar = QCalendarWidget(self)
        # British whatever the computer's language: the report is.
        self.calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        view = QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        self.calendar.setVerticalHeaderFormat(view)
        self.calendar.setAccessibleName("Calendar")
        # Qt paints weekends red, which is hard to read on a dark ground.
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, QTextCharFormat())
        # Qt's arrows are black on any ground, and say nothing.
        for name, sign, text in _STEPS:
            button = self.calendar.findChild(QToolButton, name)
            if button is None:  # another Qt, other names
                continue
            button.setIcon(QIcon())
            button.setText(sign)
            button.setToolTip(text)
            button.setAccessibleName(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.calendar)
        self.calendar.clicked.connect(self._on_picked)
        self.calendar.activated.connect(self._on_picked)

    def open_below(self, widget: QWidget, day: date | None) -> None:
        """Show the calendar below a widget, at a day or at today."""
        shown = QDate(day.year, day.month, day.day) if day else QDate.currentDate()
        self.calendar.setSelectedDate(shown)
        today = QTextCharFormat()
        today.setFontWeight(QFont.Weight.Bold)
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        self.calendar.setDateTextFormat(QDate.currentDate(), today)
        # Six weeks, a row of weekdays and the months above: Qt's own hint is too small once styled.
        line = self.fontMetrics().height()
        self.calendar.setMinimumSize(18 * line, 15 * line)
        self.adjustSize()
        place = QRect(widget.mapToGlobal(QPoint(0, widget.height() + 2)), self.size())
        screen = widget.screen().availableGeometry()
        if place.bottom() > screen.bottom():
            place.moveBottom(widget.mapToGlobal(QPoint(0, -2)).y())
        place.moveRight(min(place.right(), screen.right()))
        self.move(place.topLeft())
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QDate)
    def _on_picked(self, day: QDate) -> None:
        # A click on a day is followed by Qt's own “activated”.
        if self.isVisible():
            self.hide()
            self.picked.emit(day.toPython())


class CalendarButton(QToolButton):
    """A button with a calendar sheet, drawn in the colour of the text."""

    def sizeHint(self) -> QSize:
        """Return a square, as high as a line."""
        return QSize(32, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the sheet on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = self.palette().ColorGroup.Normal
        if not self.isEnabled():
            group = self.palette().ColorGroup.Disabled
        colour = self.palette().color(group, self.palette().ColorRole.ButtonText)
        painter.setPen(colour)
        sheet = QRect(0, 0, 14, 13)
        sheet.moveCenter(self.rect().center())
        painter.drawRoundedRect(sheet, 2, 2)
        painter.fillRect(sheet.adjusted(1, 1, 0, -9), colour)
        for row in range(2):
            for column in range(3):
                painter.fillRect(sheet.x() + 3 + 3 * column, sheet.y() + 6 + 3 * row, 2, 2, colour)


class DayEdit(QWidget):
    """A line for a day, with a calendar beside it. What cannot be read stays as it was typed."""

    edited = Signal()
    """The person changed the text or picked a day."""
    left = Signal()
    """The person finished: pressed Enter, went elsewhere, or picked a day."""

    def __init__(self) -> None:
        super().__init__()
        self.line = RowLine(self)
        self.line.setToolTip(DATE_HINT)
        self.button = CalendarButton(self)
        self.button.setToolTip(add_key("Pick in the calendar", Keys.CALENDAR))
        # Keyboard users have F4; another stop at every date would only slow them down.
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._popup: CalendarPopup | None = None
        make_row(self, (self.line, 1), self.button, spacing=4)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_text_edited)
        self.line.editingFinished.connect(self._on_editing_finished)
        self.button.clicked.connect(self.open_calendar)

    @property
    def day(self) -> date | None:
        """The day that the text names, or None."""
        return parse_british_date(self.line.text())

    @property
    def is_unread(self) -> bool:
        """Whether there is a text that names no day."""
        return self.day is None and bool(self.line.text().strip())

    @property
    def complaint(self) -> str:
        """What to say about a text that names no day; "" for other texts."""
        if not self.is_unread:
            return ""
        text = shorten(self.line.text(), _LONGEST_QUOTE)
        return f"“{text}” is not a date. Write it like 9 January 2020 or 9/1/2020."

    def set_name(self, name: str) -> None:
        """Say what day it is, for those who do not see the label."""
        self.line.setAccessibleName(name)
        self.button.setAccessibleName(f"Pick in the calendar: {name}")

    def show_day(self, day: date | None) -> None:
        """Show a day, unless the text names it already."""
        if self.is_unread or self.day != day:
            self.line.setText(long_date(day) if day else "")

    def set_editable(self, editable: bool) -> None:
        """Let the day be changed, or only be read."""
        self.line.setReadOnly(not editable)
        self.button.setEnabled(editable)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the calendar on F4."""
        if (
            watched is self.line
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F4
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and self.button.isEnabled()
        ):
            self.open_calendar()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def open_calendar(self) -> None:
        """Show the calendar below the line."""
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.picked.connect(self._on_picked)
        self._popup.open_below(self.line, self.day)

    @Slot()
    def _on_text_edited(self) -> None:
        take_one_line(self.line)
        self.edited.emit()

    @Slot()
    def _on_editing_finished(self) -> None:
        day = self.day
        if day is not None and self.line.text() != long_date(day):
            self.line.setText(long_date(day))
        self.left.emit()

    @Slot(object)
    def _on_picked(self, day: date) -> None:
        self.line.setText(long_date(day))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
        self.left.emit()


class DateField(BoundField):
    """A day.

    While the text cannot be read, the document keeps the day that was there before.
    """

    def make_editor(self) -> QWidget:
        self.day_edit = DayEdit()
        self.day_edit.edited.connect(self._on_edited)
        self.day_edit.left.connect(self._on_left)
        return self.day_edit

    def set_up(self) -> None:
        line = self.day_edit.line
        line.setObjectName(self.day_edit.objectName())
        self.day_edit.setObjectName("")
        self.day_edit.set_name(self.label_text)
        line.setAccessibleDescription(DATE_HINT)
        line.installEventFilter(self)
        self.label.setBuddy(line)
        self.keep_room()
        self._before: date | None = self.value
        self._storing = False
        super().set_up()

    def show_value(self) -> None:
        if not self._storing:
            self._before = self.value
            self.day_edit.show_day(self._before)
            self.show_problem("")

    def set_editable(self, editable: bool) -> None:
        self.day_edit.set_editable(editable)

    @Slot()
    def _on_edited(self) -> None:
        self._storing = True
        try:
            edit = self.day_edit
            self.store(self._before if edit.is_unread else edit.day, typing=True)
        finally:
            self._storing = False
        # Half a date is no mistake yet: what cannot be read is told when the field is left.
        if not self.day_edit.is_unread:
            self.show_problem("")

    @Slot()
    def _on_left(self) -> None:
        complaint = self.day_edit.complaint
        value: date | None = self.value
        if complaint and value is not None:
            complaint += f" Until then the date stays {long_date(value)}."
        self.show_problem(complaint)
        self._before = value
