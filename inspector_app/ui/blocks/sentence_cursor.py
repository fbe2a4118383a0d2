"""Which sentence of the inspection has the cursor, in one window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.ui.actions.action_text import ActionText
    from inspector_app.ui.blocks.editor import BlockEditor


class SentenceCursor(QObject):
    """Follows the cursor from text to text.

    What has no sentences (a panel, a field of the details) takes nothing away.
    """

    moved = Signal()
    """The cursor moved, maybe to another sentence."""

    def __init__(self, window: QWidget, parent: QObject) -> None:
        """Begin to follow.

        Args:
            window: The window with the texts; another one may show another inspection.
            parent: See Qt.
        """
        super().__init__(parent)
        self._window = window
        self._text: BlockEditor | ActionText | None = None
        """The text with sentences that had the cursor last."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
            self._watch(application.focusWidget())

    @property
    def text(self) -> BlockEditor | ActionText | None:
        """The text that it is in, or was in last."""
        return self._text

    @property
    def sentence(self) -> str:
        """Id of the block, or of the action; "" where the cursor was in none yet."""
        return self._text.current_block if self._text is not None else ""

    @Slot(object, object)
    def _on_focus_changed(self, _: QWidget | None, new: QWidget | None) -> None:
        self._watch(new)

    def _watch(self, widget: QWidget | None) -> None:
        if not isinstance(widget, QTextEdit | QPlainTextEdit):
            return
        # A window starts sooner without these, which the first page does not have.
        from inspector_app.ui.actions.action_text import ActionText
        from inspector_app.ui.blocks.editor import BlockEditor

        if not isinstance(widget, BlockEditor | ActionText):
            return
        if not self._window.isAncestorOf(widget):
            return
        if self._text is not widget:
            if self._text is not None:
                self._text.destroyed.disconnect(self._on_destroyed)
                self._text.cursorPositionChanged.disconnect(self.moved)
            self._text = widget
            widget.destroyed.connect(self._on_destroyed)
            widget.cursorPositionChanged.connect(self.moved)
        self.moved.emit()

    @Slot()
    def _on_destroyed(self) -> None:
        self._text = None
        self.moved.emit()
