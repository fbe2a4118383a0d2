"""The outline on the left: every page of the inspection, with a mark of how far it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from inspector_app.domain.change import WHOLE
from inspector_app.domain.entities import Details, KeyQuestion, Section, Topic
from inspector_app.domain.word_counts import count_all_words
from inspector_app.texts import pluralise
from inspector_app.ui.outline.entries import CHECKS, RATINGS, OutlineEntry, list_entries
from inspector_app.ui.outline.page_finder import PageFinder
from inspector_app.ui.outline.progress import Progress, count_checks, measure, measure_checks
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.labels import make_tip
from inspector_app.ui.widgets.theme import get_colour
from inspector_app.ui.widgets.tree_indents import TreeIndents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change, Edit

_MARK = 14
_ID = Qt.ItemDataRole.UserRole
_STATE = Qt.ItemDataRole.UserRole + 1
_TIP = Qt.ItemDataRole.UserRole + 2
_NAMED_BY = {
    *("title", "topic", "parent", "position", "location_name", "key_question", "form", WHOLE),
}


class Outline(QTreeWidget):
    """Shows the pages of an inspection and says which one is wanted."""

    entry_wanted = Signal(str)
    """The person moved to an entry; the focus stays here."""
    entry_entered = Signal(str)
    """The person pressed Enter on an entry: the focus goes there."""
    entries_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[OutlineEntry, ...] = ()
        self._document: InspectionDocument | None = None
        self._items: dict[str, QTreeWidgetItem] = {}
        self._shortcuts: Mapping[str, str] = {}
        self._gaps: Mapping[str, int] = {}
        """How many gaps an entry has, those of its topics included."""
        self._checks: Mapping[str, int] = {}
        """How many open errors and warnings it has, likewise."""
        self.setObjectName("outline")
        self.setAccessibleName("Outline")
        panes = f"{name_key(Keys.NEXT_PANE)}: outline, page, panels"
        self.setToolTip(f"Arrow keys show a page, Enter goes into it ({panes})")
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(0)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        TreeIndents(self, 14)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(True)
        self.setMinimumWidth(120)
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemClicked.connect(self._on_item_clicked)

    def show_document(self, document: InspectionDocument | None) -> None:
        """Show the outline of an inspection, or none."""
        self._document = document
        if document is not None:
            document.changed.connect(self._on_document_changed)
            document.checks.changed.connect(self._on_checks_changed)
            document.gaps.changed.connect(self._on_gaps_changed)
        self.list_again()

    def list_again(self) -> None:
        """List what there is now: another inspection, or another edition of its framework."""
        document = self._document
        self.entries = list_entries(document) if document is not None else ()
        self._count()
        self._rebuild()

    def show_shortcuts(self, shortcuts: Mapping[str, str]) -> None:
        """Name the keys of entries, by the id of the entry, in their tooltips."""
        self._shortcuts = shortcuts
        self._refresh_marks()

    def select(self, entry: str) -> None:
        """Mark an entry as the one that is shown."""
        item = self._items.get(entry)
        if item is not None and item is not self.currentItem():
            with QSignalBlocker(self):
                self.setCurrentItem(item)

    def find_entry(self, id_: str) -> OutlineEntry | None:
        """Return the entry of that id."""
        return next((entry for entry in self.walk() if entry.id == id_), None)

    def walk(self) -> Iterator[OutlineEntry]:
        """Yield all entries, each before its topics."""
        for entry in self.entries:
            yield entry
            yield from entry.topics

    # -- showing

    def _rebuild(self) -> None:
        current = self._get_id(self.currentItem())
        opened = {id_ for id_, item in self._items.items() if item.isExpanded()}
        with QSignalBlocker(self):
            self.clear()
            self._items.clear()
            group = ""
            for entry in self.entries:
                if entry.group != group:
                    group = entry.group
                    self._add_heading(group)
                item = self._add(entry, None)
                for topic in entry.topics:
                    self._add(topic, item)
                item.setExpanded(entry.id in opened)
            if current in self._items:
                self.setCurrentItem(self._items[current])
        self._refresh_marks()
        self.entries_changed.emit()

    def _add_heading(self, text: str) -> None:
        item = QTreeWidgetItem(self, [text])
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFirstColumnSpanned(True)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setBold(True)
        item.setFont(0, font)
        item.setForeground(0, QBrush(QColor(get_colour("quiet_text"))))

    def _add(self, entry: OutlineEntry, parent: QTreeWidgetItem | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([entry.title])
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        item.setData(0, _ID, entry.id)
        item.setForeground(1, QBrush(QColor(get_colour("attention"))))
        self._items[entry.id] = item
        return item

    def _refresh_marks(self, ids: set[str] | None = None) -> None:
        """Measure again how far entries are: those of some ids, or all."""
        if self._document is None:
            return
        inspection, framework = self._document.inspection, self._document.framework
        for entry in self.walk():
            if ids is not None and entry.id not in ids:
                continue
            gaps, checks = self._gaps.get(entry.id, 0), self._checks.get(entry.id, 0)
            progress = measure(entry, inspection, framework, gaps + checks)
            if entry.id == CHECKS:
                progress = measure_checks(self._document.checks.answer)
            item = self._items[entry.id]
            if ids is not None and item.data(0, _STATE) == (progress, gaps, checks):
                # With every letter typed; hardly ever is there another mark to paint.
                continue
            item.setData(0, _STATE, (progress, gaps, checks))
            item.setText(1, f"[{gaps}]" if gaps else "")
            item.setIcon(0, draw_mark(progress, self.palette().text().color()))
            state = ", ".join(_describe(progress, gaps, checks))
            name = f"{entry.title}, {state}" if state else entry.title
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, name)
            key = self._shortcuts.get(entry.id)
            words = f"{entry.title}: {state}" if state else entry.title
            item.setData(0, _TIP, words + (f" ({key})" if key else ""))
            item.setToolTip(0, make_tip(item.data(0, _TIP)))

    # -- following the document

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        document = self._document
        if document is None or self.sender() is not document:
            return
        if any(self._may_rename(edit) for edit in change.edits):
            entries = list_entries(document)
            if entries != self.entries:
                self.entries = entries
                self._count()
                self._rebuild()
                return
        touched = {RATINGS, "details", "actions", "notices", "evidence", "report"}
        for edit in change.edits:
            touched.update(self._find_touched(edit))
        self._refresh_marks(touched)

    @Slot()
    def _on_checks_changed(self) -> None:
        if self._document is not None and self.sender() is self._document.checks:
            before = self._checks
            self._count()
            self._refresh_marks({CHECKS, *_list_differing(before, self._checks)})

    @Slot()
    def _on_gaps_changed(self) -> None:
        if self._document is None or self.sender() is not self._document.gaps:
            return
        before = self._gaps
        self._count()
        self._refresh_marks(_list_differing(before, self._gaps))

    def _count(self) -> None:
        """Count what is open of each entry."""
        document = self._document
        self._gaps, self._checks = {}, {}
        if document is None:
            return
        finder = PageFinder(list(self.walk()))
        gaps: Counter[str] = Counter()
        for entity, count in document.gaps.count_by_entity().items():
            entry = finder.find(entity, document.inspection)
            if entry is not None:
                gaps[entry.id] += count
        self._gaps = self._add_topics(gaps)
        self._checks = self._add_topics(
            count_checks(document.checks.answer, finder, document.inspection)
        )

    def _add_topics(self, counts: Mapping[str, int]) -> Mapping[str, int]:
        """Return what is counted, that of topics on their key question, too."""
        total = Counter(counts)
        for entry in self.entries:
            for topic in entry.topics:
                total[entry.id] += counts.get(topic.id, 0)
        return total

    def _may_rename(self, edit: Edit) -> bool:
        if edit.field not in _NAMED_BY or self._document is None:
            return False
        found = self._document.inspection.find(edit.entity)
        return found is None or isinstance(found, Details | KeyQuestion | Section | Topic)

    def _find_touched(self, edit: Edit) -> Iterator[str]:
        """Yield the ids of the entries whose part an edit touched."""
        inspection = self._document.inspection if self._document else None
        id_ = edit.entity
        parents = [edit.before] if edit.field == "parent" else []
        if isinstance(edit.before, dict):
            parents.append(edit.before.get("parent"))
        places = [id_, *(parent for parent in parents if isinstance(parent, str))]
        by_entity = {entry.entity: entry.id for entry in self.walk() if entry.entity}
        for place in places:
            while inspection is not None and place:
                if place in by_entity:
                    yield by_entity[place]
                found = inspection.find(place)
                place = found.parent if found is not None else ""
        if edit.field.startswith(("ratings.", "judgements.")):
            yield f"key_question/{edit.field.partition('.')[2]}"

    # -- Qt

    @Slot(object, object)
    def _on_current_changed(self, current: QTreeWidgetItem | None, _: object) -> None:
        if id_ := self._get_id(current):
            self.entry_wanted.emit(id_)

    @Slot(object)
    def _on_item_clicked(self, item: QTreeWidgetItem) -> None:
        # What is in a panel shows by the cursor that goes there: the page stays as it is.
        if self._get_id(item) == RATINGS:
            self.entry_entered.emit(RATINGS)

    def _get_id(self, item: QTreeWidgetItem | None) -> str:
        return str(item.data(0, _ID) or "") if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if id_ := self._get_id(self.currentItem()):
                self.entry_entered.emit(id_)
            return
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say how many words a part has, when somebody points at it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self.itemAt(event.pos())
            entry = self.find_entry(self._get_id(item))
            inspection = self._document.inspection if self._document is not None else None
            # Everything is below the details; the status bar has its words.
            if item and entry and inspection and entry.entity not in {"", inspection.id}:
                words = pluralise(count_all_words(inspection, entry.entity), "word")
                item.setToolTip(0, make_tip(f"{item.data(0, _TIP)}\n{words}"))
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Marks are painted in the colour of the text."""
        if event.type() == QEvent.Type.PaletteChange and self._items:
            self._rebuild()
        super().changeEvent(event)


def _list_differing(before: Mapping[str, int], after: Mapping[str, int]) -> set[str]:
    return {id_ for id_ in {*before, *after} if before.get(id_, 0) != after.get(id_, 0)}


def _describe(progress: Progress | None, gaps: int, checks: int) -> Iterator[str]:
    """Yield what there is to say of an entry."""
    if progress is not None:
        yield progress
    if gaps:
        yield f"{pluralise(gaps, 'gap')} to fill in"
    if checks:
        yield f"{pluralise(checks, 'check')} open"


def draw_mark(progress: Progress | None, colour: QColor) -> QIcon:
    """Return the mark: a ring, a ring half full, a full disc with a tick; None: no mark."""
    scale = 3
    pixmap = QPixmap(_MARK * scale, _MARK * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.setPen(QPen(colour, 1.3))
    if progress == "complete":
        painter.setBrush(colour)
    if progress is not None:
        painter.drawEllipse(2, 2, 10, 10)
    if progress == "begun":
        painter.setBrush(colour)
        painter.drawPie(2, 2, 10, 10, 90 * 16, 180 * 16)
    elif progress == "complete":
        ground = QColor("white" if colour.lightnessF() < 0.5 else "black")
        painter.setPen(QPen(ground, 1.5))
        painter.drawPolyline([QPoint(4, 7), QPoint(6, 9), QPoint(10, 5)])
    painter.end()
    return QIcon(pixmap)
