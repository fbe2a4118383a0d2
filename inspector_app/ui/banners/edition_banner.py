"""Says which edition of its framework an inspection uses, where that is not the installed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from inspector_app.document.editions import (
    describe_move,
    find_obstacle,
    find_other_edition,
    move_edition,
)
from inspector_app.frameworks.editions import describe_edition
from inspector_app.ui.banners.banners import BannerLine
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.layouts import make_row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts


class EditionBanner(QFrame):
    """Tells of the other edition, and leads to it: first what changes, then one step."""

    def __init__(
        self, document: InspectionDocument, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._prompts = prompts
        self.setProperty("role", "banner")
        self._line = BannerLine("edition_banner", self)
        tip = "See what is different in the installed framework, and then use it or not"
        self._look = make_button("See what &changes…", "edition_look_button", tip, self)
        self._look.clicked.connect(self._on_look)
        tip = "Hide this message until the inspection is opened again"
        self._later = make_button("&Not now", "edition_later_button", tip, self)
        self._later.clicked.connect(self.hide)
        make_row(self, (self._line, 1), self._look, self._later, margins=(0, 0, 12, 0))
        document.edition_changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        text = describe_edition(self._document.edition)
        self._line.setText(text)
        can_move = self._document.can_edit and find_other_edition(self._document) is not None
        self._look.setVisible(can_move)
        self._later.setText("&Not now" if can_move else "OK")
        self.setVisible(bool(text))

    @Slot()
    def _on_look(self) -> None:
        document = self._document
        wanted = find_other_edition(document)
        if wanted is None:
            return
        obstacle = find_obstacle(document, wanted)
        if obstacle:
            self._prompts.show_problem("The installed framework cannot be used here.", obstacle)
            return
        name = f"“{wanted.framework.name}” of {wanted.framework.version}"
        headline = f"What changes in this inspection with {name}"
        if self._prompts.confirm_list(
            headline, describe_move(document, wanted), "&Use the installed framework"
        ):
            with self._prompts.telling("The framework was not changed."):
                move_edition(document, wanted)
