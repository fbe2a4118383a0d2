"""Hands that have a keyboard, and no mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QTableView,
    QToolButton,
    QWidget,
)

from inspector_app.domain.entities import Attachment, Block
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.blocks.picture_editor import PictureEditor
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.ratings.rating_choice import RatingButton
from tests.ui.all_pages import describe, get_page
from tests.ui.entering import EnteringHands
from tests.ui.hands import CONTROL, PLAIN, SHIFT, Key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QDialog

    from inspector_app.ui.pages.page import Page

ALT = Qt.KeyboardModifier.AltModifier
_COMMANDS = {
    "new": (Key.Key_N, CONTROL),
    "capture": (Key.Key_E, CONTROL),
    "export": (Key.Key_E, CONTROL | SHIFT),
}
_MOST_STEPS = 400


class KeyboardHands(EnteringHands):
    """Presses keys where the cursor is."""

    def _go(self, widget: QWidget) -> None:
        """Press Tab until something has the cursor."""
        while widget.focusProxy() is not None:
            widget = widget.focusProxy()
        group = _list_group(widget)
        met = []
        for _ in range(_MOST_STEPS):
            focus = QApplication.focusWidget()
            assert focus is not None, met
            if focus is widget:
                return
            if focus in group:
                ahead = group.index(focus) < group.index(widget)
                self.press(Key.Key_Right if ahead else Key.Key_Left)
                continue
            met.append(describe(focus))
            # In a text, Tab nests a bullet.
            self.press(Key.Key_Tab, CONTROL if isinstance(focus, BlockEditor) else PLAIN)
        raise AssertionError(f"Tab does not lead to {describe(widget)}, but to {met}")

    def command(self, name: str) -> None:
        self.press(*_COMMANDS[name])

    def show_page(self, entry: str) -> Page:
        """Go to a page by typing its name."""
        found = self.window.findChild(Outline).find_entry(entry)
        assert found is not None
        self.press(Key.Key_K, CONTROL)
        palette = self.window.findChild(QWidget, "go_to")
        self.qtbot.waitUntil(palette.isVisible)
        self.type(found.title)
        self.press(Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.findChild(QWidget, "go_to") is None)
        page = get_page(self.window)
        while getattr(page, "waiting", None):
            QApplication.processEvents()
        focus = QApplication.focusWidget()
        assert focus is not None
        return page

    def write(self, field: QWidget, text: str) -> None:
        self._go(field)
        held = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        if held:
            self.press(Key.Key_A, CONTROL)
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press(Key.Key_Return)
            self.type(line)

    def write_suggested(self, line: QLineEdit, text: str) -> None:
        self.write(line, text)
        self.press(Key.Key_Return)
        self.come_back()

    def push(self, button: QAbstractButton) -> None:
        self._go(button)
        self.press(Key.Key_Space)

    def choose(self, combo: QComboBox, text: str) -> None:
        self._go(combo)
        super().choose(combo, text)

    def choose_value(self, combo: QComboBox, entity: str, field: str, value: object) -> None:
        self._go(combo)
        super().choose_value(combo, entity, field, value)

    def rate(self, name: str, value: str) -> None:
        self.press(Key.Key_2, CONTROL)
        button = self.window.findChild(RatingButton, f"{name}.{value}")
        self.push(button)

    def take_standard(self, button: QToolButton, entry: int) -> bool:
        self._go(button)
        press = partial(self.press, Key.Key_Space)
        return self.take_from_menu(button, entry, press, self._choose_entry)

    def _choose_entry(self, menu: QMenu, entry: QAction) -> None:
        for _ in menu.actions():
            # A menu that was opened by keys has its first entry in hand.
            if menu.activeAction() is entry:
                break
            self.qtbot.keyClick(menu, Key.Key_Down)
        self.qtbot.keyClick(menu, Key.Key_Return)

    def fill_gap(self, editor: BlockEditor, text: str) -> None:
        self.press(Key.Key_F8)
        assert editor.hasFocus()
        assert editor.textCursor().selectedText().startswith("[")
        self.type(text)

    def empty(self, editor: BlockEditor) -> None:
        self._go(editor)
        self.press(Key.Key_A, CONTROL)
        self.press(Key.Key_Delete)

    # -- texts

    def write_blocks(self, editor: BlockEditor, blocks: Sequence[Block]) -> None:
        self._go(editor)
        for index, wanted in enumerate(blocks):
            if wanted.kind == "table":
                self._insert_table(wanted)
                continue
            if wanted.kind == "image":
                self._insert_picture(wanted)
                continue
            if index:
                after = blocks[index - 1].kind in {"table", "image"}
                self.press(Key.Key_Return, SHIFT if after else PLAIN)
            self.type(wanted.text)
            self._shape(editor, wanted)

    def _shape(self, editor: BlockEditor, wanted: Block) -> None:
        made = self.document.inspection.get(editor.current_block, Block)
        if made.kind != wanted.kind:
            self._format(wanted.kind)
            if wanted.kind == "breach":
                self._pick(self.document.reference.regulations[wanted.regulation].title)
        made = self.document.inspection.get(made.id, Block)
        assert made.kind == wanted.kind
        if made.level < wanted.level:
            self.press(Key.Key_Tab)
        elif made.level > wanted.level:
            self.press(Key.Key_Tab, SHIFT)

    def _format(self, command: str) -> None:
        """Choose in the menus Format and Insert, by their letters and the arrows."""
        for key in (Key.Key_O, Key.Key_N):
            self.press(key, ALT)
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            entry = next(
                (item for item in menu.actions() if item.objectName() == f"block_{command}"), None
            )
            if entry is not None:
                assert entry.isEnabled(), entry.toolTip()
                self._choose_entry(menu, entry)
                self.come_back()
                return
            self.qtbot.keyClick(menu, Key.Key_Escape)
            menu.close()
        raise AssertionError(f"no menu has {command}")

    def _pick(self, words: str) -> None:
        dialog = self.wait_for_dialog()
        self._go(dialog.findChild(QLineEdit, "pick_line"))
        self.type(words)
        self.press(Key.Key_Return)
        self.come_back()

    def _insert_table(self, wanted: Block) -> None:
        self.press(Key.Key_T, CONTROL | SHIFT)
        dialog = self.wait_for_dialog()
        rows = [*([wanted.header] if wanted.header else []), *wanted.rows]
        view = dialog.findChild(QTableView, "table_cells")
        model = view.model()
        for _ in range(max(map(len, rows)) - model.columnCount()):
            self.push(dialog.findChild(QAbstractButton, "add_column"))
        for _ in range(model.rowCount() - len(rows)):
            self.push(dialog.findChild(QAbstractButton, "remove_row"))
        if not wanted.header:
            self.push(dialog.findChild(QCheckBox, "table_header"))
        self._go(view)
        self.press(Key.Key_Home, CONTROL)
        columns = model.columnCount()
        for row, cells in enumerate(rows):
            for column, text in enumerate([*cells, *[""] * (columns - len(cells))]):
                if row or column:
                    self.press(Key.Key_Tab)
                self.type(text)
        self.press(Key.Key_Return)
        self.qtbot.waitUntil(view.hasFocus)
        self.press(Key.Key_Escape)
        self.come_back()

    def _insert_picture(self, wanted: Block) -> None:
        self._format("insert_picture")
        picker = self.wait_for_dialog()
        self._go(picker.findChild(QLineEdit, "picture_search"))
        self.type(self.document.inspection.get(wanted.attachment, Attachment).name)
        self.press(Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.findChild(PictureEditor) is not None)
        dialog = self.window.findChild(PictureEditor)
        self.come_back_to(dialog)
        self.write(dialog.alternative.text, wanted.text)
        self.write(dialog.caption.text, wanted.caption)
        choice = dialog.width_choice
        self.choose_value(choice.combo, choice.entity, "width", wanted.width)
        self.press(Key.Key_Escape)
        self.come_back()

    def link_note(self, editor: BlockEditor, line: int, words: str) -> None:
        self.press(Key.Key_Home, CONTROL)
        while editor.textCursor().blockNumber() < line:
            self.press(Key.Key_Down)
        self._format("link_note")
        self._pick(words)

    def confirm(self, dialog: QDialog, name: str) -> None:
        del dialog
        self.press(Key.Key_Escape if name.endswith("_close") else Key.Key_Return)


def _list_group(widget: QWidget) -> list[QWidget]:
    """Return the buttons of which a widget is one, where arrow keys lead from one to the next."""
    if not isinstance(widget, QAbstractButton) or not widget.autoExclusive():
        return []
    return widget.parentWidget().findChildren(type(widget))
