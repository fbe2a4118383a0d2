"""Bound fields of a note that the common fields do not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from inspector_app.ui.evidence.note_labels import SOURCES
from inspector_app.ui.evidence.stance_chooser import StanceChooser
from inspector_app.ui.evidence.times import (
    HOW_TO_WRITE_TIME,
    LONGEST_TIME,
    is_time,
    read_time,
    write_time,
)
from inspector_app.ui.widgets.fields import (
    BoundField,
    LineField,
    ignore_wheel_until_focused,
    take_one_line,
)
from inspector_app.ui.widgets.file_drops import leave_files
from inspector_app.ui.widgets.many_chooser import ManyChooser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.widgets.labelled import Labelled


def make_source_combo(parent: QWidget | None = None) -> QComboBox:
    """Return a combo box of the kinds of source; each item's data is the source."""
    combo = QComboBox(parent)
    for source, name in SOURCES.items():
        combo.addItem(name, source)
    ignore_wheel_until_focused(combo)
    return combo


class StanceField(BoundField):
    """Strength, concern or neutral."""

    def __init__(self, document: InspectionDocument, entity: str) -> None:
        super().__init__(document, entity, "stance", "Stance")

    def make_editor(self) -> QWidget:
        self.chooser = StanceChooser()
        self.chooser.edited.connect(self.store)
        return self.chooser

    def show_value(self) -> None:
        self.chooser.show_stance(self.value)


class ManyField(BoundField):
    """Several of many choices: topics, regulations."""

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        choices: Sequence[Labelled],
        what: str,
    ) -> None:
        self.chooser = ManyChooser(choices, what)
        super().__init__(document, entity, field, label)
        self.label.setBuddy(self.chooser.line)

    def make_editor(self) -> QWidget:
        self.chooser.line.setAccessibleName(self.label_text)
        self.chooser.edited.connect(self.store)
        return self.chooser

    def show_value(self) -> None:
        self.chooser.show_chosen(self.value or ())


class TimeField(LineField):
    """When a note was taken. What is no time stays as it was typed, and a line below says so."""

    def __init__(self, document: InspectionDocument, entity: str) -> None:
        super().__init__(document, entity, "when", "Time")
        self.line.setPlaceholderText("4 March 2024, 09:30")
        self.line.setMinimumWidth(self.line.fontMetrics().horizontalAdvance(f"{LONGEST_TIME} M"))
        self.line.editingFinished.connect(self._on_left)
        self.set_hint(HOW_TO_WRITE_TIME)
        self.keep_room()

    def show_value(self) -> None:
        when = self.value or ""
        # What names the same time stays as it is typed, until the field is left.
        if read_time(self.line.text()) != when:
            with QSignalBlocker(self.line):
                self.line.setText(write_time(when))
                self.line.setCursorPosition(0)
        # Half a time is no mistake yet.
        self.show_problem("" if is_time(when) or self.line.hasFocus() else HOW_TO_WRITE_TIME)

    @Slot()
    def _on_text_edited(self) -> None:
        self.store(read_time(take_one_line(self.line)), typing=True)

    @Slot()
    def _on_left(self) -> None:
        when = self.value or ""
        self.line.setText(write_time(when))
        self.show_problem("" if is_time(when) else HOW_TO_WRITE_TIME)


class TagsField(BoundField):
    """Words of one's own, with commas between them."""

    def __init__(self, document: InspectionDocument, entity: str) -> None:
        super().__init__(document, entity, "tags", "Tags")

    def make_editor(self) -> QWidget:
        self.line = QLineEdit(placeholderText="cold chain, vaccines")
        leave_files(self.line)
        self.line.textEdited.connect(lambda text: self.store(_split_tags(text), typing=True))
        return self.line

    def show_value(self) -> None:
        tags = tuple(self.value or ())
        # The comma that was typed last is no tag yet, and must stay.
        if _split_tags(self.line.text()) != tags or not tags:
            with QSignalBlocker(self.line):
                if not (self.line.hasFocus() and not tags and not _split_tags(self.line.text())):
                    self.line.setText(", ".join(tags))


def _split_tags(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := part.strip())))
