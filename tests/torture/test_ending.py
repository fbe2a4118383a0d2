"""Whoever ends the application from outside loses nothing, not even what was typed just now."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from inspector_app.settings import get_journals_folder
from inspector_app.storage.holder import find_holder
from inspector_app.storage.journal import list_journals
from inspector_app.storage.reading import open_for_reading
from tests.storage.helpers import make_file
from tests.torture.running import PATIENCE, kill, running, wait_until
from tests.torture.typist import PLACES

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The fire door was wedged op"


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
@pytest.mark.parametrize(
    ("place", "name"),
    [*((place, "SIGTERM") for place in PLACES), ("sentence", "SIGHUP"), ("sentence", "SIGINT")],
)
def test_a_signal_saves_first(tmp_path: Path, place: str, name: str) -> None:
    path, log = tmp_path / "clinic.inspection", tmp_path / "log"
    make_file(path)
    with running("typist.py", log, path, log, place, TEXT) as process:
        wait_until(lambda: b"typed" in log.read_bytes(), process)
        process.send_signal(getattr(signal, name))
        code = process.wait(PATIENCE)
    assert code == 128 + getattr(signal, name)
    with open_for_reading(path) as reader:
        inspection = reader.inspection
    assert [item for item in inspection if TEXT in msgspec.json.encode(item).decode()]
    assert list_journals(get_journals_folder(), inspection.id) == [], "the file holds everything"
    assert find_holder(path) is None


@pytest.mark.skipif(sys.platform != "linux", reason="Qt's signal is emitted by its name in C++")
@pytest.mark.parametrize("place", ["capture", "sentence"])
def test_the_end_of_the_desktop_session_saves(tmp_path: Path, place: str) -> None:
    path, log = tmp_path / "clinic.inspection", tmp_path / "log"
    make_file(path)
    with running("typist.py", log, path, log, place, TEXT, "session") as process:
        wait_until(lambda: b"told" in log.read_bytes(), process)
        # Some desktops give no time for more.
        kill(process)
    with open_for_reading(path) as reader:
        inspection = reader.inspection
    assert [item for item in inspection if TEXT in msgspec.json.encode(item).decode()]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_where_the_folder_went_it_is_in_the_journal_a_copy_or_the_file(tmp_path: Path) -> None:
    path, log = tmp_path / "gone" / "clinic.inspection", tmp_path / "log"
    path.parent.mkdir()
    make_file(path)
    with running("typist.py", log, path, log, "sentence", TEXT) as process:
        path.parent.rename(tmp_path / "moved")
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 128 + signal.SIGTERM
    journals = get_journals_folder()
    # What was saved before the folder went is in the file that went with it.
    files = [*journals.parent.rglob("*.inspection"), *(tmp_path / "moved").glob("*.inspection")]
    kept = [*journals.glob("*.journal"), *files]
    assert any(TEXT.encode() in item.read_bytes() for item in kept)
