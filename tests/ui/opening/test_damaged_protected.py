"""Damaged files with a password, and the ways on, driven as a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction

from inspector_app.logs import start_logging, stop_logging
from inspector_app.settings import get_state_folder
from inspector_app.storage.automatic import list_backups
from inspector_app.storage.encryption import PROTECTION_PLACE, make_key
from inspector_app.storage.reading import open_for_reading
from inspector_app.storage.schema import FORMAT, read_header
from tests.storage.helpers import CHEAP, edit_sql
from tests.storage.helpers import make_file as make_small_file
from tests.ui.opening.test_damaged_files import wait_for_list
from tests.ui.shell.test_passwords import find_texts
from tests.ui.shell.test_saving import find_name, text, type_name

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from inspector_app.ui.shell.main_window import MainWindow
    from tests.ui.conftest import RecordingPrompts

KEY = make_key("meadow", CHEAP)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "inspections"
    folder.mkdir()
    make_small_file(folder / "clinic.inspection", tmp_path / "backups", KEY)
    return folder / "clinic.inspection"


def damage(path: Path) -> None:
    edit_sql(path, "UPDATE entity SET body = 'no json' WHERE id = 'root'", key=KEY)


def work_in_it(window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot) -> None:
    """Open it, type, and close it, so that there is a backup."""
    prompts.passwords = ["meadow"]
    window.open_file(path)
    type_name(qtbot, window, "Rose Cottage")
    window.close()
    window.show()
    prompts.password_problems.clear()


def test_it_is_recovered_with_the_password_that_was_given(
    window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    start_logging()
    damage(path)
    data = path.read_bytes()
    prompts.passwords = ["Meadow", "meadow"]
    prompts.chosen = "Recover"
    window.open_file(path)
    headline, lines = wait_for_list(qtbot, prompts)
    # Asked once, and once more since it was wrong; not again for the new file.
    assert [bool(problem) for problem in prompts.password_problems] == [False, True]
    assert headline.startswith("Everything could be read")
    assert "with the same password" in lines
    assert window.document is not None
    salvaged = path.with_name("clinic (salvaged).inspection")
    assert window.document.path == salvaged
    assert text(window, "protected") == "Protected"
    type_name(qtbot, window, "Goes on")
    window.close()
    stop_logging()
    with open_for_reading(salvaged, KEY) as reader:
        assert reader.inspection.details.location_name == "Goes on"
    # The damaged file is as it was, there and among the backups, and nothing is plain.
    assert path.read_bytes() == data
    (aside,) = (tmp_path / "backups").glob("clinic (damaged *).inspection")
    assert aside.read_bytes() == data
    typed = ("Little Meadow", "Goes on", '"entity":"', "meadow")
    assert find_texts(tmp_path, *typed) == []
    assert find_texts(get_state_folder(), *typed) == []
    secret = KEY.pack()[-32:]
    files = (*tmp_path.rglob("*"), *get_state_folder().rglob("*"))
    assert not any(secret in item.read_bytes() for item in files if item.is_file())


def test_its_backup_is_offered_and_opened(
    window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    work_in_it(window, path, prompts, qtbot)
    damage(path)
    prompts.passwords = ["meadow"]
    prompts.chosen = "backup"
    window.open_file(path)
    ((_, _, ways),) = prompts.choices
    assert [way.partition(" of ")[0] for way in ways] == [
        "&Recover what can be read",
        "Open the &backup",
    ]
    assert window.document is not None
    assert window.document.path.name == "clinic (from backup).inspection"
    assert find_name(window).text() == "Rose Cottage"
    assert text(window, "protected") == "Protected"
    assert list_backups(tmp_path / "backups", "root")


def test_how_it_is_protected_is_known_from_its_backup(
    window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot
) -> None:
    work_in_it(window, path, prompts, qtbot)
    whole = path.read_bytes()
    path.write_bytes(whole[:PROTECTION_PLACE] + b"???" + whole[PROTECTION_PLACE + 3 :])
    prompts.passwords = ["meadow"]
    prompts.chosen = "Recover"
    window.open_file(path)
    headline, _ = wait_for_list(qtbot, prompts)
    assert "place that shows how is damaged" in prompts.choices[0][1]
    assert "a backup or safety copy on this computer does" in prompts.choices[0][1]
    assert headline.startswith("Everything could be read")
    assert find_name(window).text() == "Rose Cottage"
    salvaged = path.with_name("clinic (salvaged).inspection")
    window.close()
    assert read_header(salvaged).protection == KEY.protection


def test_without_the_password_nothing_is_done(
    window: MainWindow, path: Path, prompts: RecordingPrompts, qtbot: QtBot, tmp_path: Path
) -> None:
    work_in_it(window, path, prompts, qtbot)
    path.write_bytes(bytes(40) + path.read_bytes()[40:])
    before = {item.name for item in tmp_path.rglob("*")}
    prompts.chosen = "Recover"
    window.open_file(path)
    assert prompts.password_problems == [""]
    assert not prompts.lists
    assert window.document is None
    assert {item.name for item in tmp_path.rglob("*")} == before


def test_a_newer_one_is_shown_with_the_password(
    window: MainWindow, path: Path, prompts: RecordingPrompts
) -> None:
    edit_sql(path, f"PRAGMA user_version = {FORMAT + 1}", key=KEY)
    before = path.read_bytes()
    prompts.passwords = ["wrong", "meadow"]
    window.open_file(path)
    assert not prompts.problems
    assert "newer version of Inspector" in text(window, "banner")
    assert text(window, "protected") == "Protected"
    assert not window.findChild(QAction, "action_password").isEnabled()
    window.close()
    assert path.read_bytes() == before
