"""Fields bound to the document: they show one field of one entity, and typing changes it.

Each field has its label above it, listens to what a person does only, and redraws when the value
changes elsewhere (undo, another page). Nothing here blocks or forbids: what does not fit yet is
said below the field, and what was typed before stays in the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from inspector_app.ui.page import make_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change


class Field(QWidget):
    """A label, an editor below it, and a place for what does not fit.

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
        editor: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.entity = entity
        self.field = field
        self.label_text = label
        self.editor = editor
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.label = make_label(label, "label", self)
        self.label.setBuddy(editor)
        self.problem = make_label("", "problem", self)
        self.problem.hide()
        layout.addWidget(self.label)
        layout.addWidget(editor)
        layout.addWidget(self.problem)
        editor.setAccessibleName(label)
        editor.setObjectName(f"{entity}.{field}")
        editor.setEnabled(document.can_edit)
        self.setFocusProxy(editor)
        document.changed.connect(self._on_document_changed)

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
        """Give the document a new value; typing in this field is one undo step."""
        merge_key = f"{self.entity}.{self.field}" if typing else ""
        self.document.set_field(
            self.entity, self.field, value, f"Change {self.label_text}", merge_key
        )

    def show_value(self) -> None:
        """Show the document's value in the editor."""
        raise NotImplementedError

    def show_problem(self, text: str) -> None:
        """Say below the field what does not fit; "" for nothing."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        name = self.field.partition(".")[0]
        if any(
            edit.entity == self.entity and edit.field.partition(".")[0] in {name, ""}
            for edit in change.edits
        ):
            self.show_value()


class LineField(Field):
    """One line of text."""

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        parent: QWidget | None = None,
    ) -> None:
        self.line = QLineEdit()
        super().__init__(document, entity, field, label, self.line, parent)
        self.line.textEdited.connect(lambda text: self.store(text, typing=True))
        self.show_value()

    def show_value(self) -> None:
        """See `Field.show_value`."""
        text = self.value or ""
        # Only where it differs, or the cursor would jump at every key.
        if self.line.text() != text:
            with QSignalBlocker(self.line):
                self.line.setText(text)


class TextField(Field):
    """Several lines of plain text."""

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        parent: QWidget | None = None,
    ) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        super().__init__(document, entity, field, label, self.text, parent)
        self.text.textChanged.connect(self._on_text_changed)
        self.show_value()

    def show_value(self) -> None:
        """See `Field.show_value`."""
        text = self.value or ""
        if self.text.toPlainText() != text:
            with QSignalBlocker(self.text):
                self.text.setPlainText(text)

    @Slot()
    def _on_text_changed(self) -> None:
        self.store(self.text.toPlainText(), typing=True)


class LinesField(TextField):
    """A list of texts, a line each (an address)."""

    def show_value(self) -> None:
        """See `Field.show_value`."""
        lines = tuple(self.value or ())
        if _split_lines(self.text.toPlainText()) != lines:
            with QSignalBlocker(self.text):
                self.text.setPlainText("\n".join(lines))

    @Slot()
    def _on_text_changed(self) -> None:
        self.store(_split_lines(self.text.toPlainText()), typing=True)


class ChoiceField(Field):
    """One of a few values, or none yet.

    Args:
        choices: Value and text of each.
        none: The text for no value.
    """

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        choices: Sequence[tuple[Any, str]],
        none: str = "Not chosen",
        parent: QWidget | None = None,
    ) -> None:
        self.combo = QComboBox()
        self._values = [None, *(value for value, _ in choices)]
        self.combo.addItem(none)
        self.combo.addItems([text for _, text in choices])
        ignore_wheel_until_focused(self.combo)
        super().__init__(document, entity, field, label, self.combo, parent)
        self.combo.activated.connect(lambda index: self.store(self._values[index]))
        self.show_value()

    def show_value(self) -> None:
        """See `Field.show_value`."""
        value = self.value
        index = self._values.index(value) if value in self._values else 0
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(index)


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
