"""What a session that broke off has left: shown, brought back or discarded, as the person says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.domain.dates import to_local
from inspector_app.report.phrases import long_date
from inspector_app.texts import pluralise
from inspector_app.ui.banners.banners import BannerLine
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.labels import SPACE
from inspector_app.ui.widgets.layouts import add_all, make_column, make_row

if TYPE_CHECKING:
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts

_LABELS = 3
"""How many of the changes the banner names."""
_DAMAGED = (
    "The safety copy of your last session on this computer is damaged or incomplete, and has "
    "nothing that could be brought back. The file has everything up to the last time it was "
    "saved. Check whether your last changes are there."
)
_MORE_DAMAGED = (
    "The end of the safety copy is damaged or incomplete. Check whether your last changes are "
    "there."
)


class RecoveryBanner(QFrame):
    """Offers what the journal has more than the file; does nothing by itself."""

    def __init__(
        self, document: InspectionDocument, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._prompts = prompts
        self.setProperty("role", "banner")
        self._line = BannerLine("recovery_banner", self)
        row = make_row(margins=(12, 0, 12, SPACE))
        tip = "Make these changes now, in their order. You can undo each of them"
        self._bring = make_button("&Bring back", "bring_back_button", tip, self)
        self._bring.clicked.connect(self._on_bring)
        tip = "List the changes: when, by whom, before and after"
        self._show = make_button("Sho&w", "show_left_button", tip, self)
        self._show.clicked.connect(self._on_show)
        tip = "Keep them, and ask again when you next open this inspection"
        later = make_button("&Not now", "not_now_button", tip, self)
        later.clicked.connect(self.hide)
        tip = "Delete these changes permanently. You are asked first"
        self._discard = make_button("&Discard…", "discard_left_button", tip, self)
        self._discard.clicked.connect(self._on_discard)
        add_all(row, self._bring, self._show, later, self._discard)
        row.addStretch(1)
        make_column(self, self._line, row, spacing=0)
        document.recovery.changed.connect(self._refresh)
        document.editable_changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        recovery = self._document.recovery
        changes = recovery.changes
        self.setVisible(bool(changes) or recovery.is_damaged)
        if not changes:
            self._line.setText(_DAMAGED)
            for button in (self._bring, self._show, self._discard):
                button.hide()
            return
        self._bring.setEnabled(self._document.can_edit)
        if recovery.refused:
            self._line.setText(
                f"{pluralise(len(changes), 'change')} could not be brought back, because the same "
                "texts were changed since. They stay in the safety copy. “Show” lists them, so "
                "that you can type what you still want."
            )
            self._bring.hide()
            return
        labels = list(dict.fromkeys(change.label for change in changes))
        named = ", ".join(f"“{label}”" for label in labels[:_LABELS])
        more = " and others" if len(labels) > _LABELS else ""
        since = to_local(recovery.since) if recovery.since is not None else None
        session = f"of {long_date(since.date())}, {since:%H:%M}," if since is not None else ""
        left = pluralise(len(changes), "change that is", "changes that are")
        self._line.setText(
            f"Your last session {session} ended with {left} not in the file: {named}{more}. "
            "Nothing has been changed yet." + (f" {_MORE_DAMAGED}" if recovery.is_damaged else "")
        )

    @Slot()
    def _on_bring(self) -> None:
        with self._prompts.telling("Nothing was brought back."):
            self._document.recovery.bring_back()

    @Slot()
    def _on_show(self) -> None:
        from inspector_app.ui.banners.left_changes import describe_changes

        document = self._document
        changes = document.recovery.changes
        self._prompts.show_list(
            f"{pluralise(len(changes), 'change')} of your last session",
            describe_changes(changes, document.inspection),
        )

    @Slot()
    def _on_discard(self) -> None:
        count = len(self._document.recovery.changes)
        if self._prompts.confirm(
            f"Discard {pluralise(count, 'change')} of your last session?",
            "They are only in the safety copy. The file stays as it is.",
            "Discard",
        ):
            self._document.recovery.discard()
