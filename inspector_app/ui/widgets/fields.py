"""Fields bound to the document: they show one field of one entity, and typing changes it.

Each field has its label above it, listens to what a person does only, and redraws when the value
changes elsewhere (undo, another page). Nothing here blocks or forbids: what does not fit yet is
said below the field, and what was typed before stays in the document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QWidget,
)

from inspector_app.spelling.places import TextPlace
from inspector_app.ui.spelling.attaching import attach_spelling
from inspector_app.ui.spelling.line_gaps import LineGaps
from inspector_app.ui.widgets.file_drops import leave_files
from inspector_app.ui.widgets.growing_text import GrowingText
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row
from inspector_app.ui.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextBlock, QTextCursor

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change

NOT_PRINTED = "The report does not print this."
_BREAKS = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")
STAYS = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}
"""Reasons of losing the focus after which it comes back: a list of suggestions opens."""
LONGEST_LINE = 1_000_000
"""Characters of a line; Qt's own limit would cut off what is pasted without a word."""


class BoundField(QWidget):
    """A label, an editor below it, and a place for what does not fit.

    Who inherits makes the editor, shows the value in it and stores what a person does there.

    Args:
        document: The open inspection.
        entity: Id of the entity.
        field: Name of its field, or one key of a mapping field ("ratings.safe").
        label: What stands above the editor; also its accessible name and the name of the undo step.
    """

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.entity = entity
        self.field = field
        self.label_text = label
        self.step = f"Change {label}"
        """What undo and history call a change made here."""
        self._typing = 0
        self._unread = ""
        self._remark = ""
        self._aside = ""
        self._not_printed = ""
        self.editor = editor = self.make_editor()
        layout = make_column(self, spacing=4)
        self.label = make_label(label, "label", self)
        self.label.setBuddy(editor)
        self.head = make_row(None, (self.label, 1))
        """The line above the editor; its end is free."""
        self.problem = MessageLine(self)
        self.problem.hide()
        add_all(layout, self.head, editor, self.problem)
        editor.setAccessibleName(label)
        editor.setObjectName(f"{entity}.{field}")
        self._editable = document.can_edit
        self.set_editable(self._editable)
        editor.installEventFilter(self)
        self.setFocusProxy(editor)
        document.changed.connect(self._on_document_changed)
        self.set_up()

    def make_editor(self) -> QWidget:
        """Return what the value is edited in."""
        raise NotImplementedError

    def set_up(self) -> None:
        """Show the value first; what needs label and editor is done here, too."""
        self.show_value()

    @property
    def value(self) -> Any:
        """The value in the document; None where the entity is gone or a key is not there."""
        entity = self.document.inspection.find(self.entity)
        if entity is None:
            return None
        name, _, key = self.field.partition(".")
        found = getattr(entity, name)
        return found.get(key) if key else found

    def store(self, value: object, *, typing: bool = False) -> None:
        """Give the document a new value; typing in this field is one undo step until it is left."""
        if self.document.inspection.find(self.entity) is None:
            return
        merge_key = f"{self.entity}.{self.field} {self._typing}" if typing else ""
        self.document.set_field(self.entity, self.field, value, self.step, merge_key)

    def show_value(self) -> None:
        """Show the document's value in the editor."""
        raise NotImplementedError

    def set_editable(self, editable: bool) -> None:
        """Let the value be changed, or only be read and copied."""
        self.editor.setEnabled(editable)

    def set_hint(self, text: str) -> None:
        """Say more about the field: its tooltip, and what a screen reader adds."""
        self.editor.setToolTip(text)
        self.editor.setAccessibleDescription(text)

    def keep_room(self) -> None:
        """Keep the line below free for what there will be to say, so that nothing moves then."""
        self.problem.show()

    def show_problem(self, text: str) -> None:
        """Say below the field what does not fit; "" for nothing."""
        self._unread = text
        self._show_below()

    def show_remark(self, text: str) -> None:
        """Say below the field what does not go with others; what cannot be read goes first."""
        self._remark = text
        self._show_below()

    def show_aside(self, text: str) -> None:
        """Say below the field what is good to know, where nothing else is to be said."""
        self._aside = text
        self._show_below()

    def show_printed(self, printed: bool, *, offered: bool = True) -> None:
        """Offer the field where the report prints it, else only where it holds a text, and say so.

        It never goes from under the cursor.

        Args:
            printed: Whether the report has a place for it.
            offered: Whether it is usual there; where it is not, only a text is shown.
        """
        self._not_printed = "" if printed else NOT_PRINTED
        is_wanted = printed and offered
        self.setVisible(is_wanted or bool(self.value) or self.editor.hasFocus())
        self._show_below()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End a piece of typing when the field is left; leave undo to the window."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in STAYS:
            self._typing += 1
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _show_below(self) -> None:
        text = self._unread or self._remark
        self.problem.say(text or self._aside or self._not_printed, "problem" if text else "hint")
        if self.problem.text():
            self.keep_room()

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if self._editable != self.document.can_edit:
            self._editable = self.document.can_edit
            self.set_editable(self._editable)
        name = self.field.partition(".")[0]
        if any(
            edit.entity == self.entity and edit.field.partition(".")[0] in {name, ""}
            for edit in change.edits
        ):
            self.show_value()
            if self._not_printed and self.value:
                self.show()


class LineField(BoundField):
    """One line of text."""

    def make_editor(self) -> QWidget:
        self.line = QLineEdit(maxLength=LONGEST_LINE)
        leave_files(self.line)
        self.line.textEdited.connect(self._on_text_edited)
        self._gaps = LineGaps(self.line, self.document, lambda: TextPlace(self.entity, self.field))
        return self.line

    def show_value(self) -> None:
        text = self.value or ""
        # Only where it differs, or the cursor would jump at every key.
        if self.line.text() != text:
            with QSignalBlocker(self.line):
                self.line.setText(text)
                self.line.setCursorPosition(len(text) if self.line.hasFocus() else 0)
            self._gaps.refresh()

    def set_editable(self, editable: bool) -> None:
        self.line.setReadOnly(not editable)

    @Slot()
    def _on_text_edited(self) -> None:
        self.store(take_one_line(self.line), typing=True)


class TextField(BoundField):
    """Several lines of plain text."""

    lines = (3, 12)
    """The least and the most lines that it shows."""

    def make_editor(self) -> QWidget:
        self.text = GrowingText(self.lines)
        self.text.setTabChangesFocus(True)
        # Undo is the window's, across all fields.
        self.text.setUndoRedoEnabled(False)
        self.text.textChanged.connect(self._on_text_changed)
        return self.text

    def set_up(self) -> None:
        super().set_up()
        attach_spelling(self.text, self.document, self._place_of, replace=self._replace)

    def set_editable(self, editable: bool) -> None:
        self.text.set_read_only(not editable)

    def _place_of(self, line: QTextBlock) -> TextPlace | None:
        return TextPlace(self.entity, self.field)

    def _replace(self, cursor: QTextCursor, text: str, step: str) -> None:
        """Put a word in place of another, as a step of undo of its own."""
        usual, self.step = self.step, step
        self._typing += 1
        cursor.insertText(text)
        self._typing += 1
        self.step = usual

    def show_value(self) -> None:
        text = self.value or ""
        if self.text.toPlainText() != text:
            with QSignalBlocker(self.text):
                self.text.setPlainText(text)
            self.text.updateGeometry()

    @Slot()
    def _on_text_changed(self) -> None:
        self.store(self.text.toPlainText(), typing=True)


class LinesField(TextField):
    """A list of texts, a line each (an address): names, which spelling has nothing to say about."""

    def _place_of(self, line: QTextBlock) -> TextPlace | None:
        return None

    def show_value(self) -> None:
        lines = tuple(self.value or ())
        if _split_lines(self.text.toPlainText()) != lines:
            with QSignalBlocker(self.text):
                self.text.setPlainText("\n".join(lines))
            self.text.updateGeometry()

    @Slot()
    def _on_text_changed(self) -> None:
        self.store(_split_lines(self.text.toPlainText()), typing=True)


class ChoiceField(BoundField):
    """One of a few values, or none yet.

    Args:
        choices: Value and text of each.
        none: The text for no value; None where no value means the first choice.
        empty: What the field holds for no value.
    """

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        choices: Sequence[tuple[Any, str]],
        none: str | None = "Not chosen",
        parent: QWidget | None = None,
        *,
        empty: str | None = None,
    ) -> None:
        self._choices = choices
        self._none = none
        self._empty = empty
        super().__init__(document, entity, field, label, parent)

    def make_editor(self) -> QWidget:
        self.combo = QComboBox(minimumContentsLength=8)
        # Narrower than its longest text if need be: a page must not scroll sideways.
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._values = [value for value, _ in self._choices]
        if self._none is not None:
            self._values.insert(0, self._empty)
            self.combo.addItem(self._none)
        self.combo.addItems([text for _, text in self._choices])
        ignore_wheel_until_focused(self.combo)
        self.combo.activated.connect(self._on_activated)
        return self.combo

    def show_value(self) -> None:
        value = self.value
        if value is not None and value not in self._values:
            # It came with imported content; to show another in its place would be a lie.
            self._values.append(value)
            self.combo.addItem(str(value))
        index = self._values.index(value) if value in self._values else 0
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(index)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.store(self._values[index])


class FlagField(BoundField):
    """Yes or no. The words stand beside the box."""

    def make_editor(self) -> QWidget:
        self.box = QCheckBox(self.label_text)
        self.box.clicked.connect(self.store)
        return self.box

    def set_up(self) -> None:
        self.label.hide()
        super().set_up()

    def show_value(self) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(self.value))


def take_one_line(line: QLineEdit) -> str:
    """Return the text of a line edit; breaks that were pasted become spaces, in the line too."""
    text = line.text()
    cleaned = _BREAKS.sub(" ", text)
    if cleaned != text:
        before_cursor = _BREAKS.sub(" ", text[: line.cursorPosition()])
        with QSignalBlocker(line):
            line.setText(cleaned)
            line.setCursorPosition(len(before_cursor))
    return cleaned


class _WheelFilter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return False


def ignore_wheel_until_focused(widget: QWidget) -> None:
    """Let the wheel scroll the page, not change a value that it happens to pass over."""
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.installEventFilter(_WheelFilter(widget))


def _split_lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())
