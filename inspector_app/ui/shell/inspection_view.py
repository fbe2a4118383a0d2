"""Going about an inspection: outline, pages, preview and the keys that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from inspector_app.domain.search.search import SearchIndex
from inspector_app.ui.blocks.sentence_cursor import SentenceCursor
from inspector_app.ui.opening.last_place import (
    get_last_place,
    read_last_place,
    show_last_place,
    store_last_place,
)
from inspector_app.ui.opening.recent_files import get_recent_facts
from inspector_app.ui.outline.entries import NEW_VERSION, RATINGS, VERSIONS
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.outline.page_finder import (
    find_entry_of,
    find_entry_of_removed,
    list_headings,
    list_printed,
)
from inspector_app.ui.preview.preview_panel import PreviewPanel
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.shell.workspace import Workspace
from inspector_app.ui.widgets.layouts import discard
from inspector_app.ui.widgets.panes import focus_pane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.outline.entries import OutlineEntry
    from inspector_app.ui.pages.page import Page
    from inspector_app.ui.shell.commands import WindowParts


class InspectionView(Commands):
    """Keeps outline, page and preview of a window on the same place."""

    ratings_wanted = Signal(bool)
    """The ratings panel is to be seen; carries whether it takes the focus."""

    text_wanted = Signal()
    """A page is to be seen and typed on, whatever stands in its place."""

    reopen_wanted = Signal()
    """The person wants to change a published inspection."""

    writing_wanted = Signal()
    """The person wants to write an inspection that is shown as a copy."""

    capture_wanted = Signal()
    """The person wants to take a note."""

    document_shown = Signal(object)
    """Another inspection is shown; carries the `InspectionDocument`, or None."""

    passage_wanted = Signal(object)
    """The person wants to see the words that a check is about; carries the `Location`."""

    copies_wanted = Signal()
    """The person wants to see all copies that there are on this computer."""

    entry_shown = Signal(str)
    """An entry of the outline is shown; carries its id."""

    def __init__(self, parts: WindowParts, stack: QStackedWidget) -> None:
        super().__init__(parts)
        self._stack = stack
        self._workspace: Workspace | None = None
        self.index = SearchIndex()
        """What was folded so far of the inspection, for whoever searches it."""
        self.outline = Outline(parts.window)
        self.preview = PreviewPanel(parts.window)
        # Beside a page there is less room than on paper.
        self.preview.view.reduce()
        self.preview.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.outline.entry_wanted.connect(self.go_to)
        self.outline.entry_entered.connect(self.enter)
        self.outline.entries_changed.connect(self._refresh_entries)
        self.preview.place_clicked.connect(self._on_preview_clicked)
        self._cursor = SentenceCursor(parts.window, self)
        self._cursor.moved.connect(self._on_cursor_moved)
        parts.actions.back.triggered.connect(self._on_back)
        parts.actions.forward.triggered.connect(self._on_forward)
        parts.actions.keep_version.triggered.connect(self._on_keep_version)
        self._refresh_way()

    @property
    def entry(self) -> str:
        """Id of the entry that is shown."""
        return self._workspace.entry if self._workspace is not None else ""

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._workspace.page if self._workspace is not None else None

    @property
    def first_entry(self) -> str:
        """Id of the entry that an inspection starts with."""
        pages = [entry.id for entry in self.outline.entries if entry.id != RATINGS]
        return pages[0] if pages else ""

    def show_document(self, document: InspectionDocument | None) -> None:
        """Show an inspection, or none."""
        self._document = document
        if self._workspace is not None:
            self._stack.removeWidget(self._workspace)
            discard(self._workspace)
            self._workspace = None
        if document is not None:
            self._workspace = Workspace(document, self._prompts, self._actions.blocks, self._stack)
            self._workspace.page_made.connect(self._on_page_made)
            self._workspace.reopen_wanted.connect(self.reopen_wanted)
            self._workspace.writing_wanted.connect(self.writing_wanted)
            self._workspace.copy_wanted.connect(self._actions.save_copy.trigger)
            document.editable_changed.connect(self._on_editable_changed)
            document.edition_changed.connect(self._on_edition_changed)
            self._stack.addWidget(self._workspace)
            self._stack.setCurrentWidget(self._workspace)
        self._actions.blocks.show_document(document)
        self.preview.show_document(document)
        self.outline.show_document(document)
        self._refresh_way()
        self.index = SearchIndex()
        self.document_shown.emit(document)

    @Slot()
    def _on_editable_changed(self) -> None:
        """Show the place again in a page that can, or cannot, be edited."""
        if self._workspace is not None and self.sender() is self._document:
            entry = self._workspace.entry
            self._workspace.drop_pages()
            self.go_to(entry)

    @Slot()
    def _on_edition_changed(self) -> None:
        """Show outline and pages as the framework has them now."""
        if self._workspace is not None and self.sender() is self._document:
            entry = self._workspace.entry
            self.outline.list_again()
            self._workspace.drop_pages()
            if not self.go_to(entry):
                self.go_to(self.first_entry)

    def go_to_last_place(self) -> None:
        """Show the page that was shown when the inspection was closed, as it stood."""
        if self._document is None or self._workspace is None:
            return
        path = self._document.path
        if self.go_to(get_recent_facts(self._settings, path).entry):
            if self._workspace.page is not None:
                show_last_place(self._workspace.page, get_last_place(self._settings, path))
        else:
            # A new one: typing can begin.
            self.enter(self.first_entry)

    def remember(self) -> None:
        """Remember where the page stands, and how the person arranged the pages."""
        if self._document is None or self._workspace is None:
            return
        if self._workspace.page is not None:
            place = read_last_place(self._workspace.page)
            store_last_place(self._settings, self._document.path, place)
        for page in self._workspace.pages:
            if arrangement := page.read_arrangement():
                self._settings.setValue(f"pages/{page.objectName()}", arrangement)

    def show_again(self) -> None:
        """Come back from a page that is no inspection's."""
        if self._workspace is not None:
            self._stack.setCurrentWidget(self._workspace)

    @Slot(str)
    def go_to(self, id_: str, step: int = 0) -> bool:
        """Show an entry of the outline, and return whether there is one of that id."""
        entry = self.outline.find_entry(id_)
        if entry is None or self._workspace is None or self._document is None:
            return False
        self._stack.setCurrentWidget(self._workspace)
        if id_ == RATINGS:
            self.ratings_wanted.emit(False)
            self.outline.select(RATINGS)
            return True
        self.text_wanted.emit()
        page_of = self._get_page_entry(entry)
        self._workspace.show_entry(entry, page_of, step=step)
        if page_of is not entry:
            self.show_place(entry.entity)
        self.outline.select(id_)
        self.preview.follow(list_printed(entry, self._document.inspection))
        self._refresh_way()
        self.entry_shown.emit(id_)
        return True

    @Slot(str)
    def go_to_part(self, entity: str) -> bool:
        """Show the field of a part with the cursor in it; False where it is on no page."""
        document = self._document
        if document is None or self._workspace is None:
            return False
        inspection = document.inspection
        entry = find_entry_of(entity, inspection, list(self.outline.walk()))
        if entry is None:
            return False
        self.go_to(entry.id)
        parts = []
        found = inspection.find(entity)
        while found is not None and found.parent:
            parts.append(found.id)
            found = inspection.find(found.parent)
        page = self._workspace.page
        if not self.show_place(*parts or [entity]) and page is not None:
            focus_pane(page)
        return True

    def show_place(self, *places: str) -> bool:
        """Bring the first of some places into view that the page has; False: it has none."""
        page = self.page
        return page is not None and any(page.show_place(place) for place in places)

    @Slot(str)
    def _on_preview_clicked(self, entity: str) -> None:
        # It stays as it stands: the sentence that was clicked stays under the mouse.
        with self.preview.holding_still():
            self.go_to_part(entity)

    @Slot()
    def _on_cursor_moved(self) -> None:
        self.preview.follow_sentence(self._cursor.sentence)

    def show_change(self, change: Change) -> None:
        """Show the page that a change was made on, unless it is shown already."""
        document = self._document
        if document is None:
            return
        inspection, entries = document.inspection, list(self.outline.walk())
        for edit in change.edits:
            if inspection.find(edit.entity) is not None:
                entry = find_entry_of(edit.entity, inspection, entries)
            else:
                before = edit.before if isinstance(edit.before, dict) else {}
                entry = find_entry_of_removed(before, inspection, entries)
            if entry is not None and not edit.field.startswith(("ratings", "judgements")):
                current = self.outline.find_entry(self.entry)
                if current is None or self._get_page_entry(current) != self._get_page_entry(entry):
                    self.go_to(entry.id)
                return

    def _get_page_entry(self, entry: OutlineEntry) -> OutlineEntry:
        return next((item for item in self.outline.entries if entry in item.topics), entry)

    @Slot(str)
    def enter(self, id_: str) -> None:
        """Show an entry of the outline with the cursor in it."""
        self.go_to(id_)
        page = self._workspace.page if self._workspace is not None else None
        if id_ == RATINGS:
            self.ratings_wanted.emit(True)
        elif page is not None:
            focus = QApplication.focusWidget()
            # A topic has put the cursor in its place already. On what only scrolls it is no use.
            idle = (page, page.scroll_area)
            if focus is None or focus in idle or not page.isAncestorOf(focus):
                focus_pane(page)

    @Slot(object)
    def _on_page_made(self, page: Page) -> None:
        """Listen to a page, and arrange it as the person left it."""
        page.place_wanted.connect(self.go_to_part)
        page.passage_wanted.connect(self.passage_wanted)
        page.capture_wanted.connect(self.capture_wanted)
        page.copies_wanted.connect(self.copies_wanted)
        page.export_wanted.connect(self._actions.export.trigger)
        page.print_wanted.connect(self._actions.print.trigger)
        stored = self._settings.value(f"pages/{page.objectName()}")
        if isinstance(stored, list):
            page.arrange([part for part in stored if isinstance(part, QByteArray)])

    # -- keys and menus

    @Slot()
    def _refresh_entries(self) -> None:
        entries = self.outline.entries
        keys = self._actions.show_entries(entries)
        for action in self._actions.entries:
            action.triggered.connect(self._on_entry_action)
        self.outline.show_shortcuts(keys)
        if self._document is not None:
            document = self._document
            headings = list_headings(entries, document.framework, document.inspection)
            self.preview.set_headings(headings)

    @Slot()
    def _on_entry_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.enter(str(action.data()))

    @Slot()
    def _on_back(self) -> None:
        if self._workspace is not None and self._workspace.back:
            self.go_to(self._workspace.back, -1)

    @Slot()
    def _on_forward(self) -> None:
        if self._workspace is not None and self._workspace.forward:
            self.go_to(self._workspace.forward, 1)

    @Slot()
    def _on_keep_version(self) -> None:
        self.go_to(VERSIONS)
        self.show_place(NEW_VERSION)

    def _refresh_way(self) -> None:
        workspace = self._workspace
        self._actions.back.setEnabled(workspace is not None and bool(workspace.back))
        self._actions.forward.setEnabled(workspace is not None and bool(workspace.forward))
