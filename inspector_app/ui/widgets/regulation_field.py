"""Picking a regulation by typing what one knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Slot

from inspector_app.texts import collapse_spaces, shorten
from inspector_app.ui.widgets.fields import BoundField
from inspector_app.ui.widgets.lines import SuggestingLine
from inspector_app.ui.widgets.regulation_labels import (
    describe_regulation,
    find_regulations,
    list_unverified,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.drafting import Draft

_LONGEST_QUOTE = 40


class RegulationField(BoundField):
    """A line that suggests regulations. A text that is none of them stays, and is told below.

    Args:
        document: The open inspection.
        entity: Id of the notice or the previous breach; its field is “regulation”.
        take_along: Drafts what else changes with the regulation, before it does; gets the new id,
            and the reference of the paragraph that was chosen with it or "".
    """

    def __init__(
        self,
        document: InspectionDocument,
        entity: str,
        take_along: Callable[[Draft, str, str], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._take_along = take_along
        super().__init__(document, entity, "regulation", "Regulation", parent)

    def make_editor(self) -> QWidget:
        self.line = SuggestingLine(self._find)
        self.line.setPlaceholderText("Type a number, a title or words of a paragraph")
        self.line.textEdited.connect(self._on_text_edited)
        self.line.chosen.connect(self._on_chosen)
        self.line.editingFinished.connect(self._on_left)
        return self.line

    def _find(self, text: str) -> list[tuple[str, str]]:
        found = find_regulations(text, self.document.reference)
        if self._take_along is not None:
            return found
        # Where no paragraph is kept, the first one only says why its regulation was found.
        first: dict[str, str] = {}
        for value, shown in found:
            first.setdefault(value.partition(" ")[0], shown)
        return list(first.items())

    def set_up(self) -> None:
        self.set_hint("Type a number, title or words such as “medicines”; Down shows all")
        self.keep_room()
        super().set_up()

    def set_editable(self, editable: bool) -> None:
        self.line.setReadOnly(not editable)

    def show_value(self) -> None:
        value = self.value or ""
        # Somebody who types the id or the title letter by letter keeps what is typed.
        if self._read() != value:
            with QSignalBlocker(self.line):
                self.line.setText(self._describe(value))
                self.line.setCursorPosition(0)
        regulation = self.document.reference.regulations.get(value)
        unverified = list_unverified(regulation) if regulation else []
        told = f"Wording not verified: {', '.join(unverified)}." if unverified else ""
        self.show_aside(told)
        self.show_problem("")

    def _describe(self, value: str) -> str:
        """Return what the line shows; what came with imported content is shown by its id."""
        regulation = self.document.reference.regulations.get(value)
        return describe_regulation(regulation, self.document.reference) if regulation else value

    def _read(self) -> str | None:
        """Return the id of the regulation in the line, "" for an empty one, None for neither."""
        text = collapse_spaces(self.line.text()).casefold()
        if not text:
            return ""
        for value in (self.value, *self.document.reference.regulations):
            if value and text in {value.casefold(), self._describe(value).casefold()}:
                return str(value)
        return None

    @Slot()
    def _on_text_edited(self) -> None:
        read = self._read()
        # An empty line may be about to be filled: it counts when it is left.
        if read:
            self._choose(read)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        regulation, _, paragraph = value.partition(" ")
        with QSignalBlocker(self.line):
            # Suggestions say more than the name, such as the paragraph that was found.
            self.line.setText(self._describe(regulation))
            self.line.setCursorPosition(0)
        self._choose(regulation, paragraph)
        self.show_value()

    @Slot()
    def _on_left(self) -> None:
        read = self._read()
        if read is not None:
            self._choose(read)
            self.show_value()
            return
        quote = shorten(self.line.text(), _LONGEST_QUOTE)
        value = self.value
        kept = f" Until then it stays regulation {self._describe(value)}." if value else ""
        self.show_problem(
            f"“{quote}” is not in the list of regulations. Choose one from the list.{kept}"
        )

    def _choose(self, regulation: str, paragraph: str = "") -> None:
        if not self.document.can_edit or self.value is None:
            return
        if self.value == regulation and not paragraph:
            return
        draft = self.document.draft()
        if self._take_along is not None:
            self._take_along(draft, regulation, paragraph)
        draft.set(self.entity, "regulation", regulation)
        self.document.apply_draft(draft, self.step)
