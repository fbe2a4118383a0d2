"""What the person is told before copies are removed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from inspector_app.domain.local_copies import Copy, InspectionCopies
from inspector_app.ui.copies.copies_model import CopyRow
from inspector_app.ui.copies.removal import RemovalPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from inspector_app.domain.local_copies import Kind

_WHEN = datetime(2026, 3, 4, tzinfo=UTC)
_NO_FILE = "The inspection file is not where it was, or cannot be read."
_NO_WHOLE = "No whole copy of this inspection will be left on this computer."
_NOTHING = "Nothing of this inspection will be left on this computer."
_CHANGES = "This includes changes that may not be in any file."


def _copy(kind: Kind, name: str = "", *, readable: bool = True, in_use: bool = False) -> Copy:
    path = Path(f"/copies/{name or kind}")
    return Copy(kind, path, 1000, _WHEN, readable=readable, in_use=in_use)


_FILE, _DAMAGED = _copy("file"), _copy("file", readable=False)
_FIRST, _SECOND = _copy("backup", "1"), _copy("backup", "2")
_LEFT, _RUNNING = _copy("left"), _copy("journal", in_use=True)


@pytest.mark.parametrize(
    ("copies", "going", "warning"),
    [
        ((_FILE, _FIRST, _SECOND), (_FIRST,), ""),
        ((_FILE, _FIRST, _SECOND), (_FIRST, _SECOND), ""),
        ((_FIRST, _SECOND), (_FIRST,), _NO_FILE),
        ((_DAMAGED, _FIRST, _SECOND), (_FIRST,), _NO_FILE),
        ((_FIRST, _SECOND, _RUNNING), (_FIRST, _SECOND), _NO_WHOLE),
        ((_FIRST, _SECOND), (_FIRST, _SECOND), _NOTHING),
        ((_FILE, _LEFT), (_LEFT,), _CHANGES),
        ((_FILE, _RUNNING), (_RUNNING,), ""),
    ],
)
def test_what_would_be_missed_is_told(
    qtbot: QtBot, copies: tuple[Copy, ...], going: tuple[Copy, ...], warning: str
) -> None:
    panel = RemovalPanel()
    qtbot.addWidget(panel)
    inspection = InspectionCopies("clinic", "Clinic", False, copies, (), _WHEN)
    panel.ask(CopyRow(("", "", "", ""), "", inspection, going))
    assert panel.chosen == going
    told = panel.findChild(QLabel, "removal_warning")
    assert told.text() == warning
    assert told.isVisibleTo(panel) is bool(warning)
