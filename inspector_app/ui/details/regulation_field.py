"""A regulation, found by typing part of its number or title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Slot

from inspector_app.ui.fields import Field
from inspector_app.ui.lines import SuggestingLine, find_by_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.frameworks.model import Reference


def list_regulations(reference: Reference) -> list[tuple[str, str]]:
    """Return id and text of every regulation: two instruments have a regulation 12."""
    return [
        (item.id, f"{item.number} {item.title} – {reference.instruments[item.instrument].short}")
        for item in reference.regulations.values()
    ]


class RegulationField(Field):
    """One of the regulations, or none. A text that is none of them stays, and is told below."""

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        field: str,
        label: str,
        parent: QWidget | None = None,
    ) -> None:
        self._options = list_regulations(document.reference)
        self._shown = dict(self._options)
        self.line = SuggestingLine(lambda text: find_by_words(text, self._options), take_first=True)
        self.line.setPlaceholderText("Number or words of the title, such as 12 or governance")
        super().__init__(document, entity, field, label, self.line, parent)
        self.set_hint("Type part of the number or title and press Enter; Down lists all")
        self.line.textEdited.connect(self._on_text_edited)
        self.line.chosen.connect(self._on_chosen)
        self.line.editingFinished.connect(self._on_left)
        self.show_value()

    def show_value(self) -> None:
        """See `Field.show_value`."""
        value = self.value or ""
        if self._read() == value:
            return
        with QSignalBlocker(self.line):
            self.line.setText(self._shown.get(value, value))
            self.line.setCursorPosition(0)
        self.show_problem("")

    def set_editable(self, editable: bool) -> None:
        """See `Field.set_editable`."""
        self.line.setReadOnly(not editable)

    def _read(self) -> str | None:
        """Return the id of the regulation in the line, "" for an empty one, None for neither."""
        text = " ".join(self.line.text().split()).casefold()
        if not text:
            return ""
        for value, shown in self._options:
            if text in {shown.casefold(), value.casefold()}:
                return value
        # One that came with imported content is shown by its id.
        value = self.value
        return value if value and text == value.casefold() else None

    @Slot()
    def _on_text_edited(self) -> None:
        read = self._read()
        if read is not None:
            self.show_problem("")
            self.store(read)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self.show_problem("")
        self.store(value)
        self.line.setCursorPosition(0)

    @Slot()
    def _on_left(self) -> None:
        if self._read() is not None:
            self.show_problem("")
            return
        value = self.value
        kept = f" Until then it stays regulation {self._shown.get(value, value)}." if value else ""
        self.show_problem(f"This is none of the regulations. Choose one from the list.{kept}")
