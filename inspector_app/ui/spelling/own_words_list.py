"""The inspector's own words: a list to add to and to remove from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QWidget,
)

from inspector_app.errors import InspectorError
from inspector_app.settings import get_own_words_file
from inspector_app.spelling.own_words import OwnWords
from inspector_app.texts import collapse_spaces
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_row

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 64
_EXPLANATION = (
    "Words that spelling accepts in every inspection that you open on this computer. A word in "
    "small letters is accepted with capitals, too. A word with capitals is accepted only as it is."
)


class OwnWordsList(QWidget):
    """Edits the file with the person's own words; every change is written at once."""

    title = "My words"

    def __init__(self) -> None:
        super().__init__()
        self._own = OwnWords(get_own_words_file())
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.setObjectName("own_words")
        self.word = QLineEdit(self, maxLength=_LONGEST)
        self.word.setObjectName("own_words.word")
        self.word.setAccessibleName("New word")
        self.word.setToolTip("Type a word; Enter adds it")
        label = make_label("&New word", "label", self)
        label.setBuddy(self.word)
        self.adding = make_button(
            "Add", "own_words.add", "Add the word (Enter)", self, spoken="Add the new word"
        )
        self.list = QListWidget(self)
        self.list.setObjectName("own_words.list")
        self.list.setAccessibleName("My words")
        self.list.setToolTip("Delete removes the words that are selected")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.removing = make_button(
            "Remove",
            "own_words.remove",
            "Remove the words that are selected (Delete)",
            self,
            spoken="Remove the words that are selected",
        )
        for button in (self.adding, self.removing):
            button.setAutoDefault(False)
        self.problem = make_label("", "problem", self, "own_words.problem")
        self.problem.hide()
        top = make_row(None, (self.word, 1), self.adding)
        layout = make_column(self, margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE))
        layout.addWidget(make_label(self.title, "heading", self))
        layout.addWidget(make_label(_EXPLANATION, "hint", self))
        layout.addWidget(label)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.removing, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.problem)
        self.setFocusProxy(self.word)
        QWidget.setTabOrder(self.word, self.adding)
        QWidget.setTabOrder(self.adding, self.list)
        QWidget.setTabOrder(self.list, self.removing)

    def _connect(self) -> None:
        self.word.textEdited.connect(self._refresh_buttons)
        self.word.returnPressed.connect(self._on_add)
        self.adding.clicked.connect(self._on_add)
        self.removing.clicked.connect(self._on_remove)
        self.list.itemSelectionChanged.connect(self._refresh_buttons)
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_remove)

    @property
    def words(self) -> list[str]:
        """The words that are shown."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    @Slot()
    def refresh(self) -> None:
        """Show the words that are in the file now."""
        self._try(self._own.read)

    def _try(self, act: Callable[[], object]) -> bool:
        """Do something with the file; say what went wrong, or show what is in it after that."""
        try:
            act()
        except InspectorError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return False
        self.problem.hide()
        if self.words != list(self._own.words):
            self.list.clear()
            self.list.addItems(list(self._own.words))
        self._refresh_buttons()
        return True

    @Slot()
    def _refresh_buttons(self) -> None:
        self.adding.setEnabled(bool(self.word.text().strip()))
        self.removing.setEnabled(bool(self.list.selectedItems()))

    @Slot()
    def _on_add(self) -> None:
        word = collapse_spaces(self.word.text())
        if word and self._try(lambda: self._own.add(word)):
            self.word.clear()
            self._refresh_buttons()
            self.list.setCurrentRow(self.words.index(word))

    @Slot()
    def _on_remove(self) -> None:
        gone = [item.text() for item in self.list.selectedItems()]
        if gone:
            self._try(lambda: self._own.remove(gone))
