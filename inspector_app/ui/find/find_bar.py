"""What to find, what to put in its place, and how to search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from inspector_app.domain.search.search import Query
from inspector_app.ui.widgets.buttons import add_clear_button, make_button
from inspector_app.ui.widgets.fields import LONGEST_LINE, ignore_wheel_until_focused, take_one_line
from inspector_app.ui.widgets.flow_layout import FlowLayout
from inspector_app.ui.widgets.keys import Keys, add_key, add_letter
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

Where: TypeAlias = Literal["everything", "report", "notes", "page"]
WHERE: dict[Where, str] = {
    "everything": "Whole inspection",
    "report": "Report only",
    "notes": "Evidence notes only",
    "page": "This page",
}
_KEY = "find/{}"
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindBar(QWidget):
    """The fields and buttons above the results; it searches nothing itself."""

    query_changed = Signal()
    """The person typed, or changed how to search."""
    step_wanted = Signal(int)
    """Go to the next (1) or previous (-1) hit."""
    list_wanted = Signal()
    """Go on into the list of hits."""
    replace_wanted = Signal()
    replace_all_wanted = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._build()
        self._load()
        self._connect()

    def _build(self) -> None:
        self.text = _BarLine(self)
        self.text.setObjectName("find_text")
        self.text.setPlaceholderText("Words of the report or of notes")
        self.text.setAccessibleName("Find")
        self.text.setToolTip(
            "Enter and Shift+Enter go to the next and previous match, Down into the list"
        )
        self.previous = make_button(
            "Previous", "find_previous", add_key("Previous match", Keys.FIND_PREVIOUS), self
        )
        self.next = make_button("Next", "find_next", add_key("Next match", Keys.FIND_NEXT), self)
        self.replacement = _BarLine(self)
        self.replacement.setObjectName("find_replacement")
        self.replacement.setAccessibleName("Replace with")
        self.replacement.setToolTip(
            "Text to put in its place, exactly as typed. Enter replaces one"
        )
        self.replace = make_button("Replace", "find_replace", "", self)
        self.replace_all = make_button("Replace all", "find_replace_all", "", self)
        self.match_case = QCheckBox("&Match case", self)
        self.match_case.setObjectName("find_match_case")
        self.match_case.setToolTip(
            add_letter(
                ("Find only text with the same capital and small letters"), self.match_case.text()
            )
        )
        self.whole_words = QCheckBox("Whole &words", self)
        self.whole_words.setObjectName("find_whole_words")
        self.whole_words.setToolTip(
            add_letter("Find only whole words, not parts of longer ones", self.whole_words.text())
        )
        self.where = QComboBox(self)
        self.where.setObjectName("find_where")
        self.where.setAccessibleName("Search in")
        self.where.setToolTip("Where to search")
        for where, name in WHERE.items():
            self.where.addItem(name, where)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.where.setSizeAdjustPolicy(policy)
        self.where.setMinimumContentsLength(14)
        ignore_wheel_until_focused(self.where)
        text_label = make_label("Find", "label", self)
        text_label.setBuddy(self.text)
        self._replacement_label = make_label("Replace with", "label", self)
        self._replacement_label.setBuddy(self.replacement)
        where_label = make_label("Search in", "label", self)
        where_label.setBuddy(self.where)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE)
        for row, widgets in enumerate(
            (
                (text_label, self.text, self.previous, self.next),
                (self._replacement_label, self.replacement, self.replace, self.replace_all),
            )
        ):
            for column, widget in enumerate(widgets):
                grid.addWidget(widget, row, column)
        place = QWidget(self)
        make_row(place, where_label, self.where)
        # With large text they take two lines.
        options = FlowLayout(None, 2 * SPACE)
        for widget in (self.match_case, self.whole_words, place):
            options.addWidget(widget)
        grid.addLayout(options, 2, 0, 1, 4)
        grid.setColumnStretch(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the lines that the options take: a panel asks for the least alone."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        if (layout := self.layout()) is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _connect(self) -> None:
        self.text.textEdited.connect(self._on_text_edited)
        self.text.textChanged.connect(self._on_text_changed)
        self.replacement.textEdited.connect(lambda: take_one_line(self.replacement))
        self.text.enter_pressed.connect(self.step_wanted)
        self.text.down_pressed.connect(self.list_wanted)
        self.replacement.enter_pressed.connect(lambda _: self.replace_wanted.emit())
        self.replacement.down_pressed.connect(self.list_wanted)
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.replace.clicked.connect(self.replace_wanted)
        self.replace_all.clicked.connect(self.replace_all_wanted)
        self.match_case.clicked.connect(self._on_options_changed)
        self.whole_words.clicked.connect(self._on_options_changed)
        self.where.activated.connect(self._on_options_changed)

    # -- what is wanted

    @property
    def query(self) -> Query:
        """What to find."""
        return Query(self.text.text(), self.match_case.isChecked(), self.whole_words.isChecked())

    @property
    def scope(self) -> Where:
        """Where to search."""
        return cast("Where", self.where.currentData())

    @property
    def replaces(self) -> bool:
        """Whether the fields to replace are shown."""
        return not self.replacement.isHidden()

    def show_replacing(self, replacing: bool) -> None:
        """Show the fields to replace, or not."""
        widgets = (self._replacement_label, self.replacement, self.replace, self.replace_all)
        for widget in widgets:
            widget.setVisible(replacing)
        self._fit_height()

    def set_text(self, text: str) -> None:
        """Put a text into the field, as if it had been typed."""
        if text != self.text.text():
            self.text.setText(text)
            self.query_changed.emit()

    # -- options are remembered

    def _load(self) -> None:
        for name, box in (("match_case", self.match_case), ("whole_words", self.whole_words)):
            box.setChecked(str(self._settings.value(_KEY.format(name))) == "true")
        stored = self._settings.value(_KEY.format("where"))
        self.where.setCurrentIndex(max(self.where.findData(stored), 0))

    @Slot()
    def _on_options_changed(self) -> None:
        for name, box in (("match_case", self.match_case), ("whole_words", self.whole_words)):
            self._settings.setValue(_KEY.format(name), "true" if box.isChecked() else "false")
        self._settings.setValue(_KEY.format("where"), self.scope)
        self.query_changed.emit()

    @Slot()
    def _on_text_edited(self) -> None:
        take_one_line(self.text)
        self.query_changed.emit()

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        # The line's own clear button tells nobody by `textEdited`.
        if not text:
            self.query_changed.emit()


class _BarLine(QLineEdit):
    """A line with a few keys for the list below."""

    enter_pressed = Signal(int)
    """Enter (1) or Shift+Enter (-1)."""
    down_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_LINE)
        add_clear_button(self)
        self.setMinimumWidth(100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that are about the hits."""
        if event.key() in _ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.enter_pressed.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)
