"""A page in the centre of the window, and everything that the window asks of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QByteArray
    from PySide6.QtWidgets import QAbstractScrollArea

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.prompts import Prompts


class Page(QWidget):
    """Reads the document's current value and redraws what a change touched.

    A page is made when it is first shown. It emits the signals that it has a use for, and overrides
    what it knows more about; the window knows pages by this class only.
    """

    place_wanted = Signal(str)
    """The person wants to see another part; carries its id."""
    passage_wanted = Signal(object)
    """The person wants to see the words that a check is about; carries the `Location`."""
    capture_wanted = Signal()
    """The person wants to take a note."""
    export_wanted = Signal()
    """The person wants to export the report."""
    print_wanted = Signal()
    """The person wants to print it."""
    copies_wanted = Signal()
    """The person wants to see all copies that there are on this computer."""

    has_blocks: ClassVar[bool] = False
    """Whether there are texts of blocks on it, for which the window shows its text tools."""

    def __init__(self, document: InspectionDocument, prompts: Prompts, title: str) -> None:
        super().__init__()
        self.document = document
        self.prompts = prompts
        self.setAccessibleName(title)
        document.changed.connect(self._on_document_changed)

    @property
    def scroll_area(self) -> QAbstractScrollArea:
        """What scrolls most of the page; where it stands is remembered."""
        raise NotImplementedError

    @property
    def shown_part(self) -> str:
        """Id of the one part of several that is shown, a note or a notice, or ""."""
        return ""

    def refresh(self, change: Change) -> None:
        """Redraw what a change touched; pages that show more than bound fields override this."""

    def show_everything(self) -> None:
        """Make what is still to be made."""

    def show_place(self, place: str) -> bool:
        """Bring a field into view with the cursor in it.

        Args:
            place: Id of an entity, or a name that the page gives a place of its own.

        Returns:
            False: not on this page.
        """
        return False

    def show_topic(self, topic: str) -> None:
        """Show only what belongs to a key question or topic, where the page can be filtered."""

    def read_arrangement(self) -> list[QByteArray]:
        """Return how the person arranged columns and panes, for `arrange`; [] where none can be."""
        return []

    def arrange(self, arrangement: Sequence[QByteArray]) -> None:
        """Arrange columns, their sorting and the panes as they were."""

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        self.refresh(change)
