"""The toolbar over the texts of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from inspector_app.ui.widgets.buttons import open_menu
from inspector_app.ui.widgets.icons import make_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from inspector_app.ui.blocks.actions import BlockActions

_ICON_SCALE = 1.25
_LOOKS = {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}
_ICON = Qt.ToolButtonStyle.ToolButtonIconOnly
_WORD = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_MORE = "more"


class BlockToolbar(QFrame):
    """Shows the commands of the text that has the focus, and never takes the focus itself.

    Buttons have words where there is room, the last groups first, whose icons say less. What finds
    no room goes into a menu at the end: Qt's own toolbar makes its button for that twelve pixels
    wide. By keyboard the same is in the menus Insert and Format.
    """

    def __init__(self, actions: BlockActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("block_toolbar")
        self.setAccessibleName("Text tools")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._are_drawn = False
        self._groups: list[list[QToolButton]] = []
        self._dividers: list[QWidget] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 2, 12, 3)
        self._layout.setSpacing(2)
        for group in actions.list_buttons():
            if self._groups:
                self._add_divider()
            self._groups.append([])
            for name, action in group:
                button = self._add_button(name)
                button.setDefaultAction(action)
                self._groups[-1].append(button)
        self._more = self._add_button(_MORE)
        self._more.setAccessibleName("More text tools")
        self._more.setToolTip("More text tools")
        menu = QMenu(self._more)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill_more)
        open_menu(self._more, menu)
        self._layout.addStretch(1)

    def _add_divider(self) -> None:
        divider = QWidget(self)
        divider.setProperty("role", "divider")
        divider.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        divider.setFixedWidth(7)
        self._dividers.append(divider)
        self._layout.addWidget(divider)

    def _add_button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"tool_{name}")
        button.setProperty("role", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout.addWidget(button)
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours and the size of now."""
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._are_drawn = False
            if self.isVisible():
                self._show_icons()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icons when they are seen; the first page has no texts."""
        if not self._are_drawn:
            self._show_icons()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for words."""
        super().resizeEvent(event)
        self._fit()

    def _show_icons(self) -> None:
        self._are_drawn = True
        size = round(self.fontMetrics().height() * _ICON_SCALE)
        for button in (*self._buttons, self._more):
            button.setIconSize(QSize(size, size))
            icon = make_icon(button.objectName().removeprefix("tool_"), size)
            if button is self._more:
                button.setIcon(icon)
            else:
                # A button shows what its action has, anew each time that one changes.
                button.defaultAction().setIcon(icon)
        self._fit()

    @property
    def _buttons(self) -> list[QToolButton]:
        return [button for group in self._groups for button in group]

    def _fit(self) -> None:
        """Give words to the groups that have room for them, and hide what has none at all."""
        for button in self._buttons:
            button.setToolButtonStyle(_ICON)
        margins = self._layout.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        steps = [
            *(self._measure(button) for button in self._buttons),
            *(divider.width() + self._layout.spacing() for divider in self._dividers),
        ]
        left = room - sum(steps)
        self._hide_from(room if left < 0 else None)
        for group in reversed(self._groups):
            narrow = sum(map(self._measure, group))
            for button in group:
                button.setToolButtonStyle(_WORD)
            left -= sum(map(self._measure, group)) - narrow
            if left < 0:
                for button in group:
                    button.setToolButtonStyle(_ICON)
                break

    def _measure(self, button: QToolButton) -> int:
        return button.sizeHint().width() + self._layout.spacing()

    def _hide_from(self, room: int | None) -> None:
        """Hide the buttons beyond a width, so that there is room for the one with the rest."""
        self._more.setHidden(room is None)
        left = (room or 0) - self._measure(self._more)
        fits = True
        for number, group in enumerate(self._groups):
            divider = self._dividers[number - 1] if number else None
            if divider is not None:
                left -= divider.width() + self._layout.spacing()
            for button in group:
                left -= self._measure(button)
                fits = room is None or (fits and left >= 0)
                button.setVisible(fits)
            if divider is not None:
                divider.setHidden(group[0].isHidden())

    @Slot()
    def _fill_more(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for group in self._groups:
            for button in group:
                if button.isHidden():
                    menu.addAction(button.defaultAction())
            menu.addSeparator()
