"""The form of one breach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from inspector_app.domain.block_edits import WantedBlock, draft_blocks
from inspector_app.domain.entities import Block, Notice
from inspector_app.texts import collapse_spaces
from inspector_app.ui.blocks.editor import BlockEditor
from inspector_app.ui.notices.checklist import ChecklistField, add_choice, make_key
from inspector_app.ui.notices.notice_model import KINDS
from inspector_app.ui.notices.printed_notice import PrintedNotice
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.date_fields import DateField
from inspector_app.ui.widgets.fields import ChoiceField, FlagField, TextField
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import STRETCH, add_all, make_column, make_row
from inspector_app.ui.widgets.lines import RowLine, SuggestingLine, find_by_words
from inspector_app.ui.widgets.regulation_field import RegulationField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.domain.drafting import Draft
    from inspector_app.frameworks.law import Regulation
    from inspector_app.ui.prompts import Prompts


class NoticeForm(QWidget):
    """Everything of one breach, and below it the three places where it prints."""

    def __init__(
        self, document: InspectionDocument, notice: str, prompts: Prompts | None = None
    ) -> None:
        super().__init__()
        self.document = document
        self.notice = notice
        self._prompts = prompts
        self._build()
        self._refresh_places()
        self.must.show_printed(document.regime.prints("musts"))

    def refresh(self, change: Change) -> None:
        """Redraw what a change touched; the fields see to themselves."""
        root = self.document.inspection.id
        mine = False
        for edit in change.edits:
            if edit.entity == self.notice:
                mine = True
                if edit.field in {"regulation", "must"}:
                    self.must.refresh_source()
                if edit.field == "regulation":
                    self.paragraphs.show_value()
                    self._show_usual()
                elif edit.field == "kind":
                    self._refresh_places()
            elif edit.entity == root and edit.field == "registered_activities":
                self.activities.show_value()
            elif edit.entity == root and edit.field == "form":
                self.must.show_printed(self.document.regime.prints("musts"))
                mine = True
            elif not mine:
                found = self.document.inspection.find(edit.entity)
                # A block that is gone no longer tells where it stood.
                mine = found is None or (isinstance(found, Block) and found.parent == self.notice)
        if mine:
            self._show_opening()
            self.printed.render_soon()

    def show_block(self, block: str) -> bool:
        """Put the cursor into a block of how the regulation was not being met."""
        return self.blocks.show_block(block)

    def _build(self) -> None:
        document, notice = self.document, self.notice
        kinds = list(KINDS.items())
        self.kind = ChoiceField(document, notice, "kind", "Kind", kinds, none=None, parent=self)
        self.regulation = RegulationField(document, notice, self._draft_paragraphs, self)
        self.question = ChoiceField(
            document,
            notice,
            "key_question",
            "Key question",
            [(item.id, item.name) for item in document.framework.key_questions],
            parent=self,
            empty="",
        )
        other = RowLine()
        other.setPlaceholderText("Another paragraph, such as 12(3); Enter adds it")
        other.setAccessibleName("Another breached paragraph")
        other.setToolTip("Type a paragraph that is not listed; Enter adds it")
        self.paragraphs = ChecklistField(
            document,
            notice,
            "breached_paragraphs",
            "Breached paragraphs",
            self._list_paragraphs,
            other,
            2,
            self,
        )
        search = SuggestingLine(self._find_activities)
        search.setPlaceholderText(
            "Another activity: type to search, or use your own words. Enter adds it"
        )
        search.setAccessibleName("Another regulated activity")
        search.setToolTip("Down shows all regulated activities; Enter adds what is typed")
        self.activities = ChecklistField(
            document,
            notice,
            "activities",
            "Regulated activities",
            self._list_activities,
            search,
            1,
            self,
        )
        search.chosen.connect(self.activities.take)
        self.must = MustField(document, notice, self)
        self.blocks = BlockEditor(document, notice, self, prompts=self._prompts)
        self.opening = make_button(
            "Begin with the usual opening", f"{notice}.use_opening", "", self
        )
        self.opening.clicked.connect(self._on_opening)
        self.action = TextField(document, notice, "action", "Action taken", self)
        self.action.text.set_lines(2, 8)
        self.action.set_hint(
            "What was done under enforcement powers, as the notice table prints it"
        )
        self.deadline = DateField(document, notice, "deadline", "The provider must comply by", self)
        self.withheld = FlagField(
            document, notice, "withheld", "Withhold: representations or appeals are open", self
        )
        self.withheld.set_hint("The row then says only that information is added later")
        for field in (
            *(self.kind, self.regulation, self.question, self.paragraphs, self.activities),
            *(self.action, self.deadline, self.withheld),
        ):
            field.step = f"Change {field.label_text[:1].lower()}{field.label_text[1:]} of breach"
        self.withheld.step = "Change whether breach is withheld"
        self.kind.set_hint("Warnings and enforcement print in a table of their own")
        self.printed = PrintedNotice(document, notice, self)
        self._usual = make_label("", "hint", self)
        self._lay_out()
        self._show_usual()

    def _lay_out(self) -> None:
        layout = make_column(self, spacing=16)
        top = make_row(spacing=12)
        kind = QVBoxLayout()
        add_all(kind, self.kind, STRETCH)
        top.addLayout(kind, 1)
        question = make_column(None, self.question, self._usual, STRETCH, spacing=4)
        top.addLayout(question, 1)
        heading = make_label("How the regulation was not being met", "label", self)
        heading.setBuddy(self.blocks)
        account = make_column(
            None, heading, self.blocks, (self.opening, 0, Qt.AlignmentFlag.AlignLeft), spacing=4
        )
        layout.addWidget(self.regulation)
        layout.addLayout(top)
        layout.addWidget(self.paragraphs)
        layout.addWidget(self.activities)
        layout.addWidget(self.must)
        layout.addLayout(account)
        layout.addWidget(self.action)
        layout.addWidget(self.deadline)
        layout.addWidget(self.withheld)
        layout.addWidget(self.printed)

    def _get(self) -> Notice | None:
        found = self.document.inspection.find(self.notice)
        return found if isinstance(found, Notice) else None

    def _refresh_places(self) -> None:
        """Show action and deadline for notices that have them, and wherever one was written."""
        notice = self._get()
        if notice is not None:
            stronger = notice.kind != "requirement"
            self.action.setVisible(stronger or bool(notice.action))
            self.deadline.setVisible(stronger or notice.deadline is not None)
            self.withheld.setVisible(stronger or notice.withheld)

    def _get_regulation(self) -> Regulation | None:
        notice = self._get()
        return self.document.reference.regulations.get(notice.regulation) if notice else None

    def _draft_paragraphs(self, draft: Draft, regulation: str, paragraph: str) -> None:
        """Draft that a regulation takes its paragraphs along, and the one that was chosen."""
        notice, old = self._get(), self._get_regulation()
        if notice is None:
            return
        kept = notice.breached_paragraphs
        if old is not None and old.id != regulation:
            # “17 (1)” must not come of the “(1)” of regulation 12.
            kept = tuple(item for item in kept if not make_key(item).startswith(f"{old.number}("))
        if paragraph:
            offered = self.document.reference.regulations[regulation].paragraphs
            kept = add_choice(kept, paragraph, [item.ref for item in offered])
        draft.set(notice.id, "breached_paragraphs", kept)

    def _show_opening(self) -> None:
        """Offer the regulation's usual opening while nothing is written."""
        regulation = self._get_regulation()
        empty = not self.document.inspection.child_ids(self.notice, Block)
        offered = regulation.opening if regulation and empty and self.document.can_edit else ""
        self.opening.setVisible(bool(offered))
        self.opening.setToolTip(f"Begin with: {offered}")

    @Slot()
    def _on_opening(self) -> None:
        regulation = self._get_regulation()
        if regulation is None:
            return
        draft = self.document.draft()
        draft_blocks(draft, self.notice, [WantedBlock("paragraph", regulation.opening)])
        self.document.apply_draft(draft, "Add usual opening")
        self.blocks.setFocus(Qt.FocusReason.OtherFocusReason)
        self.blocks.moveCursor(QTextCursor.MoveOperation.End)

    def _show_usual(self) -> None:
        self._show_opening()
        regulation = self._get_regulation()
        names = []
        for id_ in regulation.key_questions if regulation else ():
            question = self.document.framework.find_key_question(id_)
            if question is not None:
                names.append(question.name)
        self._usual.setText(f"Usually reported under {' or '.join(names)}." if names else "")

    def _list_paragraphs(self) -> Iterable[tuple[str, str]]:
        regulation = self._get_regulation()
        for item in regulation.paragraphs if regulation else ():
            yield item.ref, f"{item.ref} {item.words}"

    def _list_activities(self) -> Iterable[tuple[str, str]]:
        for text in self.document.inspection.details.registered_activities:
            if text.strip():
                yield text, collapse_spaces(text)

    def _find_activities(self, text: str) -> list[tuple[str, str]]:
        names = [item.name for item in self.document.reference.activities.values()]
        return find_by_words(text, [(name, name) for name in names])


class MustField(TextField):
    """While it is empty the regulation's own line prints, which shows in its place."""

    def __init__(
        self, document: InspectionDocument, notice: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, notice, "must", "Must line", parent)
        self.step = "Change must line of breach"
        self.text.set_lines(2, 8)
        self.set_hint("If this is empty, the regulation's own line is printed")
        self.copying = make_button(
            "Use and edit",
            f"{notice}.use_must",
            "Copy the regulation's own line here, so that you can change it",
            self,
            spoken="Use the regulation's must line and edit it",
        )
        self._menu = QMenu(self.copying)
        self._source = make_label("", "hint", self)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._source)
            layout.addWidget(self.copying)
            layout.setAlignment(self.copying, self.label.alignment().AlignLeft)
        self.copying.clicked.connect(self._on_copying)
        self.refresh_source()

    def refresh_source(self) -> None:
        """Show what the regulation offers now, and whether it can be put in."""
        notice = self.document.inspection.find(self.entity)
        if not isinstance(notice, Notice):
            return
        regulation = self.document.reference.regulations.get(notice.regulation)
        own = regulation.must if regulation else ""
        others = regulation.other_musts if regulation else ()
        self._offered = [item for item in (own, *others) if item]
        self.text.setPlaceholderText(own or "What the provider must do")
        if own and regulation is not None:
            mark = "" if regulation.must_verified else " (wording not verified)"
            self._source.setText(f"If this is empty, the regulation's own line is printed{mark}.")
        else:
            self._source.setText("This regulation has no line of its own: write one here.")
        self._source.setVisible(regulation is not None)
        self.copying.setVisible(self.document.can_edit)
        self.copying.setEnabled(bool(self._offered) and not notice.must)
        self._menu.clear()
        for text in self._offered:
            self._menu.addAction(text.replace("&", "&&")).triggered.connect(
                lambda _=False, text=text: self._use(text)
            )

    @Slot()
    def _on_copying(self) -> None:
        if len(self._offered) == 1:
            self._use(self._offered[0])
        else:
            self._menu.popup(self.copying.mapToGlobal(self.copying.rect().bottomLeft()))

    def _use(self, text: str) -> None:
        self.store(text)
        self.text.setFocus()
        self.text.moveCursor(QTextCursor.MoveOperation.End)
