"""One line of the must or should list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from inspector_app.ui.actions.action_text import ActionText
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QResizeEvent

    from inspector_app.domain.entities import Action

MIME_TYPE = "application/x-inspector-action"
_LEAST_TEXT = 55
"""Letters that a line of the text has room for; else its controls stand below it."""
_OTHER = {"must": "should", "should": "must"}


class ActionRow(QWidget):
    """A handle to drag, the text, its key question, and buttons to move it over or remove it."""

    switch_wanted = Signal()
    """The line is to stand in the other list."""
    remove_wanted = Signal()
    question_chosen = Signal(str)

    def __init__(
        self,
        action: Action,
        questions: Sequence[tuple[str, str]],
        *,
        can_edit: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Make the row.

        Args:
            action: What it shows.
            questions: Id and name of the key questions.
            can_edit: Whether a person may change anything.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.action = action
        self._can_edit = can_edit
        self._pressed: QPoint | None = None
        self.handle = QLabel("⋮⋮", self)
        self.handle.setTextFormat(Qt.TextFormat.PlainText)
        self.handle.setProperty("role", "hint")
        self.handle.setObjectName(f"{action.id}.handle")
        self.handle.setToolTip("Drag to move (Alt+Up, Alt+Down)")
        self.handle.setAccessibleName("Drag to move")
        self.handle.setContentsMargins(2, 6, 2, 0)
        self.handle.installEventFilter(self)
        self.text = ActionText(self)
        self.text.setObjectName(f"{action.id}.text")
        self.text.current_block = action.id
        self.text.setReadOnly(not can_edit)
        self.text.setToolTip("Enter: next line. Alt+Up, Alt+Down: move. Ctrl+Delete: remove.")
        self.question = QComboBox(self)
        self.question.setObjectName(f"{action.id}.key_question")
        self.question.addItem("No question", "")
        for value, name in questions:
            self.question.addItem(name, value)
        self.question.setToolTip("The key question that this line belongs to")
        # The text needs the room more than a long name does.
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.question.setSizeAdjustPolicy(policy)
        self.question.setMinimumContentsLength(9)
        self.question.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.question.setEnabled(can_edit)
        ignore_wheel_until_focused(self.question)
        self.question.activated.connect(self._on_question_activated)
        self.switch = self._make_button("switch", self.switch_wanted)
        self.removing = self._make_button("remove", self.remove_wanted)
        self.removing.setText("✕")
        self.removing.setToolTip("Remove this line (Ctrl+Delete)")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self.handle.setVisible(can_edit)
        if can_edit:
            self.handle.setCursor(Qt.CursorShape.OpenHandCursor)
        self._is_wide: bool | None = None
        self._lay_out(wide=False)
        self.setFocusProxy(self.text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the key question beside the text where the text keeps enough room."""
        super().resizeEvent(event)
        controls = (self.handle, self.question, self.switch, self.removing)
        beside = sum(control.sizeHint().width() + 4 for control in controls)
        least = _LEAST_TEXT * self.fontMetrics().averageCharWidth()
        self._lay_out(wide=self.width() - beside >= least)

    def _lay_out(self, *, wide: bool) -> None:
        if wide == self._is_wide:
            return
        self._is_wide = wide
        grid = self._grid
        left, top = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.handle, 0, 0, top)
        grid.addWidget(self.removing, 0, 4, top)
        if wide:
            grid.addWidget(self.text, 0, 1)
            grid.addWidget(self.question, 0, 2, top)
            grid.addWidget(self.switch, 0, 3, top)
        else:
            grid.addWidget(self.text, 0, 1, 1, 3)
            grid.addWidget(self.question, 1, 1, left)
            grid.addWidget(self.switch, 1, 2, left)
        # What belongs together stands closer than two lines do.
        grid.setContentsMargins(0, 0, 0, 0 if wide else 8)
        grid.setColumnStretch(1, int(wide))
        grid.setColumnStretch(3, int(not wide))

    def show_action(self, action: Action, number: int) -> None:
        """Show the line as it is now, as the `number`th of its list."""
        self.action = action
        self.text.show_text(action.text)
        self.text.setAccessibleName(f"{action.strength.capitalize()} {number}")
        index = self.question.findData(action.key_question)
        if index < 0:
            # One that the framework has not: kept, and called as it was written.
            self.question.addItem(action.key_question, action.key_question)
            index = self.question.count() - 1
        with QSignalBlocker(self.question):
            self.question.setCurrentIndex(index)
        self.question.setAccessibleName(f"Key question of {action.strength} {number}")
        other = _OTHER[action.strength]
        self.switch.setText(f"To {other}")
        self.switch.setToolTip(f"Move to the list of what the provider {other} do")
        self.switch.setAccessibleName(f"Move {action.strength} {number} to {other}")
        self.removing.setAccessibleName(f"Remove {action.strength} {number}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start a drag from the handle."""
        if watched is not self.handle or not isinstance(event, QMouseEvent) or not self._can_edit:
            return False
        place = event.position().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = place
            return True
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
            far = (place - self._pressed).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._pressed = None
                self._drag()
                return True
        return False

    def _drag(self) -> None:
        drag = QDrag(self)
        drag.setMimeData(make_drag_data(self.action.id))
        drag.setPixmap(self.text.grab())
        drag.exec(Qt.DropAction.MoveAction)

    def _make_button(self, name: str, signal: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.setObjectName(f"{self.action.id}.{name}")
        button.setEnabled(self._can_edit)
        button.clicked.connect(signal)
        return button

    def _on_question_activated(self, index: int) -> None:
        self.question_chosen.emit(self.question.itemData(index))


def make_drag_data(action: str) -> QMimeData:
    """Return what a dragged line carries: its id."""
    data = QMimeData()
    data.setData(MIME_TYPE, action.encode())
    return data


def read_drag_data(data: QMimeData) -> str:
    """Return the id of the line that is dragged, or ""."""
    if not data.hasFormat(MIME_TYPE):
        return ""
    return bytes(data.data(MIME_TYPE).data()).decode("ascii", "replace")
