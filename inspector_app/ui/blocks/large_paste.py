"""A large paste: asked about, read between the events of the window, and given up on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressDialog

from inspector_app.document.slices import Slices
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from PySide6.QtWidgets import QTextEdit

    from inspector_app.pasting.pasted import Pasted, Reading
    from inspector_app.ui.prompts import Prompts

_SLICE = 30
"""Milliseconds of reading between two events."""
_READ = 90
"""Per cent; the rest is for showing what was read."""


class LargePaste(QObject):
    """Reads a large paste, with a dialog that shows how far it is.

    Args:
        area: The text area that it is for.
        insert: Takes what was read.
    """

    def __init__(self, area: QTextEdit, insert: Callable[[Pasted], None]) -> None:
        super().__init__(area)
        self._area = area
        self._insert = insert
        self._slices = Slices(_SLICE, self)

    def confirm(self, prompts: Prompts, text: str) -> bool:
        """Return whether the person wants it."""
        lines = pluralise(text.count("\n") + 1, "line")
        return prompts.confirm(
            "Paste a large text?",
            f"The clipboard holds {lines} with {pluralise(len(text), 'letter')}. Pasting takes a "
            "while. You can cancel it while it is read, and one Undo takes all of it back.",
            "&Paste",
        )

    def start(self, reading: Reading) -> None:
        """Begin to read."""
        dialog = QProgressDialog("Reading what was pasted…", "Cancel", 0, 100, self._area.window())
        dialog.setObjectName("paste_progress")
        dialog.setWindowTitle("Paste")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.setMinimumDuration(0)

        def steps() -> Generator[None, None, Pasted]:
            while True:
                try:
                    share = next(reading)
                except StopIteration as ended:
                    pasted: Pasted = ended.value
                    dialog.setLabelText("Putting it into the text…")
                    dialog.setValue(_READ)
                    return pasted
                dialog.setValue(int(share * _READ))
                yield

        def done(pasted: Pasted) -> None:
            self._insert(pasted)
            dialog.close()
            self._area.setFocus(Qt.FocusReason.PopupFocusReason)
            self.deleteLater()

        def give_up() -> None:
            self._slices.stop()
            dialog.deleteLater()
            self._area.setFocus(Qt.FocusReason.PopupFocusReason)
            self.deleteLater()

        dialog.canceled.connect(give_up)
        dialog.show()
        self._slices.start(steps(), done)
