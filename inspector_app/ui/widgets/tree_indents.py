"""Trees whose levels stand apart by as much as the arrows of the theme need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from inspector_app.ui.widgets.theme import get_text_scale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeView

_USUAL = 18


class TreeIndents(QObject):
    """Has the arrows of a tree grow with its text.

    Args:
        tree: The tree.
        usual: Pixels that a level is indented while the text has its usual size.
    """

    def __init__(self, tree: QTreeView, usual: int = _USUAL) -> None:
        super().__init__(tree)
        self._tree = tree
        self._usual = usual
        tree.installEventFilter(self)
        self._fit()

    def _fit(self) -> None:
        self._tree.setIndentation(round(self._usual * max(get_text_scale(), 1)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the text."""
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        return super().eventFilter(watched, event)
