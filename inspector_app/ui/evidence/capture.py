"""Quick capture of a note, from anywhere, with the keyboard alone."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from inspector_app.domain.change import Change
from inspector_app.domain.entities import Attachment, EvidenceNote
from inspector_app.domain.evidence import remove_file
from inspector_app.domain.ids import new_id
from inspector_app.spelling.places import TextPlace
from inspector_app.texts import pluralise, shorten
from inspector_app.ui.evidence.adding import NOT_ADDED, FileAdding
from inspector_app.ui.evidence.capture_photos import CapturePhotos
from inspector_app.ui.evidence.edits import add_files, name_files
from inspector_app.ui.evidence.note_fields import make_source_combo
from inspector_app.ui.evidence.note_labels import list_topics
from inspector_app.ui.evidence.stance_chooser import StanceChooser
from inspector_app.ui.evidence.times import HOW_TO_WRITE_TIME, is_time, read_time, write_time
from inspector_app.ui.spelling.attaching import attach_spelling
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.fields import LONGEST_LINE, take_one_line
from inspector_app.ui.widgets.file_drops import (
    FileDrops,
    find_evidence,
    find_paths,
    has_evidence,
    leave_files,
)
from inspector_app.ui.widgets.keys import Keys, add_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import make_column, make_row, make_scroll_area
from inspector_app.ui.widgets.many_chooser import ManyChooser
from inspector_app.ui.widgets.window_sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.ui.prompts import Prompts


class _NoteText(QPlainTextEdit):
    """What is seen, heard or read; a picture or files that are pasted into it are the note's."""

    files_pasted = Signal(QMimeData)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return has_evidence(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        # Cells of a spreadsheet come as a picture, too, and are meant as words.
        if has_evidence(source) and (find_paths(source) or not source.hasText()):
            self.files_pasted.emit(source)
        else:
            super().insertFromMimeData(source)


class CaptureDialog(QDialog):
    """Takes notes one after the other, beside the window.

    The first letter makes the note in the document, and every further one changes it: what is
    typed is in the file within a second, and nothing is kept anywhere else. So closing, a crash or
    an empty battery cost nothing, and a half-typed note stands in the table like any other. All of
    a note is one step of undo. Closing only hides the dialog: shown again, it goes on with the
    note that was being typed. A note whose text was deleted again goes with the next filing or
    closing.
    """

    note_filed = Signal(str)
    """A note was finished; carries its id."""

    def __init__(
        self, document: InspectionDocument, prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._prompts = prompts
        self._note = ""
        """Id of the note that is being typed; empty before the first letter."""
        self._own_time = False
        self._filed = 0
        self._adding = FileAdding(
            document, self, lambda problem: prompts.show_problem(NOT_ADDED, problem)
        )
        self._build()
        self._connect()
        self._show_now()
        leave_files(self._text, self._detail, self._when)
        if document.can_edit:
            FileDrops(self, self._take)

    def _build(self) -> None:
        self.setObjectName("capture_dialog")
        self.setWindowTitle("New note")
        self.setModal(False)
        self.resize(fit_size(self, 620, 560))
        layout = make_column(
            self, margins=(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE), spacing=3 * SPACE // 2
        )
        form = self._form = QWidget(self)
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * SPACE // 2)
        grid.setVerticalSpacing(3 * SPACE // 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self._text = _NoteText(form)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(140)
        self._text.setPlaceholderText("What you saw, heard or read")
        self._stance = StanceChooser(keys=True, parent=form)
        self._stance.show_stance("neutral")
        self._source = make_source_combo(form)
        self._source.setCurrentIndex(self._source.findData("observation"))
        self._detail = QLineEdit(form)
        self._detail.setMaxLength(LONGEST_LINE)
        self._detail.setPlaceholderText("Role or record, never a name")
        regime = self._document.inspection.details.regime
        self._topics = ManyChooser(list_topics(self._document.framework, regime), "topic", form)
        self._when = QLineEdit(form, maxLength=LONGEST_LINE)
        self._when.setToolTip(HOW_TO_WRITE_TIME)
        self._add(grid, "N&ote", self._text, "capture.text", 0, 0, 2)
        self._add(grid, "Stance", self._stance, "capture.stance", 1, 0, 2)
        self._add(grid, "Sou&rce", self._source, "capture.source", 2, 0)
        self._add(grid, "Source &detail", self._detail, "capture.source_detail", 2, 1)
        self._add(grid, "&Topics", self._topics, "capture.topics", 3, 0, 2)
        self._topics.line.setAccessibleName("Topics")
        self._add(grid, "T&ime", self._when, "capture.when", 4, 0, 2)
        self._photos = CapturePhotos(self._document, form)
        grid.addWidget(self._photos, 5, 0, 1, 2)
        grid.setRowStretch(0, 1)
        # On a low screen it scrolls, and the buttons stay.
        layout.addWidget(make_scroll_area(form, self), 1)
        self._state = make_label("", "hint", self)
        self._close = make_button(
            "Close", "capture_close", "Close (Esc); what you typed stays", self
        )
        tip = add_key("Save this note and start the next", Keys.NEXT_ROW)
        self._file = make_button("Save note", "capture_file", tip, self, role="primary")
        for button in (self._close, self._file):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        row = make_row(None, (self._state, 1), self._close, self._file)
        layout.addLayout(row)
        order = (
            self._text, self._stance, self._source, self._detail, self._topics.line, self._when,
            *self._photos.stops, self._file, self._close,
        )  # fmt: skip
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        if not self._document.can_edit:
            form.setEnabled(False)
            self._file.setEnabled(False)
            self._state.setText(self._document.read_only_reason)

    def _add(
        self,
        grid: QGridLayout,
        name: str,
        widget: QWidget,
        object_name: str,
        row: int,
        column: int,
        span: int = 1,
    ) -> None:
        label = make_label(name, "label", self._form)
        label.setBuddy(widget.focusProxy() or widget)
        widget.setAccessibleName(name.replace("&", ""))
        widget.setObjectName(object_name)
        cell = make_column(None, label, widget, spacing=SPACE // 2)
        grid.addLayout(cell, row, column, 1, span)

    def _connect(self) -> None:
        self._text.textChanged.connect(self._on_text_changed)
        self._stance.edited.connect(lambda stance: self._set("stance", stance))
        self._source.activated.connect(lambda: self._set("source", self._source.currentData()))
        self._detail.textEdited.connect(
            lambda: self._set("source_detail", take_one_line(self._detail))
        )
        self._topics.edited.connect(lambda topics: self._set("topics", topics))
        self._when.textEdited.connect(self._on_time_edited)
        self._when.editingFinished.connect(self._on_time_left)
        self._text.files_pasted.connect(self._take)
        self._photos.add_wanted.connect(self._on_add)
        self._photos.paste_wanted.connect(self._on_paste)
        self._photos.remove_wanted.connect(self._on_remove)
        self._file.clicked.connect(self.file_note)
        self._close.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", Keys.NEXT_ROW):
            QShortcut(QKeySequence(keys), self, self.file_note)
        self._document.changed.connect(self._on_document_changed)
        attach_spelling(self._text, self._document, lambda _: TextPlace(self._note, "text"))

    # -- the note that is being typed

    @property
    def _current(self) -> EvidenceNote | None:
        found = self._document.inspection.find(self._note)
        return found if isinstance(found, EvidenceNote) else None

    @Slot()
    def _on_text_changed(self) -> None:
        text = self._text.toPlainText()
        if self._current is not None:
            self._set("text", text)
        elif text.strip() and self._document.can_edit:
            self._create(text)

    def _create(self, text: str) -> None:
        if not self._own_time:
            self._show_now()
        document = self._document
        draft = document.draft()
        root = document.inspection.id
        self._note = self._note or new_id()
        draft.create(
            EvidenceNote(
                id=self._note,
                parent=root,
                position=draft.position_at_end(root, EvidenceNote),
                text=text,
                source=self._source.currentData(),
                source_detail=self._detail.text(),
                when=read_time(self._when.text()),
                by=document.who,
                stance=self._stance.stance or "neutral",
                topics=self._topics.chosen,
            )
        )
        document.apply_draft(draft, "Add note", self._merge_key)
        self._state.setText("")

    @Slot(QMimeData)
    def _take(self, mime: QMimeData) -> None:
        """Add what was pasted or dropped."""
        self._add_files(self._adding.take(mime))

    @Slot()
    def _on_paste(self) -> None:
        mime = find_evidence()
        if mime is not None:
            self._take(mime)
        else:
            self._state.setText("There is no picture or file on the clipboard.")

    @Slot()
    def _on_add(self) -> None:
        self._add_files(self._adding.store(self._adding.load(self._prompts.ask_files())))

    def _add_files(self, files: Sequence[Attachment]) -> None:
        if files and self._current is None:
            self._create(self._text.toPlainText())
        add_files(self._document, self._note, files, self._merge_key)

    @Slot(str)
    def _on_remove(self, file: str) -> None:
        edits = remove_file(self._document.inspection, self._note, file)
        change = Change(label="Remove a file from a note", who=self._document.who, edits=edits)
        self._document.apply(change, self._merge_key)

    def _set(self, field: str, value: object) -> None:
        if self._current is not None:
            self._document.set_field(self._note, field, value, "Change note", self._merge_key)

    @property
    def _merge_key(self) -> str:
        return f"capture {self._note}"

    @Slot()
    def _on_time_edited(self) -> None:
        self._own_time = True
        self._state.setText("")
        self._set("when", read_time(take_one_line(self._when)))

    @Slot()
    def _on_time_left(self) -> None:
        when = read_time(self._when.text())
        self._when.setText(write_time(when))
        # Half a time is no mistake yet.
        if not is_time(when):
            self._state.setText(HOW_TO_WRITE_TIME)

    def _show_now(self) -> None:
        now = datetime.now().astimezone()
        self._when.setText(write_time(now.strftime("%Y-%m-%dT%H:%M")))

    # -- filing

    @Slot()
    def file_note(self) -> None:
        """Finish this note and start the next, with the same source and topics."""
        note = self._current
        if note is not None and not note.text.strip() and note.attachments:
            files = [self._document.inspection.get(file, Attachment) for file in note.attachments]
            self._set("text", name_files(files))
            note = self._current
        self._text.setFocus()
        if note is None or not note.text.strip():
            self._remove_empty()
            self._state.setText("Type the note first.")
            return
        self._start_next()
        self._filed += 1
        taken = pluralise(self._filed, "note")
        self._state.setText(f"{taken} saved. Last: {shorten(note.text, 60)}")
        self._document.save()
        self.note_filed.emit(note.id)

    def _start_next(self) -> None:
        self._note = ""
        self._own_time = False
        self._photos.show_note(None)
        with QSignalBlocker(self._text):
            self._text.clear()
        self._stance.show_stance("neutral")
        self._show_now()

    def _remove_empty(self) -> None:
        note = self._current
        if note is None or note.text.strip() or note.attachments:
            return
        self._note = ""
        draft = self._document.draft()
        draft.delete(note.id)
        self._document.apply_draft(draft, "Remove empty note")

    # -- following

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if not self._note or all(edit.entity != self._note for edit in change.edits):
            return
        # Undo, or an edit in the table.
        note = self._current
        self._photos.show_note(note)
        text = note.text if note else ""
        if self._text.toPlainText() != text:
            with QSignalBlocker(self._text):
                self._text.setPlainText(text)
                self._text.moveCursor(self._text.textCursor().MoveOperation.End)
        if note is None:
            return
        self._stance.show_stance(note.stance)
        self._topics.show_chosen(note.topics)
        self._source.setCurrentIndex(max(0, self._source.findData(note.source)))
        if self._detail.text() != note.source_detail:
            self._detail.setText(note.source_detail)
        if read_time(self._when.text()) != note.when:
            self._when.setText(write_time(note.when))

    # -- Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Start in the text, with the time of now unless a note is half typed."""
        super().showEvent(event)
        if self._current is None and not self._own_time:
            self._show_now()
        self._text.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def done(self, result: int) -> None:
        """Hide; a half-typed note stays as it is, an empty one goes."""
        if self._document.can_edit:
            self._remove_empty()
            self._document.save()
        super().done(result)
