"""A large paste: asked about, then done between the events of the window until it is cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressDialog

from inspector_app.document.slices import Slices
from inspector_app.texts import pluralise

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from PySide6.QtWidgets import QTextEdit

    from inspector_app.pasting.pasted import Pasted, Reading
    from inspector_app.ui.blocks.operations import BlockOperations
    from inspector_app.ui.prompts import Prompts

T = TypeVar("T")
_SLICE = 30
"""Milliseconds of work between two events."""
_READ = 40
"""Per cent; the rest is for putting it into the text."""


class LargePaste(QObject):
    """Does a large paste, with a dialog that shows how far it is.

    Args:
        area: The text area that it is for.
        operations: Inserts what was read.
        tell: Says what is to be said of it.
    """

    def __init__(
        self, area: QTextEdit, operations: BlockOperations, tell: Callable[[Pasted], None]
    ) -> None:
        super().__init__(area)
        self._area = area
        self._operations = operations
        self._tell = tell
        self._slices = Slices(_SLICE, self)

    def confirm(self, prompts: Prompts, text: str) -> bool:
        """Return whether the person wants it."""
        lines = pluralise(text.count("\n") + 1, "line")
        return prompts.confirm(
            "Paste a large text?",
            f"The clipboard has {lines} with {pluralise(len(text), 'letter')}. Pasting takes a "
            "while. You can cancel it while it runs, and undo all of it at once.",
            "&Paste",
        )

    def start(self, reading: Reading) -> None:
        """Begin."""
        dialog = QProgressDialog("Reading what was pasted…", "Cancel", 0, 100, self._area.window())
        dialog.setObjectName("paste_progress")
        dialog.setWindowTitle("Paste")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.setMinimumDuration(0)

        def steps() -> Generator[None, None, Pasted]:
            pasted = yield from _show_progress(dialog, reading, 0, _READ)
            dialog.setLabelText("Putting it into the text…")
            inserting = self._operations.insert_in_steps(pasted.blocks, "Paste")
            yield from _show_progress(dialog, inserting, _READ, 100)
            return pasted

        def leave() -> None:
            dialog.deleteLater()
            self._area.setFocus(Qt.FocusReason.PopupFocusReason)
            self.deleteLater()

        def done(pasted: Pasted) -> None:
            dialog.hide()
            leave()
            self._tell(pasted)

        def give_up() -> None:
            self._slices.stop()
            self._operations.take_back()
            leave()

        dialog.canceled.connect(give_up)
        dialog.show()
        self._slices.start(steps(), done)


def _show_progress(
    dialog: QProgressDialog, steps: Generator[float, None, T], start: int, end: int
) -> Generator[None, None, T]:
    """Take steps, and show the share done as a part of the whole, in per cent."""
    while True:
        try:
            share = next(steps)
        except StopIteration as ended:
            return cast("T", ended.value)
        dialog.setValue(start + int(share * (end - start)))
        yield
