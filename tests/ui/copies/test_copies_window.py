"""The window of copies: what it lists, and what goes and stays, with real files and clicks."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from inspector_app.document import copies
from inspector_app.files import make_file_name
from inspector_app.settings import get_opened_folder, get_rescue_folder
from inspector_app.storage.automatic import list_backups
from inspector_app.storage.encryption import make_key
from inspector_app.storage.forgetting import NoBin
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.copies.copies_model import ROW
from inspector_app.ui.copies.copies_window import CopiesWindow
from inspector_app.ui.opening.last_place import LastPlace, get_last_place
from inspector_app.ui.opening.recent_files import get_recent_facts, list_recent_files
from inspector_app.ui.outline.outline import Outline
from inspector_app.ui.preferences.preferences import get_preferences
from tests.storage.helpers import CHEAP, leave_in_journal, owned_elsewhere, protect_file
from tests.ui.all_pages import describe, has_label, list_stops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.copies.copies_model import CopyRow
    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

LEFT = Qt.MouseButton.LeftButton
NAME = "The Invented Clinic"


class Driver:
    """Uses the window as a person does."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        window.findChild(QAction, "action_copies").trigger()
        self.wait()

    @property
    def shown(self) -> CopiesWindow:
        return self.window.findChild(CopiesWindow)

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.shown.model.rowCount() > 0)
        self.qtbot.waitUntil(lambda: not self.shown.is_busy)

    def rows(self) -> list[QModelIndex]:
        return list(self._walk(QModelIndex()))

    def _walk(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        model = self.shown.model
        for number in range(model.rowCount(parent)):
            index = model.index(number, 0, parent)
            yield index
            yield from self._walk(index)

    def names(self) -> list[str]:
        return [index.data() for index in self.rows()]

    def choose(self, name: str) -> CopyRow:
        index = next(index for index in self.rows() if index.data() == name)
        tree = self.shown.tree
        above = index.parent()
        while above.isValid():
            tree.expand(above)
            above = above.parent()
        tree.scrollTo(index)
        self.qtbot.mouseClick(tree.viewport(), LEFT, pos=tree.visualRect(index).center())
        assert tree.currentIndex() == index
        row = index.data(ROW)
        assert row is not None
        return row

    def click(self, name: str) -> None:
        button = self.shown.findChild(QPushButton, name)
        assert button.isEnabled(), name
        QApplication.processEvents()
        self.qtbot.mouseClick(button, LEFT)
        self.wait()

    def text(self, name: str) -> str:
        label = self.shown.findChild(QLabel, name)
        return label.text() if label.isVisible() else ""

    def remove(self, name: str) -> None:
        self.choose(name)
        self.click("copy_remove")
        self.click("removal_remove")


@pytest.fixture
def path(make_file: Callable[..., Path]) -> Path:
    return make_file()


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture(autouse=True)
def _bin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bin of the test's own: the system's may be none, or that of whoever runs the test."""

    def move(path: Path) -> None:
        folder = tmp_path / "bin"
        if not folder.is_dir():
            raise NoBin
        shutil.move(path, folder)

    monkeypatch.setattr(copies, "move_to_bin", move)


def use(window: MainWindow, path: Path, name: str = NAME) -> str:
    """Open an inspection, change it and close it, so that there is a backup; return its id."""
    window.open_file(path)
    document = window.document
    assert document is not None
    document.set_field(document.inspection.id, "location_name", name, "Rename")
    inspection = document.inspection.id
    window.findChild(QAction, "action_close").trigger()
    return inspection


def test_it_lists_by_inspection_and_leads_everywhere(
    window: MainWindow, path: Path, backups: Path, qtbot: QtBot
) -> None:
    inspection = use(window, path)
    (backup,) = list_backups(backups, inspection)
    driver = Driver(window, qtbot)
    assert driver.names()[:3] == [NAME, path.name, "Backup"]
    row = driver.choose("Backup")
    assert row.copies[0].path == backup.path
    assert driver.text("copy_path") == str(backup.path)
    assert "whole copy" in driver.text("copy_about")
    assert "1 inspection" in driver.text("copies_total")
    assert "365 days" in driver.text("copies_retention")


@pytest.mark.parametrize("way", ["menu", "welcome", "versions"])
def test_ways_to_it(window: MainWindow, path: Path, qtbot: QtBot, way: str) -> None:
    if way == "welcome":
        qtbot.mouseClick(window.findChild(QPushButton, "copies_button"), LEFT)
    else:
        window.open_file(path)
        if way == "versions":
            window.findChild(Outline).entry_wanted.emit("versions")
            button = window.findChild(QPushButton, "versions_copies")
            qtbot.waitUntil(button.isVisible)
            qtbot.mouseClick(button, LEFT)
        else:
            window.findChild(QAction, "action_copies").trigger()
    (shown,) = window.findChildren(CopiesWindow)
    assert shown.isVisible()
    qtbot.waitUntil(lambda: not shown.is_busy)
    if way != "welcome":
        assert shown.tree.currentIndex().data() == NAME, "that of the inspection that is open"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_forgetting_leaves_the_file_and_nothing_else(
    window: MainWindow, path: Path, backups: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    inspection = use(window, path)
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert list_recent_files(settings) == [path]
    before = path.read_bytes()
    driver = Driver(window, qtbot)
    driver.choose(NAME)
    driver.click("copy_remove")
    assert driver.text("removal_goes").startswith("Removed permanently: 1 backup")
    assert str(path) in driver.text("removal_stays")
    assert driver.shown.removal.keep_button.hasFocus()
    driver.click("removal_remove")
    assert path.read_bytes() == before
    assert list_backups(backups, inspection) == []
    assert not (backups / inspection).exists()
    assert not list(get_opened_folder().iterdir())
    settings.sync()
    assert list_recent_files(settings) == []
    assert get_recent_facts(settings, path).location == ""
    assert get_last_place(settings, path) == LastPlace()
    assert NAME not in driver.names()
    assert "1 copy" in driver.text("copies_result")
    driver.shown.close()
    buttons = window.findChildren(QPushButton, "recent_button")
    assert not any(button.isVisible() for button in buttons)


def test_the_file_goes_to_the_bin_when_it_is_ticked(
    window: MainWindow, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    use(window, path)
    driver = Driver(window, qtbot)
    driver.choose(NAME)
    driver.click("copy_remove")
    box = driver.shown.findChild(QCheckBox, "removal_file")
    assert not box.isChecked()
    QApplication.processEvents()
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert box.isChecked()
    assert "go to the recycle bin" in driver.text("removal_goes")
    assert "Nothing of this inspection will be left" in driver.text("removal_warning")
    driver.click("removal_remove")
    assert not path.exists()
    assert (tmp_path / "bin" / path.name).exists()


def test_without_a_bin_it_asks_once_more(
    window: MainWindow, path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    use(window, path)
    for answer in (False, True):
        prompts.confirms = answer
        driver = Driver(window, qtbot)
        driver.remove(path.name)
        assert path.exists() is not answer
    assert [question[2] for question in prompts.questions] == ["Delete permanently"] * 2
    assert str(path) in prompts.questions[0][1]


def test_what_is_open_elsewhere_is_refused_and_says_who(
    window: MainWindow, path: Path, backups: Path, qtbot: QtBot
) -> None:
    inspection = use(window, path)
    with owned_elsewhere(path, backups):
        driver = Driver(window, qtbot)
        driver.remove(NAME)
        assert "process" in driver.text("copies_problem")
        assert "Nothing was removed" in driver.text("copies_problem")
    assert list_backups(backups, inspection)
    assert path.exists()


def test_what_is_open_here_is_refused(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    use(window, path)
    window.open_file(path)
    driver = Driver(window, qtbot)
    driver.remove(NAME)
    assert "this Inspector" in driver.text("copies_problem")
    assert window.document is not None
    assert window.document.can_edit


def test_one_backup_goes_alone(
    window: MainWindow, path: Path, backups: Path, qtbot: QtBot, make_file: Callable[..., Path]
) -> None:
    inspection = use(window, path)
    (backup,) = list_backups(backups, inspection)
    older = backup.path.with_name("20250101T120000Z-before.inspection")
    shutil.copy(backup.path, older)
    driver = Driver(window, qtbot)
    driver.choose("Backups (2)")
    assert driver.shown.card.remove_button.isEnabled()
    row = next(index for index in driver.rows() if index.data(ROW).key == str(older))
    driver.shown.tree.expand(row.parent())
    driver.shown.tree.setCurrentIndex(row)
    driver.click("copy_remove")
    driver.click("removal_remove")
    assert [item.path for item in list_backups(backups, inspection)] == [backup.path]
    assert NAME in driver.names()


def test_escape_keeps_everything(
    window: MainWindow, path: Path, backups: Path, qtbot: QtBot
) -> None:
    inspection = use(window, path)
    driver = Driver(window, qtbot)
    driver.choose(NAME)
    driver.click("copy_remove")
    qtbot.keyClick(driver.shown.removal.keep_button, Qt.Key.Key_Escape)
    assert driver.shown.isVisible()
    assert not driver.shown.removal.isVisible()
    assert driver.shown.tree.hasFocus()
    driver.click("copy_remove")
    driver.click("removal_keep")
    assert list_backups(backups, inspection)


def test_what_waits_for_a_decision_is_said_before_it_goes(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    use(window, path)
    leave_in_journal(path, "Mill")
    driver = Driver(window, qtbot)
    driver.choose(NAME)
    assert "waits for your decision" in driver.text("copy_about")
    driver.click("copy_remove")
    assert "may not be in any file" in driver.text("removal_warning")


def test_a_backup_is_opened_as_a_file_of_its_own(
    window: MainWindow, path: Path, backups: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    inspection = use(window, path)
    (backup,) = list_backups(backups, inspection)
    before = backup.path.read_bytes()
    driver = Driver(window, qtbot)
    prompts.new_inspection = path.with_name("from the backup.inspection")
    driver.choose("Backup")
    driver.click("copy_open")
    assert prompts.proposed[-1].parent == path.parent
    assert window.document is not None
    assert window.document.path == prompts.new_inspection
    assert window.document.inspection.details.location_name == NAME
    assert backup.path.read_bytes() == before


def test_a_rescued_copy_is_saved_elsewhere_and_decided_then(
    window: MainWindow, path: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    use(window, path)
    rescued = get_rescue_folder() / "clinic (this computer).inspection"
    rescued.parent.mkdir(parents=True)
    shutil.copy(path, rescued)
    driver = Driver(window, qtbot)
    assert "waits for your decision" in driver.text("copy_about")
    prompts.copy = path.with_name("saved.inspection")
    driver.choose("Rescued copy")
    driver.click("copy_save")
    assert [written for _, written in prompts.written] == [prompts.copy]
    with open_for_reading(prompts.copy) as reader, open_for_reading(path) as original:
        assert reader.inspection == original.inspection
    driver.choose(NAME)
    assert "waits for your decision" not in driver.text("copy_about")


@pytest.mark.parametrize("typed", ["con", "NUL.x", "COM1", "x" * 300, "Fern\x00Bank . "])
def test_the_name_of_a_copy_can_be_that_of_a_file(
    window: MainWindow, path: Path, qtbot: QtBot, prompts: RecordingPrompts, typed: str
) -> None:
    use(window, path, typed)
    driver = Driver(window, qtbot)
    driver.shown.tree.expandAll()
    driver.choose("Backup")
    driver.click("copy_save")
    stem, _, rest = prompts.proposed[-1].name.partition(" (")
    assert stem == make_file_name(typed, "Inspection")
    assert stem.upper() not in {"CON", "COM1"}
    assert rest.endswith(").inspection")


def test_what_takes_long_can_be_stopped(
    window: MainWindow,
    path: Path,
    backups: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inspection = use(window, path)
    driver = Driver(window, qtbot)
    inside, stopped = threading.Event(), threading.Event()
    remove = copies.remove_copies

    def remove_slowly(chosen: Any, places: Any, discard: Any, tell: Any) -> Any:
        def tell_and_wait(share: float) -> None:
            inside.set()
            assert stopped.wait(60)
            tell(share)

        return remove(chosen, places, discard, tell_and_wait)

    monkeypatch.setattr(copies, "remove_copies", remove_slowly)
    driver.choose("Backup")
    driver.click("copy_remove")
    qtbot.mouseClick(driver.shown.removal.remove_button, LEFT)
    assert inside.wait(60)
    stop = driver.shown.findChild(QPushButton, "copies_stop")
    qtbot.waitUntil(stop.isVisible)
    assert not driver.shown.card.remove_button.isEnabled()
    qtbot.mouseClick(stop, LEFT)
    stopped.set()
    qtbot.waitUntil(lambda: driver.text("copies_result").startswith("Stopped"))
    driver.wait()
    assert not stop.isVisible()
    assert len(list_backups(backups, inspection)) == 1
    assert "Backup" in driver.names()


def test_what_is_protected_has_no_name_and_is_taken_over_as_it_is(
    window: MainWindow, path: Path, backups: Path, qtbot: QtBot, prompts: RecordingPrompts
) -> None:
    inspection = use(window, path)
    (backup,) = list_backups(backups, inspection)
    path.unlink()
    protect_file(backup.path, make_key("meadow", CHEAP))
    driver = Driver(window, qtbot)
    assert NAME not in driver.names()
    driver.choose("Protected inspection “clinic”")
    driver.shown.tree.expandAll()
    driver.choose("Backup")
    assert "nothing of it can be read without the password" in driver.text("copy_about")
    prompts.copy = path.with_name("saved.inspection")
    driver.click("copy_save")
    assert prompts.copy.read_bytes() == backup.path.read_bytes()
    driver.choose("Backup")
    driver.click("copy_save")
    assert "Choose another name" in driver.text("copies_problem")


def test_every_control_can_be_reached_and_has_a_name(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    use(window, path)
    driver = Driver(window, qtbot)
    for step in ("list", "removal"):
        if step == "removal":
            driver.choose(NAME)
            driver.click("copy_remove")
        stops = list_stops(driver.shown)
        for widget in stops:
            text = widget.text() if hasattr(widget, "text") else ""
            assert widget.objectName() or text, describe(widget)
            assert widget.accessibleName() or text, describe(widget)
            assert widget.toolTip() or has_label(widget), describe(widget)
        qtbot.waitUntil(driver.shown.isActiveWindow)
        stops[0].setFocus()
        seen = set()
        while (focus := QApplication.focusWidget()) not in seen:
            seen.add(focus)
            qtbot.keyClick(focus, Qt.Key.Key_Tab)
        assert set(stops) <= seen, step


def test_the_time_that_backups_stay_is_chosen_in_the_preferences(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    use(window, path)
    for days, text in ((90, "90 days"), (0, "No backup is removed")):
        get_preferences(window._settings).keep_closed_days = days  # noqa: SLF001
        assert text in Driver(window, qtbot).text("copies_retention")
