"""A line below the pages that says that there is no British dictionary, and how to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame

from inspector_app.spelling.dictionary import explain_missing
from inspector_app.ui.spelling.speller import get_speller
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument


class NoDictionaryBanner(QFrame):
    """Hidden until a dictionary is looked for and missed. Dismissed once, it does not come back."""

    def __init__(self, document: InspectionDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speller = get_speller(document)
        self.setObjectName("no_dictionary")
        self.setProperty("role", "banner")
        text = f"Spelling is not checked: no British dictionary was found. {explain_missing()}"
        self.label = make_label(text, "banner", self, "no_dictionary_text")
        self.label.setWordWrap(True)
        # The command is there to be copied.
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.dismissing = make_button(
            "Do not show again",
            "no_dictionary_dismiss",
            "Hide this line permanently on this computer",
            self,
            spoken="Do not show again that there is no dictionary",
        )
        make_row(self, (self.label, 1), self.dismissing, margins=(0, 0, 3 * SPACE // 2, 0))
        self.hide()
        self.dismissing.clicked.connect(self._on_dismissed)
        self._speller.dictionary_missed.connect(self.show)

    @Slot()
    def _on_dismissed(self) -> None:
        self._speller.dismiss_told()
        self.hide()
