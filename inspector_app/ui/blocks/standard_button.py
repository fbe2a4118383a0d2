"""A button that offers the framework's texts; once taken, a text is the inspector's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from inspector_app.domain.block_edits import WantedBlock
from inspector_app.texts import shorten
from inspector_app.ui.widgets.buttons import open_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector_app.report.standard import FilledParagraph
    from inspector_app.ui.blocks.editor import BlockEditor

_LONGEST = 90


class MenuButton(QToolButton):
    """A button whose menu is made when it is opened, so that it is never out of date.

    Args:
        text: What it says.
        name: Its object name.
        fill: Adds the entries.
    """

    def __init__(
        self, text: str, name: str, fill: Callable[[QMenu], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setProperty("role", "quiet")
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: fill(menu))
        open_menu(self, menu)


def make_standard_button(
    editor: BlockEditor, offered: Callable[[], list[FilledParagraph]], parent: QWidget
) -> MenuButton:
    """Return a button that puts standard paragraphs, with their lists, into an editor."""

    def fill(menu: QMenu) -> None:
        for item in offered():
            action = menu.addAction(plain_action(item.name))
            action.setToolTip(item.text if item.verified else f"{item.text} (wording not verified)")
            action.triggered.connect(lambda _=False, item=item: put_in(item))

    def put_in(item: FilledParagraph) -> None:
        blocks = [WantedBlock(item.kind, item.text)]  # type: ignore[arg-type]
        blocks += [WantedBlock("bullet", text) for text in item.bullets]
        editor.add_blocks(blocks, f"Standard paragraph: {item.name}")
        editor.setFocus()

    return MenuButton("Standard paragraph", f"{editor.objectName()}.standard", fill, parent)


def plain_action(text: str) -> str:
    """Return a text for a menu: one line, not too long, no letter underlined."""
    return shorten(text, _LONGEST).replace("&", "&&")
