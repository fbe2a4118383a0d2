"""The toolbar over the texts, and the menus Insert and Format, by clicks."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.domain.entities import Block
from inspector_app.ui.blocks.actions import BlockActions
from inspector_app.ui.blocks.commands import COMMANDS, NO_TEXT
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.blocks.table_editor import TableEditor
from inspector_app.ui.blocks.toolbar import BlockToolbar
from inspector_app.ui.widgets.pick_dialog import PickDialog
from inspector_app.ui.widgets.theme import get_theme
from tests.ui.blocks.making import OTHER, TOPIC, bullet, check, paragraph, put, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from inspector_app.document.inspection_document import InspectionDocument

# Menus: the screenless platform knows no grabbing.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LEFT = Qt.MouseButton.LeftButton
WIDE, NARROW = 1100, 260


class TextWindow(QMainWindow):
    """Two texts under one toolbar, a line that is none, and the two menus."""

    def __init__(self, document: InspectionDocument, qtbot: QtBot) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.actions_ = BlockActions(self)
        self.menus = {name: self.menuBar().addMenu(name) for name in ("insert", "format")}
        for name, menu in self.menus.items():
            self.actions_.fill_menu(menu, name)
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        self.toolbar = BlockToolbar(self.actions_, inside)
        self.first = BlockEditor(document, TOPIC, inside)
        self.second = BlockEditor(document, OTHER, inside)
        self.line = QLineEdit(inside)
        self.button = QPushButton("Takes the focus", inside)
        for widget in (self.toolbar, self.first, self.second, self.line, self.button):
            layout.addWidget(widget)
        self.setCentralWidget(inside)

    def tool(self, name: str) -> QToolButton:
        return self.findChild(QToolButton, f"tool_{name}")

    def can(self, name: str) -> bool:
        """Tell whether a button can be pressed, once signals have come through."""
        QApplication.processEvents()
        return self.tool(name).isEnabled()

    def is_on(self, name: str) -> bool:
        QApplication.processEvents()
        return self.tool(name).isChecked()

    def click(self, name: str) -> None:
        assert self.can(name), self.tool(name).toolTip()
        self.qtbot.mouseClick(self.tool(name), LEFT)

    def click_in(self, editor: BlockEditor, line: int) -> None:
        at = editor.document().findBlockByNumber(line)
        rect = editor.document().documentLayout().blockBoundingRect(at)
        self.qtbot.mouseClick(editor.viewport(), LEFT, pos=QPoint(60, round(rect.top()) + 8))

    def pick(self, words: str) -> None:
        line = self.findChildren(PickDialog)[-1].findChild(QLineEdit, "pick_line")
        self.qtbot.keyClicks(line, words)
        self.qtbot.keyClick(line, Qt.Key.Key_Return)


@pytest.fixture
def window(document: InspectionDocument, qtbot: QtBot) -> Iterator[TextWindow]:
    put(document, bullet("One", 0, "n1"), bullet("Two"), paragraph("Three"))
    put(document, paragraph("There"), parent=OTHER)
    window = TextWindow(document, qtbot)
    qtbot.addWidget(window)
    window.resize(WIDE, 600)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield window
    for dialog in (*window.findChildren(PickDialog), *window.findChildren(TableEditor)):
        dialog.reject()


def test_it_follows_the_text_that_has_the_cursor(
    document: InspectionDocument, window: TextWindow, qtbot: QtBot
) -> None:
    window.line.setFocus()
    assert not window.can("heading")
    assert window.tool("heading").toolTip() == f"Sub-heading (Ctrl+Shift+H)\n{NO_TEXT}"
    window.click_in(window.first, 1)
    assert (window.is_on("bullet"), window.is_on("paragraph")) == (True, False)
    window.click("heading")
    assert seen(document.inspection)[1] == ("heading", 0, "Two")
    assert (window.is_on("heading"), window.is_on("bullet")) == (True, False)
    # A click on a button, one that is grey or the bar itself leaves the cursor where it is.
    for name in ("nest", "link_note"):
        qtbot.mouseClick(window.tool(name), LEFT)
        if (dialog := window.findChild(PickDialog)) is not None:
            dialog.reject()
    qtbot.mouseClick(window.toolbar, LEFT)
    qtbot.waitUntil(window.first.hasFocus)
    assert window.tool("nest").toolTip().endswith("\nOnly a bullet below another can be indented.")
    window.click_in(window.second, 0)
    assert window.is_on("paragraph")
    window.click("bullet")
    window.click("bullet")
    assert seen(document.inspection, OTHER) == [("paragraph", 0, "There")]
    assert window.focusWidget() is window.second
    qtbot.keyClicks(window.second, "!")
    assert "!" in seen(document.inspection, OTHER)[0][2]
    window.second.hide()
    assert not window.can("bullet")


def test_each_button_does_what_it_says(
    document: InspectionDocument, window: TextWindow, qtbot: QtBot
) -> None:
    window.click_in(window.first, 1)
    for name, expected in (
        ("nest", ("bullet", 1)),
        ("unnest", ("bullet", 0)),
        ("recommendation", ("recommendation", 0)),
        ("paragraph", ("paragraph", 0)),
        ("heading", ("heading", 0)),
        ("bullet", ("bullet", 0)),
    ):
        window.click(name)
        assert seen(document.inspection)[1][:2] == expected, name
    window.click("breach")
    window.pick("12 safe")
    assert seen(document.inspection)[1][0] == "breach"
    assert window.is_on("breach")
    window.click("link_note")
    window.findChild(PickDialog).accept()
    window.click("insert_table")
    window.findChild(TableEditor).accept()
    kinds = [kind for kind, _, _ in seen(document.inspection)]
    assert kinds == ["bullet", "breach", "table", "paragraph"]
    block = list(document.inspection.children(TOPIC, Block))[1]
    assert (block.regulation, block.evidence) != ("", ())
    window.click_in(window.first, 0)
    window.click("move_to")
    window.pick("other")
    assert [text for _, _, text in seen(document.inspection, OTHER)] == ["There", "One"]
    check(window.first, document)
    check(window.second, document)


def test_what_finds_no_room_is_in_the_menu_at_the_end(
    document: InspectionDocument, window: TextWindow, qtbot: QtBot
) -> None:
    buttons = [item.id for group in COMMANDS.values() for item in group if item.button]
    tools = [window.tool(name) for name in buttons]
    more = window.tool("more")
    assert all(tool.isVisible() for tool in tools)
    assert not more.isVisible()
    only_icon = Qt.ToolButtonStyle.ToolButtonIconOnly
    assert window.tool("breach").toolButtonStyle() != only_icon
    window.resize(NARROW, 600)
    QApplication.processEvents()
    assert window.width() <= NARROW
    hidden = [name for name, tool in zip(buttons, tools, strict=True) if not tool.isVisible()]
    assert hidden
    assert hidden == buttons[-len(hidden) :]
    assert all(tool.toolButtonStyle() == only_icon for tool in tools if tool.isVisible())
    for button in (*tools, more):
        if button.isVisible():
            assert window.toolbar.rect().contains(button.geometry())
    window.click_in(window.first, 2)
    menu = more.menu()
    menu.aboutToShow.emit()
    there = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.objectName().removeprefix("block_") for action in there] == hidden
    next(action for action in there if "mmendation" in action.text()).trigger()
    assert seen(document.inspection)[2][0] == "recommendation"


def test_the_menus_have_every_command_once(
    document: InspectionDocument, window: TextWindow
) -> None:
    window.click_in(window.first, 2)
    found: list[str] = []
    for menu in window.menus.values():
        menu.aboutToShow.emit()
        found += [action.objectName() for action in menu.actions() if not action.isSeparator()]
        letters = [action.text() for action in menu.actions() if "&" in action.text()]
        assert menu.toolTipsVisible()
        assert letters
    groups = [commands for group, commands in COMMANDS.items() if group != "clipboard"]
    assert sorted(found) == sorted(f"block_{item.id}" for group in groups for item in group)
    action = window.findChild(QAction, "block_heading")
    assert action.text() == "Sub-&heading\tCtrl+Shift+H"
    assert action.shortcut().isEmpty(), "the text takes the key itself"
    action.trigger()
    assert seen(document.inspection)[2][0] == "heading"


def test_icons_follow_theme_and_size(window: TextWindow, qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = get_theme(application)
    choice = theme.choice
    tool = window.tool("bullet")

    def ink() -> set[str]:
        image = tool.icon().pixmap(tool.iconSize(), QIcon.Mode.Normal).toImage()
        spots = itertools.product(range(image.width()), range(image.height()))
        colours = [image.pixelColor(x, y) for x, y in spots]
        return {colour.name() for colour in colours if colour.alpha() > 200}

    try:
        theme.apply("light")
        light, size = ink(), tool.iconSize()
        theme.apply("dark")
        assert light
        assert ink().isdisjoint(light)
        theme.set_text_size(200)
        assert tool.iconSize().height() > 1.5 * size.height()
    finally:
        theme.set_text_size(100)
        theme.apply(choice)


def test_every_button_has_an_icon_a_name_and_a_tooltip(window: TextWindow) -> None:
    for button in window.toolbar.findChildren(QToolButton):
        assert not button.icon().isNull(), button.objectName()
        assert button.toolTip()
        assert button.focusPolicy() == Qt.FocusPolicy.NoFocus
        assert button.accessibleName() or button.text()
