"""Find and replace over the whole inspection, as a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.document.slices import Slices
from inspector_app.domain.change import Change
from inspector_app.domain.search.replace import draft_replacement, name_replacement
from inspector_app.domain.search.search import gather
from inspector_app.texts import pluralise
from inspector_app.ui.find.find_bar import FindBar
from inspector_app.ui.find.hit_list import HitList
from inspector_app.ui.find.hit_model import HitModel, group_found
from inspector_app.ui.widgets.keys import Keys, name_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import add_all, make_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.entities import AnyEntity
    from inspector_app.domain.search.replace import Spot
    from inspector_app.domain.search.search import Found, Scope, SearchIndex
    from inspector_app.ui.find.hit_model import HitKey
    from inspector_app.ui.find.titles import PlaceTitles

_TYPING = 120
"""Milliseconds after a letter in which another one may follow."""
_EDITING = 300
"""Milliseconds after a change of the inspection, which may be typing somewhere."""
_SLICE = 6
"""Milliseconds of searching between two events."""
_START = "Type what to find. Accents, kinds of quotation mark and line breaks make no difference."


class FindPanel(QWidget):
    """Searches as one types, lists the hits by place, goes to them and replaces them."""

    hit_wanted = Signal(object, bool)
    """The person wants to see a hit; carries the `Spot`, and whether the cursor goes there."""
    left = Signal()
    """Escape was pressed."""

    def __init__(
        self,
        document: InspectionDocument,
        titles: PlaceTitles,
        index: SearchIndex,
        settings: QSettings,
    ) -> None:
        """Make the panel of an open inspection.

        Args:
            document: The inspection.
            titles: Names the places of the window.
            index: What was folded of the inspection so far.
            settings: Where options are remembered.
        """
        super().__init__()
        self._document = document
        self._titles = titles
        self._index = index
        self._stale = False
        self._visited: HitKey | None = None
        """The hit that was gone to last."""
        self._row = 0
        """Where in the list the person was."""
        self._message = ""
        self.setObjectName("find_panel")
        self.setAccessibleName("Find")
        self._build(settings)
        self._connect()
        self._refresh()

    def _build(self, settings: QSettings) -> None:
        self.bar = FindBar(settings, self)
        self.bar.show_replacing(False)
        self._state = make_label("", "hint", self, "find_state")
        self._results = HitModel(lambda: self._document.inspection, self)
        self._list = HitList(self._results, self)
        # Qt asks for more, and a low window would grow.
        self._list.setMinimumHeight(self._list.fontMetrics().height() + SPACE)
        self._slices = Slices(_SLICE, self)
        layout = make_column(self, margins=(3 * SPACE // 2, SPACE, 3 * SPACE // 2, SPACE))
        add_all(layout, self.bar, self._state, (self._list, 1))
        # Where nothing is listed the fields stay at the top.
        layout.addStretch(0)

    def _connect(self) -> None:
        self.bar.query_changed.connect(self._on_query_changed)
        self.bar.step_wanted.connect(self.step)
        self.bar.list_wanted.connect(self._on_list_wanted)
        self.bar.replace_wanted.connect(self._on_replace)
        self.bar.replace_all_wanted.connect(self._on_replace_all)
        self._list.hit_wanted.connect(lambda row: self._go(row, focus=True))
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._results.dataChanged.connect(self._refresh)
        self._document.changed.connect(self._on_document_changed)

    # -- from outside

    def start(self, text: str, *, replacing: bool) -> None:
        """Take the cursor, to find a text or what was found last."""
        self.bar.show_replacing(replacing)
        self._results.set_checkable(replacing and self._document.can_edit)
        if text:
            self.bar.set_text(text)
        self.bar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.text.selectAll()
        self._refresh()

    @property
    def has_text(self) -> bool:
        """Whether there is something to find."""
        return bool(self.bar.text.text())

    @Slot(int)
    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) hit; the cursor stays in the panel if it is there."""
        self._search_now()
        current = self._list.currentIndex().row()
        # The first hit of a new search is marked, but nobody has been there yet.
        fresh = self._visited is None and step > 0 and self._results.get_key(current) is not None
        row = current if fresh else self._results.find_next(current, step)
        if row is not None:
            self._go(row, focus=not self._has_focus())

    def follow_page(self) -> None:
        """Search again where this page is searched and another one is shown now."""
        if self.bar.scope == "page":
            self._search(_TYPING)

    # -- searching

    def _steps(self) -> Iterator[Found | None]:
        scope = self.bar.scope
        known: Scope = "everything" if scope == "page" else scope
        wanted = self._is_on_page if scope == "page" else None
        return self._index.steps(self._document.inspection, self.bar.query, known, wanted)

    def _is_on_page(self, entity: AnyEntity) -> bool:
        return self._titles.is_on_page(entity.id, self._document.inspection)

    def _search(self, wait: int) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._start_search(wait)

    def _start_search(self, wait: int = 0) -> None:
        self._stale = False
        self._titles.forget()
        self._slices.start(gather(self._steps()), self._on_finished, wait=wait)

    def _search_now(self) -> None:
        """Have the results of what is typed and of the inspection as it is."""
        if self._stale:
            self._start_search()
        self._slices.finish()

    @Slot()
    def _on_query_changed(self) -> None:
        self._visited = None
        self._row = 0
        self._message = ""
        self._results.tick_all()
        self._search(_TYPING)

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        self._message = ""
        self._search(_EDITING)

    def _on_finished(self, found: Sequence[Found]) -> None:
        visited, row = self._visited, self._row
        inspection = self._document.inspection
        groups = group_found(found, lambda entity: self._titles.name(entity, inspection))
        self._results.show_groups(groups)
        place = self._results.find_row(visited) if visited is not None else None
        if place is None:
            # What was current is gone: the one in its place.
            self._visited = None
            place = self._results.find_next(min(row, self._results.rowCount()) - 1, 1)
        if place is not None:
            self._list.select_row(place)
        self._refresh()

    # -- going

    def _go(self, row: int, *, focus: bool) -> None:
        spot = self._results.get_spot(row)
        if spot is None:
            return
        self._list.select_row(row)
        self._remember(row)
        self.hit_wanted.emit(spot, focus)

    def _remember(self, row: int) -> None:
        self._visited, self._row = self._results.get_key(row), row

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @Slot()
    def _on_current_changed(self) -> None:
        if self._list.hasFocus():
            self._remember(self._list.currentIndex().row())
        self._refresh()

    @Slot()
    def _on_list_wanted(self) -> None:
        self._search_now()
        if self._results.hits:
            self._list.setFocus(Qt.FocusReason.TabFocusReason)

    # -- replacing

    @Slot()
    def _on_replace(self) -> None:
        """Replace the hit that is marked, and go to the next one."""
        if not self._document.can_edit or not self.bar.replaces:
            return
        self._search_now()
        row = self._list.currentIndex().row()
        spot = self._results.get_spot(row)
        if spot is None:
            return
        replacement = self.bar.replacement.text()
        if self._replace([spot]):
            self._visited, self._row = None, row
            self._search_now()
            # What was just put in is not gone to, even where it holds what is searched.
            behind = spot.span.start + len(replacement)
            following = self._results.find_behind(spot, behind, row)
            if following is not None:
                self._go(following, focus=False)

    @Slot()
    def _on_replace_all(self) -> None:
        if not self._document.can_edit or not self.bar.replaces:
            return
        self._search_now()
        self._replace(list(self._results.iterate_ticked()))
        self._search_now()

    def _replace(self, spots: Sequence[Spot]) -> int:
        """Replace hits in one step, and return how many there were."""
        document, replacement = self._document, self.bar.replacement.text()
        drafted = draft_replacement(document.inspection, spots, replacement)
        if drafted.edits:
            label = name_replacement(self.bar.query.text, replacement, drafted.replaced)
            document.apply(Change(label=label, who=document.who, edits=drafted.edits))
        places = pluralise(drafted.replaced, "place")
        self._message = f"Replaced in {places}. {name_key(Keys.UNDO)} undoes it."
        self._stale = True
        return drafted.replaced

    # -- showing

    @Slot()
    def _refresh(self) -> None:
        hits, ticked = self._results.hits, self._results.ticked
        self._list.setVisible(hits > 0)
        self._state.setText(f"{self._describe()} {self._message}".strip())
        for button in (self.bar.next, self.bar.previous):
            button.setEnabled(hits > 0)
        can_edit = self._document.can_edit
        reason = "" if can_edit else self._document.read_only_reason
        self.bar.replace.setEnabled(can_edit and hits > 0)
        self.bar.replace_all.setEnabled(can_edit and ticked > 0)
        self.bar.replacement.setReadOnly(not can_edit)
        self.bar.replace_all.setText(
            "Replace all" if ticked == hits else f"Replace {ticked} of {hits}"
        )
        self.bar.replace.setToolTip(reason or "Replace this match and go to the next (Enter)")
        self.bar.replace_all.setToolTip(reason or "Replace all ticked matches at once")

    def _describe(self) -> str:
        hits, groups = self._results.hits, self._results.groups
        if not self.has_text:
            return _START
        if not hits:
            where = self.bar.where.currentText().lower()
            return "" if self._slices.is_running else f"Not found. Searched: {where}."
        return f"{pluralise(hits, 'match', 'matches')} in {pluralise(groups, 'place')}."

    # -- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._search(0)
