"""The quiet view: the text with the cursor alone, and back to where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QToolBar, QWidget
from shiboken6 import isValid

from inspector_app.domain.entities import Action
from inspector_app.ui.blocks.commands import NO_TEXT
from inspector_app.ui.blocks.names import part_name
from inspector_app.ui.shell.commands import Commands
from inspector_app.ui.shell.quiet_page import SCALE, QuietPage
from inspector_app.ui.widgets.fields import TextField
from inspector_app.ui.widgets.layouts import discard
from inspector_app.ui.widgets.sentence_field import SentenceField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.shell.commands import WindowParts
    from inspector_app.ui.shell.docks import Docks
    from inspector_app.ui.shell.inspection_view import InspectionView


class QuietCommands(Commands):
    """Shows another text area on the same part of the document: nothing is to be kept in step."""

    def __init__(
        self, parts: WindowParts, view: InspectionView, docks: Docks, stack: QStackedWidget
    ) -> None:
        super().__init__(parts)
        self._view = view
        self._docks = docks
        self._stack = stack
        self._page: QuietPage | None = None
        self._area: QTextEdit | QPlainTextEdit | None = None
        self._source: QTextEdit | QPlainTextEdit | None = None
        """The text area on the page that it came from."""
        self._hidden: list[QWidget] = []
        self._switch = parts.actions.quiet
        self._switch.triggered.connect(self._on_switched)
        view.document_shown.connect(self._on_document_shown)
        view.entry_shown.connect(self.leave)
        stack.currentChanged.connect(self._on_other_page)

    @Slot(object)
    def _on_document_shown(self, document: InspectionDocument | None) -> None:
        self._document = document
        self.leave()

    @Slot()
    def _on_switched(self) -> None:
        if self._page is not None:
            self.leave()
        elif not self._enter():
            self._switch.setChecked(False)
            self._window.statusBar().showMessage(NO_TEXT)

    def _enter(self) -> bool:
        source = QApplication.focusWidget()
        if self._document is None or not isinstance(source, QTextEdit | QPlainTextEdit):
            return False
        made = self._make(self._document, source)
        if made is None:
            return False
        title, area, holder = made
        self._source, self._area = source, area
        self._page = QuietPage(title, area, holder)
        self._page.left.connect(self.leave)
        self._docks.store(self._settings)
        self._docks.hide()
        bars = self._window.findChildren(
            QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        around = [self._window.menuBar(), self._window.statusBar(), *bars]
        self._hidden = [widget for widget in around if not widget.isHidden()]
        for widget in self._hidden:
            widget.hide()
        # The keys of a menu bar that is hidden are nobody's.
        self._window.addActions(self._actions.in_quiet_view)
        self._stack.addWidget(self._page)
        self._stack.setCurrentWidget(self._page)
        self._switch.setChecked(True)
        area.setFocus(Qt.FocusReason.OtherFocusReason)
        _copy_cursor(source, area)
        return True

    def _make(
        self, document: InspectionDocument, source: QTextEdit | QPlainTextEdit
    ) -> tuple[str, QTextEdit | QPlainTextEdit, QWidget] | None:
        """Return the name of a text, another text area for it and what that stands in."""
        from inspector_app.ui.actions.action_text import ActionText
        from inspector_app.ui.blocks.editor import BlockEditor

        if isinstance(source, BlockEditor):
            binding = source.parts.binding
            editor = BlockEditor(
                document,
                source.parent_id,
                first_kind=binding.first_kind,
                name=binding.part_name,
                make_parent=binding.make_parent,
                prompts=self._prompts,
            )
            editor.zoom.set_scale(SCALE)
            editor.set_hint(source.accessibleDescription())
            name = binding.part_name
            return name[:1].upper() + name[1:], editor, editor
        other: TextField
        field = source.parentWidget()
        if isinstance(field, TextField) and field.text is source:
            other = type(field)(document, field.entity, field.field, field.label_text)
            other.text.setPlaceholderText(field.text.placeholderText())
            part = part_name(document, field.entity)
            name = f"{part}: {field.label_text.lower()}" if part != "text" else field.label_text
        elif isinstance(source, ActionText) and source.current_block:
            strength = document.inspection.get(source.current_block, Action).strength
            name = f"What the provider {strength} do"
            other = SentenceField(document, source.current_block, "text", name)
            other.step = f"Change {name[:1].lower()}{name[1:]}"
        else:
            return None
        other.label.hide()
        other.text.set_lines(2, 1_000)
        other.text.zoom.set_scale(SCALE)
        return name[:1].upper() + name[1:], other.text, other

    @Slot()
    def leave(self) -> None:
        """Come back to the page, with the cursor where it was last."""
        page, area, source = self._page, self._area, self._source
        if page is None:
            return
        self._page = self._area = self._source = None
        self._switch.setChecked(False)
        for action in self._actions.in_quiet_view:
            self._window.removeAction(action)
        for widget in self._hidden:
            widget.show()
        self._hidden = []
        if self._document is not None:
            self._view.show_again()
            self._docks.show(self._settings)
        if area is not None and source is not None and isValid(source):
            source.setFocus(Qt.FocusReason.OtherFocusReason)
            _copy_cursor(area, source)
        self._stack.removeWidget(page)
        discard(page)

    @Slot()
    def _on_other_page(self) -> None:
        if self._page is not None and self._stack.currentWidget() is not self._page:
            self.leave()


def _copy_cursor(source: QTextEdit | QPlainTextEdit, target: QTextEdit | QPlainTextEdit) -> None:
    """Put the cursor of a text area where it stands in another with the same text."""
    theirs, cursor = source.textCursor(), target.textCursor()
    last = target.document().characterCount() - 1
    cursor.setPosition(min(theirs.anchor(), last))
    cursor.setPosition(min(theirs.position(), last), QTextCursor.MoveMode.KeepAnchor)
    target.setTextCursor(cursor)
    target.ensureCursorVisible()
