"""The page of the checks: a calm list of what deserves a look before the report is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QTreeView, QWidget

from inspector_app.checks.counts import describe_counts
from inspector_app.ui.checks.result_card import ResultCard
from inspector_app.ui.checks.result_model import ROW, CheckResultModel, ResultRow
from inspector_app.ui.pages.page import Page
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column, make_scroll_area
from inspector_app.ui.widgets.tree_indents import TreeIndents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QAbstractScrollArea

    from inspector_app.checks.check_run import CheckRun
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.prompts import Prompts

_OPEN_AT_FIRST = {"error", "warning"}
_ABOUT = (
    "What a quality reviewer would ask about. Nothing here stops you: set aside what may stay, "
    "with the reason."
)
_NOTHING = "Nothing to look at: the checks found nothing, or all of it was set aside."
_LOOKING = "Looking…"


class ChecksPage(Page):
    """What the checks found; it follows the inspection a moment behind."""

    def __init__(self, document: InspectionDocument, prompts: Prompts) -> None:
        super().__init__(document, prompts, "Checks")
        self._shown: CheckRun | None = None
        self.model = CheckResultModel(self)
        self.setObjectName("checks_page")
        self._build()
        document.checks.changed.connect(self._follow_checks)
        self._show_summary()
        self.problem.hide()

    def _build(self) -> None:
        title = make_label("Checks", "title", self)
        about = make_label(_ABOUT, "hint", self)
        self.summary = make_label("", "label", self, "checks_summary")
        self.problem = make_label("", "problem", self, "checks_problem")
        self.tree = _Tree(self)
        TreeIndents(self.tree)
        self.tree.setModel(self.model)
        self.summary.setBuddy(self.tree)
        self.card = ResultCard(self.document, self)
        self._card_area = make_scroll_area(self.card, self)
        self._split = split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tree)
        split.addWidget(self._card_area)
        split.setStretchFactor(0, 1)
        layout = make_column(self, margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 3 * SPACE))
        add_all(layout, title, about, self.summary, self.problem)
        layout.addWidget(split, 1)
        self.setFocusProxy(self.tree)
        self.tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self.tree.row_entered.connect(self._on_row_entered)
        self.card.place_wanted.connect(self.passage_wanted)

    @property
    def scroll_area(self) -> QAbstractScrollArea:
        return self.tree

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look, if nobody has yet."""
        super().showEvent(event)
        # Rows laid out before they were seen have not the height that the style gives them.
        self.tree.scheduleDelayedItemsLayout()
        self.document.checks.start()
        self._follow_checks()

    # -- following the checks

    @Slot()
    def _follow_checks(self) -> None:
        if not self.isVisible():
            # Typing elsewhere need not wait for it; it is done when the page is shown.
            return
        checks = self.document.checks
        self.problem.setText(f"The checks could not be run. {checks.problem}")
        self.problem.setVisible(bool(checks.problem))
        if checks.answer is not None and checks.answer is not self._shown:
            self._shown = checks.answer
            self._show_anew(checks.answer)
        self._show_summary()

    def _show_anew(self, run: CheckRun) -> None:
        """Show a run, with the same lines open and the same one selected."""
        opened = {row.name: self.tree.isExpanded(index) for index, row in self._list_heads()}
        current = self.tree.currentIndex()
        row, head = current.data(ROW), current.parent().data(ROW)
        number, scrolled = current.row(), self.tree.verticalScrollBar().value()
        self.model.show_run(run)
        for index, below in self._list_heads():
            wanted = opened.get(below.name, below.severity in _OPEN_AT_FIRST)
            self.tree.setExpanded(index, wanted)
        # What the person closed is not opened again for the sake of what is selected in it.
        self.tree.setAutoScroll(False)
        self.tree.setCurrentIndex(self._find_again(row, head, number))
        self.tree.setAutoScroll(True)
        self.tree.doItemsLayout()
        self.tree.verticalScrollBar().setValue(scrolled)
        self._on_current_changed(self.tree.currentIndex())

    def _find_again(self, row: object, head: object, number: int) -> QModelIndex:
        """Return the line that was selected; where it went, the one that took its place."""
        found = self.model.find(row) if isinstance(row, ResultRow) else QModelIndex()
        if found.isValid() or not isinstance(head, ResultRow):
            return found
        above = self.model.find(head)
        last = self.model.rowCount(above) - 1
        return self.model.index(min(number, last), 0, above) if above.isValid() else above

    def _list_heads(self) -> Iterator[tuple[QModelIndex, ResultRow]]:
        """Yield the lines that have others below them."""
        waiting = [self.model.index(row, 0) for row in range(self.model.rowCount())]
        while waiting:
            index = waiting.pop()
            count = self.model.rowCount(index)
            if count:
                yield index, index.data(ROW)
                waiting += [self.model.index(row, 0, index) for row in range(count)]

    def refresh(self, change: Change) -> None:
        if self.isVisible():
            self._show_summary()

    def _show_summary(self) -> None:
        checks = self.document.checks
        run = checks.answer
        text = _LOOKING
        if run is not None:
            text = describe_counts(run) if run.results else _NOTHING
            if not checks.is_fresh:
                text += f" – {_LOOKING.lower()}"
        self.summary.setText(text)
        self.summary.setVisible(not checks.problem)

    # -- what the person does

    @Slot(QModelIndex)
    def _on_current_changed(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() else None
        self.card.show_row(row if isinstance(row, ResultRow) else None)
        self._card_area.setVisible(not self.card.isHidden())
        self._make_room()

    def _make_room(self) -> None:
        """Give the card the height of its texts, but never most of the page."""
        height = self._split.height() - self._split.handleWidth()
        wanted = self.card.heightForWidth(self._card_area.viewport().width())
        card = min(wanted, height * 2 // 3)
        self._split.setSizes([height - card, card])

    @Slot(object)
    def _on_row_entered(self, row: ResultRow) -> None:
        if row.result is not None:
            self.passage_wanted.emit(row.result.place)


class _Tree(QTreeView):
    """Enter and double click go where a result is."""

    row_entered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.setAccessibleName("Results of the checks")
        self.setToolTip("Enter or double-click shows a result in its field")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(True)
        self.doubleClicked.connect(self._enter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, or opens a heading."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            row = index.data(ROW)
            if isinstance(row, ResultRow) and row.result is None:
                self.setExpanded(index, not self.isExpanded(index))
            else:
                self._enter(index)
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _enter(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, ResultRow):
            self.row_entered.emit(row)
