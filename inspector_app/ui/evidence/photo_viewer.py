"""Photos large: zoomed, turned, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QPushButton,
    QWidget,
)

from inspector_app.domain.entities import Attachment
from inspector_app.texts import shorten
from inspector_app.ui.widgets.buttons import make_button
from inspector_app.ui.widgets.keys import Keys, add_key
from inspector_app.ui.widgets.labels import SPACE, make_label
from inspector_app.ui.widgets.layouts import STRETCH, make_column, make_row
from inspector_app.ui.widgets.window_sizes import share_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent

    from inspector_app.document.disk_thread import DiskJob
    from inspector_app.document.inspection_document import InspectionDocument
    from inspector_app.domain.change import Change
    from inspector_app.errors import InspectorError

_PREVIOUS = ("Left", "PgUp")
_NEXT = ("Right", "PgDown")
_LEFT = ("L", "Ctrl+L")
_RIGHT = ("R", "Ctrl+R")
_SMALLER = ("-", "Ctrl+-")
_WHOLE = ("0", "Ctrl+0")
_LARGER = ("+", "=", "Ctrl++", "Ctrl+=")
"""The keys of each button; its tooltip names the first."""
_SIDE = 4096
"""Pixels of the longer side that are read at most."""
_STEP = 1.25
_MOST, _LEAST = 16.0, 0.02
_LONGEST_NAME = 80
_SMALL = 640


class PhotoView(QGraphicsView):
    """One picture, whole until it is zoomed; the wheel zooms, and a drag moves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self._item = QGraphicsPixmapItem()
        self._scene.addItem(self._item)
        self._fits = True
        self.setObjectName("photo_view")
        self.setAccessibleName("Photo")
        self.setScene(self._scene)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setBackgroundBrush(self.palette().window())
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)

    @property
    def zoom(self) -> float:
        """How large a pixel of the photo is, in pixels of the screen."""
        return self.transform().m11() * self.devicePixelRatioF()

    def show_image(self, image: QImage, *, keep: bool = False) -> None:
        """Show a picture, whole; `keep`: of the same place and size as the last."""
        before = self.sceneRect().width()
        self._item.setPixmap(QPixmap.fromImage(image))
        self.setSceneRect(self._item.boundingRect())
        if keep and not self._fits and before and image.width():
            share = before / image.width()
            self.scale(share, share)
        else:
            self.fit()

    def fit(self) -> None:
        """Show all of it, no larger than it is."""
        self._fits = True
        self.resetTransform()
        self.scale(1 / self.devicePixelRatioF(), 1 / self.devicePixelRatioF())
        room, size = (
            self.viewport().size(),
            self._item.boundingRect().size() * self.transform().m11(),
        )
        if size.width() > room.width() or size.height() > room.height():
            self.fitInView(self._item, Qt.AspectRatioMode.KeepAspectRatio)

    def zoom_by(self, factor: float, *, at_mouse: bool = False) -> None:
        """Show it larger, or smaller; what is in the middle, or at the mouse, stays there."""
        anchor = QGraphicsView.ViewportAnchor
        self.setTransformationAnchor(
            anchor.AnchorUnderMouse if at_mouse else anchor.AnchorViewCenter
        )
        wanted = min(max(self.zoom * factor, _LEAST), _MOST)
        self._fits = False
        self.scale(wanted / self.zoom, wanted / self.zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the mouse."""
        if turned := event.angleDelta().y():
            self.zoom_by(_STEP if turned > 0 else 1 / _STEP, at_mouse=True)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show each pixel as one of the screen, or all of it again."""
        del event
        if self._fits and self.zoom < 1:
            self.zoom_by(1 / self.zoom, at_mouse=True)
        else:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay whole."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()


class PhotoViewer(QDialog):
    """The photos of a note, or of whatever lists them. It blocks nothing: show it by `show`."""

    def __init__(
        self,
        document: InspectionDocument,
        files: Sequence[str],
        current: str,
        parent: QWidget | None = None,
    ) -> None:
        """Make the viewer.

        Args:
            document: The open inspection.
            files: Ids of the photos, in order.
            current: The one that is shown first.
            parent: See Qt.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("photo_viewer")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._document = document
        self._files = list(files)
        self._at = self._files.index(current)
        self._job: DiskJob[QImage] | None = None
        self._shown = ""
        """Hash of the photo that is shown, or read."""
        self._build()
        document.changed.connect(self._on_document_changed)
        document.destroyed.connect(self.close)
        self._show()

    def _build(self) -> None:
        self.view = PhotoView(self)
        self._name = make_label("", "label", self, "photo_name")
        self._caption = make_label("", "hint", self, "photo_caption")
        self._problem = make_label("", "problem", self, "photo_problem")
        self._problem.hide()
        view, photos = self.view, self._document.photos
        self._previous = self._make(
            "‹ Previous", "photo_previous", add_key("Previous photo", _PREVIOUS[0])
        )
        self._next = self._make("Next ›", "photo_next", add_key("Next photo", _NEXT[0]))
        turn_left = self._make(
            "⟲ Turn left", "photo_left", add_key("Turn a quarter to the left", _LEFT[0])
        )
        turn_right = self._make(
            "Turn right ⟳", "photo_right", add_key("Turn a quarter to the right", _RIGHT[0])
        )
        smaller = self._make("−", "photo_smaller", add_key("Smaller", _SMALLER[0]), "Smaller")
        whole = self._make(
            "Fit", "photo_fit", add_key("Show all of it", _WHOLE[0]), "Show all of it"
        )
        larger = self._make("+", "photo_larger", add_key("Larger", _LARGER[0]), "Larger")
        close = self._make("Close", "photo_close", "Close (Esc)")

        def turn(quarters: int) -> None:
            photos.turn(self._files[self._at], quarters, self._show_problem)

        actions: tuple[tuple[QPushButton, tuple[str, ...], Callable[[], object]], ...] = (
            (self._previous, _PREVIOUS, lambda: self._step(-1)),
            (self._next, _NEXT, lambda: self._step(1)),
            (turn_left, _LEFT, lambda: turn(-1)),
            (turn_right, _RIGHT, lambda: turn(1)),
            (smaller, _SMALLER, lambda: view.zoom_by(1 / _STEP)),
            (whole, _WHOLE, view.fit),
            (larger, _LARGER, lambda: view.zoom_by(_STEP)),
        )
        for button, keys, act in actions:
            button.clicked.connect(lambda _=False, act=act: act())
            for key in keys:
                QShortcut(QKeySequence(key), self, button.click)
        close.clicked.connect(self.close)
        for button in (turn_left, turn_right):
            button.setEnabled(self._document.can_edit)
        stack = self._document.undo_stack
        QShortcut(QKeySequence(Keys.UNDO), self, stack.undo)
        for key in ("Ctrl+Y", "Ctrl+Shift+Z"):
            QShortcut(QKeySequence(key), self, stack.redo)
        make_column(
            self,
            (self.view, 1),
            self._problem,
            make_row(None, (make_column(None, self._name, self._caption, spacing=0), 1)),
            make_row(
                None, self._previous, self._next, STRETCH, smaller, whole, larger, STRETCH,
                turn_left, turn_right, SPACE, close,
            ),
            margins=(SPACE, SPACE, SPACE, SPACE),
        )  # fmt: skip

    def _make(self, text: str, name: str, tip: str, spoken: str = "") -> QPushButton:
        button = make_button(text, name, tip, self, role="quiet", spoken=spoken or tip)
        button.setAutoDefault(False)
        return button

    # -- going on

    @property
    def photo(self) -> str:
        """Id of the photo that is shown."""
        return self._files[self._at]

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._files):
            self._at += by
            self._show()

    def _show(self) -> None:
        found = self._document.inspection.find(self.photo)
        if not isinstance(found, Attachment):
            self.close()
            return
        count = len(self._files)
        name = shorten(found.name, _LONGEST_NAME)
        self.setWindowTitle(name)
        self._name.setText(f"{self._at + 1} of {count}: {name}" if count > 1 else name)
        self._caption.setText(shorten(found.caption))
        self._caption.setVisible(bool(found.caption))
        # Beside the ends there is nothing to go to; one photo alone has no way at all.
        self._previous.setEnabled(self._at > 0)
        self._next.setEnabled(self._at + 1 < count)
        for button in (self._previous, self._next):
            button.setVisible(count > 1)
        if found.sha256 != self._shown:
            self._load(found.sha256)

    def _load(self, sha256: str) -> None:
        if self._job is not None:
            self._job.drop()
        self._problem.hide()
        self._shown = sha256
        small = self._document.photos.find_thumbnail(sha256, _SMALL)
        self.view.show_image(small or QImage())

        def on_done(image: QImage) -> None:
            self._job = None
            self.view.show_image(image, keep=small is not None)
            if image.isNull():
                self._say("This picture cannot be shown: it is missing or damaged.")

        def on_error(error: InspectorError) -> None:
            self._job = None
            self._say(str(error))

        self._job = self._document.photos.load(sha256, _SIDE, on_done, on_error)

    def _show_problem(self, error: InspectorError) -> None:
        self._say(f"The picture was not turned: {error}.")

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.show()

    @Slot(object)
    def _on_document_changed(self, change: Change) -> None:
        if any(edit.entity == self.photo for edit in change.edits):
            self._show()

    # -- Qt

    def done(self, result: int) -> None:
        """Read no more of a photo that nobody sees."""
        if self._job is not None:
            self._job.drop()
            self._job = None
        super().done(result)


def show_photos(
    document: InspectionDocument, files: Sequence[str], current: str, parent: QWidget
) -> PhotoViewer:
    """Show photos large in a window of their own, beginning with one of them."""
    viewer = PhotoViewer(document, files, current, parent.window())
    viewer.resize(share_size(viewer, parent))
    viewer.show()
    viewer.activateWindow()
    return viewer
