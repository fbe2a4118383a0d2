"""The user guide, read inside the application."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from inspector_app.errors import FileProblem
from inspector_app.files import describe_read_problem
from inspector_app.ui.widgets.window_sizes import fit_size

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

_SIZE = (820, 720)
_MARGIN = 24
_PICTURE = QTextDocument.ResourceType.ImageResource.value
_NO_SLUG = re.compile(r"[^\w\- ]")
_OUTSIDE = {"http", "https", "mailto"}


class GuideDialog(QDialog):
    """A window beside the main one, so that both can be looked at."""

    def __init__(self, guide: Path, parent: QWidget | None = None) -> None:
        """Show a guide.

        Raises:
            FileProblem: It cannot be read.
        """
        super().__init__(parent)
        self.setObjectName("guide_dialog")
        self.setWindowTitle("User guide")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = GuideView(guide.parent, self)
        self.view.show_page(guide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.resize(fit_size(self, *_SIZE))


class GuideView(QTextBrowser):
    """Shows Markdown pages of one folder. Links lead about in it; others open the browser."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder.resolve()
        self.setObjectName("guide_view")
        self.setAccessibleName("User guide")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_MARGIN)
        # A bar that comes and goes would change the room that pictures have.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pictures: set[str] = set()
        """The addresses of those that the page shows."""
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit_pictures)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_page(self, page: Path) -> None:
        """Show a page from its top.

        Raises:
            FileProblem: It cannot be read.
        """
        try:
            text = page.read_text("utf-8")
        except OSError as error:
            raise describe_read_problem(page, error) from error
        self._pictures.clear()
        self.setMarkdown(text)
        self._wrap_code()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_heading(self, slug: str) -> bool:
        """Bring the heading with an anchor (“find-your-way”) to the top, if there is one."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and make_slug(block.text()) == slug:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top))
                self.setTextCursor(QTextCursor(block))
                return True
            block = block.next()
        return False

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture of the guide's folder; nothing else is loaded."""
        url = QUrl(name)
        path = self._find_file(url)
        if kind != _PICTURE or path is None:
            return QByteArray()
        self._pictures.add(url.toString())
        image = QImage(str(path))
        widest = self.viewport().width() - 2 * _MARGIN
        if image.width() > widest > 0:
            image = image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures into the new width, once it stays."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fitting.start()

    @Slot()
    def _fit_pictures(self) -> None:
        document = self.document()
        for name in list(self._pictures):
            url = QUrl(name)
            document.addResource(_PICTURE, url, self.loadResource(_PICTURE, url))
        document.markContentsDirty(0, document.characterCount())

    def _wrap_code(self) -> None:
        """Let lines of code wrap: a command is read whole in a narrow window, too."""
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().nonBreakableLines():
                wrapping = block.blockFormat()
                wrapping.setNonBreakableLines(False)
                cursor.setPosition(block.position())
                cursor.setBlockFormat(wrapping)
            block = block.next()

    def _find_file(self, url: QUrl) -> Path | None:
        if url.scheme() or not url.path():
            return None
        path = (self._folder / url.path()).resolve()
        return path if path.is_relative_to(self._folder) and path.is_file() else None

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in _OUTSIDE:
            QDesktopServices.openUrl(url)
            return
        page = self._find_file(url)
        if page is not None and page.suffix == ".md":
            try:
                self.show_page(page)
            except FileProblem:
                return
        if url.hasFragment():
            self.show_heading(url.fragment())


def make_slug(heading: str) -> str:
    """Return the anchor of a heading, as Markdown readers make it."""
    return _NO_SLUG.sub("", heading.strip().lower()).replace(" ", "-")
