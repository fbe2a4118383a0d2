"""Suggestions on top of a text area's own context menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCursor

from inspector_app.texts import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from inspector_app.spelling.checker import Misspelling
    from inspector_app.ui.spelling.spelling_marks import SpellingMarks

    Replace = Callable[[QTextCursor, str, str], None]
    """Puts a text in place of what a cursor selects, as one step of undo of that name."""

_LONGEST = 40


class SuggestionsMenu(QObject):
    """Answers the context key and the right button where they meet a misspelt word.

    Everywhere else the text area shows its own menu, as it would without this.

    Args:
        marks: The marks of the text area.
        make_menu: Gives the text area's own menu, new each time.
        replace: Puts the chosen word in.
    """

    def __init__(
        self, marks: SpellingMarks, make_menu: Callable[[], QMenu], replace: Replace
    ) -> None:
        super().__init__(marks)
        self._marks = marks
        self._make_menu = make_menu
        self._replace = replace
        marks.editor.installEventFilter(self)
        marks.editor.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a request for the menu where there is a misspelt word."""
        if isinstance(event, QContextMenuEvent) and self._show(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _show(self, event: QContextMenuEvent) -> bool:
        editor = self._marks.editor
        cursor = editor.textCursor()
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not by_key:
            cursor = editor.cursorForPosition(editor.viewport().mapFromGlobal(event.globalPos()))
        word = self._find(cursor)
        if word is None:
            return False
        if not by_key:
            # The menu is about the word that was clicked, its other commands too.
            editor.setTextCursor(cursor)
        menu = self._fill(self._make_menu(), cursor, word)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = event.globalPos()
        if by_key:
            place = editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft())
        menu.popup(place)
        # Without a mouse the first thing that can be done is what Enter does.
        first = next((item for item in menu.actions() if item.isEnabled()), None)
        if by_key and first is not None:
            menu.setActiveAction(first)
        return True

    def _find(self, cursor: QTextCursor) -> Misspelling | None:
        at = cursor.positionInBlock()
        found = self._marks.find(cursor.block())
        return next((word for word in found if word.start <= at <= word.end), None)

    def _fill(self, menu: QMenu, cursor: QTextCursor, word: Misspelling) -> QMenu:
        speller = self._marks.speller
        checker = speller.checker
        there = QTextCursor(cursor.block())
        there.setPosition(cursor.block().position() + word.start)
        there.setPosition(cursor.block().position() + word.end, QTextCursor.MoveMode.KeepAnchor)
        own = menu.actions()
        before = own[0] if own else None

        def add(text: str, name: str, act: Callable[[], object] | None) -> QAction:
            action = QAction(text.replace("&", "&&"), menu)
            action.setObjectName(name)
            action.setEnabled(act is not None)
            if act is not None:
                action.triggered.connect(lambda: act())
            _insert(menu, before, action)
            return action

        suggestions = checker.suggest(word.word) if checker is not None else []
        label = f"Correct “{shorten(word.word, _LONGEST)}”"
        for number, text in enumerate(suggestions, start=1):
            action = add(
                text,
                f"suggestion_{number}",
                lambda text=text: self._replace(there, text, label),  # type: ignore[misc]
            )
            font = action.font()
            font.setBold(True)
            action.setFont(font)
        if not suggestions:
            add("No suggestions", "no_suggestions", None)
        _insert(menu, before, _make_line(menu))
        shown = shorten(word.word, _LONGEST)
        add(
            f"Add “{shown}” to this inspection's words",
            "add_to_inspection",
            lambda: speller.add_to_inspection(word.word),
        )
        add(f"Add “{shown}” to my words", "add_to_own", lambda: speller.add_to_own(word.word))
        _insert(menu, before, _make_line(menu))
        return menu


def _make_line(menu: QMenu) -> QAction:
    line = QAction(menu)
    line.setSeparator(True)
    return line


def _insert(menu: QMenu, before: QAction | None, action: QAction) -> None:
    if before is None:
        menu.addAction(action)
    else:
        menu.insertAction(before, action)
