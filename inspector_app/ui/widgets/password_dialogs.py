"""The two dialogs about passwords: giving one to open an inspection, and setting one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QWidget,
)

from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import (
    STRETCH,
    add_all,
    make_column,
    make_row,
    make_scroll_area,
)
from inspector_app.ui.widgets.window_sizes import get_room

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

_COLUMNS = 80
"""Characters that a line of text may have."""
_SHORT = 10
_FORGOTTEN = (
    "Nobody can open the inspection without its password. A forgotten password cannot be "
    "recovered: not by us, not from backups. Keep it where your organisation keeps passwords."
)
_LENGTH = "Short passwords are easy to guess. Use several words, {count} letters or more."
_CHANGING = (
    "The password also protects the backups of the inspection and its safety copy on this computer."
)
_REMOVING = "Anyone who gets the inspection, its backups or its safety copy can then read them."


class NewPassword(NamedTuple):
    """What the person wants of the password of an inspection."""

    current: str
    """What was typed as the password that it has; "" where it has none."""
    new: str
    """The new one; "": it is to have none."""


class _PasswordDialog(QDialog):
    """Labels above fields whose letters are shown on request, and two buttons."""

    def __init__(self, name: str, title: str, headline: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        # On a low screen it scrolls, and the buttons stay.
        content = QWidget(self)
        self.column = make_column(content, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE))
        self._outer = make_column(self, (make_scroll_area(content, self), 1), spacing=0)
        self.column.addWidget(make_label(headline, "heading", self))
        self.lines: list[QLineEdit] = []
        self.show_letters = QCheckBox("S&how what I type", self)
        self.show_letters.setObjectName("password_show")
        self.show_letters.setToolTip("Show the letters of the password")
        self.show_letters.toggled.connect(self._on_show_toggled)
        self.problem = make_label("", "problem", self, "password_problem")

    def sizeHint(self) -> QSize:
        """As wide as its texts are read well, and as high as they then need."""
        room = get_room(self)
        width = min(self.fontMetrics().averageCharWidth() * _COLUMNS, room.width())
        height = self.column.totalHeightForWidth(width) + self._foot.sizeHint().height()
        return QSize(width, min(height, room.height()))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size that the texts need; how large they are is known only now."""
        super().showEvent(event)
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()
        self.column.invalidate()
        self.resize(self.sizeHint())

    def add_field(self, text: str, name: str) -> QLineEdit:
        """Add a password with its label."""
        label = make_label(text, "label", self)
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(text.replace("&", ""))
        line.setToolTip(text.replace("&", ""))
        label.setBuddy(line)
        add_all(self.column, label, line)
        self.lines.append(line)
        return line

    def add_end(self, doing: str) -> QDialogButtonBox:
        """Add what stands below the fields, the buttons last."""
        add_all(self.column, self.show_letters, self.problem, STRETCH)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = make_button(
            doing, "password_accept", f"{doing.replace('&', '')} (Enter)", self, role="primary"
        )
        self.accept_button.setDefault(True)
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("password_cancel")
        cancel.setToolTip("Leave everything as it is (Esc)")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._foot = make_row(None, buttons, margins=(2 * SPACE, 0, 2 * SPACE, 2 * SPACE))
        self._outer.addLayout(self._foot)
        return buttons

    def tell(self, problem: str) -> None:
        """Show what is wrong, or nothing."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.lines[0].setAccessibleDescription(problem)
        if self.isVisible():
            self.resize(self.sizeHint())

    @Slot(bool)
    def _on_show_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in self.lines:
            line.setEchoMode(mode)


class PasswordDialog(_PasswordDialog):
    """Asks for the password of an inspection that is to be opened."""

    def __init__(self, file: str, problem: str, parent: QWidget | None = None) -> None:
        super().__init__("password_dialog", "Password", "This inspection is protected.", parent)
        self.column.addWidget(make_label(file, "hint", self))
        self.password = self.add_field("&Password", "password")
        self.add_end("&Open")
        self.tell(problem)
        self.password.textChanged.connect(self._refresh)
        self._refresh()
        self.password.setFocus()

    @Slot()
    def _refresh(self) -> None:
        self.accept_button.setEnabled(bool(self.password.text()))


class NewPasswordDialog(_PasswordDialog):
    """Sets, changes or removes the password of the inspection that is open."""

    def __init__(
        self, *, is_protected: bool, problem: str = "", parent: QWidget | None = None
    ) -> None:
        headline = "Change the password" if is_protected else "Protect with a password"
        super().__init__("new_password_dialog", "Password", headline, parent)
        forgotten = make_label(_FORGOTTEN, "", self)
        forgotten.setWordWrap(True)
        self.column.addWidget(forgotten)
        self._current: QLineEdit | None = None
        if is_protected:
            self._current = self.add_field("&Current password", "current_password")
        self._first = self.add_field("&New password", "new_password")
        self._again = self.add_field("New password a&gain", "new_password_again")
        self._hint = make_label("", "hint", self, "password_hint")
        self.column.addWidget(self._hint)
        buttons = self.add_end("&Change password" if is_protected else "&Protect")
        self._removes = False
        self._remove = make_button("&Remove password", "password_remove", _REMOVING, self)
        self._remove.clicked.connect(self._on_remove)
        if is_protected:
            buttons.addButton(self._remove, QDialogButtonBox.ButtonRole.ActionRole)
        else:
            self._remove.hide()
        # Enter changes the password, and never removes it.
        self._remove.setAutoDefault(False)
        for line in self.lines:
            line.textChanged.connect(self._refresh)
        self._refresh()
        self.tell(problem)
        self.lines[0].setFocus()

    @property
    def wanted(self) -> NewPassword:
        """What the person wants."""
        current = self._current.text() if self._current is not None else ""
        return NewPassword(current, "" if self._removes else self._first.text())

    @Slot()
    def _on_remove(self) -> None:
        self._removes = True
        super().accept()

    @Slot()
    def _refresh(self) -> None:
        """Say what is still missing; a short password is remarked on and taken all the same."""
        new, again = self._first.text(), self._again.text()
        known = self._current is None or bool(self._current.text())
        self.accept_button.setEnabled(known and bool(new) and new == again)
        self._remove.setEnabled(known)
        differs = bool(again) and not new.startswith(again) and new != again
        self.tell("The two new passwords are not the same." if differs else "")
        short = 0 < len(new) < _SHORT
        self._hint.setText(_LENGTH.format(count=_SHORT) if short else _CHANGING)
