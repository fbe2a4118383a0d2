"""The page of breaches: each made once, printed in three places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListView

from inspector_app.domain.entities import Block, Notice
from inspector_app.domain.ids import new_id
from inspector_app.ui.notices.notice_form import NoticeForm
from inspector_app.ui.notices.notice_model import NoticeModel
from inspector_app.ui.pages.scroll_page import ScrollPage
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, add_key, name_key
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all, discard, make_row

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.ui.prompts import Prompts

_EMPTY = "No breach yet. Each breach adds a row to the notice table."
_EMPTY_WITH_MUSTS = (
    "No breach yet. Each breach adds a must to the summary, a row to the notice table and the "
    "breach line. Put what is not a breach on the page Actions."
)
_MOST_ROWS = 6
_NEW = "Alt+N"


class NoticesPage(ScrollPage):
    """The breaches in a list, and the form of the one that is chosen."""

    has_blocks = True

    def __init__(self, document: InspectionDocument, prompts: Prompts) -> None:
        super().__init__(document, prompts, "Notices")
        self.model = NoticeModel(document, self)
        self.form: NoticeForm | None = None
        self._editable = document.can_edit
        self._build()
        self._select(self.model.get_id(0))

    def refresh(self, change: Change) -> None:
        shown = self.form.notice if self.form else ""
        row = self.model.find_row(shown)
        created = [
            edit.entity
            for edit in change.edits
            if not edit.field
            and edit.before is None
            and isinstance(self.document.inspection.find(edit.entity), Notice)
        ]
        self.model.refresh(change)
        if created:
            # Made here, or brought back by undo: that is what the person wants to see.
            self._select(created[-1])
        elif shown and self.model.find_row(shown) < 0:
            self._select(self.model.get_id(min(row, self.model.rowCount() - 1)))
        elif self.form is not None:
            self.form.refresh(change)
        if self._editable != self.document.can_edit:
            self._editable = self.document.can_edit
            self._show_form("")
            self._show_form(shown)
        self._show_list()

    @property
    def shown_part(self) -> str:
        """See `Page.shown_part`: the breach whose form is shown."""
        return self.form.notice if self.form is not None else ""

    def show_place(self, place: str) -> bool:
        found = self.document.inspection.find(place)
        notice = found.parent if isinstance(found, Block) else place
        if self.model.find_row(notice) < 0:
            return False
        self._select(notice)
        if self.form is None:
            return False
        target: QWidget = self.form.regulation
        if isinstance(found, Block) and self.form.show_block(place):
            target = self.form.blocks
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.scroll_area.ensureWidgetVisible(target)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the list once the style is known."""
        super().showEvent(event)
        # Rows that were measured before keep the height of the plain style.
        self.list.ensurePolished()
        self.list.doItemsLayout()
        self._show_list()

    def _build(self) -> None:
        self.list = QListView()
        self.list.setObjectName("notices_list")
        self.list.setAccessibleName("Breaches")
        remove_key = name_key(Keys.REMOVE_ROW)
        self.list.setToolTip(f"The breaches, as in the report ({remove_key} removes)")
        self.list.setModel(self.model)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._hint = make_label("", "hint", self)
        self.adding = make_button(
            "New breach",
            "new_notice",
            add_key("Add a breach of a regulation", _NEW),
            role="primary",
        )
        self.adding.setShortcut(QKeySequence(_NEW))
        self.adding.clicked.connect(self._on_adding)
        self.removing = make_button(
            "Remove",
            "remove_notice",
            f"Remove the breach with its text ({remove_key} in the list)",
            spoken="Remove the breach",
        )
        self.removing.clicked.connect(self._on_removing)
        key = QShortcut(QKeySequence(Keys.REMOVE_ROW), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_removing)
        buttons = make_row(None, self.adding, self.removing, STRETCH)
        add_all(self.body, self._hint, self.list, buttons)
        self._end = self.body.count()
        self.body.addStretch(1)
        self._show_list()

    def _show_list(self) -> None:
        rows = self.model.rowCount()
        has_musts = self.document.regime.prints("musts")
        self._hint.setText(_EMPTY_WITH_MUSTS if has_musts else _EMPTY)
        self._hint.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.adding.setEnabled(self.document.can_edit)
        self.removing.setEnabled(bool(rows) and self.document.can_edit)
        if rows:
            height = self.list.sizeHintForRow(0) * min(rows, _MOST_ROWS)
            self.list.setFixedHeight(height + 8)

    def _select(self, notice: str) -> None:
        """Show the form of a breach; "" for none."""
        row = self.model.find_row(notice)
        if row >= 0 and self.list.currentIndex().row() != row:
            # Comes back here through the list's signal.
            self.list.setCurrentIndex(self.model.index(row))
        self._show_form(notice)

    def _show_form(self, notice: str) -> None:
        if self.form is not None and self.form.notice == notice:
            return
        if self.form is not None:
            self.body.removeWidget(self.form)
            discard(self.form)
            self.form = None
        if notice:
            self.form = NoticeForm(self.document, notice, prompts=self.prompts)
            self.body.insertWidget(self._end, self.form)
            # Qt would show it a moment later, too late for the focus.
            self.form.show()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        notice = current.data(Qt.ItemDataRole.UserRole)
        if notice:
            self._show_form(notice)

    @Slot()
    def _on_adding(self) -> None:
        draft = self.document.draft()
        root = self.document.inspection.id
        registered = self.document.inspection.details.registered_activities
        notice = Notice(
            id=new_id(),
            parent=root,
            position=draft.position_at_end(root, Notice),
            # With one activity there is nothing to choose.
            activities=registered if len(registered) == 1 else (),
        )
        draft.create(notice)
        self.document.apply_draft(draft, "Add breach")
        self.show_place(notice.id)

    @Slot()
    def _on_removing(self) -> None:
        if self.form is None or not self.document.can_edit:
            return
        draft = self.document.draft()
        draft.delete(self.form.notice)
        self.document.apply_draft(draft, "Remove breach")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
