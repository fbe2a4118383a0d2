"""What the application keeps on this computer is for its owner alone."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from inspector_app.files import keep_own_folders_to_owner, make_folder, write_file
from inspector_app.logs import get_log_file, start_logging, stop_logging
from inspector_app.settings import (
    get_backups_folder,
    get_journals_folder,
    get_log_folder,
    get_own_words_file,
    get_rescue_folder,
    get_settings_file,
    list_own_folders,
)
from inspector_app.spelling.own_words import OwnWords
from tests.cli.helpers import run
from tests.python_process import make_command, make_environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of files")


def find_open_to_others() -> list[str]:
    """Return what others may read, write or search."""
    return [
        str(path)
        for folder in list_own_folders()
        if folder.exists()
        for path in (folder, *folder.rglob("*"))
        if not path.is_symlink() and path.stat().st_mode & 0o077
    ]


@pytest.fixture(autouse=True)
def _wide_umask() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def test_what_is_made_is_for_its_owner(tmp_path: Path) -> None:
    for folder in (get_backups_folder(), get_journals_folder(), get_rescue_folder()):
        make_folder(folder)
        write_file(folder / "x.inspection", b"words")
    OwnWords(get_own_words_file()).add("Wrzos")
    start_logging()
    stop_logging()
    assert get_log_file().exists()
    assert find_open_to_others() == []
    # What a person exports gets the modes that their other files get.
    write_file(tmp_path / "report.docx", b"words")
    assert (tmp_path / "report.docx").stat().st_mode & 0o777 == 0o666


def test_what_was_open_to_others_is_closed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"")
    for file in (
        *(get_backups_folder() / "old.inspection", get_journals_folder() / "old.journal"),
        *(get_rescue_folder() / "old.inspection", get_log_folder() / "inspector.log.1"),
        *(get_settings_file(), get_own_words_file()),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"words")
        file.chmod(0o644)
        file.parent.chmod(0o755)
    (get_backups_folder() / "link").symlink_to(outside)
    assert find_open_to_others()
    keep_own_folders_to_owner()
    assert find_open_to_others() == []
    assert outside.stat().st_mode & 0o777 == 0o666


def test_commands_leave_nothing_open_to_others(tmp_path: Path) -> None:
    for _ in range(2):  # the second keeps a copy of what the first wrote
        run("new", "--sample", "rated", "-o", "x.inspection", folder=tmp_path)
    assert [*get_backups_folder().iterdir()]
    assert find_open_to_others() == []


CRASHES = {
    "main": "int('Mrs Example fell')",
    "thread": (
        "import threading; thread = threading.Thread(target=int, args=['Mrs Example fell']); "
        "thread.start(); thread.join()"
    ),
    "unraisable": (
        "class Broken:\n"
        "    def __del__(self):\n        raise ValueError('Mrs Example fell')\n"
        "Broken()"
    ),
    "chain": (
        "try:\n    int('Mrs Example fell')\n"
        "except ValueError as error:\n    raise KeyError('Mrs Example fell') from error"
    ),
}


@pytest.mark.parametrize("crash", CRASHES.values(), ids=CRASHES)
def test_an_error_that_nobody_caught_prints_nothing_that_was_typed(crash: str) -> None:
    code = (
        "from inspector_app.logs import keep_messages_off_the_screen\n"
        f"keep_messages_off_the_screen()\n{crash}\n"
    )
    done = subprocess.run(  # noqa: S603 - this Python
        make_command(code), env=make_environment(), capture_output=True, check=False, text=True
    )
    assert "Error" in done.stderr
    assert "line" in done.stderr
    assert "Example" not in done.stderr + done.stdout
    assert str(Path.home()) not in done.stderr


def test_qt_keeps_the_mode_of_the_settings() -> None:
    make_folder(get_settings_file().parent)
    get_settings_file().touch(0o600)
    settings = QSettings(str(get_settings_file()), QSettings.Format.IniFormat)
    settings.setValue("recent", ["/home/ann/clinic.inspection"])
    settings.sync()
    assert "clinic" in get_settings_file().read_text("utf-8")
    assert find_open_to_others() == []
