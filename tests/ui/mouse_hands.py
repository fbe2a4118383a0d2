"""Hands that have a mouse and the clipboard, and no keyboard."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QRadioButton,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from inspector_app.domain.entities import Block
from inspector_app.ui.blocks.clipboard import put_on_clipboard
from inspector_app.ui.blocks.picture_editor import PictureEditor
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.ratings.rating_choice import RatingButton
from tests.ui.all_pages import get_page
from tests.ui.entering import EnteringHands
from tests.ui.hands import LEFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from inspector_app.ui.blocks.editor import BlockEditor
    from inspector_app.ui.pages.page import Page

_MENUS = {"new": "File", "capture": "Edit", "export": "File"}
USER = Qt.ItemDataRole.UserRole


class MouseHands(EnteringHands):
    """Clicks, and pastes by menus."""

    # -- clicks

    def _see(self, widget: QWidget) -> None:
        """Turn the wheel until a widget is in sight."""
        # What was just added has its place.
        QApplication.processEvents()
        parent = widget.parentWidget()
        while parent is not None and not parent.isWindow():
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
                break
            parent = parent.parentWidget()
        assert widget.isVisible()
        assert widget.isEnabled()
        assert not widget.visibleRegion().isEmpty()

    def _click(self, widget: QWidget, place: QPoint | None = None) -> None:
        self._see(widget)
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        self._click_at(target, place or target.rect().center())

    def _click_at(self, target: QWidget, place: QPoint) -> None:
        # The mouse comes from elsewhere: what has just opened below it heeds no click before that.
        self.qtbot.mouseMove(target, place + QPoint(3 * QApplication.startDragDistance(), 0))
        self.qtbot.mouseMove(target, place)
        self.qtbot.mouseClick(target, LEFT, pos=place)

    def _click_row(self, view: QAbstractItemView, row: int, column: int = 0) -> None:
        index = view.model().index(row, column)
        view.scrollTo(index)
        self._click_at(view.viewport(), view.visualRect(index).center())

    def _click_entry(self, menu: QMenu, entry: QAction) -> None:
        self.qtbot.waitUntil(menu.isVisible)
        assert entry.isEnabled(), (entry.text(), entry.parent(), QApplication.focusWidget())
        self._click_at(menu, menu.actionGeometry(entry).center())
        self.qtbot.waitUntil(lambda: not menu.isVisible())

    def _choose_in_menu(self, title: str, text: str) -> None:
        bar = self.window.menuBar()
        action = next(item for item in bar.actions() if item.text().replace("&", "") == title)
        self._click_at(bar, bar.actionGeometry(action).center())
        menu = action.menu()
        assert isinstance(menu, QMenu)
        self._click_entry(menu, _find_entry(menu, text))
        self.come_back()

    def _choose_in_context_menu(self, field: QWidget, text: str) -> None:
        """Press the right button on a field, which this library has no click for."""
        target = field.viewport() if isinstance(field, QAbstractScrollArea) else field
        place = QPoint(4, 4)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, target.mapToGlobal(place))
        QApplication.sendEvent(target, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self._click_entry(menu, _find_entry(menu, text))
        self.come_back_to(field)

    # -- acts

    def command(self, name: str) -> None:
        text = {"new": "New inspection…", "capture": "Take a note…", "export": "Export report…"}
        self._choose_in_menu(_MENUS[name], text[name])

    def show_page(self, entry: str) -> Page:
        outline = self.window.findChild(Outline)
        (item,) = [
            item
            for index in range(outline.topLevelItemCount())
            if (item := outline.topLevelItem(index)).data(0, USER) == entry
        ]
        self._click(outline, outline.visualItemRect(item).center())
        page = get_page(self.window)
        while getattr(page, "waiting", None):
            QApplication.processEvents()
        return page

    def write(self, field: QWidget, text: str) -> None:
        self._click(field)
        # A list that dropped down before may have kept the keys.
        self.come_back_to(field)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        held = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        QGuiApplication.clipboard().setText(text)
        for words in ("Select all", "Paste") if held else ("Paste",):
            if field.window() is self.window:
                self._choose_in_menu("Edit", words)
            else:
                self._choose_in_context_menu(field, words)

    def write_suggested(self, line: QLineEdit, text: str) -> None:
        self.write(line, text)
        popup = line.findChild(QAbstractItemView) or QApplication.activePopupWidget()
        if isinstance(popup, QAbstractItemView) and popup.isVisible():
            self._click_row(popup, 0)
            self.come_back()

    def push(self, button: QAbstractButton) -> None:
        self._see(button)
        is_small = isinstance(button, QCheckBox | QRadioButton)
        place = QPoint(8, button.height() // 2) if is_small else button.rect().center()
        self._click_at(button, place)

    def choose(self, combo: QComboBox, text: str) -> None:
        row = combo.findText(text)
        assert row >= 0, text
        self._click(combo)
        self.qtbot.waitUntil(combo.view().isVisible)
        self._click_row(combo.view(), row)
        self.qtbot.waitUntil(lambda: not combo.view().isVisible())
        assert combo.currentText() == text

    def choose_value(self, combo: QComboBox, entity: str, field: str, value: object) -> None:
        name, _, key = field.partition(".")
        for row in range(combo.count()):
            held = getattr(self.document.inspection.find(entity), name)
            if (held.get(key) if key else held) == value:
                return
            self.choose(combo, combo.itemText(row))
            self.come_back_to(combo)
        held = getattr(self.document.inspection.find(entity), name)
        assert (held.get(key) if key else held) == value

    def rate(self, name: str, value: str) -> None:
        self.push(self.window.findChild(RatingButton, f"{name}.{value}"))

    def take_standard(self, button: QToolButton, entry: int) -> bool:
        self._see(button)
        return self.take_from_menu(button, entry, lambda: self._click(button), self._click_entry)

    def fill_gap(self, editor: BlockEditor, text: str) -> None:
        place = editor.toPlainText().index("[") + 1
        cursor = editor.textCursor()
        cursor.setPosition(place)
        self._click(editor, editor.cursorRect(cursor).center())
        assert editor.textCursor().hasSelection()
        QGuiApplication.clipboard().setText(text)
        self._choose_in_context_menu(editor, "Paste")

    def empty(self, editor: BlockEditor) -> None:
        self._choose_in_context_menu(editor, "Select all")
        self._choose_in_context_menu(editor, "Cut")

    # -- texts

    def write_blocks(self, editor: BlockEditor, blocks: Sequence[Block]) -> None:
        texts = [block for block in blocks if block.kind not in {"table", "image"}]
        self._click(editor)
        mime = QMimeData()
        mime.setHtml("".join(f"<p>{html.escape(block.text)}</p>" for block in texts))
        put_on_clipboard(mime)
        self._choose_in_context_menu(editor, "Paste")
        for line, wanted in enumerate(texts):
            self._shape(editor, line, wanted)
        for line, wanted in enumerate(blocks):
            if wanted.kind == "table":
                self._insert_table(editor, line - 1, wanted)
            elif wanted.kind == "image":
                self._insert_picture(editor, line - 1, wanted)

    def _click_line(self, editor: BlockEditor, line: int) -> Block:
        cursor = QTextCursor(editor.document().findBlockByNumber(line))
        # Lines may be below the edge of the window.
        area = editor.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        QApplication.processEvents()
        place = editor.cursorRect(cursor).center() + QPoint(2, 0)
        if area is not None:
            spot = editor.viewport().mapTo(area.widget(), place)
            area.ensureVisible(spot.x(), spot.y(), 10, 60)
        self._click_at(editor.viewport(), place)
        assert editor.textCursor().blockNumber() == line
        return self.document.inspection.get(editor.current_block, Block)

    def _tool(self, name: str) -> None:
        button = self.window.findChild(QToolButton, f"tool_{name}")
        self.qtbot.waitUntil(lambda: button.isEnabled())
        self._click(button)

    def _shape(self, editor: BlockEditor, line: int, wanted: Block) -> None:
        made = self._click_line(editor, line)
        if wanted.kind != made.kind:
            self._tool(wanted.kind)
            if wanted.kind == "breach":
                self._pick(self._name_regulation(wanted.regulation))
        made = self.document.inspection.get(made.id, Block)
        assert made.kind == wanted.kind
        for _ in range(wanted.level - made.level):
            self._tool("nest")
        for _ in range(made.level - wanted.level):
            self._tool("unnest")

    def _name_regulation(self, regulation: str) -> str:
        return self.document.reference.regulations[regulation].title

    def _pick(self, words: str) -> None:
        """Pick a line of the list that is asked from."""
        dialog = self.wait_for_dialog()
        view = dialog.findChild(QAbstractItemView, "pick_list")
        model = view.model()
        (row, *_) = [n for n in range(model.rowCount()) if words in model.index(n, 0).data()]
        self._click_row(view, row)
        self.push(dialog.findChild(QAbstractButton, "pick_button"))
        self.come_back()

    def _insert_table(self, editor: BlockEditor, line: int, wanted: Block) -> None:
        self._click_line(editor, line)
        self._tool("insert_table")
        dialog = self.wait_for_dialog()
        rows = [*([wanted.header] if wanted.header else []), *wanted.rows]
        if not wanted.header:
            self.push(dialog.findChild(QCheckBox, "table_header"))
        view = dialog.findChild(QTableView, "table_cells")
        while view.model().columnCount() < max(map(len, rows)):
            self._click_row(view, 0, view.model().columnCount() - 1)
            self.push(dialog.findChild(QAbstractButton, "add_column"))
        while view.model().rowCount() < len(rows):
            self._click_row(view, view.model().rowCount() - 1)
            self.push(dialog.findChild(QAbstractButton, "add_row"))
        while view.model().rowCount() > len(rows):
            self._click_row(view, view.model().rowCount() - 1)
            self.push(dialog.findChild(QAbstractButton, "remove_row"))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text:
                    self._fill_cell(view, row, column, text)
        self._close(dialog)

    def _fill_cell(self, view: QTableView, row: int, column: int, text: str) -> None:
        place = view.visualRect(view.model().index(row, column)).center()
        self._click_at(view.viewport(), place)
        self.qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
        # One that has just been left is hidden, and goes a moment later.
        (line,) = [one for one in view.viewport().findChildren(QLineEdit) if one.isVisible()]
        QGuiApplication.clipboard().setText(text)
        self._choose_in_context_menu(line, "Paste")

    def _insert_picture(self, editor: BlockEditor, line: int, wanted: Block) -> None:
        self._click_line(editor, line)
        self._tool("insert_picture")
        picker = self.wait_for_dialog()
        photos = picker.findChild(QAbstractItemView, "picture_list")
        shown = [
            photos.model().index(row, 0).data(USER) for row in range(photos.model().rowCount())
        ]
        self._click_row(photos, [photo.id for photo in shown].index(wanted.attachment))
        self.push(picker.findChild(QAbstractButton, "picture_insert"))
        self.qtbot.waitUntil(lambda: self.window.findChild(PictureEditor) is not None)
        dialog = self.window.findChild(PictureEditor)
        self.come_back_to(dialog)
        self.write(dialog.alternative.text, wanted.text)
        self.write(dialog.caption.text, wanted.caption)
        choice = dialog.width_choice
        self.choose_value(choice.combo, choice.entity, "width", wanted.width)
        self._close(dialog)

    def _close(self, dialog: QDialog) -> None:
        buttons = dialog.findChild(QDialogButtonBox)
        self.push(buttons.button(QDialogButtonBox.StandardButton.Close))
        self.come_back()

    def link_note(self, editor: BlockEditor, line: int, words: str) -> None:
        self._click_line(editor, line)
        self._tool("link_note")
        self._pick(words)

    def confirm(self, dialog: QDialog, name: str) -> None:
        self.push(dialog.findChild(QAbstractButton, name))


def _find_entry(menu: QMenu, text: str) -> QAction:
    return next(
        item
        for item in menu.actions()
        if item.text().replace("&", "").partition("\t")[0].casefold() == text.casefold()
    )
