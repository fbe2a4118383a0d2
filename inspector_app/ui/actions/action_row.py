"""One line of the must or should list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QToolButton, QWidget

from inspector_app.ui.actions.action_text import ActionText
from inspector_app.ui.widgets.drop_list import DragHandle
from inspector_app.ui.widgets.editor_row import EditorRow
from inspector_app.ui.widgets.fields import ignore_wheel_until_focused
from inspector_app.ui.widgets.keys import Keys, add_key, describe_row_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QResizeEvent

    from inspector_app.domain.entities import Action

_LEAST_TEXT = 55
"""Letters that a line of the text has room for; else its controls stand below it."""
_LEAST_QUESTION = 90
_NO_QUESTION = "No key question"
_OTHER = {"must": "should", "should": "must"}


class ActionRow(EditorRow):
    """A handle to drag, the text, its key question, and buttons to move it over or remove it.

    Args:
        key: Id of the action; "" for an empty line.
        questions: Id and name of the key questions.
    """

    switch_wanted = Signal()
    """The line is to stand in the other list."""
    question_chosen = Signal(str)

    def __init__(
        self, key: str, strength: str, questions: Sequence[tuple[str, str]], parent: QWidget
    ) -> None:
        super().__init__(key, parent)
        self.strength = strength
        self.text = ActionText(self)
        self.text.setObjectName(f"new_{strength}")
        self.text.setPlaceholderText(f"Add what the provider {strength} do")
        self.text.setAccessibleName(f"New {strength}")
        self.text.setToolTip("Type a line; Enter begins the next")
        self.lines = [self.text]
        self.handle = DragHandle(self.text, self)
        # Empty lines begin where the others do.
        room = self.handle.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.handle.setSizePolicy(room)
        self.question = QComboBox(self)
        self.question.addItem(_NO_QUESTION, "")
        for value, name in questions:
            self.question.addItem(name, value)
        self.question.setToolTip("The key question that this line belongs to")
        # The text needs the room more than a long name does.
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.question.setSizeAdjustPolicy(policy)
        # As long as what most lines have; longer names end in the list.
        self.question.setMinimumContentsLength(len(_NO_QUESTION))
        self.question.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        # Narrower still, rather than that the page scrolls sideways.
        self.question.setMinimumWidth(_LEAST_QUESTION)
        ignore_wheel_until_focused(self.question)
        self.question.activated.connect(self._on_question_activated)
        self.switch = self._make_button(self.switch_wanted)
        self.removing = self._make_button(self.remove_wanted)
        self.removing.setText("✕")
        self.removing.setToolTip(add_key("Remove this line", Keys.REMOVE_ROW))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._state = (True, True)
        """Whether there is an action, and whether it can be changed."""
        self._is_wide: bool | None = None
        self._lay_out(wide=False)

    @property
    def stops(self) -> list[QWidget]:
        return [self.text, self.question, self.switch, self.removing]

    @property
    def is_empty(self) -> bool:
        return not self.text.toPlainText().strip()

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

    def show_action(self, action: Action | None, number: int, *, editable: bool) -> None:
        """Show the line as it is now, as the `number`th of its list; None: an empty line."""
        is_begun = action is not None
        if self._state != (is_begun, editable):
            self._state = (is_begun, editable)
            self.text.set_read_only(not editable)
            self.handle.setVisible(is_begun and editable)
            for control in self.stops[1:]:
                control.setVisible(is_begun)
                control.setEnabled(editable)
        if action is None:
            return
        strength, id_ = self.strength, action.id
        self.handle.key = self.text.current_block = id_
        self.handle.setObjectName(f"{id_}.handle")
        names = ("text", "key_question", "switch", "remove")
        for name, stop in zip(names, self.stops, strict=True):
            stop.setObjectName(f"{id_}.{name}")
        self.text.setPlaceholderText("")
        self.text.show_text(action.text)
        self.text.setAccessibleName(f"{strength.capitalize()} {number}")
        self.text.setToolTip(describe_row_keys("line"))
        index = self.question.findData(action.key_question)
        if index < 0:
            # One that the framework has not: kept, and called as it was written.
            self.question.addItem(action.key_question, action.key_question)
            index = self.question.count() - 1
        with QSignalBlocker(self.question):
            self.question.setCurrentIndex(index)
        self.question.setAccessibleName(f"Key question of {strength} {number}")
        other = _OTHER[strength]
        self.switch.setText(f"Change to {other}")
        self.switch.setToolTip(f"Move to the list of what the provider {other} do")
        self.switch.setAccessibleName(f"Move {strength} {number} to {other}")
        self.removing.setAccessibleName(f"Remove {strength} {number}")

    def _make_button(self, signal: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.clicked.connect(signal)
        return button

    def _on_question_activated(self, index: int) -> None:
        self.question_chosen.emit(self.question.itemData(index))
