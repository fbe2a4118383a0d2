"""Files and pictures that are dragged from other programs, and who takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea

from inspector_app.document.export_kinds import INSPECTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_OVER = {QEvent.Type.DragEnter, QEvent.Type.DragMove}


def find_paths(mime: QMimeData) -> list[Path]:
    """Return the files that are carried; some programs write their addresses as text only."""
    urls = mime.urls()
    if not urls and mime.hasText() and not mime.hasHtml():
        lines = mime.text().split()
        if lines and all(line.startswith("file://") for line in lines):
            urls = [QUrl(line) for line in lines]
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def is_inspection(path: Path) -> bool:
    """Tell whether a file is to be opened, wherever it is let go."""
    return path.suffix.lower() == INSPECTION


def has_evidence(mime: QMimeData) -> bool:
    """Tell whether something is carried that a note can keep: files, or a picture."""
    paths = find_paths(mime)
    return any(not is_inspection(path) for path in paths) or (not paths and mime.hasImage())


def find_evidence() -> QMimeData | None:
    """Return what is on the clipboard where a note can keep it, else None."""
    # It holds nothing at all where no program has put something there.
    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return mime if mime is not None and has_evidence(mime) else None


class FileDrops(QObject):
    """Lets files and pictures be let go anywhere on a widget.

    Args:
        widget: The widget; it keeps this object.
        take: Takes what was let go.
    """

    def __init__(self, widget: QWidget, take: Callable[[QMimeData], object]) -> None:
        super().__init__(widget)
        self._take = take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files and pictures; leave inspections to the window."""
        del watched
        if not isinstance(event, QDropEvent) or not has_evidence(event.mimeData()):
            return False
        if event.type() == QEvent.Type.Drop:
            self._take(event.mimeData())
        elif event.type() not in _OVER:
            return False
        # Never a move: the other program would delete the file.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True


class _FieldFilter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if (
            isinstance(event, QDropEvent)
            and event.type() in _OVER
            and (event.mimeData().hasImage() or find_paths(event.mimeData()))
        ):
            event.ignore()
            return True
        return False


def leave_files(*fields: QWidget) -> None:
    """Leave files that are dragged over fields to what is around: no address is typed."""
    for field in fields:
        filter_ = _FieldFilter(field)
        field.installEventFilter(filter_)
        if isinstance(field, QAbstractScrollArea):
            field.viewport().installEventFilter(filter_)
