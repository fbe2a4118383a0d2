"""Logs and the crash dialog: they say where in the program, and nothing of what was typed."""

from __future__ import annotations

import logging
import subprocess
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector_app.errors import FileProblem
from inspector_app.logs import describe_error, get_log_file, start_logging, stop_logging
from inspector_app.storage.inspection_file import InspectionFile
from inspector_app.storage.reading import open_for_reading
from inspector_app.ui.shell.crash import CrashHandler
from tests.python_process import make_command, make_environment
from tests.storage.helpers import make_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

EVIDENCE = "Mrs Example fell in the corridor"


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    start_logging()
    yield
    stop_logging()


def read_logs() -> str:
    return "".join(path.read_text("utf-8") for path in get_log_file().parent.glob("inspector.log*"))


def fail_on(text: str) -> None:
    try:
        int(text)
    except ValueError as error:
        raise RuntimeError(f"cannot use {text}") from error


def fail_behind(text: str) -> None:
    try:
        int(text)
    finally:
        raise RuntimeError(f"cannot use {text}")


def catch(text: str) -> RuntimeError:
    with pytest.raises(RuntimeError) as caught:
        fail_on(text)
    return caught.value


def test_an_error_is_told_by_kind_and_place_without_its_message() -> None:
    told = describe_error(catch(EVIDENCE))
    assert "RuntimeError" in told
    assert "ValueError" in told
    assert "in fail_on" in told
    assert "Mrs" not in told
    assert str(Path.home()) not in told


def test_an_error_is_told_with_the_one_that_it_came_behind() -> None:
    with pytest.raises(RuntimeError) as caught:
        fail_behind(EVIDENCE)
    told = describe_error(caught.value).splitlines()
    assert [line for line in told if not line.startswith(" ")] == [
        "RuntimeError",
        "after",
        "ValueError",
    ]


def test_starting_again_writes_no_line_twice() -> None:
    start_logging()
    logging.getLogger("inspector_app.tests").warning("only once")
    assert read_logs().count("only once") == 1


def test_logs_rotate(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = logging.getLogger("inspector_app").handlers
    (handler,) = [item for item in handlers if isinstance(item, RotatingFileHandler)]
    monkeypatch.setattr(handler, "maxBytes", 1000)
    for number in range(200):
        logging.getLogger("inspector_app.tests").warning("line %d", number)
    files = sorted(path.name for path in get_log_file().parent.iterdir())
    assert files == ["inspector.log", *(f"inspector.log.{number}" for number in range(1, 5))]
    assert all(path.stat().st_size <= 1000 for path in get_log_file().parent.iterdir())


def test_a_log_that_cannot_be_written_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stop_logging()
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "file" / "inspector.log", tmp_path):
        # No folder can be made there; and what is there is a folder.
        monkeypatch.setattr("inspector_app.logs.get_log_file", lambda place=place: place)
        start_logging()
        logging.getLogger("inspector_app.tests").info("nobody hears this")
        stop_logging()
    assert capsys.readouterr() == ("", "")


def test_a_crash_saves_logs_and_tells_once(tmp_path: Path, qtbot: QtBot) -> None:
    from inspector_app.document.inspection_document import InspectionDocument

    path = tmp_path / "clinic.inspection"
    make_file(path)
    document = InspectionDocument(path, tmp_path / "backups")
    shown: list[tuple[str, str]] = []

    def show(headline: str, details: str) -> None:
        shown.append((headline, details))
        # Another one while the first is being read.
        handler.handle(RuntimeError, catch(EVIDENCE), None)

    handler = CrashHandler(lambda: [document, None], show)
    document.set_field("block1", "text", EVIDENCE, f"Type {EVIDENCE}")
    error = catch(EVIDENCE)
    handler.handle(RuntimeError, error, error.__traceback__)
    ((headline, details),) = shown
    assert "Your work is safe: “clinic.inspection”" in headline
    assert "in fail_on" in details
    assert "Mrs" not in headline + details + read_logs()
    assert read_logs().count("RuntimeError") == 2
    document.close()
    with open_for_reading(path) as reader:
        assert reader.inspection.find("block1").text == EVIDENCE  # type: ignore[union-attr]


def test_troubles_of_the_file_are_logged_without_texts(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector_app.document.inspection_document import InspectionDocument

    def fail(*_: object) -> None:
        raise FileProblem(f"{EVIDENCE} is too long.")

    path = tmp_path / "Mrs Example.inspection"
    make_file(path)
    document = InspectionDocument(path, tmp_path / "backups")
    monkeypatch.setattr(InspectionFile, "commit_all", fail)
    document.set_field("block1", "text", EVIDENCE, f"Type {EVIDENCE}")
    document.save()
    document.close()
    assert "file of root: failed, copies: 1" in read_logs()
    assert "Mrs" not in read_logs()


_CRASHING = """
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from inspector_app.document.inspection_document import InspectionDocument
from inspector_app.logs import start_logging
from inspector_app.ui.shell.crash import CrashHandler

application = QApplication([])
start_logging()
document = InspectionDocument(Path(sys.argv[1]), Path(sys.argv[2]))

def show(headline, details):
    print(headline, flush=True)
    application.quit()

def fail():
    document.set_field("block1", "text", "Typed just now.", "Type")
    raise RuntimeError("ours")

CrashHandler(lambda: [document], show).install()
QTimer.singleShot(0, fail)
application.exec()
import os
os._exit(3)
"""


def test_an_error_in_a_slot_of_the_real_thing_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "clinic.inspection"
    make_file(path)
    done = subprocess.run(  # noqa: S603
        make_command(_CRASHING, path, tmp_path / "backups"),
        capture_output=True,
        env=make_environment(),
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "Your work is safe" in done.stdout.decode()
    with open_for_reading(path) as reader:
        assert reader.inspection.find("block1").text == "Typed just now."  # type: ignore[union-attr]
    assert "in fail" in read_logs()
