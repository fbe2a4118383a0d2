"""A window with folders of its own and somebody who answers its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from inspector_app.document import disk_question, watching
from inspector_app.errors import FileProblem
from inspector_app.frameworks.editions import start_with_edition
from inspector_app.storage.new_files import create_inspection_file
from inspector_app.ui.prompts import Prompts
from inspector_app.ui.shell.main_window import MainWindow
from inspector_app.ui.widgets.theme import Theme
from tests.report.making import bring_in, full_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from inspector_app.content.importing import Imported
    from inspector_app.ui.widgets.password_dialogs import NewPassword


class RecordingPrompts(Prompts):
    """Answers questions as a test says, and remembers what it was told."""

    def __init__(self) -> None:
        self.inspection: Path | None = None
        self.new_inspection: Path | None = None
        self.report: Path | None = None
        self.files: list[Path] = []
        self.evidence_index: Path | None = None
        self.asked_folders: list[Path] = []
        self.proposed: list[Path] = []
        self.problems: list[tuple[str, str]] = []
        self.copy: Path | None = None
        self.content: Path | None = None
        self.folder: Path | None = None
        self.confirms = False
        self.questions: list[tuple[str, str, str]] = []
        self.written: list[tuple[str, Path]] = []
        self.lists: list[tuple[str, str]] = []
        self.passwords: list[str] = []
        """Given one after the other; none is left: the person thinks better of it."""
        self.password_problems: list[str] = []
        self.new_passwords: list[NewPassword] = []
        self.choices: list[tuple[str, str, list[str]]] = []
        self.chosen = ""
        """A word of the way to choose; none: none."""

    def ask_inspection(self, folder: Path) -> Path | None:
        self.asked_folders.append(folder)
        return self.inspection

    def ask_new_inspection(self, proposed: Path) -> Path | None:
        self.proposed.append(proposed)
        return self.new_inspection

    def ask_report(self, proposed: Path) -> Path | None:
        self.proposed.append(proposed)
        return self.report

    def ask_files(self) -> list[Path]:
        return self.files

    def show_problem(self, headline: str, message: str) -> None:
        self.problems.append((headline, message))

    def ask_evidence_index(self, proposed: Path) -> Path | None:
        self.proposed.append(proposed)
        return self.evidence_index

    def ask_copy(self, proposed: Path) -> Path | None:
        self.proposed.append(proposed)
        return self.copy

    def ask_content(self, folder: Path) -> Path | None:
        self.asked_folders.append(folder)
        return self.content

    def ask_folder(self, start: Path) -> Path | None:
        self.asked_folders.append(start)
        return self.folder

    def confirm(self, headline: str, message: str, doing: str) -> bool:
        self.questions.append((headline, message, doing))
        return self.confirms

    def choose(self, headline: str, message: str, ways: Sequence[str]) -> int | None:
        self.choices.append((headline, message, list(ways)))
        return next((n for n, way in enumerate(ways) if self.chosen and self.chosen in way), None)

    def show_written(self, headline: str, path: Path) -> None:
        self.written.append((headline, path))

    def show_list(self, headline: str, lines: str) -> None:
        self.lists.append((headline, lines))

    def confirm_list(self, headline: str, lines: str, doing: str) -> bool:
        del doing
        self.lists.append((headline, lines))
        return self.confirms

    def ask_password(self, file: str, problem: str) -> str | None:
        del file
        self.password_problems.append(problem)
        return self.passwords.pop(0) if self.passwords else None

    def ask_new_password(self, *, is_protected: bool, problem: str) -> NewPassword | None:
        del is_protected
        self.password_problems.append(problem)
        return self.new_passwords.pop(0) if self.new_passwords else None


@pytest.fixture(autouse=True)
def _disk_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the computer is, the disk answers before anything else is done."""
    monkeypatch.setattr(disk_question, "_MOMENT", 60)


@pytest.fixture(autouse=True)
def _usual_look(qapp: QApplication) -> Iterator[None]:
    """The look of the application, which all tests of a process share, is as before afterwards."""
    sheet, palette, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    style = qapp.style().name()
    yield
    theme = qapp.findChild(Theme)
    if theme is not None:
        theme.setParent(None)
        theme.deleteLater()
        qapp.setStyleSheet(sheet)
        qapp.setStyle(style)
        qapp.setPalette(palette)
        qapp.setFont(font)


@pytest.fixture(autouse=True)
def _unhurried_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests are over before a worker is started that looks at the inspection."""
    monkeypatch.setattr(watching, "_FIRST", 1_500)


@pytest.fixture
def prompts() -> RecordingPrompts:
    return RecordingPrompts()


@pytest.fixture
def make_file(tmp_path: Path) -> Callable[..., Path]:
    """Write an inspection file."""

    def make(name: str = "clinic.inspection", imported: Imported | None = None) -> Path:
        found = imported or bring_in("rated", **full_content("rated"))
        path = tmp_path / name
        create_inspection_file(
            path,
            *start_with_edition(found.change, found.inspection),
            found.attachments,
            tmp_path / "backups",
        )
        return path

    return make


@pytest.fixture
def make_window(
    tmp_path: Path, qtbot: QtBot, prompts: RecordingPrompts, make_file: Callable[..., Path]
) -> Iterator[Callable[[], MainWindow]]:
    """Show a window; all of a test share the settings."""

    def make_sample(name: str) -> Path:
        if name == "rated":
            return make_file("Rated sample.inspection")
        raise FileProblem("The disk is full.")

    def make() -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(
            settings, tmp_path / "backups", tmp_path / "documents", make_sample, prompts
        )
        qtbot.addWidget(window)
        # One that was wider comes back as wide as the small screen of the tests, but for a frame.
        if window.width() > window.screen().availableSize().width() - 10:
            window.resize(1280, 760)
        with qtbot.waitExposed(window):
            window.show()
        # Without a window manager nobody else gives it the keys.
        window.activateWindow()
        windows.append(window)
        return window

    windows: list[MainWindow] = []
    yield make
    for window in windows:
        window.close()


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    return make_window()
