"""Messages in the status bar go when they have been read; what is still going on stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStatusBar

_LEAST = 6_000
"""Milliseconds that a message is shown."""
_PER_LETTER = 80
"""Milliseconds that a long one is shown for each letter."""
_GOES_ON = "…"


class FadingMessages(QObject):
    """Takes every message off a status bar after a while, whoever put it there.

    What ends in “…” says that something is going on: whoever said so takes it back. Qt's own
    time-out would have to be given with each message, and status tips have none.

    Args:
        bar: The status bar.
        least: Milliseconds that the shortest message is shown.
        per_letter: Milliseconds that a long one is shown for each letter.
    """

    def __init__(self, bar: QStatusBar, least: int = _LEAST, per_letter: int = _PER_LETTER) -> None:
        super().__init__(bar)
        self._least = least
        self._per_letter = per_letter
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(bar.clearMessage)
        bar.messageChanged.connect(self._on_message_changed)

    @Slot(str)
    def _on_message_changed(self, message: str) -> None:
        self._end.stop()
        if message and not message.endswith(_GOES_ON):
            self._end.start(max(self._least, self._per_letter * len(message)))
