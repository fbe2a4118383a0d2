"""The line on a part that the framework has no more: says so, and moves its text elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from inspector_app.ui.blocks.moving import dissolve, list_targets
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import make_row
from inspector_app.ui.widgets.pick_dialog import Option, PickDialog

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.moving import Target


class KeptPartLine(QWidget):
    """Tells that a key question, topic or section is no longer the framework's."""

    moved = Signal(str)
    """Its text stands elsewhere now; carries the id of the part."""

    def __init__(
        self, document: InspectionDocument, part: str, what: str, name: str, parent: QWidget
    ) -> None:
        """Make it.

        Args:
            document: The open inspection.
            part: Id of the part.
            what: “topic”, “section” or “key question”.
            name: What the part is called.
            parent: Where it stands.
        """
        super().__init__(parent)
        self._document = document
        self._part = part
        self._name = name
        text = f"⚠ The framework does not have this {what} any more. All text in it is kept."
        label = make_label(text, "hint", self)
        tip = "Move all text to another topic or section. You can undo it"
        self._move = make_button(
            "Move the text to…", f"{part}.move", tip, self, spoken=f"Move the text of {name}"
        )
        self._move.setEnabled(document.can_edit)
        self._move.clicked.connect(self._on_move)
        make_row(self, (label, 1), self._move)

    @Slot()
    def _on_move(self) -> None:
        inspection = self._document.inspection
        inside = {self._part, *(item.id for item in inspection.descendants(self._part))}
        targets = {
            item.id: item
            for item in list_targets(self._document)
            if item.id not in inside and not item.is_kept
        }
        options = [Option(target.id, target.name) for target in targets.values()]
        dialog = PickDialog(
            f"Move the text of {self._name}", "Topic or section", "Move", options, self.window()
        )
        dialog.picked.connect(lambda id_: self._take(targets[id_]))
        dialog.open()

    def _take(self, target: Target) -> None:
        if self._document.inspection.find(self._part) is not None:
            dissolve(self._document, self._part, self._name, target)
            self.moved.emit(target.id)
