"""Closing an inspection whose last backup takes long: the window lives, and nothing is lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from inspector_app.document import backing_up
from inspector_app.errors import FileProblem
from inspector_app.storage.automatic import RunningBackup, list_backups
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.taking_over import find_owner
from inspector_app.ui.opening import closing
from tests.storage.helpers import own

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.domain.versions.history import Backup
    from inspector_app.ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    return make_file()


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Every backup stops after each of its steps until this is set; none is waited for."""
    event = threading.Event()
    step = RunningBackup.step

    def step_and_wait(self: RunningBackup, pages: int = -1, *, waits: bool = False) -> bool:
        done = step(self, pages, waits=waits)
        assert event.wait(60)
        return done

    monkeypatch.setattr(RunningBackup, "step", step_and_wait)
    monkeypatch.setattr(closing, "_PATIENCE", 0)
    monkeypatch.setattr(backing_up, "_MANY", 1)
    return event


@pytest.fixture
def opened(window: MainWindow, path: Path) -> MainWindow:
    window.open_file(path)
    document = window.document
    assert document is not None
    document.set_field(document.inspection.id, "location_name", "Typed at last", "Rename")
    return window


def read_name(path: Path) -> str:
    with open_for_reading(path) as reader:
        return reader.inspection.details.location_name


def find_backups(path: Path) -> list[Backup]:
    with open_for_reading(path) as reader:
        return list_backups(path.parent / "backups", reader.inspection.id)


def test_the_window_lives_while_the_backup_is_made(
    opened: MainWindow, path: Path, go: threading.Event, make_file: Callable[..., Path]
) -> None:
    other = make_file("other.inspection")
    seen: list[str] = []

    def look() -> None:
        (dialog,) = opened.findChildren(QDialog, "waiting_dialog")
        assert dialog.isVisible()
        assert find_owner(path) == "this Inspector", "it is owned until all is done"
        assert not opened.is_idle
        opened.open_file(other)
        assert opened.document is None
        opened.close()
        assert opened.isVisible()
        dialog.reject()
        assert dialog.isVisible()
        seen.append("the window")
        go.set()

    QTimer.singleShot(0, opened, look)
    opened.findChild(QAction, "action_close").trigger()
    assert seen
    assert opened.is_idle
    assert read_name(path) == "Typed at last"
    with own(path):
        pass  # and it is let go
    (backup,) = find_backups(path)
    assert read_name(backup.path) == "Typed at last"


def test_the_backup_is_skipped_when_the_person_says_so(
    opened: MainWindow, path: Path, go: threading.Event, qtbot: QtBot
) -> None:
    def skip() -> None:
        qtbot.mouseClick(opened.findChild(QPushButton, "waiting_cancel"), LEFT)
        go.set()

    QTimer.singleShot(0, opened, skip)
    opened.close()
    assert not opened.isVisible()
    assert read_name(path) == "Typed at last"
    assert find_backups(path) == []
    assert not list((path.parent / "backups").rglob("*.tmp"))


def test_a_backup_that_fails_holds_nobody_up(
    opened: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: RunningBackup) -> None:
        self.abandon()
        raise FileProblem("The disk is full.")

    monkeypatch.setattr(closing, "_PATIENCE", 0)
    monkeypatch.setattr(RunningBackup, "finish", fail)
    opened.close()
    assert not opened.isVisible()
    assert read_name(path) == "Typed at last"
    with own(path):
        pass


def test_what_is_small_is_closed_without_a_word(
    opened: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "_PATIENCE", 60)
    monkeypatch.setattr(closing, "ClosingDialog", None)
    opened.close()
    assert len(find_backups(path)) == 1


def test_a_folder_that_falls_silent_is_told_and_is_left(
    opened: MainWindow,
    path: Path,
    go: threading.Event,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(closing.ClosingDialog, "silence", 1)

    def leave() -> None:
        about = opened.findChild(QLabel, "waiting_about")
        qtbot.waitUntil(lambda: "does not answer" in about.text())
        assert "select Close without this backup" in about.text()
        assert "safety copy" in about.text()
        qtbot.mouseClick(opened.findChild(QPushButton, "waiting_cancel"), LEFT)

    QTimer.singleShot(0, opened, leave)
    opened.close()
    assert not opened.isVisible()
    assert not go.is_set()
    go.set()
    qtbot.waitUntil(lambda: not list((path.parent / "backups").rglob("*.tmp")))
    assert find_backups(path) == []
