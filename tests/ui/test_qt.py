"""What we rely on in the Qt for Python that is installed."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QWidget


@pytest.mark.usefixtures("qtbot")
def test_answers_of_nothing_do_not_give_none_away() -> None:
    """PySide6 6.12.0 loses a reference to None each time, until Python 3.11 aborts."""
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(500):
        assert widget.parentWidget() is None
    assert abs(sys.getrefcount(None) - before) < 50
