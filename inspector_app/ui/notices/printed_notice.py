"""A breach as it will print: the must line, the row of the table, the breach line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QColor, QPalette, QTextDocument, QTextLength, QTextTable
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from inspector_app.document.jobs.preview import render_notice_update
from inspector_app.document.pictures import get_picture_of_report, name_pictures
from inspector_app.domain.entities import Notice
from inspector_app.errors import InspectorError
from inspector_app.report.notice_part import NoticePart, render_notice
from inspector_app.report.pictures import SCREEN_PIXELS_PER_INCH, PrintedPictures, Room
from inspector_app.ui.widgets.labels import make_label
from inspector_app.ui.widgets.layouts import make_column

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QLabel

    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.document.jobs.worker_process import Job

_DELAY = 150
"""Milliseconds without a key before the text is rendered: typing never waits for it."""
_PAPER = "#ffffff"
_INK = "#1f2a30"
_ROOM = Room(800 / SCREEN_PIXELS_PER_INCH, 400 / SCREEN_PIXELS_PER_INCH)
_NO_MUST = "No line prints: there is no must line here, and the regulation has none of its own."
_NO_BREACH = "No line prints yet. Choose the regulation and its paragraphs first."
_WITHHELD = "Nothing prints: the notice is withheld."


class PrintedNotice(QFrame):
    """The places of one breach, rendered by the template of the inspection's report."""

    def __init__(
        self, document: InspectionDocument, notice: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.notice = notice
        self.setProperty("role", "card")
        self.setObjectName(f"{notice}.printed")
        self.must = self._make_line("must")
        self.row = _RowView(document, self)
        self.row.setObjectName(f"{notice}.printed.row")
        self.breach = self._make_line("breach")
        layout = make_column(self, margins=(16, 12, 16, 16), spacing=12)
        layout.addWidget(make_label("As it will print", "heading", self))
        self._must_place = QWidget(self)
        for place, name, widget in (
            (self._must_place, "Must line, in the summary", self.must),
            (QWidget(self), "Row of the notice table", self.row),
            (QWidget(self), "Breach line, at the end of the row", self.breach),
        ):
            make_column(place, make_label(name, "label", place), widget, spacing=4)
            layout.addWidget(place)
            widget.setAccessibleName(name)
        self._job: Job[NoticePart] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.render_now)
        document.photos.came.connect(self._on_pictures_came)
        document.reports.templates_changed.connect(self.render_soon)
        self.render_now()

    @Slot()
    def render_soon(self) -> None:
        """Render when typing pauses."""
        self._timer.start(_DELAY)

    @Slot()
    def _on_pictures_came(self) -> None:
        self.row.forget_pictures()
        self.render_soon()

    @Slot()
    def render_now(self) -> None:
        """Render the breach as it is now."""
        document = self.document
        if not isinstance(document.inspection.find(self.notice), Notice):
            return
        if self._job is not None:
            # One at a time: this is the latest of whatever was typed meanwhile.
            self.render_soon()
        elif document.reports.templates is not None:
            # Templates of others may do anything: they are not rendered in this process.
            self._job = document.reports.run_job(
                render_notice_update, (self.notice,), NoticePart, self._on_rendered, self._on_failed
            )
        else:
            try:
                self._show(render_notice(document.inspection, self.notice))
            except InspectorError as error:
                self._on_failed(error)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hear of no answer that comes when this is gone."""
        super().hideEvent(event)
        if self._job is not None:
            self._job.drop()
            self._job = None

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was typed elsewhere."""
        super().showEvent(event)
        self.render_soon()

    def _on_rendered(self, part: NoticePart) -> None:
        self._job = None
        self._show(part)

    def _on_failed(self, error: InspectorError) -> None:
        self._job = None
        # The report tells it in full; here the form must stay usable.
        self._must_place.show()
        self.must.setText(str(error))

    def _show(self, part: NoticePart) -> None:
        document = self.document
        found = document.inspection.find(self.notice)
        if not isinstance(found, Notice):
            return
        details = document.inspection.details
        regime = document.framework.get_regime(details.regime, details.form)
        self._must_place.setVisible(regime.prints("musts"))
        withheld = _WITHHELD if found.withheld else ""
        self._show_line(self.must, part.must, withheld or _NO_MUST)
        self._show_line(self.breach, part.breach, withheld or _NO_BREACH)
        self.row.show_row(part.row, part.style)

    def _make_line(self, name: str) -> QLabel:
        line = make_label("", "", self, f"{self.notice}.printed.{name}")
        line.setWordWrap(True)
        # One endless word must not make the page scroll sideways.
        line.setMinimumWidth(60)
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return line

    def _show_line(self, line: QLabel, text: str, missing: str) -> None:
        line.setText(text or missing)
        role = "" if text else "hint"
        if line.property("role") != role:
            line.setProperty("role", role)
            line.style().unpolish(line)
            line.style().polish(line)


class _RowView(QTextEdit):
    """The row on paper. Pictures come from the inspection; nothing else is loaded."""

    def __init__(self, document: InspectionDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self._read = document.photos.read
        self._pictures = PrintedPictures(self._read, _ROOM)
        self.setReadOnly(True)
        self.setCursorWidth(0)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Paper is white in every theme, and its text dark.
        self.setStyleSheet(
            f"QTextEdit {{ background: {_PAPER}; color: {_INK}; padding: 0; border: none; }}"
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(_PAPER))
        palette.setColor(QPalette.ColorRole.Text, QColor(_INK))
        self.setPalette(palette)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    def forget_pictures(self) -> None:
        """Have pictures read anew: their folder took its time."""
        self._pictures = PrintedPictures(self._read, _ROOM)

    def show_row(self, html: str, style: str) -> None:
        """Show a table that the report's templates made."""
        self.document().setDefaultStyleSheet(style)
        self.setHtml(name_pictures(html, self._pictures))
        for child in self.document().rootFrame().childFrames():
            if isinstance(child, QTextTable):
                shape = child.format()
                shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                share = QTextLength.Type.PercentageLength
                shape.setColumnWidthConstraints([QTextLength(share, 30), QTextLength(share, 70)])
                child.setFormat(shape)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height of the whole row: the page scrolls, not the row."""
        margins = self.contentsMargins()
        height = int(self.document().size().height()) + margins.top() + margins.bottom()
        return QSize(300, height + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(120, self.sizeHint().height())

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the inspection; files and the network are never asked."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        return get_picture_of_report(QUrl(name), self._pictures)
