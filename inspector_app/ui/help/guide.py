"""The user guide, read inside the application."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from inspector_app.errors import FileProblem
from inspector_app.files import describe_read_problem

if TYPE_CHECKING:
    from pathlib import Path

_SIZE = (820, 720)
_MARGIN = 24
_EDGES = 48
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
        self.resize(*_SIZE)


class GuideView(QTextBrowser):
    """Shows Markdown pages of one folder. Links lead about in it; others open the browser."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder.resolve()
        self.setObjectName("guide_view")
        self.setAccessibleName("User guide")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_MARGIN)
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
        self.setMarkdown(text)
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
        path = self._find_file(QUrl(name))
        if kind != QTextDocument.ResourceType.ImageResource.value or path is None:
            return QByteArray()
        image = QImage(str(path))
        # Pictures are asked for before the scroll bar and the style's padding take their room.
        widest = self.width() - 2 * _MARGIN - _EDGES
        if image.width() > widest > 0:
            image = image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
        return image

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
