"""The centre of the window: the pages of one inspection, made when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.ui.banners.banners import BackupBanner, Banners, HolderBanner, SavingBanners
from inspector_app.ui.banners.edition_banner import EditionBanner
from inspector_app.ui.banners.recovery_banner import RecoveryBanner
from inspector_app.ui.blocks.toolbar import BlockToolbar
from inspector_app.ui.pages.registry import make_page
from inspector_app.ui.spelling.no_dictionary import NoDictionaryBanner
from inspector_app.ui.widgets.layouts import add_all, discard, make_column
from inspector_app.ui.widgets.page_stack import PageStack

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.blocks.actions import BlockActions
    from inspector_app.ui.outline.entries import OutlineEntry
    from inspector_app.ui.pages.page import Page
    from inspector_app.ui.prompts import Prompts

_LONGEST_WAY = 100


class Workspace(QWidget):
    """Pages by the id of their entry, and the way that led here."""

    page_made = Signal(object)
    """A page was made, and is about to be shown; carries the `Page`."""
    reopen_wanted = Signal()
    """The person wants to change a published inspection."""
    writing_wanted = Signal()
    """The person wants to write an inspection that is shown as a copy."""
    copy_wanted = Signal()
    """The person wants to save a copy."""

    def __init__(
        self,
        document: InspectionDocument,
        prompts: Prompts,
        tools: BlockActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._prompts = prompts
        self._pages: dict[str, Page] = {}
        self._page: Page | None = None
        self._way: list[str] = []
        self._step = -1
        self.setObjectName("workspace")
        banners = Banners(document, self)
        banners.reopen_wanted.connect(self.reopen_wanted)
        self._stack = PageStack(self)
        holder = HolderBanner(document, self)
        holder.writing_wanted.connect(self.writing_wanted)
        saving = SavingBanners(document, self)
        saving.copy_wanted.connect(self.copy_wanted)
        self._toolbar = BlockToolbar(tools, self)
        # Banners stand below: what comes or goes while somebody works must not move the page under
        # the mouse. The gravest is the nearest to the page.
        add_all(
            make_column(self, spacing=0),
            self._toolbar,
            self._stack,
            saving,
            RecoveryBanner(document, prompts, self),
            holder,
            banners,
            EditionBanner(document, prompts, self),
            NoDictionaryBanner(document, self),
            BackupBanner(document, self),
        )

    @property
    def entry(self) -> str:
        """Id of the entry that is shown; "" before there is one."""
        return self._way[self._step] if self._way else ""

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    @property
    def pages(self) -> list[Page]:
        """The pages that were shown so far."""
        return list(self._pages.values())

    @property
    def back(self) -> str:
        """The entry before this one on the way, or ""."""
        return self._way[self._step - 1] if self._step > 0 else ""

    @property
    def forward(self) -> str:
        """The entry after this one on the way, or ""."""
        return self._way[self._step + 1] if self._step + 1 < len(self._way) else ""

    def drop_pages(self) -> None:
        """Have all pages made anew; the way that led here stays."""
        pages, self._pages, self._page = self._pages, {}, None
        for page in pages.values():
            # The focus goes on, maybe to the outline, which shows a page then.
            self._stack.removeWidget(page)
            discard(page)

    def show_entry(self, entry: OutlineEntry, page_of: OutlineEntry, *, step: int = 0) -> None:
        """Show an entry.

        Args:
            entry: The entry, maybe a topic.
            page_of: The entry that has the page: the topic's key question, or `entry` itself.
            step: -1 or 1 to move on the way that led here; 0 to go on.
        """
        page = self._pages.get(page_of.id)
        is_new = page is None
        if page is None:
            page = self._pages[page_of.id] = make_page(self._document, self._prompts, page_of)
            self._stack.addWidget(page)
            self.page_made.emit(page)
        self._page = page
        self._toolbar.setVisible(page.has_blocks)
        self._stack.setCurrentWidget(page)
        focus = QApplication.focusWidget()
        if is_new and focus is not None and page.isAncestorOf(focus) and page.focusProxy():
            # Qt has given the focus to the first button; work begins elsewhere.
            page.setFocus()
        if step:
            self._step += step
        elif entry.id != self.entry:
            del self._way[self._step + 1 :]
            self._way.append(entry.id)
            del self._way[:-_LONGEST_WAY]
            self._step = len(self._way) - 1
