"""A grip beside a line: drags its block, with the bullets nested below it, to another place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from inspector_app.ui.blocks.commands import get_command
from inspector_app.ui.blocks.edge_scrolling import EdgeScrolling
from inspector_app.ui.blocks.margin import GUTTER

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QTextEdit

    from inspector_app.ui.blocks.margin import BlockMargin
    from inspector_app.ui.blocks.moving import BlockMoves

_LEAST_HEIGHT = 24
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_KEYS = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}


class BlockGrip(QWidget):
    """Shows itself at the line under the mouse.

    A drop line shows where the block would go: in this text area or in another one of the page that
    has a grip. The move is one undo step; the block keeps its id and its notes. Escape cancels. By
    keyboard blocks move with the commands of the group “move”.

    Args:
        area: The text area.
        name: Its object name.
        moves: Moves the blocks.
        margin: Shows the drop line.
    """

    def __init__(self, area: QTextEdit, name: str, moves: BlockMoves, margin: BlockMargin) -> None:
        super().__init__(area.viewport())
        self.moves = moves
        self.margin = margin
        self._area = area
        self._number = 0
        self._ids: list[str] = []
        self._pressed: QPoint | None = None
        self._target: tuple[BlockGrip, int] | None = None
        self._dragging = False
        self.setObjectName(name)
        self.setAccessibleName("Drag to move this line")
        keys = ", ".join(get_command(id_).key_text for id_ in ("move_up", "move_down"))
        self.setToolTip(f"Drag to move ({keys})")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._scrolling = EdgeScrolling(area, lambda: area)
        self._scrolling.scrolled.connect(lambda: self._aim(self.cursor().pos()))
        area.viewport().setMouseTracking(True)
        area.viewport().installEventFilter(self)
        area.document().contentsChanged.connect(self._on_contents_changed)

    # -- following the mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse to its line; while dragging, cancel on Escape."""
        if self._dragging and event.type() in _KEYS and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                self._let_go()
            event.accept()
            return True
        if watched is self._area.viewport() and not self._dragging:
            if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
                if event.buttons() == Qt.MouseButton.NoButton:
                    self._stand_at(event.position().toPoint())
            elif event.type() == QEvent.Type.Leave:
                self.hide()
        return super().eventFilter(watched, event)

    def _stand_at(self, spot: QPoint) -> None:
        line = self._area.cursorForPosition(spot).block()
        self._number = line.blockNumber()
        layout = line.layout()
        if not self.moves.group_ids(self._number) or layout.lineCount() == 0:
            self.hide()
            return
        first = layout.lineAt(0)
        height = max(_LEAST_HEIGHT, int(first.height()))
        middle = layout.position().y() + first.y() + first.height() / 2
        self.setGeometry(0, int(middle - height / 2), GUTTER, height)
        self.show()

    @Slot()
    def _on_contents_changed(self) -> None:
        if not self._dragging:
            self.hide()

    # -- dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start to drag the block."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()
            self._ids = self.moves.group_ids(self._number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the block would go."""
        if self._pressed is None:
            return
        spot = event.globalPosition().toPoint()
        if not self._dragging:
            far = QGuiApplication.styleHints().startDragDistance()
            if (spot - self._pressed).manhattanLength() < far:
                return
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._watch_keys(on=True)
            self._scrolling.start()
        self._aim(spot)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop the block."""
        target = self._target
        if event.button() != Qt.MouseButton.LeftButton:
            return
        ids = self._ids
        self._let_go()
        if target is not None:
            grip, number = target
            grip.moves.take(ids, number, self.moves)

    def _let_go(self) -> None:
        self._set_target(None)
        self._pressed = None
        if self._dragging:
            self._dragging = False
            self._scrolling.stop()
            self._watch_keys(on=False)
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.hide()

    def _watch_keys(self, *, on: bool) -> None:
        # Keys go to whatever has the focus, and not every system lets a widget grab them.
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self) if on else application.removeEventFilter(self)

    def _aim(self, spot: QPoint) -> None:
        window = self.window()
        under: QWidget | None = window.childAt(window.mapFromGlobal(spot))
        grip: BlockGrip | None = None
        while under is not None and grip is None:
            # A grip is a child of the viewport of its text area; one that is read-only has none.
            grip = under.findChild(BlockGrip, options=_DIRECT)
            under = under.parentWidget()
        if grip is None:
            self._set_target(None)
            return
        place = grip.mapToParent(grip.mapFromGlobal(spot))
        nested = self.moves.is_nested(self._ids[0])
        self._set_target((grip, grip.moves.find_drop(place, nested=nested)))

    def _set_target(self, target: tuple[BlockGrip, int] | None) -> None:
        if self._target is not None and (target is None or target[0] is not self._target[0]):
            self._target[0].margin.show_drop(None)
        self._target = target
        if target is not None:
            target[0].margin.show_drop(target[1])

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint six dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Dark))
        left, top = self.width() / 2 - 4, self.height() / 2 - 6
        for column in range(2):
            for row in range(3):
                painter.drawEllipse(int(left + 5 * column), int(top + 5 * row), 3, 3)
        painter.end()
