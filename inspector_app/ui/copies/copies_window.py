"""The window “Files on this computer”: what there is of each inspection, and removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTreeView,
    QWidget,
)

from inspector_app.domain.dates import to_local
from inspector_app.domain.local_copies import describe_copies, describe_size
from inspector_app.files import make_file_name
from inspector_app.texts import pluralise
from inspector_app.ui.copies.copies_model import ROW, CopiesModel, CopyColumn, CopyRow
from inspector_app.ui.copies.copy_card import CopyCard, get_opened_copy
from inspector_app.ui.copies.copy_labels import describe_retention, name_inspection
from inspector_app.ui.copies.removal import RemovalPanel
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import (
    STRETCH,
    add_all,
    make_column,
    make_row,
    make_scroll_area,
)
from inspector_app.ui.widgets.show_in_folder import show_in_folder
from inspector_app.ui.widgets.tree_indents import TreeIndents
from inspector_app.ui.widgets.window_sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from PySide6.QtCore import QObject

    from inspector_app.document.copies import LocalCopies
    from inspector_app.domain.local_copies import Copy, Holdings, InspectionCopies, Removal
    from inspector_app.ui.prompts import Prompts

_SIZE = (1000, 680)
_WIDEST = {
    CopyColumn.SIZE: "1000.0 MB",
    CopyColumn.LAST_CHANGED: "24 September 2026, 24:00",
}
"""What a column has room for."""
_LEAST_LINES = 5
_LEAST_NAME, _LEAST_PLACE = 40, 20
"""Letters that what something is, and where, have room for."""
_PATIENCE = 400
"""Milliseconds after which it is said that something is under way."""
_ABOUT = (
    "Inspector keeps second copies of what you type, so that nothing is lost. These are all the "
    "copies on this computer, by inspection. Inspector sends none of them anywhere."
)


class CopiesWindow(QDialog):
    """Lists copies, and does with one what the person says. Esc leaves what is asked, then it.

    What is under way goes on while it is closed.
    """

    open_wanted = Signal(object)
    """An inspection is to be opened; carries the path of its file."""
    forgotten = Signal(object)
    """Inspections were removed; carries the paths of their files, whether these are gone or not."""

    def __init__(
        self,
        copies: LocalCopies,
        prompts: Prompts,
        list_files: Callable[[], Iterable[Path]],
        get_titles: Callable[[], Mapping[str, str]],
        get_days: Callable[[], int],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        """Make it; `show_all` lists what there is.

        Args:
            copies: What does the work.
            prompts: What asks the person.
            list_files: Gives inspection files that are known otherwise.
            get_titles: Gives what inspections that are open are called, by id.
            get_days: Gives how long backups of closed inspections stay.
            folder: Where copies are proposed to lie, when nothing says better.
            parent: The window that it belongs to.
        """
        super().__init__(parent)
        self._copies = copies
        self._prompts = prompts
        self._list_files = list_files
        self._get_titles = get_titles
        self._get_days = get_days
        self._folder = folder
        self._opens = False
        """Whether the copy that is being written is to be opened."""
        self._is_removing = False
        """Whether what is under way removes something."""
        self._going: tuple[tuple[Copy, ...], InspectionCopies | None] = ((), None)
        self._wanted = ""
        """Key of the line that is to be selected once all is listed."""
        self.setObjectName("copies_window")
        self.setWindowTitle("Files on this computer")
        self._build()
        self._connect()
        self._refresh()

    def _build(self) -> None:
        self.model = CopiesModel(self)
        self.tree = QTreeView(self)
        self.tree.setObjectName("copies_tree")
        self.tree.setAccessibleName("Copies, by inspection")
        self.tree.setToolTip("Up and Down; Right shows what there is of an inspection")
        TreeIndents(self.tree)
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        header = self.tree.header()
        header.setStretchLastSection(False)
        metrics = self.tree.fontMetrics()
        for column in _WIDEST:
            self.tree.setColumnWidth(column, self._measure(column))
        header.setSectionResizeMode(CopyColumn.WHERE, QHeaderView.ResizeMode.Stretch)
        self.tree.viewport().installEventFilter(self)
        self.tree.setMinimumHeight(_LEAST_LINES * metrics.height() * 2)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.card = CopyCard(self)
        self.removal = RemovalPanel(self)
        self.removal.hide()
        self.problem = make_label("", "problem", self, "copies_problem")
        self.outcome = make_label("", "hint", self, "copies_result")
        self._progress = QProgressBar(self, textVisible=False)
        self._progress.setObjectName("copies_progress")
        self._progress.setAccessibleName("Progress")
        self._progress.setRange(0, 100)
        self._cancel = make_button("S&top", "copies_stop", "Stop what is in progress", self)
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._total = make_label("", "label", self, "copies_total")
        self._retention = make_label("", "hint", self, "copies_retention")
        self._close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        button = self._close.button(QDialogButtonBox.StandardButton.Close)
        button.setObjectName("copies_close")
        button.setToolTip("Close (Esc)")
        self._lay_out()
        for push in self.findChildren(QPushButton):
            # Enter belongs to the button with the focus.
            push.setAutoDefault(False)
        self.resize(fit_size(self, *_SIZE))

    def _lay_out(self) -> None:
        busy = make_row(None, (self._progress, 1), self._cancel)
        margins = (3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        content = QWidget(self)
        add_all(
            make_column(content, margins=margins),
            make_label("Files on this computer", "title", self),
            make_label(_ABOUT, "hint", self),
            (self.tree, 1),
            self.card,
            self.removal,
            busy,
            self.problem,
            self.outcome,
            self._total,
            self._retention,
        )
        # On a small screen it scrolls; the button that closes it stays.
        area = self._area = make_scroll_area(content, self)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = make_row(None, STRETCH, self._close, margins=margins)
        make_column(self, (area, 1), foot, spacing=0)

    def _connect(self) -> None:
        copies = self._copies
        copies.listed.connect(self._on_listed)
        copies.removed.connect(self._on_removed)
        copies.written.connect(self._on_written)
        copies.refused.connect(self._on_refused)
        copies.stopped.connect(self._on_stopped)
        copies.progress.connect(self._on_progress)
        copies.busy_changed.connect(self._refresh)
        self._cancel.clicked.connect(copies.cancel)
        self._slow.timeout.connect(self._refresh)
        self._close.rejected.connect(self.reject)
        self.tree.selectionModel().currentChanged.connect(self._on_chosen)
        self.tree.activated.connect(self._on_activated)
        self.card.show_wanted.connect(show_in_folder)
        self.card.open_wanted.connect(self._on_open)
        self.card.save_wanted.connect(self._on_save)
        self.card.remove_wanted.connect(self._on_remove)
        self.removal.wanted.connect(self._on_remove_wanted)
        self.removal.unwanted.connect(self._leave_removal)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._copies.is_busy

    def show_all(self, inspection: str = "") -> None:
        """List what there is now, with an inspection selected where its id is given."""
        if inspection:
            self._wanted = f"inspection {inspection}"
        self.problem.clear()
        self.outcome.clear()
        self._list()

    def _list(self) -> None:
        row = self._get_row()
        if row is not None and not self._wanted:
            self._wanted = row.key
        self._is_removing = False
        self._copies.list_all(self._list_files(), self._get_titles())

    def _get_row(self) -> CopyRow | None:
        row = self.tree.currentIndex().data(ROW)
        return row if isinstance(row, CopyRow) else None

    # -- what comes of it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the width of the list anew."""
        if event.type() == QEvent.Type.Resize:
            self._share_width()
        return super().eventFilter(watched, event)

    def _measure(self, column: CopyColumn) -> int:
        return self.tree.fontMetrics().horizontalAdvance(_WIDEST[column]) + 3 * SPACE

    def _share_width(self) -> None:
        """Leave out what the card says, too, where names would have too little room."""
        tree = self.tree
        letter = tree.fontMetrics().averageCharWidth()
        room = tree.viewport().width() - self._measure(CopyColumn.SIZE)
        dated = room - self._measure(CopyColumn.LAST_CHANGED)
        has_place = dated >= (_LEAST_NAME + _LEAST_PLACE) * letter
        has_date = dated >= _LEAST_NAME * letter
        tree.setColumnHidden(CopyColumn.WHERE, not has_place)
        tree.setColumnHidden(CopyColumn.LAST_CHANGED, not has_date)
        name = dated if has_date else room
        if has_place:
            wanted = tree.sizeHintForColumn(CopyColumn.WHAT)
            name = min(max(wanted, _LEAST_NAME * letter), dated - _LEAST_PLACE * letter)
        tree.setColumnWidth(CopyColumn.WHAT, name)

    @Slot(object)
    def _on_listed(self, holdings: Holdings) -> None:
        self.model.show_holdings(holdings)
        count = len([item for item in holdings.inspections if item.id])
        inspections = pluralise(count, "inspection")
        self._total.setText(f"{describe_size(holdings.size)} in total, of {inspections}")
        self._retention.setText(describe_retention(self._get_days(), self._copies.last_look))
        index = self.model.find(self._wanted)
        self._wanted = ""
        if not index.isValid():
            index = self.model.index(0, 0)
        self.tree.setCurrentIndex(index)
        self.tree.expand(index)
        self._share_width()
        self._refresh()

    @Slot(object)
    def _on_removed(self, removal: Removal) -> None:
        chosen, whole = self._going
        count = len(removal.removed)
        self.outcome.setText(f"Removed: {describe_copies(count, removal.freed)}.")
        self.problem.setText(
            "\n".join(f"Still there: {item.copy.path}: {item.reason}." for item in removal.failed)
        )
        gone = [copy.path for copy in removal.removed if copy.kind in {"file", "rescued"}]
        if whole is not None and not removal.failed:
            gone += [copy.path for copy in whole.list_kind("file", "rescued")]
            gone += whole.missing
        if gone:
            self.forgotten.emit(tuple(gone))
        files = [copy for copy in removal.no_bin if copy in chosen]
        if files and self._prompts.confirm(
            "There is no recycle bin where the inspection file is. Delete the file permanently?",
            "\n".join(str(copy.path) for copy in files) + "\n\nYou cannot get it back.",
            "Delete permanently",
        ):
            self._going = (tuple(files), whole)
            self._copies.delete(files, whole)
            return
        self._list()

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        if self._opens:
            self.open_wanted.emit(path)
        else:
            self._prompts.show_written("A copy was saved.", path)
        self._list()

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self.problem.setText(reason)
        self._refresh()

    @Slot()
    def _on_stopped(self) -> None:
        if self._is_removing:
            self.outcome.setText("Stopped. The list shows what there is now.")
            self._list()
        else:
            self.outcome.setText("Stopped. The list may be incomplete.")
            self._refresh()

    @Slot(float)
    def _on_progress(self, share: float) -> None:
        self._progress.setValue(round(100 * share))

    @Slot()
    def _refresh(self) -> None:
        busy = self._copies.is_busy
        if busy and self.sender() is not self._slow:
            self._slow.start()
        elif not busy:
            self._slow.stop()
            self._progress.setValue(0)
        shown = busy and self.sender() is self._slow
        self._progress.setVisible(shown)
        self._cancel.setVisible(shown)
        for label in (self.problem, self.outcome):
            label.setVisible(bool(label.text()))
        self.card.show_row(self._get_row(), busy=busy)

    # -- what the person does

    @Slot(QModelIndex)
    def _on_chosen(self) -> None:
        self._leave_removal()
        self.card.show_row(self._get_row(), busy=self._copies.is_busy)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        first = index.siblingAtColumn(CopyColumn.WHAT)
        self.tree.setExpanded(first, not self.tree.isExpanded(first))

    @Slot()
    def _on_open(self) -> None:
        row = self._get_row()
        copy = get_opened_copy(row)
        if copy is None or row is None or row.inspection is None:
            return
        if copy.kind == "file":
            self.open_wanted.emit(copy.path)
            return
        target = self._prompts.ask_new_inspection(self._propose(row.inspection, copy))
        self._write(copy, target, opens=True)

    @Slot()
    def _on_save(self) -> None:
        row = self._get_row()
        copy = get_opened_copy(row)
        if copy is not None and row is not None and row.inspection is not None:
            target = self._prompts.ask_copy(self._propose(row.inspection, copy))
            self._write(copy, target, opens=False)

    def _write(self, copy: Copy, target: Path | None, *, opens: bool) -> None:
        if target is not None:
            self._opens = opens
            self.problem.clear()
            row = self._get_row()
            known = row.inspection.id if row is not None and row.inspection is not None else ""
            self._copies.write_copy(copy, target, known)

    def _propose(self, inspection: InspectionCopies, copy: Copy) -> Path:
        """Return a name for a copy, beside the inspection, that says of when it is."""
        beside = [item.path for item in inspection.list_kind("file")] or list(inspection.missing)
        name = make_file_name(name_inspection(inspection), "Inspection")
        when = to_local(copy.when)
        folder = beside[0].parent if beside else self._folder
        return folder / f"{name} ({when:%Y-%m-%d %H%M}).inspection"

    @Slot()
    def _on_remove(self) -> None:
        row = self._get_row()
        if row is not None and row.copies:
            self.problem.clear()
            self.outcome.clear()
            self._refresh()
            self.card.hide()
            self.removal.show()
            self.removal.ask(row)
            # Its place is known once it is laid out.
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.removal))

    @Slot()
    def _on_remove_wanted(self) -> None:
        self._going = (self.removal.chosen, self.removal.whole)
        self._leave_removal()
        self._is_removing = True
        self._copies.remove(*self._going)

    @Slot()
    def _leave_removal(self) -> None:
        if not self.removal.isHidden():
            self.removal.hide()
            self.card.show()
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Qt

    def reject(self) -> None:
        """Leave what is asked; where nothing is, close."""
        if not self.removal.isHidden():
            self._leave_removal()
        else:
            super().reject()
