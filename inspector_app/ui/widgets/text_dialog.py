"""A text to read and to copy: lists of faults, facts about the application."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QWidget,
)

from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column
from inspector_app.ui.widgets.window_sizes import fit_size

_SIZE = (720, 420)
_COLUMN = 26
"""Characters before what stands behind a tab."""


class TextDialog(QDialog):
    """Says one thing, and below it a text that scrolls and can be copied, or saved."""

    save_wanted = Signal()
    """The person wants the text in a file."""

    def __init__(
        self,
        title: str,
        headline: str,
        text: str,
        parent: QWidget | None = None,
        *,
        doing: str = "",
    ) -> None:
        """Make it.

        Args:
            title: The window's.
            headline: The one thing.
            text: What is below it.
            parent: Where it stands before.
            doing: What a button is called by which the person agrees; "": there is none.
        """
        super().__init__(parent)
        self.setObjectName("text_dialog")
        self.setWindowTitle(title)
        layout = make_column(self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE))
        layout.addWidget(make_label(headline, "heading", self))
        self.text = QPlainTextEdit(text, self)
        self.text.setObjectName("text_dialog_text")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTabStopDistance(self.text.fontMetrics().averageCharWidth() * _COLUMN)
        self.text.setAccessibleName(headline)
        layout.addWidget(self.text)
        leaving = QDialogButtonBox.StandardButton
        leave = leaving.Cancel if doing else leaving.Close
        buttons = QDialogButtonBox(leave, self)
        close = buttons.button(leave)
        close.setObjectName("text_dialog_close")
        close.setToolTip("Leave everything as it is (Esc)" if doing else "Close (Esc)")
        close.setDefault(True)
        if doing:
            tip = "One step, which you can undo"
            agree = make_button(doing, "text_dialog_agree", tip, self, role="primary")
            buttons.addButton(agree, QDialogButtonBox.ButtonRole.AcceptRole)
            buttons.accepted.connect(self.accept)
        tip = "Copy the whole text to the clipboard"
        copy = make_button("&Copy all", "text_dialog_copy", tip, self)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        save = make_button("&Save…", "text_dialog_save", "Save the whole text in a file", self)
        save.clicked.connect(self.save_wanted)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        layout.addWidget(buttons)
        self.resize(fit_size(self, *_SIZE))
