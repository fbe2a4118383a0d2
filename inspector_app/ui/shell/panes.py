"""Moving the cursor between outline, page and panels with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def focus_next_pane(panes: Sequence[QWidget], step: int) -> None:
    """Give the focus to the next pane that is visible; `step` is 1 or -1."""
    there = [pane for pane in panes if pane.isVisible()]
    focus = QApplication.focusWidget()
    here = next(
        (
            index
            for index, pane in enumerate(there)
            if focus is not None and (pane is focus or pane.isAncestorOf(focus))
        ),
        -1 if step > 0 else 0,
    )
    for offset in range(1, len(there) + 1):
        if focus_pane(there[(here + step * offset) % len(there)]):
            return


def focus_pane(pane: QWidget) -> bool:
    """Give the focus to what had it last in a pane, or else to what is first in its tab order."""
    # The stub forgets that there may be none.
    last = cast("QWidget | None", pane.focusWidget())
    if last is not None and last is not pane and _takes_focus(last):
        last.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
    candidate: QWidget | None = pane
    while candidate is not None:
        if (candidate is pane or pane.isAncestorOf(candidate)) and _takes_focus(candidate):
            candidate.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        candidate = candidate.nextInFocusChain()
        if candidate is pane:
            break
    return False


def _takes_focus(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & tab)
